"""The place in a grid of months is kept: while sizes change, and while it is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHoverEvent, QImage

from tests.gui.conftest import PATIENCE_MS
from tests.gui.month_grid import (
    CONTROL,
    COUNTS,
    first_of,
    heading_point,
    shown_grid,
    turn_wheel,
    year_of_hits,
)


@pytest.fixture
def grid(qtbot, make_hits):
    yield from shown_grid(qtbot, make_hits)


def test_the_photo_under_the_pointer_stays_there(grid) -> None:
    grid.verticalScrollBar().setValue(grid.tiles.rect_of(first_of(9) + 6).top())
    at = QPoint(300, 333)
    row = grid.indexAt(at).row()
    cells = []
    for delta in (120, 120, 120, -120, -120, -120, -120, -120):
        turn_wheel(grid, at, delta, CONTROL)
        cell = grid.visualRect(grid.model().index(row))
        cells.append(cell.width())
        assert cell.top() <= at.y() <= cell.bottom() + 1
    assert len(set(cells)) > 3
    # parts of a notch add up
    side = grid.side
    for _ in range(3):
        turn_wheel(grid, at, 40, CONTROL)
    assert grid.side == side + 24


def test_another_width_leaves_the_place(grid) -> None:
    grid.verticalScrollBar().setValue(grid.tiles.rect_of(first_of(9) + 13).top())
    first = grid.first_row_seen()
    top = grid.visualRect(grid.model().index(first)).top()
    for width in (1200, 500, 300, 900, 740):
        grid.resize(width, 700)
        QGuiApplication.processEvents()
        assert grid.visualRect(grid.model().index(first)).top() == top
    assert grid.first_row_seen() == first
    # the current photo, where it is seen, rather than the first one
    current = grid.model().index(first + 9)
    grid.setCurrentIndex(current)
    top = grid.visualRect(current).top()
    for width in (1200, 500, 740):
        grid.resize(width, 700)
        QGuiApplication.processEvents()
        assert grid.visualRect(current).top() == top
    # the very top stays the top
    grid.clearSelection()
    grid.setCurrentIndex(grid.model().index(-1))
    grid.verticalScrollBar().setValue(0)
    grid.resize(400, 700)
    QGuiApplication.processEvents()
    assert grid.verticalScrollBar().value() == 0


def test_a_refresh_keeps_the_place_in_a_month(grid, make_hits) -> None:
    hits = year_of_hits(make_hits)
    grid.verticalScrollBar().setValue(grid.tiles.rect_of(first_of(9) + 13).top() + 5)
    first = grid.first_row_seen()
    top = grid.visualRect(grid.model().index(first)).top()
    grid.show_hits(hits[11:], keep_place=True)
    assert grid.visualRect(grid.model().index(first - 11)).top() == top
    assert len(grid.tiles.section_rows(0)) == 22 - 11  # what is left of October


def test_what_is_scrolled_looks_as_if_it_had_been_painted_there(qtbot, grid) -> None:
    bar = grid.verticalScrollBar()
    values = (3, 150, 151, 400, 390, 1200, 0, 77)

    def shown() -> QImage:
        return grid.screen().grabWindow(grid.winId()).toImage()

    for value in values:  # what can be loaded is asked for, so that nothing comes in between
        bar.setValue(value)
        grid.viewport().repaint()
        qtbot.waitUntil(
            lambda: all(grid.loader.cache.get(file) for file in grid.visible_files()),
            timeout=PATIENCE_MS,
        )
    pictures = []
    for value in values:
        bar.setValue(value)
        QGuiApplication.processEvents()
        pictures.append(shown())
        grid.viewport().repaint()
        grid.heading.repaint()
        assert pictures[-1] == shown(), value
    assert pictures[0] != pictures[1]


def test_the_pointer_marks_what_it_is_on(grid) -> None:
    plain = grid.viewport().grab().toImage()

    def point(at: QPoint) -> None:
        kind = QEvent.Type.HoverMove
        QGuiApplication.sendEvent(
            grid.viewport(), QHoverEvent(kind, QPointF(at), QPointF(at), QPointF())
        )

    point(grid.visualRect(grid.model().index(1)).center())
    on_tile = grid.viewport().grab().toImage()
    assert on_tile != plain
    point(heading_point(grid, 1))
    on_heading = grid.viewport().grab().toImage()
    assert on_heading not in (plain, on_tile)
    assert grid.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    point(QPoint(600, heading_point(grid, 1).y()))
    assert grid.viewport().grab().toImage() == plain
    assert grid.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_what_changed_is_painted_anew_and_little_else(grid) -> None:
    grid.verticalScrollBar().setValue(900)
    selection = grid.selectionModel()
    for rows in ((0, 0), (30, 60), (0, sum(COUNTS) - 1), (sum(COUNTS) - 3, sum(COUNTS) - 1)):
        chosen = grid._selection_of([rows])
        region = grid.visualRegionForSelection(chosen)
        screen = grid.viewport().rect()
        for row in range(rows[0], rows[1] + 1):
            seen = grid.visualRect(grid.model().index(row)) & screen
            assert seen.isEmpty() or region.contains(seen)
        if all(row not in grid.rows_seen() for row in range(rows[0], rows[1] + 1)):
            assert region.isEmpty()
    assert not selection.hasSelection()
