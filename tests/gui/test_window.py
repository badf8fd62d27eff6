"""The window as a person uses it: real photos, a real child process, the real model."""

from __future__ import annotations

import os
import signal

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox

from desktop_app.gui.empty_state import Emptiness
from desktop_app.gui.error_bar import ErrorBar
from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.messages import ErrorReport, NewestQuery, TextQuery
from desktop_app.gui.problems_dialog import ProblemsDialog
from desktop_app.gui.search_help import SearchHelp
from desktop_app.library.query_help import QUERY_HELP
from tests.gui.conftest import MANY, PATIENCE_MS


def _shown(program) -> list[str]:
    return [hit.photo.path.name for hit in program.window.model.hits]


def _wait_for_answer(qtbot, program, query) -> None:
    window = program.window
    qtbot.waitUntil(
        lambda: program.controller._shown == query and window.model.hits != (),
        timeout=PATIENCE_MS,
    )


def test_from_an_empty_window_to_a_found_photo(qtbot, open_program, photo_folder) -> None:
    program = open_program()
    window = program.window
    assert window.stack.currentWidget() is window.empty
    assert window.empty.emptiness is Emptiness.NO_FOLDER
    promises = [label.text() for label in window.empty.first_run.findChildren(QLabel)]
    assert any("nothing leaves this computer" in words for words in promises)
    assert window.empty.first_run.isVisible()
    program.session.add_folders([photo_folder])
    assert window.empty.emptiness is Emptiness.INDEXING
    assert window.panel.progress.isVisible()
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.panel.total.text() == "7 photos", timeout=PATIENCE_MS)
    assert not window.panel.progress.isVisible()
    assert window.stack.currentWidget() is window.grid
    assert window.panel.folders.index(0).data() == "My Photos"
    QTest.keyClicks(window.search_bar.text, "a cat looking at the camera")
    _wait_for_answer(qtbot, program, TextQuery("a cat looking at the camera"))
    assert "chelsea.png" in _shown(program)
    assert window.model.hits[0].score >= window.model.hits[-1].score
    assert "7 results in " in window.status.text()
    assert window.status.text().endswith(" ms")


def test_enter_searches_at_once_and_esc_clears(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    bar = program.window.search_bar
    bar._debounce.setInterval(3_600_000)
    QTest.keyClicks(bar.text, "flower")
    assert bar.clear_button.isVisible()
    QTest.keyClick(bar.text, Qt.Key.Key_Return)
    _wait_for_answer(qtbot, program, TextQuery("flower"))
    QTest.keyClick(bar.text, Qt.Key.Key_Escape)
    assert bar.text.text() == ""
    assert not bar.clear_button.isVisible()
    _wait_for_answer(qtbot, program, NewestQuery())
    assert "newest first" in program.window.status.text()
    assert all(hit.score is None for hit in program.window.model.hits)


def test_typing_searches_live_and_only_the_last_words_stay(
    qtbot, open_program, library_paths
) -> None:
    program = open_program(library_paths)
    shown = QSignalSpy(program.controller.answered)
    QTest.keyClicks(program.window.search_bar.text, "a rocket at night")
    _wait_for_answer(qtbot, program, TextQuery("a rocket at night"))
    assert shown.at(shown.count() - 1)[0].query == TextQuery("a rocket at night")


def test_known_folders_are_looked_through_at_start(
    qtbot, open_program, library_paths, model_dir, indexed_library, photo_files, tmp_path
) -> None:
    program = open_program(library_paths, wait=False)
    with qtbot.waitSignal(program.indexer.summarised, timeout=PATIENCE_MS) as caught:
        pass
    assert caught.args[0].unchanged == 7
    assert caught.args[0].indexed == 0


def _start_indexing(qtbot, program, folder) -> None:
    """Index a folder and come back when the first photos are in."""
    progress = QSignalSpy(program.indexer.progressed)
    program.session.add_folders([folder])
    qtbot.waitUntil(
        lambda: progress.count() > 0 and progress.at(progress.count() - 1)[0].indexed > 0,
        timeout=PATIENCE_MS,
    )


def test_photos_are_found_while_others_are_still_indexed(qtbot, open_program, many_photos) -> None:
    program = open_program()
    window = program.window
    _start_indexing(qtbot, program, many_photos)
    window.panel.progress.pause_button.click()
    assert program.indexer.state is IndexerState.PAUSED
    assert window.panel.progress.title.text() == "Paused"
    assert window.panel.progress.pause_button.accessibleName() == "Resume indexing"
    qtbot.waitUntil(lambda: 0 < len(window.model.hits) < MANY, timeout=PATIENCE_MS)
    QTest.keyClicks(window.search_bar.text, "a temple")
    _wait_for_answer(qtbot, program, TextQuery("a temple"))
    assert len(window.model.hits) < MANY
    window.grid.setCurrentIndex(window.model.index(0))
    chosen = window.grid.selected_ids()
    assert chosen
    window.panel.progress.pause_button.click()
    qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(window.model.hits) == MANY, timeout=PATIENCE_MS)
    assert window.search_bar.text.text() == "a temple"
    assert window.grid.selected_ids() == chosen


