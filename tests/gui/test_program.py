"""Start and end of the program, in every state."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtTest import QSignalSpy

from desktop_app.gui.crash_dialog import CrashReporter
from desktop_app.gui.empty_state import Emptiness
from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.program import indexer_command
from desktop_app.gui.qt_messages import QtMessages
from desktop_app.gui.single_instance import SingleInstance
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.gui.conftest import PATIENCE_MS


def test_shut_down_while_the_library_is_being_opened(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths, wait=False)
    program.shut_down()
    assert not program.search.is_running
    assert program.indexer.state is IndexerState.IDLE


def test_shut_down_while_indexing(qtbot, open_program, many_photos) -> None:
    program = open_program()
    progress = QSignalSpy(program.indexer.progressed)
    program.session.add_folders([many_photos])
    qtbot.waitUntil(lambda: progress.count() > 1, timeout=PATIENCE_MS)
    child = program.indexer.process_id
    program.shut_down()
    assert program.indexer.state is IndexerState.IDLE
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    program.shut_down()


def test_shut_down_while_paused(qtbot, open_program, many_photos) -> None:
    program = open_program()
    progress = QSignalSpy(program.indexer.progressed)
    program.session.add_folders([many_photos])
    qtbot.waitUntil(lambda: progress.count() > 1, timeout=PATIENCE_MS)
    program.indexer.pause()
    program.shut_down()
    assert program.indexer.state is IndexerState.IDLE


def test_shut_down_while_waiting_for_a_restart(qtbot, open_program, many_photos) -> None:
    program = open_program()
    progress = QSignalSpy(program.indexer.progressed)
    program.session.add_folders([many_photos])
    qtbot.waitUntil(lambda: progress.count() > 1, timeout=PATIENCE_MS)
    with qtbot.waitSignal(program.indexer.crashed, timeout=PATIENCE_MS):
        os.kill(program.indexer.process_id, signal.SIGKILL)
    program.shut_down()
    assert program.indexer.state is IndexerState.IDLE


def test_shut_down_before_anything_was_started(qtbot, open_program, tmp_path) -> None:
    program = open_program(model=tmp_path / "no model", wait=False)
    program.shut_down()
    assert not program.search.is_running


def test_a_missing_model_is_explained_and_nothing_is_indexed(
    qtbot, open_program, tmp_path, photo_folder
) -> None:
    program = open_program(model=tmp_path / "no model", wait=False)
    window = program.window
    qtbot.waitUntil(lambda: window.empty.emptiness is Emptiness.BROKEN, timeout=PATIENCE_MS)
    assert "model" in window.empty.headline.text().lower()
    program.session.add_folders([photo_folder])
    assert program.indexer.state is IndexerState.IDLE
    assert window.empty.emptiness is Emptiness.BROKEN


def test_choices_are_kept(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    program.window.grid.set_side(240)
    program.theme.choose("dark")
    program.shut_down()
    kept = Settings.load(library_paths.settings_file)
    assert (kept.thumbnail_side, kept.theme) == (240, "dark")
    again = open_program(library_paths, kept)
    assert again.window.grid.side == 240
    again.theme.choose("light")


def test_the_child_is_started_on_the_same_library_and_model() -> None:
    command = indexer_command(Path("/data dir"), Path("/model"))
    assert command == [
        sys.executable,
        "-m",
        "desktop_app",
        "--data-dir",
        "/data dir",
        "--model",
        "/model",
        "--json",
        "index",
        "--control",
    ]


def test_a_second_start_raises_the_first_window(qtbot, tmp_path) -> None:
    first = SingleInstance(tmp_path)
    assert not first.call_first()
    first.listen()
    second = SingleInstance(tmp_path)
    with qtbot.waitSignal(first.raise_wanted, timeout=PATIENCE_MS):
        assert second.call_first()
    other = SingleInstance(tmp_path / "other")
    assert not other.call_first()
    first.close()
    assert not second.call_first()


def test_an_unexpected_error_is_logged_and_shown(qtbot, caplog, tmp_path) -> None:
    crashes = CrashReporter(tmp_path / "visita.log")
    try:
        raise RuntimeError("the sky fell")
    except RuntimeError as error:
        crashes.report(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: crashes.dialog is not None, timeout=PATIENCE_MS)
    report = crashes.dialog.report.toPlainText()
    assert "the sky fell" in report
    assert "test_program.py" in report
    assert "the sky fell" in caplog.text
    crashes.dialog.accept()
    qtbot.waitUntil(lambda: crashes.dialog is None, timeout=PATIENCE_MS)


def _wait(condition, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_real_program_starts_and_ends_without_a_word(
    tmp_path, model_dir, photo_folder, how
) -> None:
    paths = DataPaths(tmp_path / "data")
    paths.create()
    program = [sys.executable, "-m", "desktop_app", "--data-dir", str(paths.root)]
    program += ["--model", str(model_dir)]
    indexed = subprocess.run(
        [*program, "--json", "index", str(photo_folder)],
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    assert json.loads(indexed.stdout.splitlines()[-1])["indexed"] == 7
    before = paths.log_file.read_text("utf-8").count("indexing")
    window = subprocess.Popen(
        program,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        # nohup, and a shell's background, have their children ignore two of them
        preexec_fn=lambda: signal.signal(how, signal.SIG_DFL),
    )
    try:
        # It has opened the library when it looks through the known folders.
        _wait(lambda: paths.log_file.read_text("utf-8").count("indexing") > before, window)
        second = subprocess.run(program, capture_output=True, timeout=60, check=False)
        assert second.returncode == 0, second.stderr
        assert window.poll() is None
        window.send_signal(how)
        out, err = window.communicate(timeout=60)
    finally:
        window.kill()
        window.wait()
    # The offscreen plugin cannot raise a window, and says so.
    unexpected = err.replace(b"This plugin does not support raise()\n", b"")
    assert (window.returncode, out, unexpected) == (0, b"", b"")


def test_what_qt_says_goes_to_the_log(caplog) -> None:
    messages = QtMessages()
    messages.install()
    try:
        qWarning("this desktop has no portal")
    finally:
        messages.close()
    assert [record.getMessage() for record in caplog.records] == [
        "default: this desktop has no portal"
    ]


def test_threads_take_short_turns_while_the_window_is_open(qtbot, open_program) -> None:
    before = sys.getswitchinterval()
    program = open_program()
    assert sys.getswitchinterval() < before / 5
    program.shut_down()
    assert sys.getswitchinterval() == before
