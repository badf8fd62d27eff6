"""How models take photos and texts: what a manifest says is what is done."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.errors import ModelMismatch
from desktop_app.inference.bundle import (
    FORMAT_VERSION,
    MANIFEST_NAME,
    ImageTokens,
    ModelManifest,
    model_id_of,
)
from desktop_app.inference.model_input import ImageInput, TextInput
from desktop_app.inference.preprocess import preprocess
from desktop_app.inference.tokenizer import Tokenizer

_SINCE_FORMAT_3 = ("image_input", "text_input", "family", "source", "precision", "runs_alone")


@pytest.fixture
def stripes() -> Image.Image:
    """60 x 20: red, green and blue thirds."""
    pixels = np.zeros((20, 60, 3), np.uint8)
    for third in range(3):
        pixels[:, 20 * third : 20 * third + 20, third] = 255
    return Image.fromarray(pixels)


def test_covering_keeps_the_middle_and_squeezing_the_whole(stripes: Image.Image) -> None:
    cover = preprocess(stripes, 20, ImageInput("cover", reducing_gap=0))
    assert np.array_equal(cover[1], np.ones((20, 20), np.float32))
    assert not cover[[0, 2]].any()
    squeezed = preprocess(stripes, 20)
    assert squeezed[0, 10, 0] == squeezed[1, 10, 10] == squeezed[2, 10, 19] == 1


def test_a_larger_square_is_cut_to_its_middle(stripes: Image.Image) -> None:
    whole = preprocess(stripes, 24, ImageInput(reducing_gap=0))
    cut = preprocess(stripes, 18, ImageInput(resized_to=24, reducing_gap=0))
    assert np.array_equal(cut, whole[:, 3:21, 3:21])


def test_where_the_middle_lies_between_two_pixels(stripes: Image.Image) -> None:
    whole = preprocess(stripes, 25, ImageInput(reducing_gap=0))
    first = preprocess(stripes, 18, ImageInput(resized_to=25, reducing_gap=0))
    even = preprocess(stripes, 18, ImageInput(resized_to=25, reducing_gap=0, rounds_middle=True))
    assert np.array_equal(first, whole[:, 3:21, 3:21])
    assert np.array_equal(even, whole[:, 4:22, 4:22])


def test_every_filter_of_pillow_has_a_name(stripes: Image.Image) -> None:
    sharp = preprocess(stripes, 30, ImageInput(resample="nearest"))
    soft = preprocess(stripes, 30, ImageInput(resample="lanczos"))
    assert set(np.unique(sharp)) == {0, 1}
    assert len(np.unique(soft)) > 2


@pytest.mark.parametrize("wrong", [{"resize": "crop"}, {"resample": "magic"}, {"resized_to": -1}])
def test_an_unknown_way_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no way to make a square"):
        ImageInput(**wrong)  # type: ignore[arg-type]


def test_texts_are_padded_to_the_end_on_either_side(model_dir: Path) -> None:
    path = model_dir / "tokenizer.json"
    plain, _ = Tokenizer(path, 12).encode(["a dog"])
    [ids], [mask] = Tokenizer(path, 12, TextInput("full", 7)).encode(["a dog"])
    n = plain.shape[1]
    assert (ids[:n].tolist(), ids[n:].tolist()) == (plain[0].tolist(), [7] * (12 - n))
    assert mask.sum() == n
    tokenizer = Tokenizer(path, 12, TextInput("full", 7, pads_left=True))
    [ids], [mask] = tokenizer.encode(["a dog"])
    assert (ids[-n:].tolist(), mask[: 12 - n].any()) == (plain[0].tolist(), False)
    words, places = tokenizer.words("a dog")
    assert words == ("a", "dog")
    assert places.tolist() == [-1] * (12 - n + 1) + [0, 1] + [-1]


def manifest_of(model_dir: Path) -> ModelManifest:
    return ModelManifest.from_json((model_dir / MANIFEST_NAME).read_text("utf-8"))


def test_older_manifests_take_photos_and_texts_as_ours_do(model_dir: Path) -> None:
    stored = json.loads((model_dir / MANIFEST_NAME).read_text("utf-8"))
    known_then = {name: stored[name] for name in stored if name not in _SINCE_FORMAT_3}
    shipped = ModelManifest.from_json(json.dumps({**known_then, "format_version": 2}))
    assert shipped.format_version < FORMAT_VERSION
    assert (shipped.image_input, shipped.text_input) == (ImageInput(), TextInput())
    assert shipped.photo_side == shipped.image_size
    assert shipped.image_tokens is not None
    assert shipped.image_tokens.rows == shipped.image_tokens.regions


def test_a_manifest_keeps_what_it_says(model_dir: Path) -> None:
    foreign = replace(
        manifest_of(model_dir),
        image_input=ImageInput("cover", 256, "bilinear", 0.0),
        text_input=TextInput("full", 1),
        family="SigLIP",
        languages=("en", "de"),
        logit_scale=100.0,
        logit_bias=-10.0,
        runs_alone=True,
        image_tokens=ImageTokens(3, 8, others=2),
        format_version=FORMAT_VERSION,
    )
    assert ModelManifest.from_json(foreign.to_json()) == foreign
    assert foreign.photo_side == 256
    assert foreign.image_tokens is not None
    assert foreign.image_tokens.rows == 11


@pytest.mark.parametrize("name", ["../x", "a/b", "c:\\d", "manifest.json", "", ".."])
def test_a_manifest_names_files_of_its_own_folder_alone(model_dir: Path, name: str) -> None:
    stored = json.loads((model_dir / MANIFEST_NAME).read_text())
    stored["files"][name] = {"size_bytes": 1, "sha256": "0"}
    with pytest.raises(ModelMismatch, match="no name of a file"):
        ModelManifest.from_json(json.dumps(stored))


def test_another_way_to_take_photos_is_another_model(model_dir: Path) -> None:
    manifest = manifest_of(model_dir)
    plain = model_id_of(manifest.files)
    assert plain == manifest.model_id == model_id_of(manifest.files, ImageInput(), TextInput())
    others = {
        model_id_of(manifest.files, ImageInput("cover")),
        model_id_of(manifest.files, ImageInput(), TextInput("full")),
    }
    assert len(others | {plain}) == 3
