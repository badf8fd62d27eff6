"""Frames of pictures that move, against what Pillow's own frames are."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from desktop_app.errors import PhotoError, PhotoTooLarge, UnreadablePhoto
from desktop_app.library.decoder import Decoder
from desktop_app.library.to_rgb import to_rgb


@pytest.fixture(scope="module")
def cuts(demo_photos: dict[str, Path]) -> list[Image.Image]:
    """Three different cuts of a real photo."""
    with Image.open(demo_photos["chelsea.png"]) as image:
        photo = image.convert("RGB")
    return [photo.crop((n * 40, 20, n * 40 + 120, 110)) for n in range(3)]


def _save(cuts: list[Image.Image], path: Path, **more: object) -> Path:
    cuts[0].save(path, save_all=True, append_images=cuts[1:], duration=[50, 70, 5], **more)
    return path


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png"])
def test_frames_come_in_turn_and_begin_again(tmp_path, cuts, suffix) -> None:
    path = _save(cuts, tmp_path / f"moving{suffix}", loop=0)
    frames = list(islice(Decoder().frames(path), 7))
    with Image.open(path) as image:
        expected = [to_rgb(frame) for frame in ImageSequence.Iterator(image)]
    assert len(expected) == 3
    for number, frame in enumerate(frames):
        assert frame.image.mode == "RGB"
        assert np.array_equal(np.asarray(frame.image), np.asarray(expected[number % 3]))
    assert [frame.duration_ms for frame in frames[:3]] == [50, 70, 100]


def test_what_stands_still_has_no_frames(tmp_path, cuts, demo_photos) -> None:
    cuts[0].save(tmp_path / "still.gif")
    cuts[0].save(tmp_path / "pages.tif", save_all=True, append_images=cuts[1:])
    for path in (tmp_path / "still.gif", tmp_path / "pages.tif", demo_photos["rocket.jpg"]):
        assert list(Decoder().frames(path)) == []


def test_frames_are_upright(tmp_path, cuts) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = _save(cuts, tmp_path / "turned.webp", exif=exif, lossless=True)
    frame = next(iter(Decoder().frames(path)))
    assert frame.image.size == (90, 120)
    turned = cuts[0].transpose(Image.Transpose.ROTATE_270)
    assert np.array_equal(np.asarray(frame.image), np.asarray(turned))


def test_caps_hold_for_frames_too(tmp_path, cuts) -> None:
    path = _save(cuts, tmp_path / "moving.gif")
    with pytest.raises(PhotoTooLarge):
        next(iter(Decoder(pixel_cap=1000).frames(path)))
    with pytest.raises(PhotoTooLarge):
        next(iter(Decoder(memory=10_000).frames(path)))


def test_damage_is_a_photo_error(tmp_path, cuts) -> None:
    path = _save(cuts, tmp_path / "moving.webp")
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = b"\0" * (len(data) - len(data) // 2)
    path.write_bytes(data)
    with pytest.raises(PhotoError):
        list(islice(Decoder().frames(path), 10))
    with pytest.raises(UnreadablePhoto):
        next(iter(Decoder().frames(tmp_path / "gone.gif")))
