"""Photos that are decoded at the same time share one budget."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.errors import PhotoTooLarge
from desktop_app.library.decode_memory import DecodeBudget
from desktop_app.library.decoder import LARGE_FILE_BYTES, Decoder


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
