"""Every format gives the photo, upright, of any depth, with the first of its pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from desktop_app.library.decoder import Decoder
from desktop_app.library.photo_file import hash_content
from desktop_app.library.to_rgb import reduced_to_rgb, to_rgb
from tests.library.decoding.pictures import FORMATS, SIDE, difference, png_16_bit


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_photo(
    suffix: str, decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    name, options, allowed = FORMATS[suffix]
    path = tmp_path / f"photo{suffix}"
    source.save(path, name, **options)
    photo = decoder.decode(path, SIDE)
    assert (photo.format, photo.width, photo.height) == (name, *source.size)
    assert photo.content_hash == hash_content(path.read_bytes())
    assert difference(photo, source) < allowed


def test_a_reduced_photo_equals_a_fully_decoded_one(
    decoder: Decoder, demo_photos: dict[str, Path]
) -> None:
    for path in demo_photos.values():
        photo = decoder.decode(path, SIDE)
        with Image.open(path) as full:
            assert (photo.width, photo.height) == full.size
            assert difference(photo, full.convert("RGB")) < 2.5, path
            assert min(photo.image.size) >= min(2 * SIDE, *full.size)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".avif", ".heic"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_upright(
    suffix: str, orientation: int, decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned{suffix}"
    source.save(path, exif=exif)
    with Image.open(path) as stored:  # Pillow's own way, on all pixels
        expected = ImageOps.exif_transpose(stored).convert("RGB")
    photo = decoder.decode(path, SIDE)
    assert (photo.width, photo.height) == expected.size
    assert difference(photo, expected) < 2
    if suffix in (".jpg", ".png", ".tif") and orientation >= 5:
        assert expected.size == source.size[::-1]  # the test itself turned something


def test_a_small_turned_jpeg_is_reduced_before_it_is_turned(
    decoder: Decoder, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "portrait.jpg"
    Image.new("RGB", (1600, 1200), "navy").save(path, exif=exif)
    photo = decoder.decode(path, SIDE)
    assert (photo.width, photo.height) == (1200, 1600)
    assert photo.image.width < photo.image.height <= 800


def grey_ramp(low: float, high: float, dtype: type) -> NDArray[np.generic]:
    return np.linspace(low, high, 256).astype(dtype)[None].repeat(200, 0)


@pytest.mark.parametrize(
    "image",
    [
        Image.fromarray(grey_ramp(0, 255, np.uint8)),
        Image.fromarray(grey_ramp(0, 65535, np.uint16)),
        Image.fromarray(grey_ramp(0, 4000, np.uint16)),
        Image.fromarray(grey_ramp(-5, 2.5, np.float32)),
        Image.fromarray(grey_ramp(0, 1 << 30, np.int32)),
        Image.fromarray(grey_ramp(0, 255, np.uint8)).convert("P"),
        Image.fromarray(grey_ramp(0, 255, np.uint8)).convert("LA"),
    ],
    ids=["8 bit", "16 bit", "12 bit in 16", "float", "32 bit", "palette", "grey with alpha"],
)
def test_greys_of_any_depth_keep_their_contrast(
    image: Image.Image, decoder: Decoder, tmp_path: Path
) -> None:
    path = tmp_path / "grey.tif"
    image.save(path)
    ramp = np.asarray(decoder.decode(path, SIDE).image, np.int16)
    assert ramp.shape[2] == 3
    assert ramp[:, 0].max() <= 4
    assert ramp[:, -1].min() >= 251
    assert (np.diff(ramp[0, :, 0]) >= 0).all()
    assert abs(int(ramp[0, ramp.shape[1] // 2, 0]) - 128) <= 4


def test_what_is_transparent_is_white(decoder: Decoder, tmp_path: Path) -> None:
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 150, 300))
    half = Image.new("RGBA", (300, 300), (0, 0, 0, 128))
    image.save(tmp_path / "rgba.png")
    image.save(tmp_path / "rgba.webp", lossless=True)
    image.quantize(8).save(tmp_path / "palette.png")
    half.save(tmp_path / "half.png")
    keyed = Image.new("RGB", (300, 300), (1, 2, 3))
    keyed.paste((200, 0, 0), (0, 0, 150, 300))
    keyed.save(tmp_path / "keyed.png", transparency=(1, 2, 3))
    for name in ("rgba.png", "rgba.webp", "palette.png", "keyed.png"):
        shown = decoder.decode(tmp_path / name, SIDE).image
        assert shown.getpixel((shown.width - 1, 5)) == (255, 255, 255), name
        assert shown.getpixel((0, 5)) == (200, 0, 0), name
    assert decoder.decode(tmp_path / "half.png", SIDE).image.getpixel((5, 5)) == (127, 127, 127)


def test_cmyk_and_bilevel_photos(decoder: Decoder, source: Image.Image, tmp_path: Path) -> None:
    source.convert("CMYK").save(tmp_path / "print.jpg", quality=95)
    assert difference(decoder.decode(tmp_path / "print.jpg", SIDE), source) < 4
    source.convert("1").save(tmp_path / "fax.tif")
    fax = decoder.decode(tmp_path / "fax.tif", SIDE)
    assert difference(fax, source.convert("L").convert("RGB")) < 30


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png", ".avif"])
def test_the_first_picture_of_an_animation_is_taken(
    suffix: str, decoder: Decoder, tmp_path: Path
) -> None:
    path = tmp_path / f"moving{suffix}"
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue", "green")]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    colour = decoder.decode(path, SIDE).image.getpixel((32, 32))
    assert np.abs(np.subtract(colour, (255, 0, 0))).max() < 8


@pytest.mark.parametrize("suffix", [".tif", ".mpo"])
def test_the_first_of_several_pictures_is_taken(
    suffix: str, decoder: Decoder, source: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / f"pages{suffix}"
    other = Image.new("RGB", (64, 64), "blue")
    kind = "MPO" if suffix == ".mpo" else "TIFF"
    source.save(path, kind, save_all=True, append_images=[other, other])
    photo = decoder.decode(path, SIDE)
    assert (photo.width, photo.height) == source.size
    assert photo.format == kind
    assert difference(photo, source) < 5


def test_sixteen_bits_a_colour(decoder: Decoder, source: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    path.write_bytes(png_16_bit(np.asarray(source, np.uint16) * 257))
    assert difference(decoder.decode(path, SIDE), source) < 1


@pytest.mark.parametrize("mode", ["P", "PA", "I;16", "F", "1", "RGBA", "keyed"])
def test_strips_give_what_the_whole_photo_gives(
    mode: str, source: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    if mode == "I;16":
        image = Image.fromarray(np.asarray(source.convert("L"), np.uint16) * 100)
    elif mode == "keyed":
        image = source.copy()
        image.info["transparency"] = source.getpixel((5, 5))
    else:
        image = source.convert(mode)
    assert to_rgb(image).size == source.size
    whole = reduced_to_rgb(image, 70)
    monkeypatch.setattr("desktop_app.library.to_rgb._PIXELS_AT_ONCE", 5000)
    assert reduced_to_rgb(image, 70).tobytes() == whole.tobytes()
    expected = to_rgb(image).reduce(min(source.size) // 70)
    assert whole.size == expected.size
    assert np.abs(np.subtract(whole, expected, dtype=np.int16)).max() <= 1
