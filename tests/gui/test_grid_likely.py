"""Likely hits and the others, told apart in the grid and by ear."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop_app.gui.grid.likely_sections import likely_sections
from desktop_app.gui.photo_grid import PhotoGrid
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def grid(qtbot):
    loader = ThumbnailLoader(QThreadPool())
    grid = PhotoGrid(PhotoListModel(), loader, 160)
    grid.resize(900, 700)
    qtbot.addWidget(grid)
    grid.show()
    qtbot.waitExposed(grid)
    yield grid
    loader.drain()


def _scored(hits, likely: int):
    """By falling score; the first so many are likely."""
    return tuple(
        replace(hit, score=0.4 - row / 1000, likely=row < likely) for row, hit in enumerate(hits)
    )


def test_the_others_are_a_section_of_their_own(make_hits) -> None:
    def parts(hits):
        return [(s.first_row, s.count, s.is_likely) for s in likely_sections(hits)]

    hits = make_hits(40)
    assert parts(_scored(hits, 12)) == [(0, 12, True), (12, 28, False)]
    assert parts(_scored(hits, 0)) == [(0, 40, False)]
    assert parts(_scored(hits, 40)) == []
    assert parts(()) == []
    mixed = [replace(hit, likely=row % 2 == 0) for row, hit in enumerate(hits)]
    assert parts(mixed) == []


def test_the_grid_parts_them(qtbot, grid, make_hits) -> None:
    grid.show_hits(_scored(make_hits(40), 12), keep_place=False)
    QGuiApplication.processEvents()
    assert [list(grid.tiles.section_rows(n)) for n in range(grid.tiles.sections)] == [
        list(range(12)),
        list(range(12, 40)),
    ]
    assert grid.heading.text() == "Likely · 12 photos"
    assert not grid.heading.choose.isVisible()  # there is no month to choose
    line = grid.tiles.heading_rect(1).translated(0, -grid.verticalOffset())
    QTest.mouseClick(grid.viewport(), LEFT, pos=QPoint(40, line.center().y()))
    assert [hit.likely for hit in grid.selected_hits()] == [False] * 28
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(3))
    QTest.keyClick(grid, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert grid.currentIndex().row() == 12
    assert grid.heading.text() == "Less likely · 28 photos"
    spoken = [grid.model().index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (11, 12)]
    assert "less likely" not in spoken[0]
    assert "less likely" in spoken[1]


def test_another_bar_moves_the_parting(qtbot, grid, make_hits) -> None:
    hits = make_hits(40)
    grid.show_hits(_scored(hits, 12), keep_place=False)
    grid.setCurrentIndex(grid.model().index(20))
    grid.show_hits(_scored(hits, 30), keep_place=True)
    assert list(grid.tiles.section_rows(1)) == list(range(30, 40))
    assert grid.currentIndex().row() == 20
    grid.show_hits(_scored(hits, 40), keep_place=True)
    assert grid.tiles.sections == 1
    assert not grid.heading.isVisible()


def test_months_that_start_over_say_why(qtbot, grid, make_hits) -> None:
    hits = tuple(
        replace(
            hit,
            score=0.3 + row % 3 / 100,
            likely=row < 15,
            photo=replace(hit.photo, sort_date=f"2024-{9 - row % 15 // 5:02}-01"),
        )
        for row, hit in enumerate(make_hits(30))
    )
    grid.show_hits(hits, keep_place=False)
    assert grid.tiles.sections == 6
    assert grid.heading.text() == "September 2024 · 5 photos"
    assert grid.heading.choose.isVisible()
    grid.go_to_row(15)
    assert grid.heading.text() == "September 2024 · 5 photos, less likely"
