"""Equal and similar photos, problems, folders, export: what the window offers beside searching."""

from __future__ import annotations

import csv
import shutil
import time
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QFileDialog

from desktop_app.errors import UsageError
from desktop_app.gui.folder_list import MARK_ROLE, STATE_ROLE
from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.library.desk import Desk
from desktop_app.gui.problems_dialog import ProblemsDialog
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.index_control import IndexControl
from desktop_app.settings import Settings
from tests.gui.conftest import MANY, PATIENCE_MS


def _index(qtbot, program, folder: Path, files: int) -> None:
    program.session.add_folders([folder])
    qtbot.waitUntil(
        lambda: (
            sum(c.photos for c in program.window.panel.folders._counts.values()) == files
            and program.indexer.state is IndexerState.IDLE
        ),
        timeout=PATIENCE_MS,
    )


def test_equal_and_similar_photos_are_grouped(qtbot, open_program, photo_folder) -> None:
    shutil.copy(photo_folder / "chelsea.png", photo_folder / "again.png")
    with Image.open(photo_folder / "coffee.png") as photo:
        photo.convert("RGB").save(photo_folder / "coffee again.jpg", quality=90)
    program = open_program()
    _index(qtbot, program, photo_folder, 9)
    dialog = program.tools.near.show()
    assert program.tools.near.show() is dialog  # one is enough
    qtbot.waitUntil(lambda: len(dialog.model.groups) == 1, timeout=PATIENCE_MS)
    heading = dialog.model.index(0, 0)
    assert "2 places" in heading.data()
    names = {dialog.model.index(row, 0, heading).data() for row in range(2)}
    assert names == {"chelsea.png", "again.png"}
    assert not dialog.reveal_button.isEnabled()
    revealed = QSignalSpy(dialog.reveal_wanted)
    dialog.view.setCurrentIndex(dialog.model.index(1, 0, heading))
    dialog.reveal_button.click()
    assert revealed.at(0)[0].parent == photo_folder

    dialog.kind.setCurrentIndex(1)
    qtbot.waitUntil(
        lambda: dialog.model.groups != () and not dialog.model.groups[0].is_equal,
        timeout=PATIENCE_MS,
    )
    group = dialog.model.groups[0]
    assert {photo.path.name for photo in group.photos} == {"coffee.png", "coffee again.jpg"}
    assert all(path.exists() for path in photo_folder.iterdir())  # nothing was deleted
    dialog.accept()
    assert program.tools.near.show() is not dialog


def test_problems_are_tried_again_or_ignored(qtbot, open_program, photo_folder) -> None:
    broken = photo_folder / "broken [1].png"
    whole = (photo_folder / "coins.png").read_bytes()
    broken.write_bytes(whole[:3000])
    (photo_folder / "empty.jpg").write_bytes(b"")
    program = open_program()
    window = program.window
    _index(qtbot, program, photo_folder, 7)
    window.menu.problems.trigger()
    qtbot.waitUntil(lambda: window.findChildren(ProblemsDialog) != [], timeout=PATIENCE_MS)
    (dialog,) = window.findChildren(ProblemsDialog)
    assert not dialog.retry_button.isEnabled()
    runs = QSignalSpy(program.indexer.summarised)
    dialog.view.setCurrentIndex(dialog.model.index(1, 0))
    assert [failure.path.name for failure in dialog.selected()] == ["empty.jpg"]
    dialog.retry_button.click()
    assert [failure.path.name for failure in dialog.model.failures] == [broken.name]
    qtbot.waitUntil(lambda: runs.count() > 0, timeout=PATIENCE_MS)
    assert runs.at(0)[0].failed == 2  # it was read, and is as empty as before
    dialog.view.setCurrentIndex(dialog.model.index(0, 0))
    dialog.ignore_button.click()
    assert "No problem" in dialog.words.text()
    qtbot.waitUntil(lambda: program.session.library.counts.failed == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: runs.count() > 1, timeout=PATIENCE_MS)
    assert runs.at(1)[0].failed == 1  # a look through its folder does not find it again
    settings = Settings.load(program._paths.settings_file)
    assert settings.exclude == (r"/broken \[1\].png",)
    assert broken.exists()
    rules = program.watch._watcher._rules
    assert rules.leaves_out_below(broken.name)
    assert not rules.leaves_out_below("coins.png")


