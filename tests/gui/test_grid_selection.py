"""Selecting with the mouse and the keys, dragging out, and places that survive changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest

from desktop_app.gui.grid.kept_place import KeptPlace, rows_by_photo, runs
from desktop_app.gui.photo_grid import PhotoGrid
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader


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


def _rows(grid) -> list[int]:
    return [hit.rank - 1 for hit in grid.selected_hits()]


def _click(grid, row: int, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    at = grid.visualRect(grid.model().index(row)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, held, at)


def test_shift_and_control_select_many(grid, make_hits) -> None:
    grid.show_hits(make_hits(60), keep_place=False)
    QGuiApplication.processEvents()
    counted = QSignalSpy(grid.selection_counted)
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    _click(grid, 2)
    assert _rows(grid) == [2]
    _click(grid, 6, shift)
    assert _rows(grid) == [2, 3, 4, 5, 6]
    _click(grid, 4, control)
    assert _rows(grid) == [2, 3, 5, 6]
    assert counted.at(counted.count() - 1) == [4]
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Right, shift)
    QTest.keyClick(grid, Qt.Key.Key_A, control)
    assert len(_rows(grid)) == 60
    assert counted.at(counted.count() - 1) == [60]
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert _rows(grid) == []


def test_selected_photos_leave_as_files_for_other_programs(grid, make_hits) -> None:
    hits = make_hits(60)
    grid.show_hits(hits, keep_place=False)
    QGuiApplication.processEvents()
    _click(grid, 1)
    _click(grid, 3, Qt.KeyboardModifier.ControlModifier)
    drag = grid.drag_of(grid.selectionModel().selectedIndexes())
    urls = {url.toLocalFile() for url in drag.mimeData().urls()}
    assert urls == {str(hits[1].photo.path), str(hits[3].photo.path)}
    assert all(url.isLocalFile() for url in drag.mimeData().urls())
    two = drag.pixmap().toImage()
    one = grid.drag_of([grid.model().index(1)])
    assert not one.pixmap().isNull()
    grid.clearSelection()
    _click(grid, 1)
    assert grid.drag_of([grid.model().index(1)]).pixmap().toImage() != two


def test_the_current_photo_is_told(grid, make_hits) -> None:
    hits = make_hits(60)
    grid.show_hits(hits, keep_place=False)
    told = QSignalSpy(grid.current_changed)
    grid.setCurrentIndex(grid.model().index(7))
    assert told.at(0) == [hits[7].photo]


def test_the_next_photo_takes_the_place_of_a_removed_one(grid, make_hits) -> None:
    hits = make_hits(400)
    grid.show_hits(hits, keep_place=False)
    QGuiApplication.processEvents()
    grid.go_to_row(200)
    grid.show_hits((*hits[:200], *hits[201:]), keep_place=True)
    assert grid.currentIndex().data() == hits[201].photo.path.name
    assert grid.selected_ids() == {hits[201].photo.photo_id}
    assert grid.viewport().rect().intersects(grid.visualRect(grid.currentIndex()))
    # of several selected ones, those that are left stay selected
    kept = grid.model().hits
    for row in (10, 11, 12):
        index = grid.model().index(row)
        grid.selectionModel().select(index, grid.selectionModel().SelectionFlag.Select)
    grid.show_hits((*kept[:11], *kept[12:]), keep_place=True)
    left = {kept[10].photo.photo_id, kept[12].photo.photo_id, hits[201].photo.photo_id}
    assert grid.selected_ids() == left
    # the last one of all
    grid.go_to_row(len(grid.model().hits) - 1)
    grid.show_hits(grid.model().hits[:-1], keep_place=True)
    assert grid.currentIndex().row() == len(grid.model().hits) - 1


def test_what_is_on_the_screen_stays_when_the_photo_at_the_top_goes(grid, make_hits) -> None:
    hits = make_hits(1000)
    grid.show_hits(hits, keep_place=False)
    QGuiApplication.processEvents()
    grid.scrollTo(grid.model().index(500), grid.ScrollHint.PositionAtTop)
    cell = grid.gridSize()
    first = grid.indexAt(QPoint(cell.width() // 2, cell.height() // 4)).row()
    gone = hits[first]
    grid.show_hits(tuple(hit for hit in hits[50:] if hit is not gone), keep_place=True)
    row = rows_by_photo(grid.model().hits)[hits[first + 1].photo.photo_id]
    assert abs(grid.visualRect(grid.model().index(row)).top()) <= cell.height()


def test_coming_back_to_a_photo_keeps_a_selection_it_is_in(grid, make_hits) -> None:
    hits = make_hits(300)
    grid.show_hits(hits, keep_place=False)
    QGuiApplication.processEvents()
    _click(grid, 2)
    _click(grid, 4, Qt.KeyboardModifier.ControlModifier)
    grid.go_to_photo(hits[4].photo.photo_id)
    assert _rows(grid) == [2, 4]
    grid.go_to_photo(hits[250].photo.photo_id)
    assert _rows(grid) == [250]
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()).center())
    grid.go_to_photo(999_999)
    assert _rows(grid) == [250]


def test_runs_are_what_a_list_of_rows_says() -> None:
    assert list(runs([])) == []
    assert list(runs([5])) == [(5, 5)]
    assert list(runs([9, 1, 2, 3, 7, 8, 3])) == [(1, 3), (7, 9)]


def test_survivors(make_hits) -> None:
    hits = make_hits(10)
    place = KeptPlace(hits, frozenset(), 4, None, 0)
    now = rows_by_photo((hits[0], hits[2], hits[7]))
    assert [place.survivor(row, now) for row in (0, 1, 2, 3, 7, 8, 9)] == [0, 1, 1, 2, 2, 2, 2]
    assert place.survivor(-1, now) is None
    assert place.survivor(4, {}) is None


def test_many_rows_are_selected_as_one(grid, make_hits) -> None:
    hits = make_hits(3000)
    grid.show_hits(hits, keep_place=False)
    QGuiApplication.processEvents()
    none = grid.grab().toImage()
    QTest.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected_hits() == list(hits)
    QGuiApplication.processEvents()
    assert grid.grab().toImage() != none
    few = grid.selectionModel().selection()
    few.clear()
    few.select(grid.model().index(1), grid.model().index(2))
    seen = grid.visualRegionForSelection(few).boundingRect()
    tiles = [grid.visualRect(grid.model().index(row)) for row in (1, 2)]
    assert seen.contains(tiles[0].united(tiles[1]))
    assert seen.height() == tiles[0].height()  # their line, and no other
    every = grid.selectionModel().selection()
    assert grid.visualRegionForSelection(every).contains(grid.viewport().rect())
    grid.clearSelection()
    assert grid.selected_hits() == []
