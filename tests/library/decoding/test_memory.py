"""What decoding takes is claimed before, and shared by all threads."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from desktop_app.errors import PhotoTooLarge
from desktop_app.library.decode_memory import DecodeBudget
from desktop_app.library.decoder import Decoder
from tests.library.decoding.pictures import SIDE


@pytest.mark.parametrize(
    ("suffix", "options", "megabytes"),
    [
        (".jpg", {}, 1),
        (".jpg", {"progressive": True, "subsampling": 0}, 25),
        (".jpg", {"progressive": True, "subsampling": 2}, 13),
        (".png", {"compress_level": 1}, 17),
        (".webp", {"quality": 10, "method": 0}, 65),
        (".bmp", {}, 29),
    ],
)
def test_each_format_claims_the_memory_that_it_needs(
    suffix: str, options: dict[str, object], megabytes: int, tmp_path: Path
) -> None:
    path = tmp_path / f"large{suffix}"
    Image.new("RGB", (2400, 1700), "teal").save(path, **options)  # type: ignore[arg-type]
    assert Decoder(memory=(megabytes + 1) * 1_000_000).decode(path, SIDE).width == 2400
    with pytest.raises(PhotoTooLarge) as caught:
        Decoder(memory=(megabytes - 1) * 1_000_000 + 1).decode(path, SIDE)
    assert re.fullmatch(
        r"needs about \d+ MB to decode, the limit is \d+ MB \(setting decode_memory_mb\)",
        caught.value.message,
    )


def test_a_heic_with_a_large_thumbnail_is_not_decoded_whole(tmp_path: Path) -> None:
    path = tmp_path / "photo.heic"
    pillow_heif.from_pillow(Image.new("RGB", (1500, 1000), "teal")).save(path, thumbnails=[700])
    photo = Decoder(memory=5_000_000).decode(path, SIDE)  # all of it takes 12 MB
    assert (photo.width, photo.height) == (1500, 1000)
    with pytest.raises(PhotoTooLarge):
        Decoder(memory=5_000_000).decode(path, 600)


def test_large_photos_wait_for_each_other(tmp_path: Path) -> None:
    budget = DecodeBudget(100)
    inside, most = 0, 0
    lock = threading.Lock()

    def decode(need: int) -> None:
        nonlocal inside, most
        with budget.reserved(need):
            with lock:
                inside += need
                most = max(most, inside)
            time.sleep(0.002)
            with lock:
                inside -= need

    needs = [90, 10, 60, 40, 100, 30, 30, 30, 1] * 4
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decode, needs))
    assert 60 < most <= 100
    with pytest.raises(PhotoTooLarge, match="needs about"), budget.reserved(101):
        pass
