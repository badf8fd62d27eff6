"""Favourites and albums in the window: keys, heart, menu, panel."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from desktop_app.gui.library.album_dialogs import AlbumNameDialog
from desktop_app.gui.messages import TextQuery
from desktop_app.gui.photo_menu import PhotoMenu
from tests.gui.conftest import PATIENCE_MS


def _select(window, *names: str) -> None:
    selection = window.grid.selectionModel()
    selection.clear()
    for row, hit in enumerate(window.model.hits):
        if hit.photo.path.stem in names:
            index = window.model.index(row)
            selection.select(index, QItemSelectionModel.SelectionFlag.Select)


def _albums(program) -> dict[str, int]:
    return {album.name: album.count for album in program.tools.albums.panel.model.items}


def _shown(program) -> set[str]:
    return {hit.photo.path.stem for hit in program.window.model.hits}


def _started(qtbot, open_program, library_paths):
    program = open_program(library_paths)
    qtbot.waitUntil(lambda: len(program.window.model.hits) == 7, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: _albums(program) == {"favourites": 0}, timeout=PATIENCE_MS)
    return program


def test_f_and_the_heart_make_favourites(qtbot, open_program, library_paths) -> None:
    program = _started(qtbot, open_program, library_paths)
    window, heart = program.window, program.tools.albums.heart
    assert not heart.isEnabled()
    _select(window, "chelsea", "coffee")
    assert heart.isEnabled()
    window.activateWindow()
    window.grid.setFocus()
    QTest.keyClick(window.grid, Qt.Key.Key_F)
    assert "No favourite" in heart.accessibleName()  # shown before it is written
    qtbot.waitUntil(lambda: _albums(program) == {"favourites": 2}, timeout=PATIENCE_MS)
    assert "2 photos" in window.status.text()
    _select(window, "coffee")
    heart.click()
    qtbot.waitUntil(lambda: _albums(program) == {"favourites": 1}, timeout=PATIENCE_MS)
    view = program.tools.albums.panel.view
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _shown(program) == {"chelsea"}, timeout=PATIENCE_MS)
    assert program.controller.query == TextQuery("in:favourites")
    QTest.keyClicks(window.search_bar.text, "f")  # there it is a letter
    assert window.search_bar.text.text().endswith("f")


def test_albums_are_made_shown_renamed_and_forgotten(qtbot, open_program, library_paths) -> None:
    program = _started(qtbot, open_program, library_paths)
    window, tools = program.window, program.tools.albums
    _select(window, "china", "flower")
    tools.add_to_album.trigger()
    (dialog,) = window.findChildren(AlbumNameDialog)
    dialog.name.setCurrentText("   ")
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
    dialog.name.setCurrentText("Far away")
    dialog.accept()
    qtbot.waitUntil(lambda: _albums(program).get("Far away") == 2, timeout=PATIENCE_MS)
    # The name is offered at once: nothing else in the library had to change.
    window.query_aids._offer()
    names = window.query_aids.vocabulary
    qtbot.waitUntil(
        lambda: "Far away" in window.query_aids.vocabulary.values["album"], timeout=PATIENCE_MS
    )
    assert "Far away" not in names.values.get("album", ())
    tools.show_album(tools.panel.model.items[1])
    qtbot.waitUntil(lambda: _shown(program) == {"china", "flower"}, timeout=PATIENCE_MS)
    hits = [hit for hit in window.model.hits if hit.photo.path.stem == "china"]
    menu = PhotoMenu(hits[0], hits, program.actions, window)
    window.photo_menu_opening.emit(menu, hits)
    (take_out,) = [a for a in menu.actions() if a.text() == "Take out of “Far away”"]
    take_out.trigger()
    qtbot.waitUntil(lambda: _albums(program).get("Far away") == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: _shown(program) == {"flower"}, timeout=PATIENCE_MS)
    menu.deleteLater()

    tools.panel.view.setCurrentIndex(tools.panel.model.index(1))
    tools.panel.rename_action.trigger()
    rename = next(d for d in window.findChildren(AlbumNameDialog) if "Rename" in d.windowTitle())
    rename.name.setCurrentText("Asia")
    rename.accept()
    qtbot.waitUntil(lambda: "Asia" in _albums(program), timeout=PATIENCE_MS)
    tools.panel.view.setCurrentIndex(tools.panel.model.index(1))
    tools.panel.remove_action.trigger()
    (box,) = window.findChildren(QMessageBox)
    assert "1 photo" in box.informativeText()
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert "Asia" in _albums(program)
    tools.panel.remove_action.trigger()
    box = [b for b in window.findChildren(QMessageBox) if b.isVisible()][-1]
    next(b for b in box.buttons() if "Forget" in b.text()).click()
    qtbot.waitUntil(lambda: "Asia" not in _albums(program), timeout=PATIENCE_MS)
    tools.panel.view.setCurrentIndex(tools.panel.model.index(0))
    tools.panel.remove_action.trigger()  # the favourites stay
    assert "favourites" in _albums(program)


def test_a_name_that_is_taken_is_said(qtbot, open_program, library_paths) -> None:
    program = _started(qtbot, open_program, library_paths)
    program.desk.ask(lambda catalogue: catalogue.albums.create("Favourites"), lambda _: None)
    bar = program.window.error_bar
    qtbot.waitUntil(lambda: bar.isVisible(), timeout=PATIENCE_MS)
    assert "favourites" in bar.message.text()
