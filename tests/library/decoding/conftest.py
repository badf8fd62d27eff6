"""A decoder, and a picture to write in many formats."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop_app.library.decoder import Decoder


@pytest.fixture
def decoder() -> Decoder:
    return Decoder()


@pytest.fixture(scope="module")
def source(demo_photos: dict[str, Path]) -> Image.Image:
    """A real photo, 451 x 300: no square, so a wrong turn shows."""
    with Image.open(demo_photos["chelsea.png"]) as image:
        return image.convert("RGB")
