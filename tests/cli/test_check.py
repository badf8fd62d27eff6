"""``visita check``."""

from __future__ import annotations

from contextlib import closing

from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.schema import Database
from desktop_app.paths import DataPaths
from tests.cli.conftest import Visita, assert_known_error, objects


def test_a_library_is_checked_and_mended(visita: Visita) -> None:
    assert visita("check").stdout == "The library is sound.\n"
    assert visita.json("check") == []
    with closing(Database(visita.data_dir / "catalogue.sqlite")) as database:
        database.run("PRAGMA foreign_keys = OFF")
        database.run("INSERT INTO embeddings VALUES (99, 'x', x'00')")
    result = visita("check")
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.startswith("embeddings: 1 ")
    told = visita("check", "--repair", "--json")
    assert told.returncode == 0
    assert [(found["mended"], found["fault"]) for found in objects(told.stdout)] == [(True, True)]
    assert visita("check").returncode == 0


def test_what_an_unfinished_run_left_is_told_and_is_no_fault(visita: Visita) -> None:
    assert visita("status").returncode == 0
    stray = visita.data_dir / "thumbnails" / "ab" / "left over.jpg"
    stray.parent.mkdir()
    stray.write_bytes(b"")
    result = visita("check")
    assert (result.returncode, result.stderr) == (0, "")
    told, sound = result.stdout.splitlines()
    assert told.startswith("thumbnails: 1 file is left over from a run that did not finish; ")
    assert sound == "The library is sound."
    told = visita("check", "--repair")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines()[0].endswith("did not finish (removed)")
    assert visita.json("check") == []


def test_a_check_does_not_look_at_a_library_that_changes(visita: Visita) -> None:
    assert visita("check").returncode == 0
    with only_indexer(DataPaths(visita.data_dir)):
        assert_known_error(visita("check"), "already indexing")
