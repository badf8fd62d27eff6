"""A bundle of each family answers as the family's own code does, from pixels and letters on."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from desktop_app.errors import ModelMismatch, UsageError
from desktop_app.inference.beam_search import START
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.captioner import Captioner
from desktop_app.inference.compact_tokens import pack, unpack
from desktop_app.inference.encoders import ImageEncoder, TextEncoder
from desktop_app.inference.matcher import Matcher
from desktop_app.inference.model_input import ImageInput
from desktop_app.inference.preprocess import preprocess
from desktop_app.inference.runtime import RuntimeOptions, Session
from model_export.hub.bundle_writing import Origin, write_manifest
from model_export.hub.loading import load
from model_export.hub.parity import HubParity, measure, require
from model_export.hub.tracing import HubPrecision, compress, specs_of
from model_export.verify import Agreement, ParityError
from tests.model_export.hub.conftest import Specimen, Specimens
from tests.model_export.hub.tiny_checkpoints import WRITERS

CPU = RuntimeOptions("cpu")
TEXTS = ["a photo of a cat", "Two CHILDREN, on the beach!", "x", "the red dog " * 30]
NO_MASK = {"clip", "metaclip_2", "groupvit", "siglip", "siglip2"}


def encoded(bundle: ModelBundle, photos: list[Image.Image]) -> np.ndarray:
    manifest = bundle.manifest
    pixels = [preprocess(p, manifest.image_size, manifest.image_input) for p in photos]
    return ImageEncoder(bundle, CPU).encode_all(np.stack(pixels)).embeddings


@torch.inference_mode()
def own_photos(specimen: Specimen, photos: list[Image.Image]) -> np.ndarray:
    """By the hub's classes alone, nothing of ours."""
    from transformers import AutoImageProcessor, AutoModel, BlipForImageTextRetrieval

    processor = AutoImageProcessor.from_pretrained(specimen.checkpoint, backend="pil")
    pixels = processor(images=photos, return_tensors="pt")["pixel_values"]
    if specimen.model.family == "BLIP":
        blip = BlipForImageTextRetrieval.from_pretrained(specimen.checkpoint).eval()
        found = blip.vision_proj(blip.vision_model(pixel_values=pixels).last_hidden_state[:, 0])
    else:
        model = AutoModel.from_pretrained(specimen.checkpoint).eval()
        found = model.get_image_features(pixel_values=pixels).pooler_output
    return torch.nn.functional.normalize(found, dim=-1).numpy()


@torch.inference_mode()
def own_texts(specimen: Specimen, texts: list[str]) -> np.ndarray:
    from transformers import AutoModel, BlipForImageTextRetrieval

    rows = []
    for text in texts:
        ids = torch.tensor([list(specimen.model.texts.own_ids(text))])
        if specimen.model.family == "BLIP":
            blip = BlipForImageTextRetrieval.from_pretrained(specimen.checkpoint).eval()
            states = blip.text_encoder(ids, attention_mask=torch.ones_like(ids)).last_hidden_state
            found = blip.text_proj(states[:, 0])
        else:
            model = AutoModel.from_pretrained(specimen.checkpoint).eval()
            found = model.get_text_features(input_ids=ids).pooler_output
        rows.append(torch.nn.functional.normalize(found, dim=-1)[0].numpy())
    return np.stack(rows)


@pytest.mark.parametrize("name", WRITERS)
def test_a_family_answers_as_its_own_code_does(
    name: str, specimens: Specimens, test_photos: list[Image.Image]
) -> None:
    specimen = specimens(name)
    found = encoded(specimen.bundle, test_photos)
    expected = own_photos(specimen, test_photos)
    assert np.allclose(found, expected, atol=2e-4)
    assert not np.allclose(found, np.roll(expected, 1, axis=0), atol=1e-2)  # photos do differ
    words = TextEncoder(specimen.bundle, CPU).encode(TEXTS)
    expected = own_texts(specimen, TEXTS)
    assert np.allclose(words, expected, atol=2e-4)
    assert not np.allclose(words, np.roll(expected, 1, axis=0), atol=1e-2)
    assert np.allclose(np.linalg.norm(words, axis=1), 1, atol=1e-4)
    manifest = specimen.manifest
    assert manifest.dim == found.shape[1] == words.shape[1]
    assert len(manifest.text_encoder.inputs) == (1 if name in NO_MASK else 2)
    assert manifest.metrics["parity"]["pixel_difference"] < 1e-6
    assert (manifest.licence, manifest.source, manifest.languages) == ("none", "a test", ("en",))


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("clip", ImageInput("cover", 0, "bicubic", 0.0)),
        ("siglip2", ImageInput("squeeze", 0, "bilinear", 0.0)),
        ("align", ImageInput("squeeze", 76, "bilinear", 0.0)),
    ],
)
def test_the_manifest_says_how_photos_are_taken(
    name: str, way: ImageInput, specimens: Specimens
) -> None:
    assert specimens(name).manifest.image_input == way


