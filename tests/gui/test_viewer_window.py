"""The viewer as a page of the real window, over a real library."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from desktop_app.gui.messages import TextQuery
from tests.gui.conftest import PATIENCE_MS


def _open(qtbot, open_program, library_paths):
    program = open_program(library_paths)
    window = program.window
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    qtbot.waitActive(window)
    window.grid.setFocus()
    return program


def test_enter_opens_a_page_and_esc_comes_back_to_the_photo(
    qtbot, open_program, library_paths
) -> None:
    program = _open(qtbot, open_program, library_paths)
    window, viewer, viewing = program.window, program.viewer, program.viewing
    looked_at = QSignalSpy(viewing.photo_shown)
    window.grid.setCurrentIndex(window.model.index(2))
    QTest.keyClick(window.grid, Qt.Key.Key_Return)
    assert window.pages.currentWidget() is viewer
    assert viewer.isVisible()
    assert not window.grid.isVisible()
    qtbot.waitUntil(lambda: viewer.is_sharp, timeout=PATIENCE_MS)
    window.grab()
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert window.grid.isVisible()
    assert window.grid.currentIndex().row() == 3
    assert window.grid.selected_ids() == {window.model.hits[3].photo.photo_id}
    photos = [looked_at.at(n)[0] for n in range(looked_at.count())][-4:]
    hits = window.model.hits
    assert photos == [hits[2].photo, hits[2].photo, hits[3].photo, hits[3].photo]


def test_a_double_click_opens_and_full_screen_is_the_windows(
    qtbot, open_program, library_paths
) -> None:
    program = _open(qtbot, open_program, library_paths)
    window, viewer = program.window, program.viewer
    at = window.grid.visualRect(window.model.index(1)).center()
    QTest.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert program.viewing.is_open
    assert viewer.hit == window.model.hits[1]
    QTest.keyClick(viewer.canvas, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert viewer.is_full_screen
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    side = window.grid.side
    zoom = viewer.canvas.place.zoom
    window.menu.larger.trigger()
    assert viewer.canvas.place.zoom > zoom
    assert window.grid.side == side
    QTest.keyClick(viewer.canvas, Qt.Key.Key_F)
    program.viewing.close()
    assert not window.isFullScreen()


def test_another_question_leads_back_to_its_answer(qtbot, open_program, library_paths) -> None:
    program = _open(qtbot, open_program, library_paths)
    window = program.window
    program.viewing.open(window.model.hits[0])
    window.menu.go_to_search.trigger()
    assert not program.viewing.is_open
    assert window.search_bar.text.hasFocus()
    program.viewing.open(window.model.hits[0])
    program.controller.search_text("a cat")
    qtbot.waitUntil(lambda: program.controller._shown == TextQuery("a cat"), timeout=PATIENCE_MS)
    assert not program.viewing.is_open
    assert window.grid.isVisible()


def test_the_menu_of_a_photo_in_the_viewer(qtbot, open_program, library_paths) -> None:
    program = _open(qtbot, open_program, library_paths)
    window = program.window
    hit = window.model.hits[0]
    program.viewing.open(hit)
    program.viewer.menu_wanted.emit(hit, window.mapToGlobal(window.rect().center()))
    menu = QApplication.activePopupWidget()
    words = [action.text() for action in menu.actions() if action.isVisible()]
    assert "View" not in words
    assert "Open with another program" in words
    speeds = next(action.menu() for action in menu.actions() if action.menu() is not None)
    speeds.actions()[-1].trigger()
    assert program.viewer.slideshow.seconds == 30
    menu.similar.trigger()
    menu.close()
    qtbot.waitUntil(lambda: not program.viewing.is_open, timeout=PATIENCE_MS)
    assert window.search_bar.is_by_photo


def test_the_program_ends_while_photos_are_being_decoded(
    qtbot, open_program, library_paths
) -> None:
    program = _open(qtbot, open_program, library_paths)
    program.viewing.open(program.window.model.hits[0])
    program.viewer.step(1)
    program.shut_down()
    assert program.viewer.hit is None
