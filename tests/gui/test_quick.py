"""The quick search, the tray, and the second start that asks for them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QSystemTrayIcon

from desktop_app.cli.parser import parse
from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.settings.background_page import BackgroundPage, quick_command
from desktop_app.gui.single_instance import LONGEST_CALL, SingleInstance
from desktop_app.gui.start_wish import StartWish
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.gui.conftest import PATIENCE_MS

# The offscreen plugin has none of the signals of a real tray.
in_tray = pytest.mark.qt_log_ignore("systemTrayWindowChanged", "This plugin does not support")


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop that has a tray, as far as the program is told."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))


def _appear(qtbot, program):
    program.background.action.trigger()
    quick = program.quick
    qtbot.waitUntil(lambda: len(quick.model.hits) == 7, timeout=PATIENCE_MS)
    qtbot.waitUntil(quick.isActiveWindow, timeout=PATIENCE_MS)
    return quick


def test_typing_finds_and_enter_opens(qtbot, open_program, library_paths, no_desktop) -> None:
    program = open_program(library_paths)
    qtbot.waitUntil(lambda: len(program.window.model.hits) == 7, timeout=PATIENCE_MS)
    shown = program.window.model.hits
    quick = _appear(qtbot, program)
    assert quick.text.hasFocus()
    QTest.keyClicks(quick.text, "a cat looking at the camera")
    qtbot.waitUntil(
        lambda: quick.row.current_hit().photo.path.name == "chelsea.png", timeout=PATIENCE_MS
    )
    assert program.window.search_bar.text.text() == ""  # the main window is left alone
    assert [hit.photo for hit in program.window.model.hits] == [hit.photo for hit in shown]
    QTest.keyClick(quick.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(no_desktop) > 0, timeout=PATIENCE_MS)
    assert [Path(name).name for name in no_desktop] == ["chelsea.png"]
    assert not quick.isVisible()


def test_keys_move_along_the_photos(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    quick = _appear(qtbot, program)
    assert quick.row.currentIndex().row() == 0
    QTest.keyClick(quick.text, Qt.Key.Key_Tab)
    assert quick.row.hasFocus()
    assert quick.row.currentIndex().row() == 1
    QTest.keyClick(quick.row, Qt.Key.Key_Right)
    QTest.keyClick(quick.row, Qt.Key.Key_Tab)
    assert quick.row.currentIndex().row() == 3
    QTest.keyClick(quick.row, Qt.Key.Key_Backtab)
    assert quick.row.currentIndex().row() == 2
    QTest.keyClicks(quick.row, "c")
    assert quick.text.hasFocus()
    assert quick.text.text() == "c"
    QTest.keyClick(quick.text, Qt.Key.Key_Down)
    assert quick.row.hasFocus()
    QTest.keyClick(quick.row, Qt.Key.Key_Up)
    assert quick.text.hasFocus()
    revealed: list[Path] = []
    quick.photo_actions.reveal = revealed.append
    current = quick.row.current_hit().photo.path
    QTest.keyClick(quick.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert revealed == [current]
    assert not quick.isVisible()
    quick.appear()
    QTest.keyClick(quick.text, Qt.Key.Key_Escape)
    assert not quick.isVisible()
    mime = quick.model.mimeData([quick.model.index(0)])
    assert Path(mime.urls()[0].toLocalFile()) == quick.model.hits[0].photo.path
    assert quick.row.dragEnabled()


def test_all_of_them_in_the_main_window(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    quick = _appear(qtbot, program)
    QTest.keyClicks(quick.text, "type:jpeg")
    quick.all_button.setFocus()
    QTest.keyClick(quick.all_button, Qt.Key.Key_Return)
    assert not quick.isVisible()
    assert program.window.search_bar.text.text() == "type:jpeg"
    qtbot.waitUntil(
        lambda: {h.photo.path.suffix for h in program.window.model.hits} == {".jpg"},
        timeout=PATIENCE_MS,
    )


def test_mistakes_and_gone_photos_are_said_there(
    qtbot, open_program, library_paths, tmp_path
) -> None:
    program = open_program(library_paths)
    quick = _appear(qtbot, program)
    quick.text.setText("")
    QTest.keyClicks(quick.text, "type:jepg")
    qtbot.waitUntil(lambda: "no type of photo" in quick.status.text(), timeout=PATIENCE_MS)
    quick.text.clear()
    QTest.keyClicks(quick.text, "rating:5")
    qtbot.waitUntil(lambda: "No photo was found" in quick.status.text(), timeout=PATIENCE_MS)
    QTest.keyClick(quick.text, Qt.Key.Key_Return)
    assert quick.isVisible()  # there is nothing to open
    quick.photo_actions.reveal(tmp_path / "gone.jpg")
    qtbot.waitUntil(lambda: "not there any more" in quick.status.text(), timeout=PATIENCE_MS)


def test_every_control_has_a_name(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    quick = _appear(qtbot, program)
    for control in (quick, quick.text, quick.row, quick.close_button):
        assert control.accessibleName()
    assert quick.all_button.text()
    first = quick.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert quick.model.hits[0].photo.path.name in first
    page = BackgroundPage(Settings())
    page.show_command(quick_command(library_paths.root))
    qtbot.addWidget(page)
    assert page.command.accessibleName()
    assert page.keep.accessibleName()


def test_without_a_tray_closing_ends_the_program(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths, Settings(keep_in_tray=True))
    if QSystemTrayIcon.isSystemTrayAvailable():
        pytest.skip("this desktop has a tray")
    assert not program.background.keeps
    with qtbot.waitSignal(program.background.quit_wanted, timeout=PATIENCE_MS):
        program.window.close()


@in_tray
def test_with_a_tray_closing_hides_and_quitting_quits(
    qtbot, open_program, library_paths, tray
) -> None:
    program = open_program(library_paths, Settings(keep_in_tray=True))
    background, window = program.background, program.window
    quits = QSignalSpy(background.quit_wanted)
    window.close()
    assert not window.isVisible()
    assert quits.count() == 0
    icon = background.tray
    icon.show_action.trigger()
    assert window.isVisible()
    icon.quick_action.trigger()
    assert program.quick.isVisible()
    window.close()
    program.quick.hide()
    background._leave()
    assert quits.count() == 0  # it stays, that is what the tray is for
    window.menu.quit.trigger()
    assert quits.count() == 1
    icon.quit_action.trigger()
    assert quits.count() == 2
    background.set_keep(False)
    assert background.tray is None
    window.show()
    window.close()
    assert quits.count() == 3


@in_tray
def test_the_icon_follows_the_indexer(qtbot, open_program, many_photos, tray) -> None:
    program = open_program(settings=Settings(keep_in_tray=True))
    icon = program.background.tray
    assert icon.icon.toolTip() == "VisITA"
    assert not icon.pause_action.isEnabled()
    program.session.add_folders([many_photos])
    qtbot.waitUntil(lambda: "photos read" in icon.icon.toolTip(), timeout=PATIENCE_MS)
    icon.pause_action.trigger()
    assert program.indexer.state is IndexerState.PAUSED
    assert "paused" in icon.icon.toolTip()
    assert icon.pause_action.text() == "Resume indexing"
    icon.pause_action.trigger()
    assert program.indexer.state is IndexerState.RUNNING
    program.indexer.stop()
    qtbot.waitUntil(lambda: icon.icon.toolTip() == "VisITA", timeout=PATIENCE_MS)


@in_tray
def test_the_setting_is_kept_and_takes_effect_at_once(
    qtbot, open_program, library_paths, tray
) -> None:
    program = open_program(library_paths)
    tools = program.tools.settings
    assert not program.background.keeps
    tools.show()
    qtbot.waitUntil(lambda: tools.dialog is not None, timeout=PATIENCE_MS)
    assert not tools.dialog.background.keep.isChecked()
    tools.dialog.background.keep.click()
    tools.dialog.accept()
    qtbot.waitUntil(lambda: program.background.keeps, timeout=PATIENCE_MS)
    assert Settings.load(library_paths.settings_file).keep_in_tray


def test_the_quick_window_alone_is_a_program_that_ends(qtbot, open_program, library_paths) -> None:
    program = open_program(library_paths)
    program.window.hide()
    program.quick.appear()
    program.background._linger.setInterval(0)
    with qtbot.waitSignal(program.background.quit_wanted, timeout=PATIENCE_MS):
        program.quick.hide()
    program.quick.appear()
    program.background.stop()
    assert not program.quick.isVisible()
    assert not program.background._linger.isActive()  # nor does it end what comes after it


def test_a_second_start_asks_for_the_quick_search(qtbot, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token-1")
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    first.listen()
    raised = QSignalSpy(first.raise_wanted)
    with qtbot.waitSignal(first.quick_wanted, timeout=PATIENCE_MS):
        assert second.call_first(StartWish(quick=True))
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
    assert raised.count() == 0
    with qtbot.waitSignal(first.raise_wanted, timeout=PATIENCE_MS):
        assert second.call_first()
    stranger = QLocalSocket()
    stranger.connectToServer(first._name)
    assert stranger.waitForConnected(PATIENCE_MS)
    stranger.write(b"x" * (LONGEST_CALL + 1))  # no line, no end
    qtbot.waitUntil(
        lambda: stranger.state() is QLocalSocket.LocalSocketState.UnconnectedState,
        timeout=PATIENCE_MS,
    )
    assert raised.count() == 1
    first.close()


def test_the_token_of_the_desktop_is_handed_on(qtbot, tmp_path, monkeypatch) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    first.listen()
    seen: list[str] = []
    first.raise_wanted.connect(lambda: seen.append(os.environ.get("XDG_ACTIVATION_TOKEN", "")))
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token-2")
    assert second.call_first()
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
    qtbot.waitUntil(lambda: seen == ["token-2"], timeout=PATIENCE_MS)
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    first.close()


def test_the_command_line_knows_it(capsys) -> None:
    assert parse(["--quick"]).quick
    assert not parse([]).quick
    with pytest.raises(SystemExit) as refused:
        parse(["--quick", "status"])
    assert refused.value.code == 2
    assert "--quick" in capsys.readouterr().err


def test_the_shown_command_is_for_this_library(tmp_path) -> None:
    command = quick_command(tmp_path)
    assert command[-3:] == ["--data-dir", str(tmp_path), "--quick"]
    assert Path(command[0]).exists()


def test_the_real_program_answers_a_second_start_with_quick(
    tmp_path, model_dir, library_paths
) -> None:
    command = [sys.executable, "-m", "desktop_app", "--data-dir", str(library_paths.root)]
    command += ["--model", str(model_dir)]
    paths = DataPaths(library_paths.root)
    before = paths.log_file.read_text("utf-8").count("indexing")
    first = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while paths.log_file.read_text("utf-8").count("indexing") == before:
            assert first.poll() is None, first.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        second = subprocess.run([*command, "--quick"], capture_output=True, timeout=60, check=False)
        assert (second.returncode, second.stdout, second.stderr) == (0, b"", b"")
        assert first.poll() is None
        first.terminate()
        out, err = first.communicate(timeout=60)
    finally:
        first.kill()
        first.wait()
    lines = [line for line in err.splitlines() if b"This plugin does not support" not in line]
    assert (first.returncode, out, lines) == (0, b"", [])
