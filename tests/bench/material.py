"""What the benchmark works on: large photos made of the demo photos, and a large library."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.library.catalogue import Catalogue
from desktop_app.library.records import (
    FileResult,
    FoundFile,
    PhotoFacts,
    ReadPhoto,
    ScanDelta,
    Scope,
)

SIZE = (4000, 3000)
_ROWS = 1000
_DETAIL = 0.35
_NOISE_LEVELS = 6.0

SUBJECTS = ("a dog", "two children", "an old man", "a red car", "a white cat", "a sailing boat")
SCENES = ("on a beach", "in the snow", "in a kitchen", "on a mountain", "at night", "in a park")
MANNERS = ("", " seen from above", " in black and white", " in bright light", " far away")


def texts() -> list[str]:
    """180 different queries."""
    return [f"{a} {b}{c}" for a in SUBJECTS for b in SCENES for c in MANNERS]


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


def clustered_vectors(
    count: int, centres: NDArray[np.float32], seed: int
) -> Iterator[NDArray[np.float32]]:
    """Unit vectors in clusters of very different sizes, as photos of one life are.

    Args:
        count: how many in all.
        centres: (c, dim) unit rows; two thirds of each cluster's centre is random, one third
            is one of these, so that queries from the same place have an answer.

    Yields:
        (n, dim) float32, unit rows, at most 1000 at a time.
    """
    random = np.random.default_rng(seed)
    dim = centres.shape[1]
    clusters = max(20, count // 200)
    picked = centres[random.integers(len(centres), size=clusters)]
    hearts = _unit(_unit(random.normal(size=(clusters, dim))) + 0.5 * picked)
    share = 1.0 / np.arange(1, clusters + 1)
    for begin in range(0, count, _ROWS):
        rows = min(_ROWS, count - begin)
        cluster = random.choice(clusters, size=rows, p=share / share.sum())
        yield _unit(hearts[cluster] + 0.7 * _unit(random.normal(size=(rows, dim))))


def fill_catalogue(
    catalogue: Catalogue, root: Path, model_id: str, vectors: Iterator[NDArray[np.float32]]
) -> NDArray[np.int64]:
    """Put embeddings into a catalogue as if photos had been indexed.

    Returns:
        photo ids (count,), in the order of the vectors.
    """
    root.mkdir(parents=True, exist_ok=True)
    folder = catalogue.add_folder(root)
    ledger, scope = catalogue.ledger, Scope(folder.folder_id)
    number = 0
    for rows in vectors:
        names = [f"{i // 500:04d}/{i:07d}.jpg".encode() for i in range(number, number + len(rows))]
        number += len(rows)
        found = tuple(FoundFile(name, 4_000_000, 1_700_000_000_000_000_000) for name in names)
        ledger.apply_scan(folder.folder_id, ScanDelta(added=found))
        files = ledger.begin([file_id for _, file_id in ledger.pending(scope)])
        results: list[FileResult] = [
            ReadPhoto(
                file.file_id,
                hashlib.blake2b(str(file.path).encode(), digest_size=32).digest(),
                PhotoFacts(*SIZE, "JPEG", None),
                vector,
            )
            for file, vector in zip(files, rows, strict=True)
        ]
        ledger.store(results, model_id)
    changes = catalogue.changes_after(0, model_id, number + 1)
    return changes.ids


def _tiled(texture: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    across, down = -(-size[0] // texture.shape[1]), -(-size[1] // texture.shape[0])
    return np.tile(texture, (down, across, 1))[: size[1], : size[0]]


def _unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, np.float32)
