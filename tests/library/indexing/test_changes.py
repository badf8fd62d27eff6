"""Photos that are deleted, touched, changed, and come back."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.library.photo_file import hash_content
from desktop_app.library.records import Counts, Folder
from desktop_app.library.scanner import Scanner
from desktop_app.library.scanning import ScanningPhase, ScanTarget
from desktop_app.library.tally import Tally
from tests.library.conftest import Workbench
from tests.library.test_scanner import PathAsOnWindows


def test_a_deleted_photo_is_missing_until_it_comes_back(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    path = folder / "coffee.png"
    photo_id = bench.photo_at(path).photo_id
    content, times = path.read_bytes(), (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.unlink()
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    assert bench.catalogue.counts() == Counts(4, 4, 0, 0, 1)
    assert bench.catalogue.photos([photo_id]) == {}
    path.write_bytes(content)
    os.utime(path, ns=times)
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.photo_at(path).photo_id == photo_id
    assert photo_id in bench.followed()
    assert bench.encoder.encoded == 5
    # The same again, but with another time: read, and found to be the same.
    path.unlink()
    bench.run(folder)
    path.write_bytes(content)
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert photo_id in bench.followed()


def test_a_touched_file_is_read_but_not_encoded(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    os.utime(folder / "coffee.png")
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.encoder.encoded == 5


def test_a_changed_photo_is_another_photo(
    bench: Workbench, folder: Path, demo_photos: dict[str, Path]
) -> None:
    bench.run(folder)
    old = bench.photo_at(folder / "coffee.png")
    shutil.copyfile(demo_photos["moon.png"], folder / "coffee.png")
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 4}
    new = bench.photo_at(folder / "coffee.png")
    assert new.photo_id != old.photo_id
    changes = bench.catalogue.embeddings.changes_after(0, bench.encoder.manifest.model_id, 99)
    assert old.photo_id in changes.removed
    assert new.photo_id in changes.ids
    assert bench.catalogue.counts() == Counts(5, 5, 0, 0, 0)
    bench.run(folder)
    assert not bench.thumbnails.path(old.content_hash).exists()


def test_a_sub_folder_is_scanned_alone(
    bench: Workbench, folder: Path, demo_photos: dict[str, Path]
) -> None:
    bench.run(folder)
    shutil.copyfile(demo_photos["moon.png"], folder / "moon.png")
    shutil.copyfile(demo_photos["moon.png"], folder / "trip" / "moon.png")
    (folder / "coffee.png").unlink()
    assert bench.counts_of(folder / "trip") == {"indexed": 1, "unchanged": 1}
    assert bench.counts_of(folder / "trip", folder) == {
        "indexed": 1,
        "unchanged": 5,
        "missing": 1,
    }
    assert [f.path for f in bench.catalogue.folders()] == [folder]
    shutil.rmtree(folder / "trip")
    assert bench.counts_of(folder / "trip") == {"missing": 2}
    assert bench.counts_of(folder.parent) == {"missing": 3, "unchanged": 4}
    assert [f.path for f in bench.catalogue.folders()] == [folder.parent]


def scan(bench: Workbench, root: Folder) -> Tally:
    """Bring the catalogue in line with a folder, and read nothing."""
    tally = Tally()
    tally.start("scanning")
    phase = ScanningPhase(bench.catalogue.ledger, Scanner(bench.paths.root), tally)
    list(phase.run(ScanTarget(root), bench.control))
    return tally


@pytest.mark.skipif(os.name == "nt", reason="Windows itself is what this imitates")
def test_folders_are_scanned_on_windows_too(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    [root] = bench.catalogue.folders()
    assert scan(bench, replace(root, path=PathAsOnWindows(root.path))).unchanged == 5


def test_a_photo_that_changed_and_went_before_it_was_read_is_read_when_it_is_back(
    bench: Workbench, folder: Path, tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    bench.run(folder)
    [root] = bench.catalogue.folders()
    coffee = folder / "coffee.png"
    shutil.copyfile(demo_photos["moon.png"], coffee)
    scan(bench, root)
    assert bench.catalogue.counts().pending == 1
    coffee.rename(tmp_path / "away.png")
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    (tmp_path / "away.png").rename(coffee)
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 4}
    moon = hash_content(demo_photos["moon.png"].read_bytes())
    assert bench.photo_at(coffee).content_hash == moon.hex()
