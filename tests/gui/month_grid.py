"""A year of photos under headings of months, and what hands do with them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest

from desktop_app.gui.photo_grid import PhotoGrid
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
COUNTS = (7, 3, 12, 1, 5, 30, 8, 2, 9, 40, 40, 40)
"""Photos of each month; four columns are on the screen."""


def shown_grid(qtbot, make_hits):
    """The grid on a screen; to be run as a fixture is."""
    loader = ThumbnailLoader(QThreadPool())
    grid = PhotoGrid(PhotoListModel(), loader, 160)
    grid.loader = loader
    grid.resize(740, 700)
    qtbot.addWidget(grid)
    grid.show()
    qtbot.waitExposed(grid)
    grid.show_hits(year_of_hits(make_hits), keep_place=False)
    assert grid.tiles.measures.columns == 4
    yield grid
    loader.drain()


def year_of_hits(make_hits, counts=COUNTS):
    hits = make_hits(sum(counts))
    dates = [
        f"2024-{12 - month:02}-{28 - n % 28:02}"
        for month, count in enumerate(counts)
        for n in sorted(range(count), key=lambda n: n % 28)
    ]
    return tuple(
        replace(hit, score=None, photo=replace(hit.photo, sort_date=date))
        for hit, date in zip(hits, dates, strict=True)
    )


def chosen_rows(grid) -> list[int]:
    return [hit.rank - 1 for hit in grid.selected_hits()]


def first_of(month: int) -> int:
    return sum(COUNTS[:month])


def heading_point(grid, month: int) -> QPoint:
    """A place on the words of a heading between the tiles."""
    line = grid.tiles.heading_rect(month).translated(0, -grid.verticalOffset())
    return QPoint(30, line.center().y())


def drag(grid, start: QPoint, *ways: QPoint, held=NONE, let_go: bool = True) -> None:
    QTest.mousePress(grid.viewport(), LEFT, held, start)
    for at in ways:
        where = QPointF(at)
        there = grid.viewport().mapToGlobal(where)
        move = QMouseEvent(QEvent.Type.MouseMove, where, there, Qt.MouseButton.NoButton, LEFT, held)
        QGuiApplication.sendEvent(grid.viewport(), move)
    if let_go:
        QTest.mouseRelease(grid.viewport(), LEFT, held, ways[-1])


def turn_wheel(grid, at: QPoint, delta: int, held) -> None:
    there = QPointF(grid.viewport().mapToGlobal(at))
    button, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(QPointF(at), there, QPoint(), QPoint(0, delta), button, held, phase, False)
    QGuiApplication.sendEvent(grid.viewport(), event)


def line_of(grid, month: int) -> QRect:
    return grid.tiles.heading_rect(month).translated(0, -grid.verticalOffset())
