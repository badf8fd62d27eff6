"""The window keeps up with its folders by itself, and forgets what is gone when told so."""

from __future__ import annotations

import shutil

from PySide6.QtWidgets import QMessageBox

from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.missing_dialog import nothing_missing
from desktop_app.library.removal import MissingCount
from tests.gui.conftest import PATIENCE_MS


def _total(program) -> int:
    library = program.session.library
    return library.counts.photos if library is not None else -1


def test_a_photo_that_appears_is_indexed_and_one_that_goes_is_missing(
    qtbot, open_program, photo_folder
) -> None:
    program = open_program()
    program.session.add_folders([photo_folder])
    qtbot.waitUntil(lambda: _total(program) == 7, timeout=PATIENCE_MS)
    # no waiting for the watch: what happens before it stands is found as well
    (photo_folder / "new").mkdir()
    content = (photo_folder / "coffee.png").read_bytes()
    (photo_folder / "new" / "other coffee.png").write_bytes(content + b"end")
    (photo_folder / "coffee.png").unlink()
    qtbot.waitUntil(
        lambda: program.session.library.counts.missing == 1 and _total(program) == 7,
        timeout=PATIENCE_MS,
    )


def test_missing_photos_are_forgotten_after_a_question_with_the_count(
    qtbot, open_program, photo_folder
) -> None:
    program = open_program()
    program.session.add_folders([photo_folder])
    qtbot.waitUntil(lambda: _total(program) == 7, timeout=PATIENCE_MS)
    (photo_folder / "coffee.png").unlink()
    qtbot.waitUntil(
        lambda: (
            program.session.library.counts.missing == 1
            and program.indexer.state is IndexerState.IDLE
        ),
        timeout=PATIENCE_MS,
    )
    window = program.window
    window.menu.remove_missing.trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=PATIENCE_MS)
    (box,) = window.findChildren(QMessageBox)
    assert "Forget 1 missing file? Of these, 1 photo " in box.text()
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    (forget,) = [b for b in box.buttons() if box.standardButton(b) == box.StandardButton.NoButton]
    forget.click()
    qtbot.waitUntil(lambda: program.session.library.counts.missing == 0, timeout=PATIENCE_MS)
    assert _total(program) == 6
    assert list((photo_folder.parent / "data" / "backups").glob("*-removal.sqlite"))


def test_words_when_nothing_can_be_forgotten() -> None:
    assert nothing_missing(MissingCount(0, 0)) == "No photo is missing."
    assert "not connected" in nothing_missing(MissingCount(0, 0, offline=3))


def test_patterns_that_the_terminal_wrote_survive_the_windows_settings(
    qtbot, open_program, library_paths
) -> None:
    program = open_program(library_paths)
    library_paths.settings_file.write_text('{"exclude": ["*.gif"]}', "utf-8")
    program.theme.choose("dark")
    program.shut_down()
    text = library_paths.settings_file.read_text("utf-8")
    assert '"*.gif"' in text
    assert '"dark"' in text
    shutil.rmtree(library_paths.root)
