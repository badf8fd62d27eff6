"""What a bundle is tried with before anybody trusts it: drawn pictures, and sentences."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from desktop_app.errors import UsageError

SENTENCES = (
    "a photo of a cat",
    "A woman in a red coat, walking her dog!",
    "two children play football on the beach",
    "sunset over the Golden Gate Bridge, 2019",
    "ein Hund läuft über eine grüne Wiese",
    "une tasse de café sur une table en bois",
    "一只猫坐在窗边",
    "夕暮れの富士山",
    "x",
    "a very long description of a crowded market street in the evening rain, with umbrellas, "
    "stalls full of fruit and vegetables, reflections of neon signs in the puddles, a cyclist "
    "who waits for a gap, and somebody who looks out of a window on the second floor at it all",
)
_SIZES = ((640, 480), (480, 640), (400, 400), (1024, 300), (257, 391), (200, 150))
_MOST = 8


def drawn_pictures() -> list[Image.Image]:
    """Pictures of several shapes, with edges, waves and noise; the same ones on every machine."""
    return [_drawn(number, size) for number, size in enumerate(_SIZES)]


def opened_pictures(folder: Path) -> list[Image.Image]:
    """Some photos of a folder, in RGB.

    Raises:
        UsageError: there is none that Pillow opens.
    """
    pictures: list[Image.Image] = []
    for path in sorted(folder.iterdir()):
        if len(pictures) == _MOST:
            break
        try:
            with Image.open(path) as image:
                pictures.append(image.convert("RGB"))
        except (OSError, ValueError):
            continue
    if not pictures:
        raise UsageError(f"There is no photo in {folder}.", "Name a folder with a few JPEGs.")
    return pictures


def _drawn(number: int, size: tuple[int, int]) -> Image.Image:
    width, height = size
    rng = np.random.default_rng(number)
    down, right = np.mgrid[0:height, 0:width]
    planes = []
    for _ in range(3):
        across, along = rng.uniform(1, 9, 2)
        planes.append(np.sin(2 * math.pi * (across * right / width + along * down / height)))
    waves = 127 + 90 * np.stack(planes, -1) + rng.normal(0, 12, (height, width, 3))
    image = Image.fromarray(np.clip(waves, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(6):
        left, top = (int(rng.integers(0, side)) for side in size)
        box = (left, top, left + int(rng.integers(20, width)), top + int(rng.integers(20, height)))
        colour = tuple(int(c) for c in rng.integers(0, 256, 3))
        (draw.ellipse if rng.random() < 0.5 else draw.rectangle)(box, fill=colour)
    return image
