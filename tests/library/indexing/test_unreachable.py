"""Files and disks that cannot be read, or go away in the middle: nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.library import photo_file
from desktop_app.library.decoder import Decoder
from desktop_app.library.photo_file import PhotoFile
from desktop_app.library.records import Counts
from desktop_app.library.scanner import Listing, Scanner
from desktop_app.library.scanning import ScanningPhase, ScanTarget
from desktop_app.library.tally import Tally
from tests.library.conftest import Workbench, mounted_tmpfs, tiles


def test_bad_files_are_recorded_and_the_run_goes_on(bench: Workbench, folder: Path) -> None:
    (folder / "empty.jpg").touch()
    (folder / "notes.txt").write_text("milk, eggs")
    (folder / "cut.jpg").write_bytes((folder / "rocket.jpg").read_bytes()[:-5000])
    (folder / "noise.png").write_bytes(os.urandom(3000))
    expected = {
        "empty.jpg": "empty file",
        "notes.txt": "not a photo (.txt)",
        "cut.jpg": "damaged: the file ends too early",
        "noise.png": "damaged: this is not what a .png file holds",
    }
    assert bench.counts_of(folder) == {"indexed": 5, "failed": 4}
    assert bench.failures() == expected
    shown = {failure.path.name for failure in bench.catalogue.failures()}
    assert shown == expected.keys() - {"notes.txt"}
    assert bench.counts_of(folder) == {"unchanged": 5, "failed": 4}
    assert bench.failures() == expected
    # Repaired, deleted, and good but damaged now.
    shutil.copyfile(folder / "rocket.jpg", folder / "cut.jpg")
    (folder / "notes.txt").unlink()
    (folder / "coffee.png").write_bytes(b"")
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 4, "failed": 3}
    assert set(bench.failures()) == {"empty.jpg", "noise.png", "coffee.png"}
    assert bench.catalogue.counts() == Counts(4, 5, 0, 3, 0)


def test_a_file_that_may_be_read_later_is_tried_again(
    forbidding: Path, demo_photos: dict[str, Path]
) -> None:
    (forbidding / "photos").mkdir()
    secret = forbidding / "photos" / "secret.jpg"
    secret.write_bytes(b"")
    with Image.open(demo_photos["rocket.jpg"]) as image:
        image.save(secret)
    secret.chmod(0)
    bench = Workbench(forbidding / "library")
    assert bench.counts_of(forbidding / "photos") == {"failed": 1}
    assert bench.failures() == {"secret.jpg": "may not be read (permission denied)"}
    assert bench.counts_of() == {"failed": 1}
    secret.chmod(0o600)
    assert bench.counts_of() == {"indexed": 1}
    # A folder that is closed loses nothing.
    secret.parent.chmod(0)
    assert bench.counts_of() == {}
    assert [photo.offline for photo in bench.photos()] == [True]
    secret.parent.chmod(0o700)
    assert bench.counts_of() == {"unchanged": 1}
    bench.catalogue.close()


def test_a_closed_sub_folder_loses_nothing(forbidding: Path, demo_photos: dict[str, Path]) -> None:
    inner = forbidding / "photos" / "inner"
    inner.mkdir(parents=True)
    with Image.open(demo_photos["rocket.jpg"]) as image:
        image.save(inner / "rocket.jpg")
    bench = Workbench(forbidding / "library")
    bench.run(forbidding / "photos")
    inner.chmod(0)
    assert bench.counts_of() == {"unchanged": 1}
    inner.chmod(0o700)
    assert len(bench.photos()) == 1
    bench.catalogue.close()


def test_an_unreachable_folder_is_offline_and_keeps_everything(
    bench: Workbench, folder: Path, tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copyfile(demo_photos["moon.png"], other / "moon.png")
    bench.run(folder, other)
    folder.rename(tmp_path / "unplugged")
    assert bench.counts_of(folder, other) == {"unchanged": 1}
    assert {f.path: f.state for f in bench.catalogue.folders()} == {
        folder: "offline",
        other: "online",
    }
    assert {p.path: p.offline for p in bench.photos()}[folder / "coffee.png"]
    assert bench.catalogue.counts() == Counts(6, 6, 0, 0, 0)
    assert len(bench.followed()) == 6
    assert bench.counts_of(folder / "trip") == {}  # a part of what is known to be offline
    (tmp_path / "unplugged").rename(folder)
    assert bench.counts_of() == {"unchanged": 6}
    assert {f.state for f in bench.catalogue.folders()} == {"online"}
    assert not any(photo.offline for photo in bench.photos())


def test_an_unplugged_disk_is_offline_although_its_mount_point_is_there(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "disk"
    with mounted_tmpfs(place, "8m"):
        shutil.copyfile(folder / "coffee.png", place / "coffee.png")
        assert bench.counts_of(place) == {"indexed": 1}
    assert list(place.iterdir()) == []
    assert bench.counts_of(place) == {}
    assert [photo.offline for photo in bench.photos()] == [True]


class UnpluggingDecoder(Decoder):
    """The disk goes away when a certain file is read."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__()
        self._folder = folder
        self._name = name

    def read(self, path: Path) -> PhotoFile:
        if path.name == self._name:
            self._folder.rename(self._folder.with_name("unplugged"))
        return super().read(path)


