"""Backups, and the way back to them."""

from __future__ import annotations

import errno
import stat
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from desktop_app.errors import (
    CatalogueBusy,
    CatalogueDamaged,
    DiskFull,
    IndexerRunning,
    LibraryError,
    UsageError,
)
from desktop_app.library import schema
from desktop_app.library.backups import KEPT, Backups
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.restoring import restore
from desktop_app.library.schema import Database
from desktop_app.library.vector_index import VectorIndex
from tests.library.conftest import Workbench, mounted_tmpfs


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 8, 30)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def backups(bench: Workbench, clock: Clock) -> Backups:
    return Backups(bench.paths.catalogue, clock)


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)


def look_into(path: Path) -> None:
    with Catalogue.open(path) as catalogue:
        catalogue.counts()


def test_a_run_backs_up_once_a_day_and_only_what_is_worth_it(
    bench: Workbench, folder: Path
) -> None:
    bench.run()
    assert Backups(bench.paths.catalogue).all() == []  # no folder yet: nothing to lose
    bench.run(folder)
    bench.run(folder)
    bench.run(folder)
    [only] = Backups(bench.paths.catalogue).all()
    assert only.kind == "daily"
    assert only.name == f"catalogue-{only.taken_at}-daily"
    assert stat.S_IMODE(only.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(only.path.parent.stat().st_mode) == 0o700


def test_a_week_of_days_is_kept_and_three_of_the_others(
    bench: Workbench, backups: Backups, clock: Clock
) -> None:
    for _ in range(10):
        assert backups.take_daily(bench.catalogue) is not None
        clock.time += timedelta(hours=2)
        assert backups.take_daily(bench.catalogue) is None
        backups.take_before_migration(bench.catalogue)
        backups.take(bench.catalogue, "manual")
        backups.take(bench.catalogue, "removal")
        clock.time += timedelta(hours=22)
    found = backups.all()
    assert {kind: sum(b.kind == kind for b in found) for kind in KEPT} == KEPT
    assert found[0].taken_at == "2026-03-10T10-30-00"
    assert min(b.taken_at for b in found) == "2026-03-04T08-30-00"


def test_a_clock_set_back_never_costs_the_newest_backup(
    bench: Workbench, backups: Backups, clock: Clock
) -> None:
    clock.time = datetime(2099, 1, 1)
    for _ in range(9):
        backups.take_daily(bench.catalogue)
        clock.time += timedelta(days=1)
    clock.time = datetime(2026, 1, 1)
    taken = backups.take_daily(bench.catalogue)
    assert taken in backups.all()
    assert len(backups.all()) == KEPT["daily"]


def test_a_restore_brings_back_what_was_and_sets_the_rest_aside(
    bench: Workbench, folder: Path, backups: Backups
) -> None:
    bench.run(folder)
    before = {photo.path for photo in bench.photos()}
    backups.take(bench.catalogue, "manual")
    bench.catalogue.remove_folder(bench.catalogue.folders()[0].folder_id)
    bench.catalogue.close()

    done = restore(bench.paths)
    bench.catalogue = Catalogue.open(bench.paths.catalogue)
    assert {photo.path for photo in bench.photos()} == before
    assert done.set_aside is not None
    with Catalogue.open(done.set_aside) as aside:
        assert aside.counts().photos == 0
    assert done.backup.path.exists()
    assert bench.counts_of(folder) == {"unchanged": 5}


def test_a_damaged_catalogue_names_the_way_back_and_is_kept(
    bench: Workbench, folder: Path, backups: Backups
) -> None:
    bench.run(folder)
    bench.run(folder)
    bench.catalogue.close()
    damage(bench.paths.catalogue)
    damaged = bench.paths.catalogue.read_bytes()
    with pytest.raises(CatalogueDamaged, match="visita restore"):
        look_into(bench.paths.catalogue)
    done = restore(bench.paths)
    assert done.set_aside is not None
    assert done.set_aside.read_bytes()[100:] == damaged[100:]  # SQLite's header tells the mode
    bench.catalogue = Catalogue.open(bench.paths.catalogue)
    assert bench.run(folder).failed == 0
    assert bench.catalogue.counts().photos == 5


def test_a_damaged_catalogue_makes_no_backup(bench: Workbench, backups: Backups) -> None:
    bench.catalogue.close()
    copy = bench.paths.root / "other" / "catalogue.sqlite"
    copy.parent.mkdir()
    content = bytearray(bench.paths.catalogue.read_bytes())
    content[5 * 4096 : 6 * 4096] = b"\x55" * 4096
    copy.write_bytes(content)
    with Catalogue.open(copy) as catalogue, pytest.raises(CatalogueDamaged):
        Backups(copy).take(catalogue, "daily")
    assert list((copy.parent / "backups").iterdir()) == []
    bench.catalogue = Catalogue.open(bench.paths.catalogue)


def test_a_damaged_backup_replaces_nothing_and_is_passed_over(
    bench: Workbench, folder: Path, backups: Backups, clock: Clock
) -> None:
    bench.run(folder)
    bench.run(folder)
    good = backups.take(bench.catalogue, "manual")
    clock.time += timedelta(days=400)
    bad = backups.take(bench.catalogue, "manual")
    bench.catalogue.close()
    damage(bad.path)
    before = bench.paths.catalogue.read_bytes()
    with pytest.raises(CatalogueDamaged):
        restore(bench.paths, bad.name)
    assert bench.paths.catalogue.read_bytes() == before
    daily = Backups(bench.paths.catalogue).all()
    assert restore(bench.paths).backup in daily
    assert restore(bench.paths, good.name).backup == good
    bench.catalogue = Catalogue.open(bench.paths.catalogue)


def test_a_restore_waits_for_nobody(bench: Workbench, folder: Path, backups: Backups) -> None:
    bench.run(folder)
    backups.take(bench.catalogue, "manual")
    with pytest.raises(CatalogueBusy, match="open"):
        restore(bench.paths)
    bench.catalogue.close()
    with only_indexer(bench.paths), pytest.raises(IndexerRunning):
        restore(bench.paths)
    with pytest.raises(UsageError, match="--list"):
        restore(bench.paths, "catalogue-of-dreams")
    restore(bench.paths)
    bench.catalogue = Catalogue.open(bench.paths.catalogue)


def test_without_a_backup_a_restore_says_so(bench: Workbench) -> None:
    with pytest.raises(LibraryError, match="no sound backup"):
        restore(bench.paths)


def test_a_migration_is_preceded_by_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalogue.sqlite"
    Catalogue.open(path).close()
    assert Backups(path).all() == []  # a new file is no migration

    def add_a_table(database: Database) -> None:
        database.run("CREATE TABLE later (id INTEGER PRIMARY KEY)")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, add_a_table))
    Catalogue.open(path).close()
    Catalogue.open(path).close()
    [only] = Backups(path).all()
    assert only.kind == "migration"
    schema.check_file(only.path)
    assert b"CREATE TABLE later" in path.read_bytes()
    assert b"CREATE TABLE later" not in only.path.read_bytes()


