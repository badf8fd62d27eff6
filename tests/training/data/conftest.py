"""Small real photographs, encoded."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

NAMES = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "china.jpg", "flower.jpg")


def jpeg(path: Path, side: int = 48, quality: int = 90) -> bytes:
    """The photograph as a small JPEG."""
    with Image.open(path) as opened:
        small = opened.convert("RGB").resize((side, side))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def jpegs(demo_photos: dict[str, Path]) -> list[bytes]:
    """Six photographs, all different."""
    return [jpeg(demo_photos[name]) for name in NAMES]
