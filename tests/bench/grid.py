"""``python -m tests.bench.grid`` prints what the grid of photos costs, offscreen.

A frame at 60 a second has 16 ms. Tiles are cut from the demo photos and are in memory, as they are
after a moment on any screen; each step is the median of many, with its painting. All times are CPU
of the GUI thread, which other programs lengthen little.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QThreadPool
from PySide6.QtWidgets import QApplication

from desktop_app.cli.demo_command import demo_photos
from desktop_app.gui.grid.date_sections import date_sections
from desktop_app.gui.photo_grid import PhotoGrid
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.theme import ThemeSwitch
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.library.records import Photo
from desktop_app.library.search import SearchHit
from tests.bench.__main__ import print_rows

SIZE = (1600, 1000)
THUMBNAIL_SIDE = 384
STEPS = 100
WHEEL_NOTCH = 150
DAYS = 28
Row = tuple[str, str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.grid", description=__doc__)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=300)
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    ThemeSwitch(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        thumbnails = _thumbnails(Path(folder))
        for side in (160, 96):
            hits = _hits(thumbnails, options.photos, options.months)
            title = f"{options.photos:,} photos of {options.months} months, tiles of {side} pixels"
            print_rows(title, _measure(app, hits, side))


def _measure(
    app: QApplication, hits: tuple[SearchHit, ...], side: int
) -> Iterator[tuple[str, str]]:
    loader = ThumbnailLoader(QThreadPool())
    grid = PhotoGrid(PhotoListModel(), loader, side)
    grid.resize(*SIZE)
    grid.show()
    app.processEvents()
    begun = time.thread_time()
    found = date_sections(hits)
    yield "find the months", f"{_since(begun):.1f} ms, {len(found)} of them"
    begun = time.thread_time()
    grid.show_hits(hits, keep_place=False)
    yield "show, the months included", f"{_since(begun):.1f} ms"
    begun = time.thread_time()
    app.processEvents()
    yield "  first painting, no tile yet", f"{_since(begun):.1f} ms"
    bar = grid.verticalScrollBar()
    _load(app, grid, loader)
    yield "tiles on the screen", f"{len(grid.rows_seen())}"
    yield "layout", _median(lambda step: grid.arrange())
    yield "paint everything", _median(lambda step: grid.viewport().repaint())

    def scroll(step: int) -> None:
        bar.setValue(bar.value() + WHEEL_NOTCH)
        app.processEvents()

    bar.setValue(bar.maximum() // 2)
    yield "scroll by a notch", _median(scroll)

    def jump(step: int) -> None:
        bar.setValue(bar.maximum() * (step * 37 % STEPS) // STEPS)
        app.processEvents()

    yield "jump anywhere", _median(jump)

    def key(step: int) -> None:
        row = (grid.currentIndex().row() + 7) % len(hits)
        grid.setCurrentIndex(grid.model().index(row, 0))
        app.processEvents()

    yield "go on by a key", _median(key)

    def resize(step: int) -> None:
        grid.resize(SIZE[0] - step % 2 * 200, SIZE[1])
        app.processEvents()

    yield "another width", _median(resize, 12)
    begun = time.thread_time()
    grid.selectAll()
    app.processEvents()
    yield "select all", f"{_since(begun):.1f} ms"
    grid.selectionModel().clear()
    flag = QItemSelectionModel.SelectionFlag.Select
    grid.selectionModel().select(grid.model().index(len(hits) // 2, 0), flag)
    begun = time.thread_time()
    grid.show_hits(hits[1:], keep_place=True)
    app.processEvents()
    yield "show anew, the place kept", f"{_since(begun):.1f} ms"
    loader.drain()
    grid.deleteLater()
    app.processEvents()


def _median(step: Callable[[int], object], steps: int = STEPS) -> str:
    """The middle and the slowest twentieth of many steps."""
    taken = []
    for number in range(steps):
        begun = time.thread_time()
        step(number)
        taken.append(_since(begun))
    slow = sorted(taken)[-max(1, steps // 20)]
    return f"{statistics.median(taken):.2f} ms, 95 % below {slow:.2f}"


def _since(begun: float) -> float:
    return (time.thread_time() - begun) * 1000


def _load(app: QApplication, grid: PhotoGrid, loader: ThumbnailLoader) -> None:
    """All files there are: they are few, and shared by all rows."""
    files = {hit.thumbnail for hit in grid.model().hits[:1000]}  # type: ignore[attr-defined]
    while not all(loader.cache.get(file) for file in files & grid.visible_files()):
        app.processEvents()


def _thumbnails(folder: Path) -> list[Path]:
    files = []
    for source in demo_photos():
        photo = Image.open(source).convert("RGB")
        photo.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        photo.save(folder / f"{source.stem}.jpg")
        files.append(folder / f"{source.stem}.jpg")
    return files


def _hits(thumbnails: list[Path], count: int, months: int) -> tuple[SearchHit, ...]:
    """Newest first, as many in each month."""
    hits = []
    for n in range(count):
        month = n * months // count
        day = DAYS - n * months % count * DAYS // count
        date = f"{2024 - month // 12}-{12 - month % 12:02}-{day:02}T12:00:00"
        photo = Photo(
            photo_id=n + 1,
            path=Path(f"/photos/IMG_{n:06}.jpg"),
            other_paths=(Path("/other"),) if n % 9 == 4 else (),
            content_hash=f"{n:064x}",
            width=4000,
            height=3000,
            taken_at=date,
            offline=n % 17 == 3,
            sort_date=date,
        )
        hits.append(SearchHit(n + 1, None, photo, thumbnails[n * 7 % len(thumbnails)]))
    return tuple(hits)


if __name__ == "__main__":
    main()
