"""Copying and moving photos in the window: asked before, followed, undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop_app.composition import open_transfers
from desktop_app.gui.library.transfer_dialog import TransferDialog
from desktop_app.gui.photo_menu import PhotoMenu
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.file_transfer import FileTransfer
from desktop_app.library.index_control import IndexControl
from desktop_app.library.transfer_planner import TransferPlanner
from desktop_app.settings import Settings
from tests.gui.conftest import PATIENCE_MS


@pytest.fixture
def home(tmp_path: Path, indexed_library: Path, library_paths) -> Path:
    """A library whose photos may be moved: a copy of the shared one, at a place of its own."""
    folder = tmp_path / "photos"
    shutil.copytree(indexed_library / "photos", folder)
    with Catalogue.open(library_paths.catalogue) as catalogue:
        (root,) = catalogue.folders()
        catalogue._database.run(
            "UPDATE folders SET path = ? WHERE id = ?", (str(folder).encode(), root.folder_id)
        )
    for photo in folder.iterdir():  # the times that the catalogue remembers
        shutil.copystat(indexed_library / "photos" / photo.name, photo)
    return folder


def _open(qtbot, open_program, library_paths):
    program = open_program(library_paths)
    qtbot.waitUntil(lambda: len(program.window.model.hits) == 7, timeout=PATIENCE_MS)
    return program


def _select(program, *names: str):
    hits = [hit for hit in program.window.model.hits if hit.photo.path.name in names]
    assert len(hits) == len(names)
    return hits


def _dialog(qtbot, window) -> TransferDialog:
    qtbot.waitUntil(lambda: window.findChildren(TransferDialog) != [], timeout=PATIENCE_MS)
    return window.findChildren(TransferDialog)[0]


def _note(qtbot, window, words: str) -> None:
    qtbot.waitUntil(lambda: words in window.error_bar.message.text(), timeout=PATIENCE_MS)


def test_a_move_is_confirmed_done_and_undone(
    qtbot, open_program, library_paths, home, tmp_path
) -> None:
    goal = home / "Best & more"
    goal.mkdir()
    shutil.copy(home / "coffee.png", goal / "rocket.jpg")  # another photo has the name
    program = _open(qtbot, open_program, library_paths)
    window, tools = program.window, program.tools.transfer
    assert not tools.undo.isEnabled()
    hits = _select(program, "rocket.jpg", "chelsea.png")
    tools.plan("move", hits, goal)
    dialog = _dialog(qtbot, window)
    assert "Move 2 photos to “Best & more”?" in dialog.question.text()
    facts = dialog.facts.text()
    assert str(goal) in facts
    assert "rocket.jpg → rocket (2).jpg" in facts
    assert "same disk" in facts
    assert "several places" not in facts
    several = TransferDialog(dialog.plan, 2)
    qtbot.addWidget(several)
    assert "2 photos at several places" in several.facts.text()
    dialog.list_button.click()
    assert str(home / "chelsea.png") in dialog.files.toPlainText()
    assert (home / "rocket.jpg").exists()  # nothing happens before the yes
    dialog.go_button.click()
    _note(qtbot, window, "2 photos moved to “Best & more”.")
    assert not (home / "rocket.jpg").exists()
    assert (goal / "rocket (2).jpg").exists()
    assert window.error_bar.action_button.isVisibleTo(window.error_bar)
    assert "moving 2 photos" in window.error_bar.action_button.accessibleName()
    assert tools.undo.text() == "Undo moving 2 photos to “Best && more”"
    assert tools.undo in window.menu.actions()
    qtbot.waitUntil(
        lambda: any(hit.photo.path.parent == goal for hit in window.model.hits),
        timeout=PATIENCE_MS,
    )
    moved = {hit.photo.photo_id: hit.photo.path for hit in window.model.hits}
    assert {moved[hit.photo.photo_id].parent for hit in hits} == {goal}  # the same photos
    window.error_bar.action_button.click()
    _note(qtbot, window, "2 photos moved back from “Best & more”.")
    assert (home / "rocket.jpg").exists()
    assert not tools.undo.isEnabled()
    assert not window.error_bar.action_button.isVisibleTo(window.error_bar)


def test_a_copy_that_is_not_confirmed_is_not_made(
    qtbot, open_program, library_paths, home, tmp_path
) -> None:
    goal = tmp_path / "goal"
    goal.mkdir()
    program = _open(qtbot, open_program, library_paths)
    window, tools = program.window, program.tools.transfer
    tools.plan("copy", _select(program, "coins.png"), goal)
    dialog = _dialog(qtbot, window)
    assert dialog.focusWidget() is not dialog.go_button
    assert "originals stay" in dialog.facts.text()
    dialog.reject()
    assert not list(goal.iterdir())
    qtbot.waitUntil(lambda: window.findChildren(TransferDialog) == [], timeout=PATIENCE_MS)
    tools.plan("copy", _select(program, "coins.png"), goal)
    _dialog(qtbot, window).accept()
    _note(qtbot, window, "1 photo copied to “goal”.")
    qtbot.waitUntil(lambda: window.findChildren(TransferDialog) == [], timeout=PATIENCE_MS)
    tools.plan("copy", _select(program, "coins.png"), goal)
    _note(qtbot, window, "nothing to copy")
    assert "The same photo is there already: coins.png" in window.error_bar.message.text()
    assert tools.undo.isEnabled()
    tools.undo.trigger()
    _note(qtbot, window, "1 photo taken out of “goal” again.")
    assert not list(goal.iterdir())


def test_out_of_the_library_is_said_and_a_bad_folder_is_an_error(
    qtbot, open_program, library_paths, home, tmp_path
) -> None:
    program = _open(qtbot, open_program, library_paths)
    window, tools = program.window, program.tools.transfer
    (tmp_path / "goal").mkdir()
    tools.plan("move", _select(program, "coins.png"), tmp_path / "goal")
    dialog = _dialog(qtbot, window)
    assert "not in the library" in dialog.facts.text()
    dialog.reject()
    tools.plan("copy", _select(program, "coins.png"), tmp_path / "nowhere")
    _note(qtbot, window, "cannot be opened")
    assert not tools.is_busy
    assert not tools.card.isVisibleTo(window)
    tools.plan("copy", _select(program, "coins.png"), library_paths.thumbnails_dir)
    _note(qtbot, window, "own data")


def test_the_folder_is_asked_for(qtbot, open_program, library_paths, home) -> None:
    program = _open(qtbot, open_program, library_paths)
    window, tools = program.window, program.tools.transfer
    tools.copy.trigger()
    assert "Select photos first" in window.status.text()
    assert not window.findChildren(QFileDialog)
    window.grid.selectAll()
    tools.move.trigger()
    (dialog,) = window.findChildren(QFileDialog)
    assert dialog.windowTitle() == "Move to folder"
    dialog.reject()
    hits = _select(program, "coins.png")
    menu = PhotoMenu(hits[0], hits, program.actions, window)
    window.photo_menu_opening.emit(menu, hits)
    assert {"Copy to folder…", "Move to folder…"} <= {action.text() for action in menu.actions()}
    menu.deleteLater()


def test_pause_and_cancel(qtbot, open_program, library_paths, home, tmp_path) -> None:
    program = _open(qtbot, open_program, library_paths)
    window, tools = program.window, program.tools.transfer
    goal = tmp_path / "goal"
    goal.mkdir()
    tools.plan("copy", program.window.model.hits, goal)
    dialog = _dialog(qtbot, window)
    tools._control.pause()
    dialog.accept()
    tools.card.pause_button.click()  # before the thread has done anything, or while it does
    assert tools.card.title.text() == "Paused"
    assert tools.card.pause_button.accessibleName() == "Resume"
    tools.card.cancel_button.click()
    _note(qtbot, window, "photo")
    assert not [path for path in goal.iterdir() if path.name.startswith(".visita-")]
    assert len(list(home.iterdir())) == 7


def test_what_was_killed_is_told_at_the_next_start(
    qtbot, open_program, library_paths, home, tmp_path, monkeypatch
) -> None:
    # Else a quick machine is at the end before it tells anything.
    monkeypatch.setattr("desktop_app.library.file_transfer.PROGRESS_S", 0.0)
    goal = tmp_path / "goal"
    goal.mkdir()
    planning = TransferPlanner(library_paths.root, (), ExclusionRules()).plan(
        "copy", sorted(home.iterdir()), goal
    )
    while True:
        try:
            next(planning)
        except StopIteration as end:
            plan = end.value
            break
    run = FileTransfer(plan, library_paths.transfers_dir, IndexControl()).run()
    while len(list(goal.glob("[!.]*"))) < 2:
        next(run)
    del run  # nothing is noted any more, as after a kill
    program = _open(qtbot, open_program, library_paths)
    window, tools = program.window, program.tools.transfer
    _note(qtbot, window, "was interrupted")
    window.error_bar.action_button.click()
    _note(qtbot, window, "taken out of “goal” again.")
    assert not list(goal.iterdir())
    assert not tools.undo.isEnabled()


def test_undo_is_there_after_a_restart(qtbot, open_program, library_paths, home, tmp_path) -> None:
    goal = tmp_path / "goal"
    goal.mkdir()
    with Catalogue.open(library_paths.catalogue) as catalogue:
        transfers = open_transfers(catalogue, library_paths, Settings())
        plan = transfers.plan("copy", [home / "coins.png"], goal, IndexControl())
        transfers.run(plan, IndexControl(), lambda _: None)
    program = _open(qtbot, open_program, library_paths)
    tools = program.tools.transfer
    qtbot.waitUntil(tools.undo.isEnabled, timeout=PATIENCE_MS)
    assert tools.undo.text() == "Undo copying 1 photo to “goal”"
    tools.undo.trigger()
    _note(qtbot, program.window, "taken out")
    assert not list(goal.iterdir())
