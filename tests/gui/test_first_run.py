"""The first page: folders are collected, looked into, and nothing is done before Start."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton

from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.library.estimate_words import about, explanation, headline
from desktop_app.gui.library.first_run import FirstRunPage
from desktop_app.gui.library.probe_process import ProbeProcess
from desktop_app.library.folder_probe import FolderEstimate
from desktop_app.settings import Settings
from tests.gui.conftest import PATIENCE_MS

COMPLETE = '{"type": "estimate", "photos": 3, "is_counted": true, "is_complete": true}'


def test_folders_are_collected_and_looked_into_before_anything_is_done(
    qtbot, open_program, photo_folder, tmp_path
) -> None:
    (tmp_path / "more").mkdir()
    shutil.copy(photo_folder / "coffee.png", tmp_path / "more" / "draft.png")
    (photo_folder / "letter.txt").write_text("Dear")
    program = open_program()
    window = program.window
    page = window.empty.first_run
    assert page.isVisible()
    assert not page.start_button.isVisible()
    window.take_folders([photo_folder])
    window.take_folders([tmp_path / "more", photo_folder / "gone"])
    assert page.chosen.folders == (photo_folder, tmp_path / "more")
    assert page.start_button.isEnabled()
    qtbot.waitUntil(lambda: "8 photos" in page.estimate.text(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.estimate.text().startswith("About 8 photos"), timeout=PATIENCE_MS)
    assert "8 photos from all over were tried out" in page.explanation.text()
    assert program.indexer.state is IndexerState.IDLE
    assert program.session.library.folders == ()

    # What is left out is kept as a setting, and counted anew.
    assert not page.patterns.isVisible()
    page.fold_button.click()
    assert page.patterns.isVisible()
    page.patterns.text.setPlainText("# nothing")
    assert not page.start_button.isEnabled()
    page.patterns.text.setPlainText("draft*")
    qtbot.waitUntil(lambda: page.estimate.text().startswith("About 7 photos"), timeout=PATIENCE_MS)
    settings = Settings.load(program._paths.settings_file)
    assert settings.exclude == ("draft*",)
    assert program.watch._watcher._rules.leaves_out_below("draft.png")

    page.start_button.click()
    qtbot.waitUntil(lambda: len(program.session.library.folders) == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(window.model.hits) == 7, timeout=PATIENCE_MS)
    assert not program.tools.first_run._probe.is_running
    assert page.chosen.folders == ()


def test_patterns_that_were_just_typed_hold_for_the_start(
    qtbot, open_program, photo_folder
) -> None:
    program = open_program()
    page = program.window.empty.first_run
    qtbot.waitActive(program.window)
    program.window.take_folders([photo_folder])
    page.patterns.text.setPlainText("*.png")
    assert page.start_button.hasFocus()
    QTest.keyClick(page.start_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(program.window.model.hits) > 0, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)
    assert {hit.photo.path.suffix for hit in program.window.model.hits} == {".jpg"}
    assert Settings.load(program._paths.settings_file).exclude == ("*.png",)


def test_the_look_ends_when_the_page_goes_or_the_program_ends(
    qtbot, open_program, photo_folder
) -> None:
    program = open_program()
    page, probe = program.window.empty.first_run, program.tools.first_run._probe
    program.window.take_folders([photo_folder])
    qtbot.waitUntil(lambda: probe.is_running, timeout=PATIENCE_MS)
    page.chosen.remove(photo_folder)
    assert not probe.is_running
    assert page.estimate.text() == ""
    program.window.take_folders([photo_folder])
    qtbot.waitUntil(lambda: probe.is_running, timeout=PATIENCE_MS)
    stack = program.window.stack
    stack.setCurrentWidget(program.window.grid)
    assert not probe.is_running
    stack.setCurrentWidget(program.window.empty)
    qtbot.waitUntil(lambda: probe.is_running, timeout=PATIENCE_MS)
    program.shut_down()  # no child is left: the fixture would say so
    assert not probe.is_running


@pytest.fixture
def probe(qtbot, tmp_path):
    made: list[ProbeProcess] = []

    def make(body: str) -> ProbeProcess:
        script = tmp_path / "probe.py"
        script.write_text(f"import sys, time\n{body}\n")
        made.append(ProbeProcess([sys.executable, "-u", str(script)]))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_only_the_last_look_is_answered(qtbot, probe) -> None:
    look = probe(f"if 'slow' in sys.argv[1]: time.sleep(60)\nprint('{COMPLETE}')")
    told = QSignalSpy(look.estimated)
    failures = QSignalSpy(look.failed)
    look.look([Path("/slow")])
    look.look([Path("/quick")])
    qtbot.waitUntil(lambda: not look.is_running, timeout=PATIENCE_MS)
    assert told.count() == 1
    assert told.at(0)[0] == FolderEstimate(photos=3, is_counted=True, is_complete=True)
    assert failures.count() == 0


@pytest.mark.parametrize("body", ["print('no JSON'); sys.exit(1)", "sys.exit(70)"])
def test_a_look_that_fails_is_no_error(qtbot, probe, body) -> None:
    look = probe(body)
    with qtbot.waitSignal(look.failed, timeout=PATIENCE_MS):
        look.look([Path("/a")])
    assert not look.is_running


def test_a_program_that_is_not_there(qtbot) -> None:
    look = ProbeProcess(["/no/such/program"])
    with qtbot.waitSignal(look.failed, timeout=PATIENCE_MS):
        look.look([Path("/a")])


def test_the_page_says_what_is_known_and_no_more(qtbot, tmp_path) -> None:
    page = FirstRunPage()
    qtbot.addWidget(page)
    page.chosen.add([tmp_path])
    page.show_estimate(FolderEstimate(photos=42))
    assert page.estimate.text() == "Counting… 42 photos so far"
    page.show_no_estimate()
    assert "cannot be told" in page.estimate.text()
    names = [b.accessibleName() or b.text() for b in page.findChildren(QAbstractButton)]
    assert all(names)
    assert f"Do not add {tmp_path.name}" in names


def test_estimates_in_words(qapp) -> None:
    known = FolderEstimate(
        photos=12_300,
        size_bytes=48 << 30,
        is_counted=True,
        is_complete=True,
        sampled=16,
        sample_s=2.7,
        bytes_per_photo=25_000,
    )
    count = QLocale().toString(12_300)
    assert headline(known) == f"About {count} photos, 48.0 GB: about 35 minutes"
    assert "16 photos from all over" in explanation(known)
    assert "293.3 MB" in explanation(known)
    late = FolderEstimate(photos=5, is_counted=True, is_complete=True)
    assert "none of those tried out" in explanation(late)
    assert "Trying out" in explanation(FolderEstimate(photos=5, is_counted=True))
    assert headline(FolderEstimate(is_counted=True)) == "No photos were found there."
    refused = FolderEstimate(unreadable=("/a", "/b"), unreadable_count=7, in_cloud=1)
    assert "/a, /b, …" in explanation(refused)
    assert "1 photo only in the cloud" in explanation(refused)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (12, "less than a minute"),
        (61, "about one minute"),
        (400, "about 7 minutes"),
        (33 * 60, "about 35 minutes"),
        (3.4 * 3600, "about 3 hours"),
        (80 * 3600, "about 3 days"),
    ],
)
def test_durations_are_no_more_exact_than_they_can_be(qapp, seconds, words) -> None:
    assert about(seconds) == words
