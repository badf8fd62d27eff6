"""``HealthCheck``: every kind of damage is found, named and mended."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from desktop_app.errors import CatalogueDamaged
from desktop_app.library.health import Finding, HealthCheck
from desktop_app.library.schema import Database
from desktop_app.library.vector_index import VectorIndex
from tests.library.conftest import Workbench


def findings(bench: Workbench, repair: bool = False) -> list[Finding]:
    with closing(Database(bench.paths.catalogue)) as database:
        manifest = bench.encoder.manifest
        dims = {manifest.model_id: manifest.dim}
        return list(HealthCheck(database, bench.paths, bench.thumbnails, dims).run(repair))


def publish(bench: Workbench) -> Path:
    manifest = bench.encoder.manifest
    index = VectorIndex(
        bench.catalogue.embeddings, bench.paths.index_dir, manifest.model_id, manifest.dim, 0
    )
    index.catch_up(5)
    index.publish()
    state = bench.catalogue.embeddings.index_state(bench.encoder.manifest.model_id)
    assert state is not None
    return bench.paths.index_dir / state.file


@pytest.fixture
def indexed(bench: Workbench, folder: Path) -> Workbench:
    bench.run(folder)
    publish(bench)
    (folder / "rocket.jpg").unlink()
    bench.run(folder)
    return bench


def test_a_sound_library_has_no_findings(indexed: Workbench) -> None:
    assert findings(indexed) == []
    publish(indexed)
    assert findings(indexed) == []


_FIRST_PHOTO = "(SELECT min(id) FROM photos)"
_FIRST_FILE = "(SELECT min(id) FROM files WHERE state = 'indexed')"


@pytest.mark.parametrize(
    ("statement", "check", "words"),
    [
        (f"UPDATE files SET folder_id = 99 WHERE id = {_FIRST_FILE}", "files", "of no folder"),
        (f"UPDATE files SET photo_id = 99 WHERE id = {_FIRST_FILE}", "files", "not there"),
        (f"UPDATE files SET photo_id = NULL WHERE id = {_FIRST_FILE}", "files", "without a photo"),
        (f"UPDATE files SET state = 'failed' WHERE id = {_FIRST_FILE}", "files", "with a photo"),
        ("INSERT INTO embeddings VALUES (99, 'x', x'00')", "embeddings", "of no photo"),
        (f"INSERT INTO tombstones VALUES ({_FIRST_PHOTO}, 1)", "photos", "count as removed"),
        (f"DELETE FROM files WHERE id = {_FIRST_FILE}", "photos", "lie nowhere"),
        (
            f"DELETE FROM embeddings WHERE photo_id = {_FIRST_PHOTO}",
            "photos",
            "without an embedding",
        ),
        ("UPDATE counter SET change_seq = 0", "counter", "not counted"),
        (
            f"UPDATE embeddings SET vector = substr(vector, 3) WHERE photo_id = {_FIRST_PHOTO}",
            "embeddings",
            "wrong length",
        ),
        (
            f"UPDATE embeddings SET vector = zeroblob(96) WHERE photo_id = {_FIRST_PHOTO}",
            "embeddings",
            "direction",
        ),
    ],
)
def test_rows_that_break_a_rule_are_found_and_mended(
    indexed: Workbench, folder: Path, statement: str, check: str, words: str
) -> None:
    with closing(Database(indexed.paths.catalogue)) as database:
        database.run("PRAGMA foreign_keys = OFF")
        assert database.run(statement) > 0
    found = findings(indexed)
    assert any(f.check == check and words in f.message for f in found), found
    assert not any(f.is_mended for f in found)
    assert all(f.is_mended for f in findings(indexed, repair=True))
    assert findings(indexed) == []
    indexed.run(folder)
    assert findings(indexed) == []
    assert indexed.catalogue.counts().photos == 4
    assert indexed.followed() == {photo.photo_id for photo in indexed.photos()}


def test_a_vector_of_nan_is_found(indexed: Workbench) -> None:
    nan = np.full(indexed.encoder.manifest.dim, np.nan, "<f2").tobytes()
    with closing(Database(indexed.paths.catalogue)) as database:
        database.run(f"UPDATE embeddings SET vector = ? WHERE photo_id = {_FIRST_PHOTO}", (nan,))
    assert [f.check for f in findings(indexed, repair=True)] == ["embeddings"]
    assert findings(indexed) == []
    indexed.run()


def test_embeddings_of_two_lengths_are_a_known_error(indexed: Workbench, folder: Path) -> None:
    with closing(Database(indexed.paths.catalogue)) as database:
        database.run(f"UPDATE embeddings SET vector = x'00' WHERE photo_id = {_FIRST_PHOTO}")
    with pytest.raises(CatalogueDamaged, match="check --repair"):
        indexed.followed()
    findings(indexed, repair=True)
    indexed.run(folder)
    assert len(indexed.followed()) == 4


@pytest.mark.parametrize("damage", ["flip", "remove", "count", "ids", "ahead"])
def test_a_wrong_index_file_is_found_and_dropped(indexed: Workbench, damage: str) -> None:
    file = publish(indexed)
    content = bytearray(file.read_bytes())
    with closing(Database(indexed.paths.catalogue)) as database:
        if damage == "flip":
            content[len(content) // 2] ^= 1
            file.write_bytes(content)
        elif damage == "remove":
            file.unlink()
        elif damage == "count":
            database.run("UPDATE index_state SET count = count + 1")
        elif damage == "ids":
            database.run("PRAGMA foreign_keys = OFF")
            database.run(
                f"UPDATE files SET photo_id = photo_id + 50 WHERE photo_id = {_FIRST_PHOTO}"
            )
            database.run(
                f"UPDATE embeddings SET photo_id = photo_id + 50 WHERE photo_id = {_FIRST_PHOTO}"
            )
            database.run(f"UPDATE photos SET id = id + 50 WHERE id = {_FIRST_PHOTO}")
        else:
            database.run("UPDATE index_state SET applied_seq = 99")
    [found] = findings(indexed)
    assert (found.check, found.is_mended) == ("index", False)
    assert len(findings(indexed, repair=True)) == 1
    assert findings(indexed) == []
    publish(indexed)
    assert findings(indexed) == []


def test_thumbnails_of_nothing_are_found_and_are_no_fault(indexed: Workbench) -> None:
    stray = indexed.thumbnails.path("ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"left over")
    assert [(f.check, f.is_fault) for f in findings(indexed)] == [("thumbnails", False)]
    assert stray.exists()
    assert [f.is_mended for f in findings(indexed, repair=True)] == [True]
    assert not stray.exists()
    assert findings(indexed) == []


def test_a_damaged_page_is_told_and_nothing_else(tmp_path: Path, folder: Path) -> None:
    bench = Workbench(tmp_path / "broken")
    bench.run(folder)
    bench.catalogue.close()
    content = bytearray(bench.paths.catalogue.read_bytes())
    content[5 * 4096 : 6 * 4096] = b"\x55" * 4096
    bench.paths.catalogue.write_bytes(content)
    [found] = findings(bench, repair=True)
    assert (found.check, found.is_mended) == ("catalogue", False)
    assert "visita restore" in found.message
