"""For who reads from the right: everything stands and moves the other way round."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.gui.glyphs import GlyphButton, GlyphName
from desktop_app.gui.viewer.viewer_keys import Command
from tests.gui.window_tour import (
    Tour,
    furnished_library,
    furnished_paths,
    tiny_bundle,
    tour,
)

__all__ = ["furnished_library", "furnished_paths", "tiny_bundle", "tour"]


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    """Asked for before the window is opened."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _place(tour: Tour, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(tour.window, QPoint()), widget.size())


def test_parts_stand_on_the_other_side(right_to_left: None, tour: Tour) -> None:
    window = tour.window
    tour.results()
    middle = window.width() / 2
    assert _place(tour, window.panel).center().x() > middle
    assert _place(tour, window.search_bar.photo_button).center().x() < middle
    chips = [_place(tour, chip) for chip in window.search_bar.chips.chips]
    assert [c.left() for c in chips] == sorted((c.left() for c in chips), reverse=True)
    assert _place(tour, window.status).center().x() > _place(tour, window.size_slider).center().x()
    slider = window.search_tools.slider
    assert slider.x_of(1.0) < slider.x_of(0.0)
    panel = tour.inspector()
    assert _place(tour, panel).center().x() < middle  # away from the library


def test_photos_follow_each_other_to_the_left(right_to_left: None, tour: Tour) -> None:
    tour.results()
    grid = tour.window.grid
    # The first photo may stand alone, under "Likely".
    first, second = (grid.visualRect(tour.window.model.index(row)) for row in (1, 2))
    assert second.right() < first.left()
    assert first.top() == second.top()
    assert grid.first_row_seen() == 0
    shown = grid.visible_files()
    assert {hit.thumbnail for hit in tour.window.model.hits[:3]} <= shown
    tour.select(0)
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.currentIndex().row() == 1
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.currentIndex().row() == 0


def test_months_stand_where_one_begins_to_read(right_to_left: None, tour: Tour) -> None:
    tour.months()
    grid = tour.window.grid
    tour.wait(lambda: len(tour.window.model.hits) == 7)
    middle = _place(tour, grid).center().x()
    assert _place(tour, grid.heading.title).center().x() > middle
    assert _place(tour, grid.heading.choose).center().x() < middle
    line = grid.tiles.heading_rect(1).translated(0, -grid.verticalOffset())
    picture = grid.viewport().grab(line).toImage()
    ground = picture.pixelColor(picture.width() // 2, 1)
    half = picture.width() // 2
    assert _ink(picture, ground, half, picture.width()) > 100
    assert _ink(picture, ground, 0, half) == 0


def test_rows_of_the_library_begin_at_the_right(right_to_left: None, tour: Tour) -> None:
    tour.months()
    for view in (tour.window.panel.view, tour.program.tools.albums.panel.view):
        picture = view.viewport().grab(view.visualRect(view.model().index(0, 0))).toImage()
        ground = picture.pixelColor(picture.width() // 2, 1)
        edge = 34
        glyph = _ink(picture, ground, picture.width() - edge, picture.width())
        assert glyph > 30  # the drawing is at the right edge
        words = _ink(picture, ground, picture.width() // 2, picture.width() - edge)
        assert words > 3 * _ink(picture, ground, edge, picture.width() // 2)


def _ink(picture: QImage, ground: object, left: int, right: int) -> int:
    return sum(
        picture.pixelColor(x, y) != ground
        for x in range(left, right)
        for y in range(picture.height())
    )


def test_the_viewer_goes_on_to_the_left(right_to_left: None, tour: Tour) -> None:
    tour.viewer()
    viewer = tour.program.viewer
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Left)
    assert viewer._row == 1
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert viewer._row == 0
    first, second = (viewer.strip.visualRect(tour.window.model.index(row)) for row in (0, 1))
    assert second.right() < first.left() + 2
    following, back = viewer.bar.buttons[Command.NEXT], viewer.bar.buttons[Command.BACK]
    assert _place(tour, back).center().x() > _place(tour, following).center().x()


@pytest.mark.parametrize("name", ["back", "previous", "next"])
def test_what_points_along_the_line_points_the_other_way(qtbot, name: GlyphName) -> None:
    pictures = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        button = GlyphButton(name, "a button", 34, 18)
        qtbot.addWidget(button)
        button.setLayoutDirection(direction)
        pictures.append(button.grab().toImage())
    ltr, rtl = pictures
    assert rtl != ltr
    assert _difference(rtl.flipped(Qt.Orientation.Horizontal), ltr) < _difference(rtl, ltr) / 10


def _difference(one: QImage, other: QImage) -> int:
    return sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness())
        for x in range(one.width())
        for y in range(one.height())
    )