def test_cancel_ends_the_run_and_keeps_what_was_done(qtbot, open_program, many_photos) -> None:
    program = open_program()
    window = program.window
    _start_indexing(qtbot, program, many_photos)
    window.panel.progress.cancel_button.click()
    qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)
    assert not window.panel.progress.isVisible()
    qtbot.waitUntil(lambda: window.panel.waiting.isVisible(), timeout=PATIENCE_MS)
    assert program.session.library.counts.pending > 0
    qtbot.waitUntil(lambda: 0 < len(window.model.hits) < MANY, timeout=PATIENCE_MS)
    program.watch.changed.emit((many_photos,))
    assert program.indexer.state is IndexerState.IDLE  # nobody but the user begins again
    program.session.rescan()
    qtbot.waitUntil(lambda: len(window.model.hits) == MANY, timeout=PATIENCE_MS)


def test_a_crash_of_the_child_is_told_and_survived(qtbot, open_program, many_photos) -> None:
    program = open_program()
    window = program.window
    _start_indexing(qtbot, program, many_photos)
    os.kill(program.indexer.process_id, signal.SIGKILL)
    qtbot.waitUntil(lambda: window.error_bar.isVisible(), timeout=PATIENCE_MS)
    assert "started again" in window.error_bar.message.text()
    qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(window.model.hits) == MANY, timeout=PATIENCE_MS)
    window.error_bar.close_button.click()
    assert not window.error_bar.isVisible()


def test_problems_are_listed_with_their_reasons(qtbot, open_program, photo_folder) -> None:
    (photo_folder / "empty.jpg").touch()
    (photo_folder / "broken.png").write_bytes(b"this is no photo")
    program = open_program()
    window = program.window
    program.session.add_folders([photo_folder])
    qtbot.waitUntil(lambda: window.panel.problems_button.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: window.panel.problems_button.text() == "2 problems", timeout=PATIENCE_MS
    )
    window.panel.problems_button.click()
    qtbot.waitUntil(lambda: window.findChild(ProblemsDialog) is not None, timeout=PATIENCE_MS)
    dialog = window.findChild(ProblemsDialog)
    rows = {
        dialog.model.index(row, 0).data(): dialog.model.index(row, 2).data() for row in range(2)
    }
    assert set(rows) == {"empty.jpg", "broken.png"}
    assert all(len(reason) > 5 for reason in rows.values())
    dialog.copy_button.click()
    assert "empty.jpg" in QApplication.clipboard().text()
    dialog.accept()


def test_what_can_be_typed_is_shown_and_tried(
    qtbot, open_program, library_paths, indexed_library
) -> None:
    window = open_program(library_paths).window
    window.menu.search_help.trigger()
    qtbot.waitUntil(lambda: window.findChild(SearchHelp) is not None, timeout=PATIENCE_MS)
    dialog = window.findChild(SearchHelp)
    shown = [dialog.view.topLevelItem(n).text(0) for n in range(dialog.view.topLevelItemCount())]
    assert shown == [line.example for line in QUERY_HELP]
    dialog.view.itemActivated.emit(dialog.view.topLevelItem(shown.index("sort:date")), 0)
    qtbot.waitUntil(lambda: window.findChild(SearchHelp) is None, timeout=PATIENCE_MS)
    assert window.search_bar.text.text() == "sort:date"


def test_a_folder_is_removed_only_after_a_question(
    qtbot, open_program, library_paths, indexed_library
) -> None:
    program = open_program(library_paths)
    window = program.window
    qtbot.waitUntil(lambda: window.panel.folders.rowCount() == 1, timeout=PATIENCE_MS)

    def ask() -> QMessageBox:
        window.panel.view.setCurrentIndex(window.panel.folders.index(0))
        window.panel.remove_action.trigger()
        return window.findChild(QMessageBox)

    box = ask()
    box.button(QMessageBox.StandardButton.Cancel).click()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None, timeout=PATIENCE_MS)
    assert window.panel.folders.rowCount() == 1
    box = ask()
    remove = next(b for b in box.buttons() if b.text() == "Remove")
    remove.click()
    qtbot.waitUntil(lambda: window.panel.folders.rowCount() == 0, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.model.hits == (), timeout=PATIENCE_MS)
    # the watch had a look through it begun: that ends first
    qtbot.waitUntil(lambda: window.empty.emptiness is Emptiness.NO_FOLDER, timeout=PATIENCE_MS)
    assert len(list((indexed_library / "photos").iterdir())) == 7


def test_a_folder_without_photos_says_so(qtbot, open_program, tmp_path) -> None:
    nothing = tmp_path / "nothing here"
    nothing.mkdir()
    (nothing / "notes.txt").write_text("no photo")
    program = open_program()
    program.session.add_folders([nothing])
    qtbot.waitUntil(
        lambda: program.window.empty.emptiness is Emptiness.NO_PHOTOS, timeout=PATIENCE_MS
    )
    assert program.window.empty.button.isVisible()


