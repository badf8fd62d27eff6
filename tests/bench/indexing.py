"""How much of the time that decoding takes anyway is added by indexing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
from PIL import Image

from desktop_app.cli.demo_command import demo_photos
from desktop_app.composition import open_indexer
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.encoders import ImageEncoder
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.library.decoder import Decoder
from desktop_app.library.index_control import IndexControl
from desktop_app.library.records import IndexSummary
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.bench.large_photos import write_large_photos

Row = tuple[str, str]
_ROUNDS = 3
_BATCH = 8
_RUNS = 15


def measure(folder: Path, model_dir: Path, photos: int, seed: int) -> Iterator[Row]:
    """Yield the rows of the table on indexing."""
    bundle = ModelBundle.open(model_dir)
    side = bundle.manifest.image_size
    workers = Settings().decode_workers or os.cpu_count() or 1
    colour = [path for path in demo_photos() if Image.open(path).mode == "RGB"]
    paths = write_large_photos(folder / "photos", colour, photos, seed)
    megabytes = [path.stat().st_size / 1e6 for path in paths]  # also fills the disk cache
    yield "photos", f"{photos} JPEGs, 4000 x 3000, {np.mean(megabytes):.1f} MB each"
    yield "threads that decode", str(workers)

    # In turns, and the best of each: other programs disturb both alike.
    decoding, indexing = [], []
    for number in range(_ROUNDS):
        decoding.append(_decode(paths, side, workers))
        indexing.append(_index(folder / f"data-{number}", folder / "photos", model_dir))
    decode_rate, index_rate = photos / min(decoding), photos / min(indexing)
    yield "decoding only", f"{decode_rate:.1f} photos/s"
    yield "indexing", f"{index_rate:.1f} photos/s"
    yield "indexing / decoding", f"{index_rate / decode_rate:.2f}"
    yield "all rounds, s", f"{_seconds(decoding)} decoding, {_seconds(indexing)} indexing"

    encoder = ImageEncoder(bundle, RuntimeOptions())
    pixels = np.random.default_rng(seed).random((_BATCH, 3, side, side), np.float32)
    encoder.encode(pixels)
    took = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        encoder.encode(pixels)
        took.append((time.perf_counter() - began) / _BATCH * 1000)
    yield "image encoder", f"{np.median(took):.1f} ms/photo in batches of {_BATCH}"
    yield "encoder runs on", encoder.session.obtained[0]
    yield "memory (RSS)", f"{psutil.Process().memory_info().rss / 1e6:.0f} MB"


def _decode(paths: list[Path], side: int, workers: int) -> float:
    decoder = Decoder()
    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as executor:
        for _ in executor.map(lambda path: decoder.decode(path, side), paths):
            pass
    return time.perf_counter() - began


def _index(data_dir: Path, photos: Path, model_dir: Path) -> float:
    paths = DataPaths(data_dir)
    paths.create()
    indexer = open_indexer(paths, model_dir, Settings())
    began = time.perf_counter()
    *_, summary = indexer.run([photos], IndexControl())
    seconds = time.perf_counter() - began
    if not isinstance(summary, IndexSummary) or summary.failed or not summary.indexed:
        raise RuntimeError(f"the run went wrong: {summary}")
    return seconds


def _seconds(times: list[float]) -> str:
    return " ".join(f"{seconds:.2f}" for seconds in times)
