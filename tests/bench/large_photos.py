"""JPEGs of 12 megapixels, made of the demo photos."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIZE = (4000, 3000)
_DETAIL = 0.35
_NOISE_LEVELS = 6.0


def write_large_photos(folder: Path, sources: Sequence[Path], count: int, seed: int) -> list[Path]:
    """Write JPEGs of 12 megapixels with a camera's amount of detail.

    A photo that was merely scaled up is smooth and decodes too quickly; real texture at pixel
    scale and sensor noise are added until files are as large as a phone's.
    """
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    originals = [Image.open(path).convert("RGB") for path in sources]
    paths = []
    for number in range(count):
        base = originals[number % len(originals)]
        left, top = (int(random.integers(0, max(1, side // 8))) for side in base.size)
        large = base.crop((left, top, *base.size)).resize(SIZE, Image.Resampling.BICUBIC)
        texture = originals[int(random.integers(len(originals)))]
        pixels = np.asarray(large, np.float32)
        detail = _tiled(np.asarray(texture, np.float32), SIZE)
        noise = random.normal(0, _NOISE_LEVELS, (SIZE[1], SIZE[0], 1)).astype(np.float32)
        mixed = pixels + _DETAIL * (detail - detail.mean()) + noise
        path = folder / f"photo-{number:03d}.jpg"
        photo = Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8))
        photo.save(path, quality=90)
        paths.append(path)
    return paths


def _tiled(texture: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    across, down = -(-size[0] // texture.shape[1]), -(-size[1] // texture.shape[0])
    return np.tile(texture, (down, across, 1))[: size[1], : size[0]]
