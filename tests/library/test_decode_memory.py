"""Photos that are decoded at the same time share one budget."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.errors import PhotoTooLarge
from desktop_app.library.decode_memory import DecodeBudget
from desktop_app.library.decoder import LARGE_FILE_BYTES, Decoder
from tests.corpus.heif_grid import grid_heic


def test_a_photo_waits_until_its_memory_is_free() -> None:
    budget = DecodeBudget(limit=100)
    order: list[str] = []
    is_waiting = threading.Event()

    def second() -> None:
        is_waiting.set()
        with budget.reserved(60):
            order.append("second")

    with budget.reserved(60):
        thread = threading.Thread(target=second)
        thread.start()
        is_waiting.wait()
        with budget.reserved(40):  # fits beside the first
            order.append("small")
        order.append("first")
    thread.join()
    assert order == ["small", "first", "second"]


def test_whoever_is_alone_may_reserve_within() -> None:
    budget = DecodeBudget(limit=100)
    order: list[str] = []
    is_waiting = threading.Event()

    def other() -> None:
        is_waiting.set()
        with budget.reserved(1):
            order.append("other")

    with budget.alone():
        thread = threading.Thread(target=other)
        thread.start()
        is_waiting.wait()
        with budget.reserved(100):
            order.append("large")
        with pytest.raises(PhotoTooLarge), budget.reserved(101):
            pass
    thread.join()
    assert order == ["large", "other"]
    with budget.reserved(100):  # everything was given back
        pass


def test_a_large_file_is_decoded_alone(tmp_path: Path) -> None:
    path = tmp_path / "large.bmp"
    Image.new("RGB", (4400, 3800), "teal").save(path)
    assert path.stat().st_size > LARGE_FILE_BYTES
    decoder = Decoder()
    assert decoder.decode(path, 64).width == 4400
    with decoder.room_for(path), pytest.raises(PhotoTooLarge):
        Decoder(memory=path.stat().st_size).decode(path, 64)  # its pixels come on top


def test_a_heic_of_tiles_is_the_whole_picture(tmp_path: Path, demo_photos: dict[str, Path]) -> None:
    with Image.open(demo_photos["astronaut.png"]) as image:
        tile = image.convert("RGB").resize((320, 320))
    path = tmp_path / "tiles.heic"
    path.write_bytes(grid_heic(tile, 3, 2))
    photo = Decoder().decode(path, 160)
    assert (photo.width, photo.height) == (960, 640)
    expected = Image.new("RGB", (960, 640))
    for place in range(6):
        expected.paste(tile, (320 * (place % 3), 320 * (place // 3)))
    found, wanted = (np.asarray(i.resize((96, 64)), np.float32) for i in (photo.image, expected))
    assert np.abs(found - wanted).mean() < 6


def test_a_heic_of_200_megapixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "giant.heic"
    path.write_bytes(
        grid_heic(Image.linear_gradient("L").resize((512, 512)).convert("RGB"), 32, 24)
    )
    assert path.stat().st_size < 200_000
    with pytest.raises(PhotoTooLarge, match=r"needs about 1\.6 GB to decode, the limit is 550 MB"):
        Decoder().decode(path, 224)
    with pytest.raises(PhotoTooLarge, match="larger than 100 megapixels"):
        Decoder(pixel_cap=100_000_000).decode(path, 224)
