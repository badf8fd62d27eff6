"""A photo has places: it is moved, renamed, copied, linked, and keeps its embedding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.library.records import Counts
from tests.library.conftest import Workbench


def test_a_moved_photo_keeps_its_embedding(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    before = bench.photo_at(folder / "coffee.png")
    (folder / "new").mkdir()
    (folder / "coffee.png").rename(folder / "new" / "renamed.png")
    assert bench.counts_of(folder) == {"moved": 1, "unchanged": 4}
    after = bench.photo_at(folder / "new" / "renamed.png")
    assert after.photo_id == before.photo_id
    assert after.other_paths == ()
    assert bench.encoder.encoded == 5
    assert bench.catalogue.counts() == Counts(5, 5, 0, 0, 0)


def test_a_renamed_folder_with_doubles_is_moved_whole(bench: Workbench, folder: Path) -> None:
    shutil.copyfile(folder / "trip" / "china.jpg", folder / "trip" / "china again.jpg")
    bench.run(folder)
    (folder / "trip").rename(folder / "journey")
    assert bench.counts_of(folder) == {"moved": 2, "unchanged": 4}
    assert bench.catalogue.counts() == Counts(5, 6, 0, 0, 0)
    photo = bench.photo_at(folder / "journey" / "china.jpg")
    assert photo.path.parent == folder / "journey"
    assert len(photo.other_paths) == 1


def test_a_photo_moved_to_another_root(bench: Workbench, folder: Path, tmp_path: Path) -> None:
    bench.run(folder)
    other = tmp_path / "other root"
    other.mkdir()
    photo_id = bench.photo_at(folder / "coffee.png").photo_id
    (folder / "coffee.png").rename(other / "coffee.png")
    # Only the new root is scanned: that the old place is empty is seen nevertheless.
    assert bench.counts_of(other) == {"moved": 1}
    assert bench.photo_at(other / "coffee.png").photo_id == photo_id
    assert bench.counts_of() == {"unchanged": 5}


def test_a_photo_that_comes_back_elsewhere_after_it_was_missed(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    bench.run(folder)
    photo_id = bench.photo_at(folder / "coffee.png").photo_id
    (folder / "coffee.png").rename(tmp_path / "coffee.png")
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 4}
    assert photo_id not in bench.followed()
    seq = bench.catalogue.change_seq()
    (tmp_path / "coffee.png").rename(folder / "trip" / "coffee.png")
    assert bench.counts_of(folder) == {"moved": 1, "unchanged": 4}
    assert bench.photo_at(folder / "trip" / "coffee.png").photo_id == photo_id
    assert bench.followed(seq) == {photo_id}  # an index that had dropped it is told
    assert bench.encoder.encoded == 5


def test_the_same_photo_twice_is_one_photo_with_two_paths(bench: Workbench, folder: Path) -> None:
    shutil.copyfile(folder / "coffee.png", folder / "a copy of coffee.png")
    assert bench.counts_of(folder) == {"indexed": 6}
    assert bench.catalogue.counts() == Counts(5, 6, 0, 0, 0)
    shutil.copyfile(folder / "coffee.png", folder / "trip" / "third.png")
    encoded = bench.encoder.encoded
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 6}
    assert bench.encoder.encoded == encoded  # known content: linked, not encoded
    photo = bench.photo_at(folder / "coffee.png")
    assert {photo.path, *photo.other_paths} == {
        folder / "coffee.png",
        folder / "a copy of coffee.png",
        folder / "trip" / "third.png",
    }
    (folder / "coffee.png").unlink()
    assert bench.counts_of(folder) == {"missing": 1, "unchanged": 6}
    assert len(bench.photo_at(folder / "trip" / "third.png").other_paths) == 1


@pytest.mark.parametrize("name", ["COFFEE.PNG", "Coffee.png"])
def test_a_rename_of_case_only_keeps_the_embedding_and_leaves_no_ghost(
    bench: Workbench, folder: Path, name: str
) -> None:
    bench.run(folder)
    photo = bench.photo_at(folder / "coffee.png")
    encoded = bench.encoder.encoded
    (folder / "coffee.png").rename(folder / name)
    (folder / "trip").rename(folder / "Trip")
    assert bench.counts_of(folder) == {"unchanged": 3, "moved": 2}
    assert bench.encoder.encoded == encoded
    assert bench.photo_at(folder / name).photo_id == photo.photo_id
    assert bench.catalogue.counts().missing == 0
    assert bench.counts_of(folder) == {"unchanged": 5}


def test_a_link_to_a_photo_is_one_more_place_of_it(bench: Workbench, folder: Path) -> None:
    (folder / "favourite.png").symlink_to(folder / "coffee.png")
    (folder / "trip" / "loop").symlink_to(folder, target_is_directory=True)
    bench.run(folder)
    assert bench.catalogue.counts().photos == 5
    photo = bench.photo_at(folder / "coffee.png")
    assert {photo.path, *photo.other_paths} == {folder / "coffee.png", folder / "favourite.png"}


def test_a_copy_on_an_unplugged_disk_is_no_photo_that_was_moved(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    copy = disk / "coffee.png"
    shutil.copyfile(folder / "coffee.png", copy)
    bench.run(disk)
    [root] = bench.catalogue.folders()
    # Unplugged: its mount point stays, an empty folder.
    bench.catalogue.ledger.set_online(root.folder_id, is_mount_point=True)
    copy.unlink()
    assert bench.counts_of(folder) == {"indexed": 5}
    photo = bench.photo_at(folder / "coffee.png")
    assert {photo.path, *photo.other_paths} == {folder / "coffee.png", copy}