def test_a_disk_unplugged_in_the_middle(bench: Workbench, tmp_path: Path, folder: Path) -> None:
    disk = tmp_path / "disk"
    tiles([folder / "coffee.png"], disk, 30)
    bench.decoder = UnpluggingDecoder(disk, "tile 012.jpg")
    summary = bench.run(disk)
    assert summary.failed == summary.missing == 0
    assert 0 < summary.indexed < 30
    counts = bench.catalogue.counts()
    assert (counts.indexed, counts.pending) == (summary.indexed, 30 - summary.indexed)
    disk.with_name("unplugged").rename(disk)
    bench.decoder = Decoder()
    bench.run(disk)
    assert bench.catalogue.counts() == Counts(30, 30, 0, 0, 0)


class UnpluggingScanner(Scanner):
    """The disk goes away while it is scanned: all that follows looks deleted."""

    def walk(self, root: Path, sub_folder: str = "") -> Iterator[Listing]:
        for listing in super().walk(root, sub_folder):
            yield listing
            if root.exists():
                root.rename(root.with_name("unplugged"))


def test_a_disk_unplugged_while_it_is_scanned(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    [root] = bench.catalogue.folders()
    tally = Tally()
    tally.start("scanning")
    phase = ScanningPhase(bench.catalogue.ledger, UnpluggingScanner(bench.paths.root), tally)
    list(phase.run(ScanTarget(root), bench.control))
    assert tally.missing == 0
    assert bench.catalogue.counts() == Counts(5, 5, 0, 0, 0)
    assert [f.state for f in bench.catalogue.folders()] == ["offline"]


class VanishingDecoder(Decoder):
    """Each file is deleted just before it is read."""

    def read(self, path: Path) -> PhotoFile:
        path.unlink()
        return super().read(path)


def test_a_file_that_vanishes_before_it_is_read(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    os.utime(folder / "coffee.png")
    shutil.copyfile(folder / "rocket.jpg", folder / "new.jpg")
    bench.decoder = VanishingDecoder()
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    assert bench.catalogue.counts() == Counts(4, 4, 0, 0, 1)


def test_a_file_that_the_network_did_not_give_is_tried_again(
    bench: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(path: Path, status: os.stat_result) -> bool:
        if path.name == "coffee.png":
            raise OSError(errno.ESTALE, "Stale file handle")
        return False

    monkeypatch.setattr(photo_file, "is_in_cloud", stale)
    assert bench.counts_of(folder) == {"indexed": 4, "failed": 1}
    assert bench.failures() == {"coffee.png": "cannot be read (Stale file handle)"}
    monkeypatch.undo()
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 4}


def test_a_change_behind_a_closed_door_loses_nothing(
    forbidding: Path, demo_photos: dict[str, Path]
) -> None:
    photos = forbidding / "photos"
    inner = photos / "closed" / "inner"
    inner.mkdir(parents=True)
    with Image.open(demo_photos["rocket.jpg"]) as image:
        image.save(inner / "rocket.jpg")
    bench = Workbench(forbidding / "library")
    assert bench.counts_of(photos) == {"indexed": 1}
    inner.parent.chmod(0)
    list(bench.indexer().run([inner], bench.control, only_known=True))
    assert bench.catalogue.counts() == Counts(1, 1, 0, 0, 0)
    inner.parent.chmod(0o700)
    (photos / ".visitaignore").touch(mode=0)
    list(bench.indexer().run([inner], bench.control))
    assert bench.catalogue.counts() == Counts(1, 1, 0, 0, 0)
    bench.catalogue.close()
