"""``python -m tests.corpus.memory``: what decoding giants of each format takes, each in a child.

The files are made here, by a child as well, and deleted. Prints the table of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pillow_heif
from PIL import Image

from desktop_app.errors import PhotoError
from desktop_app.library.decode_memory import DEFAULT_DECODE_MEMORY
from desktop_app.library.decoder import Decoder
from tests.corpus.child import SIDE, peak_rss
from tests.corpus.driver import REPOSITORY
from tests.corpus.heif_grid import grid_heic

_TILE = 2000
_GRID_TILE = 2048
_LARGEST_HEVC = 140
"""Megapixels; above, HEIC is a grid of tiles, as telephones write it at any size."""
_LARGEST_LOSSY_WEBP = 100
"""Megapixels; above, lossy WebP has no room for the modes of so many blocks."""
FORMATS: dict[str, tuple[str, dict[str, object]]] = {
    "JPEG": ("jpg", {"quality": 85}),
    "JPEG progressive": ("jpg", {"quality": 85, "progressive": True}),
    "PNG": ("png", {"compress_level": 1}),
    "PNG palette": ("png", {"compress_level": 1}),
    "TIFF": ("tif", {}),
    "TIFF deflate": ("tif", {"compression": "tiff_adobe_deflate"}),
    "WebP": ("webp", {"quality": 60, "method": 0}),
    "HEIC": ("heic", {"quality": 40}),
    "AVIF": ("avif", {"quality": 40, "speed": 10}),
    "JPEG 2000": ("jp2", {"quality_mode": "rates", "quality_layers": [20]}),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.memory", description=__doc__)
    parser.add_argument("--megapixels", type=int, nargs="*", default=[12, 50, 100, 200])
    parser.add_argument("--formats", nargs="*", default=list(FORMATS), choices=list(FORMATS))
    parser.add_argument("--limit", type=int, default=DEFAULT_DECODE_MEMORY // 1_000_000)
    parser.add_argument("--make", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--decode", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        return _make(options.make[0], int(options.make[1]), Path(options.make[2]))
    if options.decode:
        return _decode(Path(options.decode), options.limit * 1_000_000)
    base = _child("--decode", "/nowhere")["peak"]
    print(f"child that decodes nothing: {base / 1e6:.0f} MB; limit {options.limit} MB")
    print("| format | megapixels | file | peak above an idle child | seconds | answer |")
    print("|---|---|---|---|---|---|")
    for name in options.formats:
        for megapixels in options.megapixels:
            with tempfile.TemporaryDirectory(prefix="visita-memory-") as folder:
                path = Path(folder) / f"giant.{FORMATS[name][0]}"
                make(name, megapixels, path)
                if not path.exists():
                    print(f"| {name} | {megapixels} | | | | cannot be made |", flush=True)
                    continue
                found = _child("--decode", str(path), "--limit", str(options.limit))
                print(
                    f"| {name} | {megapixels} | {path.stat().st_size / 1e6:.0f} MB "
                    f"| {(found['peak'] - base) / 1e6:.0f} MB | {found['seconds']:.1f} "
                    f"| {found['answer']} |",
                    flush=True,
                )
    return 0


def _child(*arguments: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.corpus.memory", *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.strip().splitlines()
    found: dict[str, float] = json.loads(lines[-1]) if lines else {}
    return found


def make(name: str, megapixels: int, path: Path) -> None:
    """Have a child write a photo: in this process it would count."""
    _child("--make", name, str(megapixels), str(path))


def _make(name: str, megapixels: int, path: Path) -> int:
    """A gradient with noise on it, so that codecs have something to do."""
    pillow_heif.register_heif_opener()
    width = round((megapixels * 1e6 * 4 / 3) ** 0.5)
    height = round(width * 3 / 4)
    tile = Image.effect_noise((_TILE, _TILE), 60).convert("RGB")
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    for top in range(0, height, 2 * _TILE):
        for left in range(0, width, 2 * _TILE):
            image.paste(tile, (left, top))
    if name == "PNG palette":
        image = image.convert("L").convert("P")
    if name == "HEIC" and megapixels > _LARGEST_HEVC:
        columns, rows = round(width / _GRID_TILE), round(height / _GRID_TILE)
        path.write_bytes(grid_heic(tile.resize((_GRID_TILE, _GRID_TILE)), columns, rows))
        return 0
    options = dict(FORMATS[name][1])
    if name == "WebP" and megapixels > _LARGEST_LOSSY_WEBP:
        options |= {"lossless": True, "quality": 0}
    image.save(path, **options)  # type: ignore[arg-type]
    return 0


def _decode(path: Path, limit: int) -> int:
    answer, began = "decoded", time.monotonic()
    try:
        Decoder(memory=limit).decode(path, SIDE)
    except PhotoError as error:
        answer = error.message
    seconds = time.monotonic() - began
    print(json.dumps({"peak": peak_rss(), "seconds": seconds, "answer": answer}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