def test_a_full_disk_leaves_nothing_of_a_backup_and_stops_no_indexing(
    tmp_path: Path, folder: Path
) -> None:
    with mounted_tmpfs(tmp_path / "small", "2m"):
        bench = Workbench(tmp_path / "small")
        bench.run(folder)
        for backup in Backups(bench.paths.catalogue).all():
            backup.path.unlink()
        with pytest.raises(OSError, match="space"):
            (bench.paths.root / "filler").write_bytes(bytes(4 << 20))
        backups = Backups(bench.paths.catalogue)
        with pytest.raises(DiskFull):
            backups.take(bench.catalogue, "manual")
        assert backups.take_daily(bench.catalogue) is None
        assert list((tmp_path / "small" / "backups").iterdir()) == []
        bench.catalogue.close()


def test_an_index_never_serves_ids_of_a_catalogue_that_was_replaced(
    bench: Workbench, folder: Path, backups: Backups
) -> None:
    """Photo ids are given again after a restore: the same id is then another photo."""
    for name in ("rocket.jpg", "coffee.png"):
        (folder / name).rename(folder.parent / name)
    bench.run(folder)
    backups.take(bench.catalogue, "manual")
    (folder.parent / "rocket.jpg").rename(folder / "rocket.jpg")
    bench.run(folder)
    model = bench.encoder.manifest
    index = VectorIndex(
        bench.catalogue.embeddings,
        bench.paths.index_dir,
        model.model_id,
        model.dim,
        0,
        publish_every=1,
    )
    while index.catch_up(1):
        pass
    index.publish()
    (old,) = (p.photo_id for p in bench.photos() if p.path.name == "rocket.jpg")
    bench.catalogue.close()

    restore(bench.paths, backups.all()[0].name)
    bench.catalogue = Catalogue.open(bench.paths.catalogue)
    (folder / "rocket.jpg").rename(folder.parent / "rocket.jpg")
    (folder.parent / "coffee.png").rename(folder / "coffee.png")
    bench.run(folder)
    coffee = bench.photo_at(folder / "coffee.png")
    assert coffee.photo_id == old
    changes = bench.catalogue.embeddings.changes_after(0, model.model_id, 10**6)
    vector = changes.vectors[changes.ids.tolist().index(coffee.photo_id)]
    for exact_up_to in (0, 1000):
        index = VectorIndex(
            bench.catalogue.embeddings,
            bench.paths.index_dir,
            model.model_id,
            model.dim,
            exact_up_to,
        )
        index.catch_up(1)
        ids, scores = index.search(vector, 4)
        assert ids[0] == coffee.photo_id
        assert scores[0] > 0.999
        assert set(ids.tolist()) == bench.followed()


@pytest.mark.parametrize("exact_up_to", [0, 1000])
def test_an_open_index_notices_that_the_counter_went_back(
    bench: Workbench, folder: Path, exact_up_to: int
) -> None:
    bench.run(folder)
    model = bench.encoder.manifest
    index = VectorIndex(
        bench.catalogue.embeddings, bench.paths.index_dir, model.model_id, model.dim, exact_up_to
    )
    query = np.full(model.dim, model.dim**-0.5, np.float32)
    index.catch_up(1)
    assert len(index.search(query, 10)[0]) == 5
    database = Database(bench.paths.catalogue)
    keep = database.number("SELECT min(id) FROM photos")
    with database.transaction():
        database.run("DELETE FROM files WHERE photo_id <> ?", (keep,))
        database.run("DELETE FROM photos WHERE id <> ?", (keep,))
        database.run("UPDATE photos SET change_seq = 1")
        database.run("UPDATE counter SET change_seq = 1")
    database.close()
    assert index.search(query, 10)[0].tolist() == [keep]
    index.catch_up(1)
    assert index.search(query, 10)[0].tolist() == [keep]


class OverQuota:
    """Nobody may write so much."""

    def copy_to(self, target: Path) -> None:
        raise OSError(errno.EDQUOT, "Disk quota exceeded", str(target))


def test_a_quota_is_a_full_disk(backups: Backups) -> None:
    with pytest.raises(DiskFull, match="No space is left"):
        backups.take(OverQuota(), "manual")