def test_ignored_files_are_gone_though_no_run_may_begin(qtbot, open_program, photo_folder) -> None:
    (photo_folder / "empty.jpg").write_bytes(b"")
    program = open_program()
    _index(qtbot, program, photo_folder, 7)
    program.indexer.stop_accepting()
    failures = program.search.failures_listed
    with qtbot.waitSignal(failures, timeout=PATIENCE_MS) as caught:
        program.window.menu.problems.trigger()
    (failure,) = caught.args[0]
    program.tools.upkeep.ignore([failure])
    qtbot.waitUntil(lambda: program.session.library.counts.failed == 0, timeout=PATIENCE_MS)


def test_patterns_reach_a_run_that_is_on_its_way(qtbot, open_program, many_photos) -> None:
    program = open_program()
    runs = QSignalSpy(program.indexer.summarised)
    with qtbot.waitSignal(
        program.indexer.progressed,
        timeout=PATIENCE_MS,
        check_params_cb=lambda p: p.phase == "encoding" and p.done > 0,
    ):
        program.session.add_folders([many_photos])
    program.indexer.pause()
    qtbot.waitUntil(lambda: program.session.library.folders != (), timeout=PATIENCE_MS)
    tools = program.tools.settings
    tools.show()
    qtbot.waitUntil(lambda: tools.dialog is not None, timeout=PATIENCE_MS)
    tools.dialog.indexing.patterns.text.setPlainText("cut-*.jpg\n!cut-00?.jpg")
    with qtbot.waitSignal(tools.exclusion_changed, timeout=PATIENCE_MS):
        tools.dialog.accept()
    assert program.watch._watcher._rules.leaves_out_below("cut-119.jpg")
    program.indexer.resume()
    qtbot.waitUntil(
        lambda: program.session.library.counts.photos == 10 and runs.count() > 1,
        timeout=PATIENCE_MS,
    )
    # The run that was on its way did not go on with the others.
    assert sum(runs.at(n)[0].indexed for n in range(runs.count())) < MANY / 2


def test_folders_tell_their_photos_and_their_watch(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    model = program.window.panel.folders
    index = model.index(0)
    qtbot.waitUntil(lambda: "7 photos" in index.data(STATE_ROLE), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: index.data(MARK_ROLE) is not None, timeout=PATIENCE_MS)
    assert "7 photos" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    runs = QSignalSpy(program.indexer.summarised)
    program.window.panel.rescan_folder_wanted.emit(model.item(index))
    qtbot.waitUntil(lambda: runs.count() > 0, timeout=PATIENCE_MS)
    assert runs.at(0)[0].unchanged == 7


def test_the_shown_list_is_exported(qtbot, open_program, library_paths, tmp_path) -> None:
    program = open_program(library_paths)
    window = program.window
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    program.tools.export.action.trigger()
    (dialog,) = window.findChildren(QFileDialog)
    dialog.reject()
    program.tools.export.export(tmp_path / "list")
    qtbot.waitUntil(lambda: "7 photos listed" in window.status.text(), timeout=PATIENCE_MS)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["path"] for row in rows] == [str(hit.photo.path) for hit in window.model.hits]


def test_the_desk_answers_the_last_of_a_kind(qtbot, tmp_path) -> None:
    desk = Desk(lambda: Catalogue.open(tmp_path / "catalogue.sqlite"), "desk")
    heard: list[object] = []

    def refuse(catalogue: Catalogue) -> None:
        raise UsageError("No.", "Not now.")

    for number in range(5):
        desk.ask(lambda _, number=number: number, heard.append, key="same")
    desk.ask(refuse, heard.append, otherwise=lambda report: heard.append(report.hint))
    desk.ask(lambda catalogue: len(catalogue.albums.all()), heard.append)
    qtbot.waitUntil(lambda: len(heard) == 3, timeout=PATIENCE_MS)
    assert heard == [4, "Not now.", 1]
    with qtbot.waitSignal(desk.trouble, timeout=PATIENCE_MS) as caught:
        desk.ask(refuse, heard.append)
    assert caught.args[0].message == "No."

    control = IndexControl()

    def long_work(catalogue: Catalogue) -> str:
        while not control.is_stopped:
            time.sleep(0.01)
        return "too late"

    desk.ask(long_work, heard.append, control=control)
    with qtbot.waitSignal(desk.finished, timeout=PATIENCE_MS):
        desk.close()
    desk.wait()
    desk.ask(lambda _: "later", heard.append)
    assert heard == [4, "Not now.", 1]
