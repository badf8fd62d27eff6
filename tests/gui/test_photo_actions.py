"""Open, reveal, copy."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop_app.gui.photo_actions import PhotoActions, reveal_command
from tests.gui.conftest import PATIENCE_MS


@pytest.fixture
def actions(qtbot):
    pool = QThreadPool()
    actions = PhotoActions(pool)
    yield actions
    pool.waitForDone()


@pytest.fixture
def hit(make_hits, photo_files):
    first = make_hits(1)[0]
    return replace(first, photo=replace(first.photo, path=photo_files["coffee"]))


def test_open_hands_the_file_to_the_system(qtbot, actions, hit, no_desktop) -> None:
    actions.open(hit)
    qtbot.waitUntil(lambda: no_desktop == [str(hit.photo.path)], timeout=PATIENCE_MS)


def test_a_photo_that_is_gone_is_told(qtbot, actions, make_hits, no_desktop) -> None:
    with qtbot.waitSignal(actions.failed) as caught:
        actions.open(make_hits(1)[0])
    assert "IMG_000000.jpg" in caught.args[0]
    assert "/photos" in caught.args[1]
    assert no_desktop == []


def test_paths_are_copied_as_text_and_as_files(qtbot, actions, hit, make_hits) -> None:
    other = make_hits(2)[1]
    with qtbot.waitSignal(actions.done):
        actions.copy_paths([hit, other])
    mime = QApplication.clipboard().mimeData()
    assert mime.text().splitlines() == [str(hit.photo.path), str(other.photo.path)]
    assert [url.toLocalFile() for url in mime.urls()] == mime.text().splitlines()


def test_the_photo_itself_is_copied(qtbot, actions, hit) -> None:
    with qtbot.waitSignal(actions.done, timeout=PATIENCE_MS):
        actions.copy_photo(hit)
    assert QApplication.clipboard().image().size() == QImage(str(hit.photo.path)).size()


def test_a_file_that_is_no_picture_is_told(qtbot, actions, hit, tmp_path) -> None:
    text = tmp_path / "notes.jpg"
    text.write_text("no photo")
    with qtbot.waitSignal(actions.failed, timeout=PATIENCE_MS) as caught:
        actions.copy_photo(replace(hit, photo=replace(hit.photo, path=text)))
    assert "notes.jpg" in caught.args[0]


def test_the_file_manager_is_told_to_select_the_file(monkeypatch, tmp_path) -> None:
    tool = tmp_path / "dbus-send"
    tool.write_text("#!/bin/sh\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    command = reveal_command(Path("/photos/one, two & ü.jpg"), "linux")
    assert command[0] == str(tool)
    array = next(part for part in command if part.startswith("array:string:"))
    assert array == "array:string:file:///photos/one%2C%20two%20&%20%C3%BC.jpg"
    assert reveal_command(Path("/a/b.jpg"), "darwin") == ["open", "-R", "/a/b.jpg"]
    assert reveal_command(Path("b.jpg"), "win32") == ["explorer", "/select,", "b.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="the message bus of Linux desktops")
def test_without_a_file_manager_on_the_bus_the_folder_is_opened(
    qtbot, actions, hit, no_desktop, monkeypatch, tmp_path
) -> None:
    tool = tmp_path / "dbus-send"
    tool.write_text("#!/bin/sh\nexit 1\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    actions.reveal(hit.photo.path)
    qtbot.waitUntil(lambda: no_desktop == [str(hit.photo.path.parent)], timeout=PATIENCE_MS)


@pytest.mark.skipif(sys.platform != "linux", reason="the message bus of Linux desktops")
def test_a_file_manager_that_answers_is_enough(
    qtbot, actions, hit, no_desktop, monkeypatch, tmp_path
) -> None:
    asked = tmp_path / "asked"
    tool = tmp_path / "dbus-send"
    tool.write_text(f'#!/bin/sh\necho "$@" > "{asked}.new"\nmv "{asked}.new" "{asked}"\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    actions.reveal(hit.photo.path)
    qtbot.waitUntil(asked.exists, timeout=PATIENCE_MS)
    assert "ShowItems" in asked.read_text()
    assert "coffee.png" in asked.read_text()
    assert no_desktop == []
