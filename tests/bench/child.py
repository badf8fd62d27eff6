"""``python -m tests.bench.child MEASURE LIBRARY COUNT MODEL``: one measurement, alone in a process.

What it found is the last line that it prints, as JSON; memory is that of the process, which holds
nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from desktop_app.composition import open_indexer, open_search_service
from desktop_app.library.index_control import IndexControl
from desktop_app.library.records import IndexSummary
from desktop_app.library.schema import Database
from desktop_app.library.search import SearchService
from desktop_app.settings import Settings
from tests.bench import upkeep
from tests.bench.clock import Clock, Figures, memory
from tests.bench.library import K, Library
from tests.bench.vectors import texts

_WINDOW_TEXTS = 12

FILTERS = (
    ("type:jpeg", 0.98),
    ("camera:nikon", 0.2),
    ("date:2010", 0.048),
    ("camera:fujifilm", 0.01),
    ("rating:5", 0.001),
)
"""What is typed behind each text, and about which share of the photos passes it."""


def rescan(library: Library, model_dir: Path) -> Figures:
    """A run of the indexer over files that are as they were."""
    indexer = open_indexer(library.paths, model_dir, Settings())
    clock = Clock()
    *_, summary = indexer.run([], IndexControl())
    figures = clock.figures()
    if not isinstance(summary, IndexSummary) or summary.unchanged != library.count:
        raise RuntimeError(f"not all was as it was: {summary}")
    return figures


def build(library: Library, model_dir: Path) -> Figures:
    """The index from nothing, saved as often as it would be."""
    database = Database(library.paths.catalogue)
    database.run("DELETE FROM index_state")
    database.close()
    service = _service(library, model_dir)
    clock = Clock()
    while service.catch_up():
        pass
    service.close()  # publishes
    return clock.figures()


def open_(library: Library, model_dir: Path) -> Figures:
    """Everything is imported; nothing is open yet."""
    clock = Clock()
    service = _service(library, model_dir)
    service.search_typed("a first query", K)
    return clock.figures()


def query(library: Library, model_dir: Path) -> Figures:
    """Queries without and with filters, and what they find."""
    service = _service(library, model_dir)
    service.warm_up()
    for text in texts()[:5]:
        service.search_typed(text, K)
    took, shares = [], []
    truth = library.truth
    for text, right in zip(texts(), truth.tolist(), strict=True):
        clock = Clock()
        hits = service.search_typed(f'"{text}"', K)
        took.append((clock.wall, clock.cpu))
        found = {hit.photo.photo_id for hit in hits}
        shares.append(len(found & set(right)) / len(right))
    figures = _percentiles("plain", took) | {"recall": float(np.mean(shares))}
    for filter_, _ in FILTERS:
        took = []
        for text in texts()[:: 6 if library.count < 500_000 else 12]:
            clock = Clock()
            service.search_typed(f'"{text}" {filter_}', K)
            took.append((clock.wall, clock.cpu))
        figures |= _percentiles(filter_, took)
    figures["searched by"] = "exact search" if service.status().exact else "HNSW"
    return figures


def window(library: Library, model_dir: Path) -> Figures:
    """The app's own process, offscreen: opened, and searched by some texts."""
    # only here, or every process would hold it
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from desktop_app.gui.program import Program

    app = QApplication(sys.argv[:1])
    clock = Clock()
    program = Program(app, library.paths, model_dir, Settings())
    loop = QEventLoop()
    program.controller.answered.connect(lambda *_: loop.quit())
    program.controller.failed.connect(lambda *_: loop.exit(1))
    program.start()
    if loop.exec():  # the newest photos
        raise RuntimeError("the window could not show the library")
    figures: Figures = {"newest shown": clock.wall}
    for text in texts()[:: len(texts()) // _WINDOW_TEXTS]:
        program.controller.search_text(text)
        if loop.exec():
            raise RuntimeError("the window could not search")
    QTimer.singleShot(3000, loop.quit)  # thumbnails come in, the rescan goes on
    loop.exec()
    figures |= memory()
    program.shut_down()
    return figures


def _service(library: Library, model_dir: Path) -> SearchService:
    return open_search_service(library.paths, model_dir, Settings())


def _percentiles(name: str, took: Sequence[tuple[float, float]]) -> Figures:
    wall, cpu = np.array(took).T * 1000
    p50, p99 = np.percentile(wall, [50, 99])
    return {f"{name} p50": p50, f"{name} p99": p99, f"{name} cpu": float(np.median(cpu))}


def main() -> None:
    """Run one measurement."""
    measures: dict[str, Callable[[Library, Path], Figures]] = {
        "rescan": rescan,
        "build": build,
        "open": open_,
        "query": query,
        "window": window,
        "commit": upkeep.commit,
        "follow": upkeep.follow,
    }
    measure, folder, count, model_dir = sys.argv[1:]
    figures = measures[measure](Library(Path(folder), int(count)), Path(model_dir))
    print(json.dumps(memory() | figures))


if __name__ == "__main__":
    main()
