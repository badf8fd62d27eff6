"""Exit codes, sentences, and what goes where."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.__main__ import main
from desktop_app.cli import dispatch
from desktop_app.cli.parser import parse
from tests.cli.conftest import Visita, assert_known_error, objects


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-such-option"],
        ["no-such-command"],
        ["search"],
        ["search", "a cat", "--photo", "cat.jpg"],
        ["search", "a cat", "-k", "0"],
        ["search", "a cat", "-k", "many"],
        ["search", "a", "cat"],
    ],
    ids=" ".join,
)
def test_a_command_line_without_sense_is_2(visita: Visita, arguments: list[str]) -> None:
    result = visita(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert "usage:" in result.stderr


def test_help_and_version_are_0(visita: Visita) -> None:
    assert "COMMAND" in visita("--help").stdout
    assert visita("--version").stdout.startswith("VisITA ")


@pytest.mark.parametrize(
    ("damage", "arguments"),
    [
        ("flip", ["search", "a cat"]),
        ("flip", ["index", "PHOTOS"]),
        ("flip", ["status"]),
        ("cut", ["search", "a cat"]),
        ("remove", ["search", "a cat"]),
        ("no manifest", ["search", "a cat"]),
        ("no bundle", ["search", "a cat"]),
    ],
    ids=str,
)
def test_a_damaged_bundle_is_one_sentence(
    visita: Visita,
    model_dir: Path,
    photos: Path,
    tmp_path: Path,
    arguments: list[str],
    damage: str,
) -> None:
    bundle = tmp_path / "bundle"
    if damage != "no bundle":
        shutil.copytree(model_dir, bundle)
        graph = max(bundle.iterdir(), key=lambda path: path.stat().st_size)
        content = bytearray(graph.read_bytes())
        content[len(content) // 2] ^= 1
        match damage:
            case "flip":
                graph.write_bytes(content)
            case "cut":
                graph.write_bytes(content[: len(content) // 2])
            case "remove":
                graph.unlink()
            case "no manifest":
                (bundle / "manifest.json").unlink()
    broken = replace(visita, model_dir=bundle)
    asked = [str(photos) if word == "PHOTOS" else word for word in arguments]
    assert_known_error(broken(*asked), "model", "hint: ")


def test_a_data_folder_that_cannot_be_made_is_one_sentence(visita: Visita, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    blocked = replace(visita, data_dir=tmp_path / "file" / "data")
    assert_known_error(blocked("status"), "--data-dir")


def test_a_damaged_catalogue_is_one_sentence(visita: Visita, photos: Path) -> None:
    visita.data_dir.mkdir()
    (visita.data_dir / "catalogue.sqlite").write_bytes(b"this is no database" * 1000)
    assert_known_error(visita("search", "a cat"))


def test_the_window_without_a_display_names_the_terminal(visita: Visita) -> None:
    if sys.platform != "linux":
        pytest.skip("only here a display may be missing")
    empty = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"), "")
    assert_known_error(replace(visita, environment=empty)(), "visita demo", "visita --help")


def test_a_bug_is_70_and_logged(
    visita: Visita, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setitem(dispatch._COMMANDS, "status", broken)
    assert main(["--data-dir", str(visita.data_dir), "--json", "status"]) == 70
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "ZeroDivisionError: on purpose" in captured.err
    assert "Traceback" not in captured.err
    logged = (visita.data_dir / "visita.log").read_text("utf-8")
    assert "Traceback" in logged
    assert "on purpose" in logged

    assert main(["--data-dir", str(visita.data_dir), "-v", "status"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error(library: Visita) -> None:
    with library.start("--json", "search", "--queries", "-") as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdin.write("a cat\n" * 3)
        child.stdin.flush()
        child.stdout.readline()
        child.stdout.close()
        child.stdin.write("a cat\n" * 3)
        child.stdin.close()
        assert child.wait() == 0
        assert child.stderr.read() == ""


def test_global_options_stand_before_or_after_the_command(library: Visita, model_dir: Path) -> None:
    after = subprocess.run(
        [
            *(sys.executable, "-m", "desktop_app", "search", "a cat", "--json"),
            *("--data-dir", str(library.data_dir), "--model", str(model_dir)),
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert objects(after.stdout) == library.json("search", "a cat")


def test_verbose_speaks_on_stderr_only(library: Visita) -> None:
    result = library("--json", "-v", "search", "a cat", "-k", "2")
    assert len(objects(result.stdout)) == 2
    assert "desktop_app" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["search", "a", "-k", "many"], "'many' is no number"),
        (["search", "a", "-k", "9" * 30], "is not between 1 and"),
        (["search", "a", "--strictness", "high"], "'high' is no number"),
        (["search", "a", "--strictness", "nan"], "is not between -1 and 1"),
    ],
)
def test_a_number_that_makes_no_sense_is_named(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse(arguments)
    assert words in capsys.readouterr().err


def test_names_that_no_file_or_collection_can_have_are_one_sentence(library: Visita) -> None:
    too_long = f"{'a' * 300}.jpg"
    assert_known_error(library("search", "--photo", too_long), "There is no file")
    assert_known_error(library("captions", "remove", os.fsdecode(b"\xff")), "no collection")
