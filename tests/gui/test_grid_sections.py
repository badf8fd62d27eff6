"""Months as sections of the grid: seen, clicked, walked through, and kept in place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QThreadPool
from PySide6.QtGui import (
    QAccessible,
    QGuiApplication,
    QHelpEvent,
    QHoverEvent,
    QImage,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from desktop_app.gui.photo_grid import PhotoGrid
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader
from tests.gui.conftest import PATIENCE_MS

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
COUNTS = (7, 3, 12, 1, 5, 30, 8, 2, 9, 40, 40, 40)
"""Photos of each month; four columns are on the screen."""


@pytest.fixture
def grid(qtbot, make_hits):
    loader = ThumbnailLoader(QThreadPool())
    grid = PhotoGrid(PhotoListModel(), loader, 160)
    grid.loader = loader
    grid.resize(740, 700)
    qtbot.addWidget(grid)
    grid.show()
    qtbot.waitExposed(grid)
    grid.show_hits(_months(make_hits), keep_place=False)
    assert grid.tiles.measures.columns == 4
    yield grid
    loader.drain()


def _months(make_hits, counts=COUNTS):
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


def _rows(grid) -> list[int]:
    return [hit.rank - 1 for hit in grid.selected_hits()]


def _first(month: int) -> int:
    return sum(COUNTS[:month])


def _heading(grid, month: int) -> QPoint:
    """A place on the words of a heading between the tiles."""
    line = grid.tiles.heading_rect(month).translated(0, -grid.verticalOffset())
    return QPoint(30, line.center().y())


def _drag(grid, start: QPoint, *ways: QPoint, held=NONE, let_go: bool = True) -> None:
    QTest.mousePress(grid.viewport(), LEFT, held, start)
    for at in ways:
        where = QPointF(at)
        there = grid.viewport().mapToGlobal(where)
        move = QMouseEvent(QEvent.Type.MouseMove, where, there, Qt.MouseButton.NoButton, LEFT, held)
        QGuiApplication.sendEvent(grid.viewport(), move)
    if let_go:
        QTest.mouseRelease(grid.viewport(), LEFT, held, ways[-1])


def _wheel(grid, at: QPoint, delta: int, held) -> None:
    there = QPointF(grid.viewport().mapToGlobal(at))
    button, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(QPointF(at), there, QPoint(), QPoint(0, delta), button, held, phase, False)
    QGuiApplication.sendEvent(grid.viewport(), event)


def test_each_month_begins_a_line_under_its_heading(grid) -> None:
    left = grid.visualRect(grid.model().index(0)).left()
    below = 0
    for month in range(len(COUNTS)):
        cell = grid.visualRect(grid.model().index(_first(month)))
        line = grid.tiles.heading_rect(month).translated(0, -grid.verticalOffset())
        assert cell.left() == left
        assert line.bottom() + 1 == cell.top()
        assert month == 0 or line.top() > below
        below = grid.visualRect(grid.model().index(_first(month + 1) - 1)).bottom()
        assert grid.indexAt(line.center()).row() == -1
    one, other = (grid.viewport().grab(_line(grid, month)).toImage() for month in (1, 2))
    assert one != other


def _line(grid, month: int) -> QRect:
    return grid.tiles.heading_rect(month).translated(0, -grid.verticalOffset())


def test_without_an_order_of_date_there_are_no_sections(grid, make_hits) -> None:
    grid.show_hits(make_hits(100), keep_place=False)
    assert grid.tiles.sections == 1
    assert grid.heading_height == 0
    assert grid.viewport().y() == 0
    assert not grid.heading.isVisible()
    assert grid.visualRect(grid.model().index(0)).top() == 0
    grid.show_hits((), keep_place=False)
    assert grid.tiles.rows == 0
    assert not grid.indexAt(QPoint(5, 5)).isValid()
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_A, CONTROL)
    assert not grid.currentIndex().isValid()
    assert grid.selected_hits() == []


def test_a_click_on_a_heading_selects_its_month(grid) -> None:
    november = list(range(7, 10))
    QTest.mouseClick(grid.viewport(), LEFT, NONE, _heading(grid, 1))
    assert _rows(grid) == november
    QTest.mouseClick(grid.viewport(), LEFT, CONTROL, _heading(grid, 2))
    assert _rows(grid) == [*november, *range(10, 22)]
    # once more with Ctrl lets go of it
    QTest.mouseClick(grid.viewport(), LEFT, CONTROL, _heading(grid, 1))
    assert _rows(grid) == list(range(10, 22))
    QTest.mouseClick(grid.viewport(), LEFT, NONE, _heading(grid, 1))
    assert _rows(grid) == november
    # beside its words there is nothing to click
    QTest.mouseClick(grid.viewport(), LEFT, NONE, QPoint(500, _heading(grid, 2).y()))
    assert _rows(grid) == []


def test_a_hand_that_trembles_on_a_heading_still_clicks(grid) -> None:
    at = _heading(grid, 1)
    _drag(grid, at, at + QPoint(1, 1))
    assert _rows(grid) == list(range(7, 10))
    _drag(grid, at, QPoint(30, 80), QPoint(31, 80))
    assert 7 not in _rows(grid)


def test_the_heading_at_the_edge_selects_and_shift_goes_on_from_there(grid) -> None:
    bar = grid.verticalScrollBar()
    bar.setValue(grid.tiles.rect_of(_first(5) + 8).top())
    before = bar.value()
    QTest.mouseClick(grid.heading.title, LEFT)
    assert _rows(grid) == list(range(_first(5), _first(6)))
    assert bar.value() == before
    assert grid.currentIndex().row() in grid.rows_seen()
    start = grid.currentIndex().row()
    at = grid.visualRect(grid.model().index(start + 9)).center()
    QTest.mouseClick(grid.viewport(), LEFT, SHIFT, at)
    assert _rows(grid) == list(range(start, start + 10))


def test_the_next_month_pushes_the_heading_away(grid) -> None:
    bar = grid.verticalScrollBar()
    begins = grid.tiles.heading_rect(2).top()
    high = grid.heading_height
    for value, month, top in (
        (0, "December", 0),
        (begins - high, "November", 0),
        (begins - 10, "November", 10 - high),
        (begins, "October", 0),
        (begins + 10, "October", 0),
    ):
        bar.setValue(value)
        assert month in grid.heading.text()
        assert grid.heading.title.y() == top, value
        assert grid.heading.geometry().bottom() + 1 == grid.viewport().y()
    # what comes can be clicked while it is in the strip
    bar.setValue(begins - 10)
    QTest.mouseClick(grid.heading, LEFT, NONE, QPoint(40, high - 4))
    assert _rows(grid) == list(range(10, 22))


def test_keys_cross_the_borders_of_months(grid) -> None:
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(2))
    for key, row in (
        (Qt.Key.Key_Down, 6),  # December's second line has three photos
        (Qt.Key.Key_Down, 9),  # November
        (Qt.Key.Key_Down, 12),
        (Qt.Key.Key_Up, 9),
        (Qt.Key.Key_Left, 8),
        (Qt.Key.Key_Left, 7),
        (Qt.Key.Key_Left, 6),
        (Qt.Key.Key_Right, 7),
        (Qt.Key.Key_End, sum(COUNTS) - 1),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(grid, key)
        assert grid.currentIndex().row() == row
        assert _rows(grid) == [row]
        assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    top = grid.visualRect(grid.currentIndex()).top() + grid.verticalOffset()
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    now = grid.visualRect(grid.currentIndex()).top() + grid.verticalOffset()
    assert 0.5 * grid.viewport().height() < now - top <= grid.viewport().height()
    QTest.keyClick(grid, Qt.Key.Key_PageUp)
    assert grid.currentIndex().row() == 0
    QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    assert _rows(grid) == list(range(8))
    # letters type nothing
    QTest.keyClick(grid, Qt.Key.Key_I)
    assert grid.currentIndex().row() == 7


def test_a_rubber_band_takes_what_it_touches(grid) -> None:
    cells = [grid.visualRect(grid.model().index(row)) for row in range(40)]
    start = QPoint(cells[9].right() + 60, cells[9].center().y())  # November's line is short
    end = QPoint(cells[11].center().x(), cells[11].center().y())
    band = QRect(start, end).normalized()
    touched = [row for row, cell in enumerate(cells) if cell.intersects(band)]
    assert len(touched) > 3
    _drag(grid, start, end, let_go=False)
    assert _rows(grid) == touched
    with_band = grid.viewport().grab().toImage()
    QTest.mouseRelease(grid.viewport(), LEFT, NONE, end)
    assert _rows(grid) == touched
    assert grid.viewport().grab().toImage() != with_band
    # with Ctrl besides what is selected; what is touched once more is let go
    grid.verticalScrollBar().setValue(0)
    _drag(grid, start, cells[6].center(), held=CONTROL)
    assert set(_rows(grid)) == set(touched) ^ {6, 9}


def test_right_to_left_is_the_mirror_image(grid) -> None:
    width = grid.viewport().width()
    before = [grid.visualRect(grid.model().index(row)) for row in range(60)]
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for row, cell in enumerate(before):
        now = grid.visualRect(grid.model().index(row))
        assert (now.top(), now.right()) == (cell.top(), width - 1 - cell.left())
        assert grid.indexAt(now.center()).row() == row
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(1))
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.currentIndex().row() == 2
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.currentIndex().row() == 1
    line = _line(grid, 1)
    QTest.mouseClick(grid.viewport(), LEFT, NONE, QPoint(width - 30, line.center().y()))
    assert _rows(grid) == [7, 8, 9]
    assert grid.heading.title.geometry().right() == grid.heading.width() - 1
    assert grid.heading.choose.x() < 10


def test_the_photo_under_the_pointer_stays_there(grid) -> None:
    grid.verticalScrollBar().setValue(grid.tiles.rect_of(_first(9) + 6).top())
    at = QPoint(300, 333)
    row = grid.indexAt(at).row()
    cells = []
    for delta in (120, 120, 120, -120, -120, -120, -120, -120):
        _wheel(grid, at, delta, CONTROL)
        cell = grid.visualRect(grid.model().index(row))
        cells.append(cell.width())
        assert cell.top() <= at.y() <= cell.bottom() + 1
    assert len(set(cells)) > 3
    # parts of a notch add up
    side = grid.side
    for _ in range(3):
        _wheel(grid, at, 40, CONTROL)
    assert grid.side == side + 24


def test_another_width_leaves_the_place(grid) -> None:
    grid.verticalScrollBar().setValue(grid.tiles.rect_of(_first(9) + 13).top())
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
    hits = _months(make_hits)
    grid.verticalScrollBar().setValue(grid.tiles.rect_of(_first(9) + 13).top() + 5)
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
    point(_heading(grid, 1))
    on_heading = grid.viewport().grab().toImage()
    assert on_heading not in (plain, on_tile)
    assert grid.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    point(QPoint(600, _heading(grid, 1).y()))
    assert grid.viewport().grab().toImage() == plain
    assert grid.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_screen_readers_find_photos_and_the_month(grid) -> None:
    view = QAccessible.queryAccessibleInterface(grid)
    assert view.role() is QAccessible.Role.List
    assert view.childCount() == sum(COUNTS)
    grid.setCurrentIndex(grid.model().index(8))
    item = view.child(8)
    assert item.role() is QAccessible.Role.ListItem
    assert item.state().selected
    assert not view.child(9).state().selected
    cell = grid.visualRect(grid.model().index(8))
    assert item.rect().topLeft() == grid.viewport().mapToGlobal(cell.topLeft())
    found = view.childAt(item.rect().center().x(), item.rect().center().y())
    assert found.text(QAccessible.Text.Name) == item.text(QAccessible.Text.Name)
    button = QAccessible.queryAccessibleInterface(grid.heading.title)
    assert button.role() is QAccessible.Role.Button
    assert button.text(QAccessible.Text.Name) == "Select December 2024 · 7 photos"


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


def test_the_heading_at_the_edge_is_no_obstacle(grid) -> None:
    """The wheel scrolls through it, the keys reach it."""
    at = QPoint(200, 5)
    there = QPointF(grid.heading.mapToGlobal(at))
    button, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(QPointF(at), there, QPoint(), QPoint(0, -120), button, NONE, phase, False)
    QGuiApplication.sendEvent(grid.heading, event)
    assert grid.verticalScrollBar().value() > 0
    grid.heading.title.setFocus()
    QTest.keyClick(grid.heading.title, Qt.Key.Key_Space)
    assert _rows(grid) == list(range(7))


def test_tool_tips_tell_of_photos_and_of_headings(grid) -> None:
    for at, words in (
        (grid.visualRect(grid.model().index(1)).center(), "IMG_000001.jpg"),
        (_heading(grid, 1), "Select the photos of this month"),
    ):
        there = grid.viewport().mapToGlobal(at)
        event = QHelpEvent(QEvent.Type.ToolTip, at, there)
        QGuiApplication.sendEvent(grid.viewport(), event)
        assert words in QToolTip.text()
    QToolTip.hideText()
