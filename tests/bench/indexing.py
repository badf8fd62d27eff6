"""How much of the time that decoding takes anyway is added by indexing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_app.cli.demo_command import demo_photos
from desktop_app.composition import open_indexer
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.encoders import ImageEncoder
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.library.decoder import MODEL_SPARE, Decoder
from desktop_app.library.index_control import IndexControl
from desktop_app.library.records import IndexSummary
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.bench.clock import Clock, Figures, memory
from tests.bench.large_photos import write_large_photos

Row = tuple[str, str]
_ROUNDS = 3
_BATCH = 8
_RUNS = 15


def measure(cache: Path, model_dir: Path, photos: int, seed: int) -> Iterator[Row]:
    """Yield the rows of the table on indexing; the photos are kept in ``cache``."""
    folder = cache / f"large-{photos}-{seed}"
    if not folder.exists():
        colour = [path for path in demo_photos() if Image.open(path).mode == "RGB"]
        unfinished = Path(tempfile.mkdtemp(dir=cache))
        write_large_photos(unfinished, colour, photos, seed)
        os.replace(unfinished, folder)
    # this also fills the disk cache
    megabytes = [len(path.read_bytes()) / 1e6 for path in folder.iterdir()]
    yield "photos", f"{photos} JPEGs, 4000 x 3000, {np.mean(megabytes):.1f} MB each"

    # In turns, and the best of each: other programs disturb all alike.
    taken: dict[str, list[Figures]] = {"full 2": [], "decode 1": [], "decode 2": [], "index": []}
    for _ in range(_ROUNDS):
        for name, runs in taken.items():
            runs.append(_run(name.split(), folder, model_dir))
    best = {name: min(runs, key=lambda run: run["wall"]) for name, runs in taken.items()}
    rates = {name: photos / float(run["wall"]) for name, run in best.items()}
    cpu = {
        name: min(float(run["cpu"]) for run in runs) / photos * 1000 for name, runs in taken.items()
    }
    for name, words in (
        ("full 2", "decoding every pixel, 2 threads"),
        ("decode 1", "decoding as the indexer, 1 thread"),
        ("decode 2", "decoding as the indexer, 2 threads"),
        ("index", "indexing"),
    ):
        yield words, f"{rates[name]:.1f} photos/s (CPU {cpu[name]:.1f} ms a photo)"
    for name, words in (
        ("full 2", "every pixel, 2 threads"),
        ("decode 1", "as the indexer, 1 thread"),
        ("decode 2", "as the indexer, 2 threads"),
    ):
        yield f"indexing / decoding {words}", f"{rates['index'] / rates[name]:.2f}"
    encoder = _run(["encode", str(_BATCH)], folder, model_dir)
    yield "image encoder", f"CPU {encoder['cpu']:.1f} ms a photo, {encoder['wall']:.1f} ms"
    yield "encoder runs on", str(encoder["provider"])
    rest = cpu["index"] - cpu["decode 1"] - float(encoder["cpu"])
    yield "neither of the two", f"CPU {rest:.1f} ms a photo: thumbnail, resizing, commit, waiting"
    peak = max(float(run["peak"]) for run in taken["index"])
    yield "memory of the indexer", f"{best['index']['rss']:.0f} MB now, {peak:.0f} MB at most"


def _run(task: list[str], folder: Path, model_dir: Path) -> Figures:
    arguments = [*task, *(["0"] if len(task) == 1 else []), str(folder), str(model_dir)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.indexing", *arguments],
        check=True,
        stdout=subprocess.PIPE,
    )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _decode(folder: Path, model_dir: Path, threads: int) -> Figures:
    """As the indexer decodes: read, hashed, as small as the codec gives it, upright."""
    side = ModelBundle.open(model_dir).manifest.image_size
    paths, decoder = sorted(folder.iterdir()), Decoder()
    clock = Clock()
    with ThreadPoolExecutor(threads) as executor:
        for _ in executor.map(lambda path: decoder.decode(path, side, MODEL_SPARE), paths):
            pass
    return clock.figures()


def _decode_every_pixel(folder: Path, _: Path, threads: int) -> Figures:
    """All 12 megapixels, as any program does that shows or converts the photo; nothing else."""
    paths = sorted(folder.iterdir())
    clock = Clock()
    with ThreadPoolExecutor(threads) as executor:
        for _photo in executor.map(lambda path: Image.open(path).convert("RGB"), paths):
            pass
    return clock.figures()


def _index(folder: Path, model_dir: Path, _: int) -> Figures:
    with tempfile.TemporaryDirectory(prefix="visita-bench-") as data_dir:
        indexer = open_indexer(DataPaths(Path(data_dir)), model_dir, Settings())
        clock = Clock()
        *_progress, summary = indexer.run([folder], IndexControl())
        figures = clock.figures()
    if not isinstance(summary, IndexSummary) or summary.failed or not summary.indexed:
        raise RuntimeError(f"the run went wrong: {summary}")
    return figures


def _encode(_: Path, model_dir: Path, batch: int) -> Figures:
    encoder = ImageEncoder(ModelBundle.open(model_dir), RuntimeOptions())
    side = encoder.manifest.image_size
    pixels = np.random.default_rng(1).random((batch, 3, side, side), np.float32)
    encoder.encode(pixels)
    runs = []
    for _run_number in range(_RUNS):
        clock = Clock()
        encoder.encode(pixels)
        runs.append(clock.figures())
    return {
        "provider": encoder.session.obtained[0],
        **{
            key: float(np.median([float(run[key]) for run in runs])) / batch * 1000
            for key in ("wall", "cpu")
        },
    }


def main() -> None:
    """Run one measurement, alone in this process; the figures are the last line, as JSON."""
    task, number, folder, model_dir = sys.argv[1:]
    measures = {"full": _decode_every_pixel, "decode": _decode, "index": _index, "encode": _encode}
    figures = measures[task](Path(folder), Path(model_dir), int(number))
    print(json.dumps(memory() | figures))


if __name__ == "__main__":
    main()
