"""``visita check``."""

from __future__ import annotations

from desktop_app.library.indexer_lock import only_indexer
from desktop_app.paths import DataPaths
from tests.cli.conftest import Visita, assert_known_error, objects


def test_a_library_is_checked_and_mended(visita: Visita) -> None:
    assert visita("check").stdout == "The library is sound.\n"
    assert visita.json("check") == []
    stray = visita.data_dir / "thumbnails" / "ab" / "left over.jpg"
    stray.parent.mkdir()
    stray.write_bytes(b"")
    result = visita("check")
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout == "thumbnails: 1 file that belongs to no photo\n"
    told = visita("check", "--repair", "--json")
    assert told.returncode == 0
    assert [found["mended"] for found in objects(told.stdout)] == [True]
    assert visita("check").returncode == 0


def test_a_check_does_not_look_at_a_library_that_changes(visita: Visita) -> None:
    assert visita("check").returncode == 0
    with only_indexer(DataPaths(visita.data_dir)):
        assert_known_error(visita("check"), "already indexing")
