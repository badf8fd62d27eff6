"""The shipped bundle through ONNX Runtime, preprocessing and tokenising."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.errors import ModelMismatch, ProviderUnavailable
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.encoders import ImageEncoder, TextEncoder
from desktop_app.inference.preprocess import preprocess
from desktop_app.inference.runtime import CPU, RuntimeOptions, Session
from desktop_app.inference.tokenizer import Tokenizer

CPU_ONLY = RuntimeOptions("cpu")


@pytest.fixture(scope="session")
def bundle(model_dir: Path) -> ModelBundle:
    return ModelBundle.open(model_dir)


@pytest.fixture(scope="session")
def image_encoder(bundle: ModelBundle) -> ImageEncoder:
    return ImageEncoder(bundle, CPU_ONLY)


@pytest.fixture(scope="session")
def text_encoder(bundle: ModelBundle) -> TextEncoder:
    return TextEncoder(bundle, CPU_ONLY)


def test_preprocess_squeezes_the_whole_photo_into_zero_to_one() -> None:
    photo = Image.new("RGB", (400, 100), (255, 0, 0))
    photo.paste((0, 0, 255), (200, 0, 400, 100))
    pixels = preprocess(photo, 64)
    assert (pixels.shape, pixels.dtype) == ((3, 64, 64), np.float32)
    assert pixels.flags.c_contiguous
    np.testing.assert_allclose(pixels[:, 32, 4], [1, 0, 0], atol=0.01)
    np.testing.assert_allclose(pixels[:, 32, 60], [0, 0, 1], atol=0.01)


def test_preprocess_leaves_a_photo_of_the_right_size_alone() -> None:
    exact = np.random.default_rng(0).integers(0, 256, (32, 32, 3), np.uint8)
    pixels = preprocess(Image.fromarray(exact), 32)
    np.testing.assert_array_equal(np.round(pixels.transpose(1, 2, 0) * 255), exact)


def test_tokenizer_pads_to_the_longest_text_of_the_batch_only(bundle: ModelBundle) -> None:
    tokenizer = Tokenizer(bundle.path(bundle.manifest.tokenizer), 12)
    ids, mask = tokenizer.encode(["a dog", "a dog runs over green grass"])
    assert ids.shape == mask.shape == (2, 8)
    assert mask.sum(1).tolist() == [4, 8]
    assert (ids[mask == 0] == 0).all()
    assert tokenizer.encode(["dog " * 500])[0].shape == (1, 12)


def test_a_damaged_tokenizer_is_a_known_error(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text("{}")
    with pytest.raises(ModelMismatch, match=r"tokenizer\.json"):
        Tokenizer(path, 12)


def test_embeddings_are_unit_rows_and_do_not_depend_on_the_batch(
    image_encoder: ImageEncoder, demo_photos: dict[str, Path]
) -> None:
    size = image_encoder.manifest.image_size
    pixels = np.stack(
        [preprocess(Image.open(path), size) for path in list(demo_photos.values())[:3]]
    )
    together = image_encoder.encode(pixels)
    assert together.shape == (3, image_encoder.manifest.dim)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    alone = np.concatenate([image_encoder.encode(p[None]) for p in pixels])
    np.testing.assert_allclose(together, alone, atol=1e-3)
    assert (together @ together.T)[~np.eye(3, dtype=bool)].max() < 0.95


def test_a_text_does_not_depend_on_its_neighbours(text_encoder: TextEncoder) -> None:
    short, long = "a dog", "two children in red coats are playing with a dog on the beach"
    together = text_encoder.encode([short, long])
    alone = text_encoder.encode([short])
    np.testing.assert_array_equal(together[0], alone[0])
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    assert text_encoder.encode([]).shape == (0, text_encoder.manifest.dim)


def test_texts_of_one_meaning_are_closer_than_others(text_encoder: TextEncoder) -> None:
    dog, puppy, kitchen = text_encoder.encode(
        ["a dog runs on the beach", "a puppy running along the shore", "a kitchen with a stove"]
    )
    assert float(dog @ puppy) > float(dog @ kitchen) + 0.1


def test_the_provider_obtained_is_reported(image_encoder: ImageEncoder) -> None:
    assert image_encoder.session.asked == image_encoder.session.obtained == (CPU,)


def test_cuda_that_cannot_be_had_is_said(bundle: ModelBundle) -> None:
    graph = bundle.path(bundle.manifest.text_encoder.file)
    session = Session(graph, RuntimeOptions("auto"))
    if session.obtained != (CPU,):
        pytest.skip("this machine has CUDA")
    with pytest.raises(ProviderUnavailable):
        Session(graph, RuntimeOptions("cuda"))


def test_a_graph_that_is_none_is_a_known_error(tmp_path: Path) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"no graph")
    with pytest.raises(ModelMismatch, match=r"broken\.onnx"):
        Session(path, CPU_ONLY)


def test_a_text_is_read_once(bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is what the graph says, and the graph is asked once."""
    fresh, remembering = TextEncoder(bundle, CPU_ONLY), TextEncoder(bundle, CPU_ONLY)
    expected = fresh.encode_all("a cat")
    runs: list[str] = []
    run_all = remembering.session.run_all
    monkeypatch.setattr(
        remembering.session, "run_all", lambda *asked: runs.append("run") or run_all(*asked)
    )
    embedding = remembering.encode(["a cat"])[0]
    kept = remembering.encode_all("a cat")
    assert runs == ["run"]
    np.testing.assert_array_equal(embedding, expected.embedding)
    np.testing.assert_array_equal(kept.embedding, expected.embedding)
    np.testing.assert_array_equal(kept.mask, expected.mask)
    with pytest.raises(ValueError, match="read-only"):
        kept.embedding[0] = 0.0
    for number in range(40):  # more than are remembered
        remembering.encode([f"a cat and {number} dogs"])
    np.testing.assert_array_equal(remembering.encode(["a cat"])[0], expected.embedding)
    assert len(runs) == 42