def test_the_manifest_says_how_texts_are_taken(specimens: Specimens) -> None:
    siglip, clip = specimens("siglip").manifest, specimens("clip").manifest
    assert (siglip.text_input.padding, siglip.text_input.pad_id) == ("full", 1)
    assert clip.text_input.padding == "longest"
    assert clip.logit_scale == pytest.approx(np.exp(2.6592), rel=1e-4)
    assert clip.logit_bias is None
    assert siglip.logit_bias is not None


def test_siglip_reads_letters_as_its_own_tokenizer_does(specimens: Specimens) -> None:
    encoder = TextEncoder(specimens("siglip").bundle, CPU)
    plain, loud = encoder.encode(["two cats on a beach", "  TWO cats, on   a beach!!"])
    assert np.array_equal(plain, loud)


def in_precision(exact: Specimen, precision: HubPrecision, folder: Path) -> ModelBundle:
    """The bundle in another precision, without tracing it again."""
    folder.mkdir()
    for part, spec in specs_of(exact.model).items():
        copy = folder / f"{part}.traced"
        shutil.copyfile(exact.bundle.path(spec.file), copy)
        compress(copy, folder / spec.file, precision, part)
    shutil.copyfile(exact.bundle.path("tokenizer.json"), folder / "tokenizer.json")
    write_manifest(exact.model, Origin("tiny", "a test", "none"), folder, precision, {})
    return ModelBundle.open(folder)


def test_int8_keeps_the_answers_and_each_photo_to_itself(
    specimens: Specimens, test_photos: list[Image.Image], tmp_path: Path
) -> None:
    exact = specimens("clip")
    bundle = in_precision(exact, "int8", tmp_path / "int8")
    assert bundle.manifest.runs_alone
    assert bundle.manifest.size_bytes < 0.8 * exact.manifest.size_bytes
    together = encoded(bundle, test_photos)
    alone = np.concatenate([encoded(bundle, [photo]) for photo in test_photos])
    assert np.array_equal(together, alone)
    assert (together * encoded(exact.bundle, test_photos)).sum(1).min() > 0.97


def test_half_is_smaller_and_another_model(
    specimens: Specimens, test_photos: list[Image.Image], tmp_path: Path
) -> None:
    exact = specimens("clip")
    bundle = in_precision(exact, "half", tmp_path / "half")
    assert bundle.manifest.size_bytes < 0.85 * exact.manifest.size_bytes
    assert bundle.manifest.model_id != exact.manifest.model_id
    assert np.allclose(encoded(bundle, test_photos), encoded(exact.bundle, test_photos), atol=5e-3)


def test_a_bundle_that_drifted_is_refused(
    specimens: Specimens, test_photos: list[Image.Image]
) -> None:
    exact = specimens("clip")
    wrong = replace(exact.model.photos, own_pixels=lambda photo: np.zeros((3, 32, 32), np.float32))
    with pytest.raises(ParityError, match="other pixels"):
        require(
            measure(exact.bundle, replace(exact.model, photos=wrong), test_photos, TEXTS), "half"
        )
    deaf = replace(exact.model.texts, own_ids=lambda text: [512, 5, 513])
    with pytest.raises(ParityError, match="other tokens"):
        require(measure(exact.bundle, replace(exact.model, texts=deaf), test_photos, TEXTS), "half")
    found = HubParity(0.0, 0, {"text_embedding": Agreement(0.998, 0.1)})
    require(found, "int8")
    with pytest.raises(ParityError, match="text_embedding drifted"):
        require(found, "half")


