"""A photo that cannot be read for a moment stays what it was, and says so."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_app.library import photo_file
from desktop_app.library.records import FoundFile, ScanDelta, Scope
from tests.library.conftest import Workbench

STALE = "cannot be read (Stale file handle)"


@contextmanager
def out_of_reach(name: str) -> Iterator[None]:
    """Inside, the system does not let files of this name be read, though they are there."""

    def stale(path: Path, status: os.stat_result) -> bool:
        if path.name == name:
            raise OSError(errno.ESTALE, "Stale file handle")
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photo_file, "is_in_cloud", stale)
        yield


def touch(path: Path) -> None:
    """As a copying program does: another time, the same bytes."""
    found = path.stat()
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 10**9))


def test_it_keeps_its_embedding_and_is_marked_until_it_is_read(
    bench: Workbench, folder: Path
) -> None:
    bench.run(folder)
    coffee = folder / "coffee.png"
    before = bench.photo_at(coffee)
    followed = bench.followed()
    touch(coffee)
    with out_of_reach("coffee.png"):
        assert bench.counts_of(folder) == {"failed": 1, "unchanged": 4}
        assert bench.counts_of(folder) == {"failed": 1, "unchanged": 4}  # tried again
        now = bench.photo_at(coffee)
        assert (now.photo_id, now.trouble) == (before.photo_id, STALE)
        assert bench.followed() == followed
        assert bench.failures() == {"coffee.png": STALE}
        counts = bench.catalogue.counts()
        assert (counts.photos, counts.indexed, counts.failed) == (5, 4, 1)
        [root] = bench.catalogue.folders()
        assert bench.catalogue.folder_counts()[root.folder_id].problems == 1
    # the same bytes: known again without the encoder
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.photo_at(coffee) == before
    assert bench.failures() == {}


def test_by_permission(forbidding: Path, demo_photos: dict[str, Path]) -> None:
    photos = forbidding / "photos"
    photos.mkdir()
    rocket = photos / "rocket.jpg"
    shutil.copyfile(demo_photos["rocket.jpg"], rocket)
    bench = Workbench(forbidding / "library")
    bench.run(photos)
    touch(rocket)
    rocket.chmod(0)
    assert bench.counts_of() == {"failed": 1}
    assert bench.photo_at(rocket).trouble == "may not be read (permission denied)"
    rocket.chmod(0o600)
    assert bench.counts_of() == {"unchanged": 1}
    assert bench.photo_at(rocket).trouble is None
    bench.catalogue.close()


def test_one_that_has_another_size_is_not_what_it_was(
    bench: Workbench, folder: Path, demo_photos: dict[str, Path]
) -> None:
    bench.run(folder)
    coffee = folder / "coffee.png"
    shutil.copyfile(demo_photos["moon.png"], coffee)
    with out_of_reach("coffee.png"):
        assert bench.counts_of(folder) == {"failed": 1, "unchanged": 4}
        assert coffee not in {photo.path for photo in bench.photos()}
        assert bench.failures() == {"coffee.png": STALE}
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 4}


def test_that_the_size_is_another_is_not_forgotten_before_it_is_read(
    bench: Workbench, folder: Path, demo_photos: dict[str, Path]
) -> None:
    bench.run(folder)
    coffee = folder / "coffee.png"
    shutil.copyfile(demo_photos["moon.png"], coffee)
    # seen by a scan that was ended before anything was read, and then copied once more
    [root] = bench.catalogue.folders()
    ledger, size = bench.catalogue.ledger, coffee.stat().st_size
    known = ledger.known_files(Scope(root.folder_id))[b"coffee.png"]
    found = FoundFile(b"coffee.png", size, coffee.stat().st_mtime_ns)
    ledger.apply_scan(root.folder_id, ScanDelta(changed=((known.file_id, found),)))
    touch(coffee)
    with out_of_reach("coffee.png"):
        bench.run(folder)
    assert coffee not in {photo.path for photo in bench.photos()}


def test_a_copy_that_can_be_read_is_shown_first(bench: Workbench, folder: Path) -> None:
    shutil.copyfile(folder / "coffee.png", folder / "a copy.png")
    shutil.copyfile(folder / "coffee.png", folder / "trip" / "z copy.png")
    bench.run(folder)
    touch(folder / "a copy.png")
    with out_of_reach("a copy.png"):
        bench.run(folder)
    photo = bench.photo_at(folder / "a copy.png")
    assert photo.path != folder / "a copy.png"
    assert photo.trouble is None


def test_one_that_is_gone_afterwards_is_missing_and_read_when_it_is_back(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    bench.run(folder)
    coffee = folder / "coffee.png"
    touch(coffee)
    with out_of_reach("coffee.png"):
        bench.run(folder)
    coffee.rename(tmp_path / "away.png")
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    assert bench.failures() == {}
    (tmp_path / "away.png").rename(coffee)
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.photo_at(coffee).trouble is None


def test_retry_asks_for_it_at_once(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    touch(folder / "coffee.png")
    with out_of_reach("coffee.png"):
        bench.run(folder)
    [failure] = bench.catalogue.failures()
    assert bench.catalogue.ledger.retry([failure.file_id]) == 1
    [root] = bench.catalogue.folders()
    known = bench.catalogue.ledger.known_files(Scope(root.folder_id))
    assert known[b"coffee.png"].state == "pending"
    assert bench.counts_of(folder) == {"unchanged": 5}


def test_a_run_counts_folders_that_cannot_be_reached(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    folder.rename(folder.with_name("elsewhere"))
    summary = bench.run()
    assert (summary.offline, summary.unchanged, summary.missing) == (1, 0, 0)