def test_a_folder_that_is_gone_is_told_in_words(qtbot, open_program, tmp_path) -> None:
    program = open_program()
    program.session.add_folders([tmp_path / "gone"])
    bar = program.window.error_bar
    qtbot.waitUntil(lambda: bar.isVisible(), timeout=PATIENCE_MS)
    assert "gone" in bar.message.text()
    assert program.window.empty.emptiness is Emptiness.NO_FOLDER


def test_photos_of_an_unreachable_folder_are_marked(
    qtbot, open_program, photo_folder, tmp_path
) -> None:
    program = open_program()
    window = program.window
    program.session.add_folders([photo_folder])
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)
    photo_folder.rename(tmp_path / "unplugged")
    window.menu.rescan.trigger()
    qtbot.waitUntil(
        lambda: window.model.hits != () and all(h.photo.offline for h in window.model.hits),
        timeout=PATIENCE_MS,
    )
    folder = window.panel.folders.index(0)
    qtbot.waitUntil(
        lambda: "Not connected" in folder.data(Qt.ItemDataRole.AccessibleTextRole),
        timeout=PATIENCE_MS,
    )
    window.grid.grab()


def test_find_similar_from_the_context_menu(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    window = program.window
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    row = _shown(program).index("flower.jpg")
    at = window.grid.visualRect(window.model.index(row)).center()
    window.grid.customContextMenuRequested.emit(at)
    menu = QApplication.activePopupWidget()
    assert [a.text() for a in menu.actions() if a.text()] == [
        "View",
        "Open with another program",
        "Show in folder",
        "Copy photo",
        "Copy path",
        "Find similar photos",
        "Favourite",
        "Add to album…",
        "Copy to folder…",
        "Move to folder…",
    ]
    menu.similar.trigger()
    menu.close()
    qtbot.waitUntil(
        lambda: window.model.hits != () and window.model.hits[0].score is not None,
        timeout=PATIENCE_MS,
    )
    assert _shown(program)[0] == "flower.jpg"
    assert window.search_bar.is_by_photo
    (chip,) = window.search_bar.chips.photo_chips
    qtbot.waitUntil(lambda: chip.has_picture, timeout=PATIENCE_MS)
    chip.close_button.click()
    _wait_for_answer(qtbot, program, NewestQuery())
    assert not window.search_bar.is_by_photo


def test_a_folder_is_chosen_in_a_dialog(qtbot, open_program, photo_folder) -> None:
    program = open_program()
    window = program.window
    QTest.mouseClick(window.empty.first_run.choose_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QFileDialog)
    assert dialog.isVisible()
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.fileSelected.emit(str(photo_folder))
    dialog.reject()
    window.empty.first_run.start_button.click()
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    window.search_bar.photo_button.click()
    dialog = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    dialog.fileSelected.emit(str(photo_folder / "coins.png"))
    dialog.reject()
    qtbot.waitUntil(lambda: _shown(program)[:1] == ["coins.png"], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)


def test_keys(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    window = program.window
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    qtbot.waitActive(window)
    window.grid.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_F, control)
    assert window.search_bar.text.hasFocus()
    side = window.grid.side
    QTest.keyClick(window, Qt.Key.Key_Plus, control)
    assert window.grid.side > side
    assert window.size_slider.value() == window.grid.side
    QTest.keyClick(window, Qt.Key.Key_Minus, control)
    assert window.grid.side == side
    window.size_slider.setValue(240)
    assert window.grid.side == 240
    with qtbot.waitSignal(program.indexer.summarised, timeout=PATIENCE_MS):
        QTest.keyClick(window, Qt.Key.Key_F5)
    with qtbot.waitSignal(window.quit_wanted):
        QTest.keyClick(window, Qt.Key.Key_Q, control)


def test_a_mistake_is_pointed_out_when_typing_rests(qtbot, open_program, library_paths) -> None:
    window = open_program(library_paths).window
    bar = window.error_bar
    QTest.keyClicks(window.search_bar.text, "type:jepg")
    qtbot.waitUntil(bar.isVisible, timeout=PATIENCE_MS)
    assert "no type of photo" in bar.message.text()
    QTest.keyClick(window.search_bar.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=PATIENCE_MS)


def test_a_mistake_that_is_mended_at_once_is_never_shown(qtbot) -> None:
    bar = ErrorBar()
    qtbot.addWidget(bar)
    bar.show_error_later(ErrorReport("half a query"))
    assert not bar.isVisible()
    assert bar._later.isActive()
    bar.dismiss()
    assert not bar._later.isActive()
    bar.show_error_later(ErrorReport("half a query"))
    qtbot.waitUntil(bar.isVisible, timeout=PATIENCE_MS)
    assert bar.message.text() == "half a query"
