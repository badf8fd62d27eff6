"""The catalogue's file: new, of another version, damaged, shared, on disks that refuse."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from desktop_app.errors import (
    CatalogueBusy,
    CatalogueDamaged,
    CatalogueReadOnly,
    CatalogueTooNew,
    DiskFull,
)
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.records import Counts, PhotoFacts, ReadPhoto
from desktop_app.library.schema import MIGRATIONS, Database
from tests.library.catalogue.filling import MODEL, Filler, content, vector
from tests.library.conftest import mounted_tmpfs


def test_a_new_catalogue_is_empty_and_private(catalogue: Catalogue, path: Path) -> None:
    assert catalogue.counts() == Counts(0, 0, 0, 0, 0)
    assert catalogue.folders() == []
    assert catalogue.newest_photos(10) == []
    assert catalogue.change_seq() == 0
    assert catalogue.embeddings.index_state(MODEL) is None
    catalogue.check()
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        for beside in path.parent.iterdir():
            assert stat.S_IMODE(beside.stat().st_mode) == 0o600, beside


def test_what_is_written_is_there_after_opening_again(path: Path, tmp_path: Path) -> None:
    with Catalogue.open(path) as catalogue:
        photo_id = Filler(catalogue, tmp_path / "photos").index("a.jpg", 1)
    with Catalogue.open(path) as catalogue:
        assert catalogue.photos([photo_id])[photo_id].path == tmp_path / "photos" / "a.jpg"


def test_a_newer_catalogue_is_refused_and_left_alone(path: Path) -> None:
    Catalogue.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CatalogueTooNew):
        Catalogue.open(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CatalogueDamaged, match="not a VisITA catalogue"):
        Catalogue.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", [b"no database" * 999, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_catalogue_is_refused(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    with pytest.raises(CatalogueDamaged):
        Catalogue.open(path)


def test_check_finds_a_damaged_page(path: Path, tmp_path: Path) -> None:
    Catalogue.open(path).close()
    first = path.stat().st_size // 4096  # the schema itself stays whole
    with Catalogue.open(path) as catalogue:
        filler = Filler(catalogue, tmp_path / "photos")
        for number in range(60):
            filler.index(f"{number}.jpg", number)
        catalogue.check()
    data = bytearray(path.read_bytes())
    for page in range(first, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = os.urandom(200)
    path.write_bytes(data)
    with Catalogue.open(path) as catalogue, pytest.raises(CatalogueDamaged):
        catalogue.check()


def test_two_processes_may_open_it_but_only_one_may_write(path: Path, tmp_path: Path) -> None:
    one, two = Database(path), Database(path)
    two.run("PRAGMA busy_timeout = 20")
    with one.transaction():
        one.run("UPDATE counter SET change_seq = 7")
        assert two.number("SELECT change_seq FROM counter") == 0  # readers go on, unaware
        with pytest.raises(CatalogueBusy), two.transaction():
            pass
    assert two.number("SELECT change_seq FROM counter") == 7
    with two.transaction():
        two.run("UPDATE counter SET change_seq = 8")
    one.close()
    two.close()


def test_a_transaction_that_fails_leaves_nothing(filler: Filler) -> None:
    first, second = filler.find("a.jpg"), filler.find("b.jpg")
    before = filler.catalogue.change_seq()
    good = ReadPhoto(first, content(1), PhotoFacts(1, 1, "JPEG", None), vector(1))
    bad = ReadPhoto(second, content(2), PhotoFacts(1, 1, None, None), vector(2))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        filler.ledger.store([good, bad], MODEL)
    assert filler.catalogue.counts() == Counts(0, 0, 2, 0, 0)
    assert filler.catalogue.change_seq() == before
    assert filler.ledger.store([good], MODEL) == ["indexed"]


def test_a_place_that_cannot_be_written_is_told(forbidding: Path) -> None:
    locked = forbidding / "locked"
    locked.mkdir()
    Catalogue.open(locked / "catalogue.sqlite").close()
    locked.chmod(0o500)
    for name in ("catalogue.sqlite", "new.sqlite", "new/catalogue.sqlite"):
        with pytest.raises(CatalogueReadOnly):
            Catalogue.open(locked / name)
    locked.chmod(0o700)
    (locked / "catalogue.sqlite").chmod(0o400)
    with pytest.raises(CatalogueReadOnly):
        Catalogue.open(locked / "catalogue.sqlite")


def test_a_disk_that_turns_read_only_is_told(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    with mounted_tmpfs(place, "8m") as remount:
        Catalogue.open(place / "catalogue.sqlite").close()
        remount("ro")
        with pytest.raises(CatalogueReadOnly):
            Catalogue.open(place / "catalogue.sqlite")


def test_a_full_disk_is_told_and_what_was_written_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    with mounted_tmpfs(place, "800k") as remount:
        with Catalogue.open(place / "catalogue.sqlite") as catalogue:
            filler = Filler(catalogue, tmp_path / "photos")
            stored: list[int] = []
            with pytest.raises(DiskFull):
                stored.extend(filler.index(f"{number}.jpg", number) for number in range(9999))
            assert len(stored) > 5
            assert catalogue.counts().photos == len(stored)  # still readable
        remount("size=8m")
        with Catalogue.open(place / "catalogue.sqlite") as catalogue:
            catalogue.check()
            assert catalogue.counts().photos == len(stored)
            Filler(catalogue, tmp_path / "photos").index("one more.jpg", 10**6)
