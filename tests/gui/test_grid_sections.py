"""Months as sections of the grid: seen, clicked, walked through, and read aloud."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from tests.gui.month_grid import (
    CONTROL,
    COUNTS,
    LEFT,
    NONE,
    SHIFT,
    chosen_rows,
    drag,
    first_of,
    heading_point,
    line_of,
    shown_grid,
)


@pytest.fixture
def grid(qtbot, make_hits):
    yield from shown_grid(qtbot, make_hits)


def test_each_month_begins_a_line_under_its_heading(grid) -> None:
    left = grid.visualRect(grid.model().index(0)).left()
    below = 0
    for month in range(len(COUNTS)):
        cell = grid.visualRect(grid.model().index(first_of(month)))
        line = grid.tiles.heading_rect(month).translated(0, -grid.verticalOffset())
        assert cell.left() == left
        assert line.bottom() + 1 == cell.top()
        assert month == 0 or line.top() > below
        below = grid.visualRect(grid.model().index(first_of(month + 1) - 1)).bottom()
        assert grid.indexAt(line.center()).row() == -1
    one, other = (grid.viewport().grab(line_of(grid, month)).toImage() for month in (1, 2))
    assert one != other


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
    QTest.mouseClick(grid.viewport(), LEFT, NONE, heading_point(grid, 1))
    assert chosen_rows(grid) == november
    QTest.mouseClick(grid.viewport(), LEFT, CONTROL, heading_point(grid, 2))
    assert chosen_rows(grid) == [*november, *range(10, 22)]
    # once more with Ctrl lets go of it
    QTest.mouseClick(grid.viewport(), LEFT, CONTROL, heading_point(grid, 1))
    assert chosen_rows(grid) == list(range(10, 22))
    QTest.mouseClick(grid.viewport(), LEFT, NONE, heading_point(grid, 1))
    assert chosen_rows(grid) == november
    # beside its words there is nothing to click
    QTest.mouseClick(grid.viewport(), LEFT, NONE, QPoint(500, heading_point(grid, 2).y()))
    assert chosen_rows(grid) == []


def test_a_hand_that_trembles_on_a_heading_still_clicks(grid) -> None:
    at = heading_point(grid, 1)
    drag(grid, at, at + QPoint(1, 1))
    assert chosen_rows(grid) == list(range(7, 10))
    drag(grid, at, QPoint(30, 80), QPoint(31, 80))
    assert 7 not in chosen_rows(grid)


def test_the_heading_at_the_edge_selects_and_shift_goes_on_from_there(grid) -> None:
    bar = grid.verticalScrollBar()
    bar.setValue(grid.tiles.rect_of(first_of(5) + 8).top())
    before = bar.value()
    QTest.mouseClick(grid.heading.title, LEFT)
    assert chosen_rows(grid) == list(range(first_of(5), first_of(6)))
    assert bar.value() == before
    assert grid.currentIndex().row() in grid.rows_seen()
    start = grid.currentIndex().row()
    at = grid.visualRect(grid.model().index(start + 9)).center()
    QTest.mouseClick(grid.viewport(), LEFT, SHIFT, at)
    assert chosen_rows(grid) == list(range(start, start + 10))


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
    assert chosen_rows(grid) == list(range(10, 22))


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
        assert chosen_rows(grid) == [row]
        assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    top = grid.visualRect(grid.currentIndex()).top() + grid.verticalOffset()
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    now = grid.visualRect(grid.currentIndex()).top() + grid.verticalOffset()
    assert 0.5 * grid.viewport().height() < now - top <= grid.viewport().height()
    QTest.keyClick(grid, Qt.Key.Key_PageUp)
    assert grid.currentIndex().row() == 0
    QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    assert chosen_rows(grid) == list(range(8))
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
    drag(grid, start, end, let_go=False)
    assert chosen_rows(grid) == touched
    with_band = grid.viewport().grab().toImage()
    QTest.mouseRelease(grid.viewport(), LEFT, NONE, end)
    assert chosen_rows(grid) == touched
    assert grid.viewport().grab().toImage() != with_band
    # with Ctrl besides what is selected; what is touched once more is let go
    grid.verticalScrollBar().setValue(0)
    drag(grid, start, cells[6].center(), held=CONTROL)
    assert set(chosen_rows(grid)) == set(touched) ^ {6, 9}


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
    line = line_of(grid, 1)
    QTest.mouseClick(grid.viewport(), LEFT, NONE, QPoint(width - 30, line.center().y()))
    assert chosen_rows(grid) == [7, 8, 9]
    assert grid.heading.title.geometry().right() == grid.heading.width() - 1
    assert grid.heading.choose.x() < 10


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
    assert chosen_rows(grid) == list(range(7))


def test_tool_tips_tell_of_photos_and_of_headings(grid) -> None:
    for at, words in (
        (grid.visualRect(grid.model().index(1)).center(), "IMG_000001.jpg"),
        (heading_point(grid, 1), "Select the photos of this month"),
    ):
        there = grid.viewport().mapToGlobal(at)
        event = QHelpEvent(QEvent.Type.ToolTip, at, there)
        QGuiApplication.sendEvent(grid.viewport(), event)
        assert words in QToolTip.text()
    QToolTip.hideText()
