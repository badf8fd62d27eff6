"""Tokens, states, matcher and captioner of a bundle of format 2, against plain numpy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.errors import ModelMismatch
from desktop_app.inference.beam_search import beam_search
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.captioner import Captioner
from desktop_app.inference.compact_tokens import pack, unpack
from desktop_app.inference.encoders import EncodedPhotos, ImageEncoder, TextEncoder
from desktop_app.inference.matcher import Matcher
from desktop_app.inference.preprocess import preprocess
from desktop_app.inference.runtime import RuntimeOptions
from tests.inference.tiny_bundle import LONGEST, SIZE, WIDTH, WORDS, bigram_logits, word_table

CPU_ONLY = RuntimeOptions("cpu")


@pytest.fixture(scope="module")
def photos(tiny_bundle: ModelBundle, demo_photos: dict[str, Path]) -> EncodedPhotos:
    paths = list(demo_photos.values()) * 6
    pixels = np.stack([preprocess(Image.open(path), SIZE) for path in paths])
    return ImageEncoder(tiny_bundle, CPU_ONLY).encode_all(pixels)


@pytest.fixture(scope="module")
def text_encoder(tiny_bundle: ModelBundle) -> TextEncoder:
    return TextEncoder(tiny_bundle, CPU_ONLY)


def test_tokens_are_the_regions_row_by_row(tiny_bundle: ModelBundle) -> None:
    photo = np.zeros((1, 3, SIZE, SIZE), np.float32)
    photo[0, 0, :4, 4:] = 1  # red at the top right: the second region
    encoder = ImageEncoder(tiny_bundle, CPU_ONLY)
    found = encoder.encode_all(photo)
    assert found.tokens is not None
    assert found.tokens[0].tolist() == [[-1, -1, -1], [1, -1, -1], [-1, -1, -1], [-1, -1, -1]]
    np.testing.assert_array_equal(found.embeddings, encoder.encode(photo))


def test_a_text_keeps_its_states_and_words(text_encoder: TextEncoder) -> None:
    text = text_encoder.encode_all("Two frisbeeing Dogs!")
    assert text.words == ("Two", "frisbeeing", "Dogs", "!")
    assert text.word_of_token.tolist() == [-1, 0, 1, 1, 1, 1, 2, 3, -1]
    assert text.mask.tolist() == [1] * 9
    assert text.states is not None
    assert text.states.shape == (9, WIDTH)
    np.testing.assert_array_equal(text.embedding, text_encoder.encode(["Two frisbeeing Dogs!"])[0])
    assert (text.states[0] == word_table()[101]).all()  # [CLS]


def test_a_text_that_is_cut_keeps_the_words_that_were_read(text_encoder: TextEncoder) -> None:
    text = text_encoder.encode_all("dog " * 40)
    assert text.words == ("dog",) * 10
    assert len(text.mask) == len(text.word_of_token) == 12
    empty = text_encoder.encode_all("")
    assert (empty.words, empty.word_of_token.tolist()) == ((), [-1, -1])


def test_scores_are_those_of_each_pair_alone(
    tiny_bundle: ModelBundle, text_encoder: TextEncoder, photos: EncodedPhotos
) -> None:
    text = text_encoder.encode_all("a dog runs")
    assert photos.tokens is not None
    assert text.states is not None
    assert len(photos.embeddings) > 64  # more than one run of the graph
    scores = Matcher(tiny_bundle, CPU_ONLY).score(text, photos.embeddings, photos.tokens)
    for row, (embedding, tokens) in enumerate(zip(photos.embeddings, photos.tokens, strict=True)):
        regions = text.states @ tokens.T
        logit = regions.max(1).sum() + embedding @ text.embedding
        np.testing.assert_allclose(scores.word_regions[row], regions, atol=1e-5)
        assert scores.logits[row] == pytest.approx(logit, abs=1e-4)
        assert scores.probability[row] == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-5)


def test_texts_of_any_length_are_judged_together_as_alone(
    tiny_bundle: ModelBundle, text_encoder: TextEncoder, photos: EncodedPhotos
) -> None:
    assert photos.tokens is not None
    matcher = Matcher(tiny_bundle, CPU_ONLY)
    texts = [text_encoder.encode_all(t) for t in ("a dog", "two dogs run over a meadow", "red")]
    together = matcher.judge(texts, photos.embeddings[:3], photos.tokens[:3])
    alone = [
        matcher.score(text, photos.embeddings[i, None], photos.tokens[i, None]).logits[0]
        for i, text in enumerate(texts)
    ]
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_no_photos_give_no_scores(tiny_bundle: ModelBundle, text_encoder: TextEncoder) -> None:
    text = text_encoder.encode_all("a dog")
    none = np.zeros((0, 12), np.float32), np.zeros((0, 4, WIDTH), np.float32)
    scores = Matcher(tiny_bundle, CPU_ONLY).score(text, *none)
    assert scores.logits.shape == scores.probability.shape == (0,)
    assert scores.word_regions.shape == (0, 4, 4)


def test_stored_tokens_judge_as_fresh_ones(
    tiny_bundle: ModelBundle, text_encoder: TextEncoder, photos: EncodedPhotos
) -> None:
    assert photos.tokens is not None
    stored = np.stack([unpack(pack(tokens), WIDTH) for tokens in photos.tokens])
    matcher, text = Matcher(tiny_bundle, CPU_ONLY), text_encoder.encode_all("a dog runs")
    fresh = matcher.score(text, photos.embeddings, photos.tokens).logits
    np.testing.assert_allclose(
        matcher.score(text, photos.embeddings, stored).logits, fresh, atol=0.1
    )


def test_captions_are_the_sequences_that_the_search_finds(
    tiny_bundle: ModelBundle, photos: EncodedPhotos
) -> None:
    assert photos.tokens is not None
    embedding = photos.embeddings[0]
    captions = Captioner(tiny_bundle, CPU_ONLY).captions(embedding, photos.tokens[0])
    assert len(captions) == len({caption.text for caption in captions}) == 3
    for caption in captions:
        assert caption.text[0].isupper()
        assert caption.text.endswith(".")
        assert not caption.text.endswith(("..", " ."))
        assert "##" not in caption.text
        assert caption.log_probability < 0
    found = beam_search(
        lambda tokens: bigram_logits()[tokens[:, -1]] + embedding[:8], LONGEST, 5, 6
    )
    best = next(s for s in found if {WORDS[token - 3] for token in s.tokens} != {"."})
    words = " ".join(WORDS[token - 3] for token in best.tokens).replace(" ##", "").strip(" .")
    assert captions[0].text.lower() == f"{words}.".replace(" .", ".")
    assert captions[0].log_probability == pytest.approx(best.log_probability, abs=1e-4)


def test_another_photo_has_other_captions(tiny_bundle: ModelBundle, photos: EncodedPhotos) -> None:
    assert photos.tokens is not None
    captioner = Captioner(tiny_bundle, CPU_ONLY)
    strong = np.zeros(12, np.float32)
    strong[4] = 30  # the photo insists on "dog"
    ordinary = captioner.captions(photos.embeddings[0], photos.tokens[0], count=1)
    insisting = captioner.captions(strong, photos.tokens[0], count=1)
    assert insisting[0].text.startswith("Dog")
    assert insisting[0].text != ordinary[0].text


def test_an_older_bundle_has_embeddings_alone(
    model_dir: Path, demo_photos: dict[str, Path]
) -> None:
    bundle = ModelBundle.open(model_dir)
    if bundle.has_matcher:
        pytest.skip("the shipped bundle has heads")
    assert not bundle.has_image_tokens
    assert not bundle.has_captioner
    encoder = ImageEncoder(bundle, CPU_ONLY)
    pixels = preprocess(Image.open(demo_photos["coffee.png"]), bundle.manifest.image_size)[None]
    photos = encoder.encode_all(pixels)
    assert photos.tokens is None
    np.testing.assert_array_equal(photos.embeddings, encoder.encode(pixels))
    text = TextEncoder(bundle, CPU_ONLY).encode_all("a cup of coffee")
    assert text.states is None
    assert text.words == ("a", "cup", "of", "coffee")
    for head in (Matcher, Captioner):
        with pytest.raises(ModelMismatch, match="has no"):
            head(bundle, CPU_ONLY)


def test_a_matcher_refuses_texts_of_a_model_without_states(
    tiny_bundle: ModelBundle, text_encoder: TextEncoder, photos: EncodedPhotos
) -> None:
    assert photos.tokens is not None
    text = replace(text_encoder.encode_all("a dog"), states=None)
    with pytest.raises(ModelMismatch, match="without token states"):
        Matcher(tiny_bundle, CPU_ONLY).score(text, photos.embeddings, photos.tokens)


@pytest.mark.parametrize("content", ["", "{}", "[1, 2.5]", '["a"]'])
def test_a_damaged_vocabulary_is_a_known_error(
    tiny_bundle: ModelBundle, tmp_path: Path, content: str
) -> None:
    manifest = tiny_bundle.manifest
    assert manifest.captioner is not None
    other = tmp_path / "vocabulary.json"
    other.write_text(content)
    captioner = replace(manifest.captioner, vocabulary=str(other))
    with pytest.raises(ModelMismatch, match="vocabulary"):
        Captioner(replace(tiny_bundle, manifest=replace(manifest, captioner=captioner)), CPU_ONLY)
