"""Photos and folders that a desktop opens with VisITA: they are taken as if they were dropped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from desktop_app.cli.parser import parse
from desktop_app.gui.single_instance import SingleInstance
from desktop_app.gui.start_wish import THE_WINDOW, StartWish
from tests.gui.conftest import PATIENCE_MS


def test_a_wish_survives_its_way() -> None:
    strange = Path(os.fsdecode(b"/photos/n\xefce \xff.jpg"))
    for wish in (THE_WINDOW, StartWish(True), StartWish(files=(Path("/a b/\u732b.jpg"), strange))):
        line = wish.to_line()
        assert line.endswith(b"\n")
        assert line.count(b"\n") == 1
        assert StartWish.from_line(line) == wish


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"raise token",
        b"[]",
        b"{}",
        b'{"quick": 1, "files": [], "activation": ""}',
        b'{"quick": false, "files": [3], "activation": ""}',
        b'{"quick": false, "files": [""], "activation": ""}',
        b'{"quick": false, "files": "abc", "activation": ""}',
        b"\xff\xfe",
    ],
)
def test_what_is_no_wish_is_refused(line) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  any of json's, too
        StartWish.from_line(line)


def test_a_wish_names_files_from_the_root_alone() -> None:
    line = b'{"quick": false, "files": ["a.jpg", "/b.jpg"], "activation": "a\\u0007"}'
    assert StartWish.from_line(line) == StartWish(files=(Path("/b.jpg"),))


def test_the_command_line_takes_files(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse(["--open", "a.jpg", "/b"]).open == (tmp_path / "a.jpg", Path("/b"))
    assert parse([]).open == ()
    with pytest.raises(SystemExit) as ended:
        parse(["--open", "a.jpg", "--", "status"])
    assert ended.value.code == 2
    assert "--open" in capsys.readouterr().err


def test_a_second_start_hands_its_files_to_the_first(qtbot, tmp_path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    first.listen()
    raised = QSignalSpy(first.raise_wanted)
    many = tuple(Path(f"/photos/a long name of a photo {number}.jpg") for number in range(5000))
    with qtbot.waitSignal(first.files_wanted, timeout=PATIENCE_MS) as told:
        assert second.call_first(StartWish(files=many))
    assert told.args == [list(many)]
    assert raised.count() == 1
    first.close()


def test_an_opened_photo_is_shown_with_what_resembles_it(
    qtbot, open_program, library_paths, demo_photos
) -> None:
    program = open_program(library_paths)
    photo = demo_photos["coffee.png"]
    program.open_files([photo])
    qtbot.waitUntil(
        lambda: (
            bool(program.window.model.hits)
            and program.window.model.hits[0].photo.path.name == photo.name
        ),
        timeout=PATIENCE_MS,
    )
    assert str(photo) in program.window.search_bar.text.text()


def test_a_photo_that_came_with_the_start_waits_for_the_library(
    qtbot, open_program, library_paths, demo_photos
) -> None:
    program = open_program(library_paths, wait=False)
    photo = demo_photos["chelsea.png"]  # not the newest, which come without any query
    program.open_files([photo])
    qtbot.waitUntil(
        lambda: (
            bool(program.window.model.hits)
            and program.window.model.hits[0].photo.path.name == photo.name
        ),
        timeout=PATIENCE_MS,
    )
    assert program.window.search_bar.is_by_photo


def test_an_opened_folder_is_added(qtbot, open_program, demo_photos, tmp_path) -> None:
    program = open_program()
    folder = tmp_path / "from the desktop"
    folder.mkdir()
    added = QSignalSpy(program.intake.folders_given)
    program.open_files([folder])
    assert added.at(0) == [[folder]]
