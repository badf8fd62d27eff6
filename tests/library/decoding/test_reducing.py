"""Large photos come back small, and as the model's input in one pass."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from desktop_app.inference.preprocess import preprocess
from desktop_app.library.decoder import LEAST_SIDE, MODEL_SPARE, Decoder
from tests.library.decoding.pictures import SIDE


def test_large_photos_come_back_small(decoder: Decoder, tmp_path: Path) -> None:
    for suffix in (".jpg", ".png"):
        path = tmp_path / f"large{suffix}"
        Image.linear_gradient("L").resize((4000, 3000)).convert("RGB").save(path)
        image = decoder.decode(path, SIDE).image
        assert LEAST_SIDE <= min(image.size) < 2 * LEAST_SIDE
        if suffix == ".jpg":  # by the codec itself, at an eighth: that is what makes it quick
            with Image.open(path) as scaled:
                scaled.draft("RGB", (LEAST_SIDE, LEAST_SIDE))
                assert image.tobytes() == scaled.tobytes()
        image = decoder.decode(path, 400).image
        assert 800 <= min(image.size) < 1600


@pytest.mark.parametrize("orientation", [1, 6])
def test_the_models_input_of_12_megapixels_is_decoded_at_an_eighth(
    orientation: int, decoder: Decoder, demo_photos: dict[str, Path], tmp_path: Path
) -> None:
    path, side = tmp_path / "large.jpg", 224
    exif = Image.Exif()
    exif[0x0112] = orientation
    with Image.open(demo_photos["coffee.png"]) as coffee:
        coffee.convert("RGB").resize((4000, 3000)).save(path, quality=90, exif=exif)
    photo = decoder.decode(path, side, MODEL_SPARE)
    with Image.open(path) as scaled, Image.open(path) as full:
        scaled.draft("RGB", (500, 375))
        assert scaled.size == (500, 375)
        assert photo.image.tobytes() == ImageOps.exif_transpose(scaled).tobytes()
        slow = preprocess(ImageOps.exif_transpose(full), side)
    quick = preprocess(photo.image, side)
    assert np.abs(slow - quick).mean() < 0.006
    # an eighth would be too little for 299 pixels
    image = decoder.decode(path, 299, MODEL_SPARE).image
    assert sorted(image.size) == [750, 1000]


@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_the_models_input_in_one_pass_is_that_of_the_formula(
    mode: str, demo_photos: dict[str, Path]
) -> None:
    with Image.open(demo_photos["chelsea.png"]) as image:
        photo = image.convert(mode)
    found = preprocess(photo, 96)
    resized = photo.convert("RGB").resize((96, 96), Image.Resampling.BICUBIC, reducing_gap=3.0)
    slow = (np.asarray(resized, np.float32) / 255).transpose(2, 0, 1)
    assert (found.dtype, found.shape) == (np.float32, (3, 96, 96))
    assert found.flags.c_contiguous
    assert np.array_equal(found, slow)