def test_blips_matcher_judges_as_its_own_head_does(
    specimens: Specimens, test_photos: list[Image.Image]
) -> None:
    from transformers import AutoImageProcessor, BlipForImageTextRetrieval

    specimen = specimens("blip")
    manifest = specimen.manifest
    assert manifest.image_tokens is not None
    pixels = np.stack([preprocess(p, 32, manifest.image_input) for p in test_photos])
    photos = ImageEncoder(specimen.bundle, CPU).encode_all(pixels)
    assert photos.tokens is not None
    kept = np.stack([unpack(pack(t), manifest.image_tokens.width) for t in photos.tokens])
    text = TextEncoder(specimen.bundle, CPU).encode_all("a photo of the red cat")
    scores = Matcher(specimen.bundle, CPU).score(text, photos.embeddings, kept)
    assert scores.word_regions.shape == (5, len(text.mask), 16)

    model = BlipForImageTextRetrieval.from_pretrained(specimen.checkpoint).eval()
    processor = AutoImageProcessor.from_pretrained(specimen.checkpoint, backend="pil")
    own = processor(images=test_photos, return_tensors="pt")["pixel_values"]
    ids = torch.tensor([list(specimen.model.texts.own_ids("a photo of the red cat"))] * 5)
    with torch.inference_mode():
        itm = model(ids, own, attention_mask=torch.ones_like(ids)).itm_score
    expected = torch.softmax(itm, 1)[:, 1].numpy()
    # what is kept of a photo is rounded to a byte a number
    assert np.allclose(scores.probability, expected, atol=0.03)
    assert np.ptp(expected) > 0.1  # the photos do differ
    assert text.words == ("a", "photo", "of", "the", "red", "cat")


def test_blips_captioner_goes_on_as_its_own_decoder_does(
    specimens: Specimens, test_photos: list[Image.Image]
) -> None:
    from transformers import AutoImageProcessor, BlipForConditionalGeneration

    specimen = specimens("blip")
    spec = specimen.manifest.captioner
    assert spec is not None
    pixels = preprocess(test_photos[0], 32, specimen.manifest.image_input)
    photo = ImageEncoder(specimen.bundle, CPU).encode_all(pixels[None])
    assert photo.tokens is not None
    begun = np.array([[START, 9, 4, 30]], np.int64)
    arrays = (photo.tokens, photo.embeddings, begun)
    session = Session(specimen.bundle.path(spec.graph.file), CPU)
    [found] = session.run(spec.graph.output, dict(zip(spec.graph.inputs, arrays, strict=True)))

    folder = specimen.checkpoint.parent / "captioner"
    model = BlipForConditionalGeneration.from_pretrained(folder).eval()
    processor = AutoImageProcessor.from_pretrained(folder, backend="pil")
    own = processor(images=test_photos[0], return_tensors="pt")["pixel_values"]
    vocabulary = json.loads(specimen.bundle.path(spec.vocabulary).read_text())
    config = model.config.text_config
    numbers = [config.pad_token_id, config.bos_token_id, config.sep_token_id, *vocabulary]
    with torch.inference_mode():
        seen = model.vision_model(pixel_values=own).last_hidden_state
        logits = model.text_decoder(
            input_ids=torch.tensor([[numbers[i] for i in begun[0]]]),
            encoder_hidden_states=seen,
        ).logits[0, -1]
    assert np.allclose(found, logits.numpy()[numbers], atol=1e-3)
    captions = Captioner(specimen.bundle, CPU).captions(photo.embeddings[0], photo.tokens[0])
    assert captions
    assert all(caption.text.endswith(".") for caption in captions)


def test_blip_without_heads_keeps_nothing_of_photos(
    specimens: Specimens, test_photos: list[Image.Image]
) -> None:
    whole = specimens("blip")
    plain = load(whole.checkpoint, "blip", test_photos, with_heads=False)
    assert plain.image_tokens is None
    assert plain.matcher is None
    pixels = torch.from_numpy(plain.photos.own_pixels(test_photos[0])[None])
    with torch.inference_mode():
        alone, beside = plain.photos.graph(pixels), whole.model.photos.graph(pixels)[0]
    assert torch.allclose(alone, beside, atol=1e-6)


def test_what_does_not_fit_is_said(
    specimens: Specimens, test_photos: list[Image.Image], tmp_path: Path
) -> None:
    clip = specimens("clip").checkpoint
    with pytest.raises(UsageError, match="captioner"):
        load(clip, "clip", test_photos, captioner=clip)
    captioner = specimens("blip").checkpoint.parent / "captioner"
    with pytest.raises(ModelMismatch, match="cannot compare photos with texts"):
        load(captioner, "blip", test_photos)
    with pytest.raises(ModelMismatch, match="kind gpt2 cannot be added"):
        load(tmp_path, "gpt2", test_photos)
    (tmp_path / "config.json").write_text('{"model_type": "clip"}')
    with pytest.raises(ModelMismatch, match="cannot be loaded"):
        load(tmp_path, "clip", test_photos)
