"""What a library of a given size costs: each figure from a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.child import FILTERS
from tests.bench.clock import Clock, Figures
from tests.bench.library import K, Library, library

Row = tuple[str, str]
ALWAYS_BUILT = 200_000
"""Larger indices are built once and kept: it takes minutes."""


def measure(cache: Path, count: int, model_dir: Path, seed: int, build_anew: bool) -> Iterator[Row]:
    """Yield the rows of the table on one size."""
    clock = Clock()
    made = library(cache, count, model_dir, seed)
    yield "library made or found", f"{clock.wall:.0f} s"
    child = _Child(made, model_dir)

    figures = _built(child, build_anew or count <= ALWAYS_BUILT)
    yield "index from nothing", f"{figures['wall']:.0f} s (CPU {figures['cpu']:.0f} s)"
    yield "rescan, with the daily backup", _seconds(child.run("rescan"))
    figures = child.run("rescan")
    yield "rescan, nothing changed", _seconds(figures)
    yield "  memory of the indexer", _memory(figures)

    with _copied(made, cache) as copy:
        changed = _Child(copy, model_dir)
        figures = changed.run("commit")
        yield "scan and commit a photo", f"CPU {figures['cpu']:.2f} ms (wall {figures['wall']:.2f})"
        figures = changed.run("follow")
        yield "  follow it", f"CPU {figures['cpu']:.2f} ms (wall {figures['wall']:.2f})"
        yield "  save the index", f"{figures['publish']:.2f} s"

    opened = min((child.run("open") for _ in range(3)), key=lambda f: f["wall"])
    yield "open to first answer", _seconds(opened)
    figures = child.run("query")
    yield f"text query, {K} hits", _percentiles(figures, "plain")
    yield f"  recall@{K}", f"{figures['recall']:.4f} ({figures['searched by']})"
    for filter_, share in FILTERS:
        yield f"  {filter_} ({share:.1%})", _percentiles(figures, filter_)
    yield "  memory of search alone", _memory(figures)
    figures = child.run("window")
    yield "memory of the app", _memory(figures)
    data = made.paths
    yield "catalogue a photo", f"{data.catalogue.stat().st_size / count / 1000:.2f} kB"
    index = sum(path.stat().st_size for path in data.index_dir.iterdir())
    yield "index a photo", f"{index / count / 1000:.2f} kB"


class _Child:
    """Runs measurements on one library."""

    def __init__(self, made: Library, model_dir: Path) -> None:
        self.made = made
        self._model_dir = model_dir

    def run(self, name: str) -> Figures:
        """One measurement; its figures."""
        arguments = (name, self.made.folder, str(self.made.count), self._model_dir)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.child", *map(str, arguments)],
            check=True,
            stdout=subprocess.PIPE,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        figures: Figures = json.loads(done.stdout.splitlines()[-1])
        return figures


class _copied:  # noqa: N801
    """A copy of a library's catalogue and index, for measurements that change them."""

    def __init__(self, made: Library, cache: Path) -> None:
        self._made = made
        self._folder = cache / "copy"

    def __enter__(self) -> Library:
        shutil.rmtree(self._folder, ignore_errors=True)
        copy = Library(self._folder, self._made.count)
        copy.paths.create()
        shutil.copy(self._made.folder / "queries.npy", copy.folder)
        shutil.copy(self._made.paths.catalogue, copy.paths.catalogue)
        for path in self._made.paths.index_dir.iterdir():
            shutil.copy(path, copy.paths.index_dir)
        return copy

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _built(child: _Child, anew: bool) -> Figures:
    """How long the index took, now or when it was built."""
    notes = child.made.folder / "build.json"
    if anew or not notes.exists():
        notes.write_text(json.dumps(child.run("build")))
    figures: Figures = json.loads(notes.read_text())
    return figures


def _seconds(figures: Figures) -> str:
    return f"{figures['wall']:.2f} s (CPU {figures['cpu']:.2f} s)"


def _memory(figures: Figures) -> str:
    return f"{figures['rss']:.0f} MB now, {figures['peak']:.0f} MB at most"


def _percentiles(figures: Figures, name: str) -> str:
    p50, p99, cpu = (figures[f"{name} {what}"] for what in ("p50", "p99", "cpu"))
    return f"p50 {p50:.1f}, p99 {p99:.1f} ms (CPU p50 {cpu:.1f})"
