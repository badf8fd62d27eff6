"""What is dropped on the window or pasted into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QThreadPool, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from desktop_app.gui.grid.drop_choice import DropChoice
from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.messages import NewestQuery, TextQuery
from desktop_app.gui.photo_intake import PhotoIntake
from desktop_app.library.pasted_pictures import PastedPictures
from tests.gui.conftest import PATIENCE_MS


def _files(paths: Sequence[Path]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def _enter(window: MainWindow, mime: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPoint(600, 400),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def _drop(window: MainWindow, mime: QMimeData) -> None:
    assert _enter(window, mime)  # Qt delivers a drop only where a drag has entered
    event = QDropEvent(
        QPointF(600, 400),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction


def _first(window: MainWindow) -> str:
    hits = window.model.hits
    return hits[0].photo.path.name if hits and hits[0].score is not None else ""


def test_a_dropped_folder_is_added_and_indexed(qtbot, open_program, photo_folder) -> None:
    program = open_program()
    window = program.window
    mime = _files([photo_folder])
    assert _enter(window, mime)
    assert window.overlay.isVisible()
    assert "add the folder" in window.overlay.words
    assert window.overlay.accessibleName() == window.overlay.words
    _drop(window, mime)
    assert not window.overlay.isVisible()
    first_run = window.empty.first_run
    assert first_run.chosen.folders == (photo_folder,)  # nothing is read yet
    assert program.indexer.state is IndexerState.IDLE
    first_run.start_button.click()
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    other = photo_folder.parent / "other"
    other.mkdir()
    (photo_folder / "coffee.png").rename(other / "coffee.png")
    _drop(window, _files([other]))  # from now on a folder is added where it falls
    qtbot.waitUntil(lambda: len(program.session.library.folders) == 2, timeout=PATIENCE_MS)


def test_a_dropped_photo_is_searched_by(
    qtbot, open_program, library_paths, photo_files, tmp_path
) -> None:
    outside = tmp_path / "a photo with spaces.jpg"
    QImage(str(photo_files["coffee"])).scaledToWidth(300).save(str(outside))
    program = open_program(library_paths)
    window = program.window
    mime = _files([outside])
    assert _enter(window, mime)
    assert "similar" in window.overlay.words
    window.grab()
    _drop(window, mime)
    assert window.search_bar.is_by_photo
    qtbot.waitUntil(lambda: _first(window) == "coffee.png", timeout=PATIENCE_MS)
    (chip,) = window.search_bar.chips.chips
    qtbot.waitUntil(lambda: chip.has_picture, timeout=PATIENCE_MS)
    assert "a photo with spaces.jpg" in chip.body.accessibleName()
    assert window.search_bar.text.text() == f'photo:"{outside}"'
    # Words join it: one query of both.
    QTest.keyClicks(window.search_bar.text, " a cup")
    qtbot.waitUntil(
        lambda: program.controller._shown == TextQuery(f'photo:"{outside}" a cup'),
        timeout=PATIENCE_MS,
    )
    assert _first(window) == "coffee.png"
    assert len(window.search_bar.chips.chips) == 2


def test_a_drag_that_leaves_changes_nothing(qtbot, open_program, photo_folder) -> None:
    window = open_program().window
    assert _enter(window, _files([photo_folder]))
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.overlay.isVisible()
    text = QMimeData()
    text.setText("only words")
    assert not _enter(window, text)
    assert not window.overlay.isVisible()


def test_an_unreadable_photo_is_explained_and_the_photos_come_back(
    qtbot, open_program, library_paths, tmp_path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF and then nothing")
    program = open_program(library_paths)
    window = program.window
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    _drop(window, _files([broken]))
    qtbot.waitUntil(lambda: window.error_bar.isVisible(), timeout=PATIENCE_MS)
    assert window.error_bar.message.text().startswith("broken.jpg cannot be used: ")
    assert window.error_bar.property("kind") == "error"
    assert not window.search_bar.is_by_photo
    assert window.search_bar.text.text() == ""
    qtbot.waitUntil(
        lambda: program.controller._shown == NewestQuery() and len(window.model.hits) == 7,
        timeout=PATIENCE_MS,
    )
    # The next query takes the message away.
    QTest.keyClicks(window.search_bar.text, "cat")
    qtbot.waitUntil(lambda: not window.error_bar.isVisible(), timeout=PATIENCE_MS)


def test_of_several_photos_the_first_is_searched_by(
    qtbot, open_program, library_paths, photo_files
) -> None:
    window = open_program(library_paths).window
    _drop(window, _files([photo_files["flower"], photo_files["rocket"]]))
    qtbot.waitUntil(lambda: _first(window) == "flower.jpg", timeout=PATIENCE_MS)
    assert window.error_bar.isVisible()
    assert window.error_bar.property("kind") == "note"
    assert "2 photos were dropped" in window.error_bar.message.text()
    assert "flower.jpg" in window.error_bar.message.text()


def test_photos_and_folders_together_are_asked_about(
    qtbot, open_program, library_paths, photo_files, photo_folder
) -> None:
    program = open_program(library_paths)
    window = program.window
    mime = _files([photo_folder, photo_files["flower"]])
    added = QSignalSpy(program.intake.folders_given)
    assert _enter(window, mime)
    assert "search by the photo, or" in window.overlay.words

    def ask() -> DropChoice:
        _drop(window, mime)
        return QApplication.activePopupWidget()

    menu = ask()
    assert [a.text() for a in menu.actions() if a.text()] == [
        "Search by “flower.jpg”",
        "Add the folder “My Photos”",
        "Do both",
        "Cancel",
    ]
    menu.neither.trigger()
    menu.close()
    assert not window.search_bar.is_by_photo
    assert added.count() == 0
    menu = ask()
    menu.search.trigger()
    menu.close()
    qtbot.waitUntil(lambda: _first(window) == "flower.jpg", timeout=PATIENCE_MS)
    assert added.count() == 0
    menu = ask()
    menu.add.trigger()
    menu.close()
    assert added.at(0) == [[photo_folder]]
    qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)
    menu = ask()
    menu.both.trigger()
    menu.close()
    assert added.count() == 2
    assert window.search_bar.is_by_photo
    qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)


def test_ctrl_v_over_the_photos_searches_by_a_picture_that_is_no_file(
    qtbot, open_program, library_paths, photo_files
) -> None:
    window = open_program(library_paths).window
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    qtbot.waitActive(window)
    cut = QImage(str(photo_files["coffee"])).copy(60, 40, 400, 300)
    QApplication.clipboard().setImage(cut)
    window.grid.setFocus()
    QTest.keyClick(window.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _first(window) == "coffee.png", timeout=PATIENCE_MS)


def test_a_copied_png_is_written_as_it_came(qtbot, tmp_path, photo_files) -> None:
    pool = QThreadPool()
    intake = PhotoIntake(PastedPictures(tmp_path), pool)
    mime = QMimeData()
    data = photo_files["coffee"].read_bytes()
    mime.setData("image/png", data)
    with qtbot.waitSignal(intake.photo_given, timeout=PATIENCE_MS) as given:
        intake.take(mime)
    assert given.args[0].read_bytes() == data
    assert given.args[0].parent == tmp_path


def test_a_picture_on_the_clipboard_is_searched_by(
    qtbot, open_program, library_paths, photo_files
) -> None:
    window = open_program(library_paths).window
    QApplication.clipboard().setImage(QImage(str(photo_files["rocket"])))
    window.search_bar.text.setFocus()
    QTest.keyClick(window.search_bar.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _first(window) == "rocket.jpg", timeout=PATIENCE_MS)
    assert window.search_bar.is_by_photo


def test_the_history_finds_a_pasted_picture_again(
    qtbot, open_program, library_paths, photo_files
) -> None:
    program = open_program(library_paths)
    window = program.window
    for stem in ("rocket", "coffee"):
        QApplication.clipboard().setImage(QImage(str(photo_files[stem])))
        with qtbot.waitSignal(program.intake.photo_given, timeout=PATIENCE_MS):
            window.paste()
    QTest.keyClick(window.search_bar.text, Qt.Key.Key_Return)
    aids = window.query_aids
    qtbot.waitUntil(lambda: len(aids.recent) == 1, timeout=PATIENCE_MS)
    assert len(list(library_paths.pasted_dir.iterdir())) == 2
    program.shut_down()
    (kept,) = library_paths.pasted_dir.iterdir()  # nobody can search by the other one again

    program = open_program(library_paths)
    window = program.window
    qtbot.waitUntil(lambda: len(window.query_aids.recent) == 1, timeout=PATIENCE_MS)
    assert kept.name in window.query_aids.recent[0]
    window.search_bar.search(window.query_aids.recent[0])
    qtbot.waitUntil(lambda: _first(window) == "coffee.png", timeout=PATIENCE_MS)
    window.search_bar.searches.forget_wanted.emit()
    qtbot.waitUntil(lambda: not kept.exists(), timeout=PATIENCE_MS)


def test_a_copied_file_is_searched_by_and_copied_words_are_typed(
    qtbot, open_program, library_paths, photo_files
) -> None:
    window = open_program(library_paths).window
    QApplication.clipboard().setMimeData(_files([photo_files["china"]]))
    window.menu.paste.trigger()
    qtbot.waitUntil(lambda: _first(window) == "china.jpg", timeout=PATIENCE_MS)
    QApplication.clipboard().setText("a flower")
    window.search_bar.text.setFocus()
    QTest.keyClick(window.search_bar.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    # Words join the photo: one query of both.
    assert window.search_bar.text.text().endswith('china.jpg"a flower')
    words = [chip.body.text() for chip in window.search_bar.chips.chips]
    assert words == ["china.jpg", "a flower"]


def test_a_link_to_the_web_is_refused_in_words(qtbot, open_program) -> None:
    window = open_program().window
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.jpg")])
    assert _enter(window, mime)
    _drop(window, mime)
    assert "never connects" in window.error_bar.message.text()
