"""Forgetting missing photos: counted, backed up, and never where nobody can look."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.errors import FolderUnavailable, IndexerRunning
from desktop_app.library.backups import Backups
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.removal import MissingCount, MissingPhotos
from desktop_app.library.restoring import restore
from tests.library.conftest import Workbench


def test_missing_photos_are_counted_and_forgotten(bench: Workbench, folder: Path) -> None:
    shutil.copyfile(folder / "coffee.png", folder / "trip" / "again.png")
    bench.run(folder)
    kept = bench.photo_at(folder / "coffee.png")
    rocket = bench.photo_at(folder / "rocket.jpg")
    for name in ("trip/again.png", "rocket.jpg", "flower.jpg"):
        (folder / name).unlink()
    bench.run(folder)
    missing = MissingPhotos(bench.catalogue)
    assert missing.count() == MissingCount(files=3, photos=2)
    assert missing.count(folder / "trip") == MissingCount(files=1, photos=0)
    assert bench.catalogue.counts().missing == 3  # counting changes nothing
    before = bench.catalogue.change_seq()
    done = missing.forget()
    assert (done.files, done.photos, done.offline, done.back) == (3, 2, 0, 0)
    assert [backup.name for backup in Backups(bench.paths.catalogue).all()][:1] == [done.backup]
    assert bench.catalogue.counts().missing == 0
    assert bench.catalogue.photos([rocket.photo_id], even_missing=True) == {}
    changes = bench.catalogue.embeddings.changes_after(before, bench.encoder.manifest.model_id, 100)
    assert rocket.photo_id in changes.removed.tolist()
    assert len(changes.removed) == 2
    assert bench.photo_at(folder / "coffee.png").photo_id == kept.photo_id
    assert bench.counts_of(folder) == {"unchanged": 3}
    again = missing.forget()
    assert (again.files, again.backup) == (0, None)


def test_only_below_a_folder(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    (folder / "trip" / "china.jpg").unlink()
    (folder / "rocket.jpg").unlink()
    bench.run(folder)
    assert MissingPhotos(bench.catalogue).forget(folder / "trip").files == 1
    assert [file.path for file in bench.catalogue.missing_files()] == [folder / "rocket.jpg"]
    with pytest.raises(FolderUnavailable, match="not in the library"):
        MissingPhotos(bench.catalogue).count(folder.parent)


def test_what_is_offline_or_back_is_kept(bench: Workbench, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other disk"
    shutil.copytree(folder / "trip", other)
    (other / "china.jpg").write_bytes((folder / "rocket.jpg").read_bytes() + b"end")
    bench.run(folder, other)
    content = (folder / "flower.jpg").read_bytes()
    for path in (other / "china.jpg", folder / "coffee.png", folder / "flower.jpg"):
        path.unlink()
    bench.run()
    assert bench.catalogue.counts().missing == 3
    other.rename(tmp_path / "unplugged")  # no scan has noticed
    (folder / "flower.jpg").write_bytes(content)
    count = MissingPhotos(bench.catalogue).forget()
    assert (count.files, count.offline, count.back) == (1, 1, 1)
    bench.run()  # now one has
    assert [one.state for one in bench.catalogue.folders()] == ["online", "offline"]
    assert MissingPhotos(bench.catalogue).count() == MissingCount(0, 0, offline=1)
    with pytest.raises(StopIteration):
        bench.photo_at(folder / "coffee.png")


def test_not_while_an_indexer_works(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    (folder / "rocket.jpg").unlink()
    bench.run(folder)
    with only_indexer(bench.paths), pytest.raises(IndexerRunning):
        MissingPhotos(bench.catalogue).forget()
    assert bench.catalogue.counts().missing == 1


def test_the_backup_brings_them_back(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    (folder / "rocket.jpg").unlink()
    bench.run(folder)
    backup = MissingPhotos(bench.catalogue).forget().backup
    bench.catalogue.close()
    restore(bench.paths, backup)
    bench.catalogue = Catalogue.open(bench.paths.catalogue)
    assert bench.catalogue.counts().missing == 1
