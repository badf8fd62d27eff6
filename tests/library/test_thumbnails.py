"""Thumbnails are small, whole, and swept."""

from __future__ import annotations

import io
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.errors import CatalogueReadOnly, DiskFull
from desktop_app.library.indexer import Indexer, IndexerOptions
from desktop_app.library.thumbnail_maker import ThumbnailMaker
from desktop_app.library.thumbnails import LONGEST_SIDE, SHOWN_S, ThumbnailStore, note_shown
from tests.library.conftest import Workbench, mounted_tmpfs

HASH = "ab" * 32
OTHER = "cd" * 32


@pytest.fixture
def photo(demo_photos: dict[str, Path]) -> Image.Image:
    with Image.open(demo_photos["coffee.png"]) as image:
        return image.convert("RGB")


def test_a_thumbnail_is_a_small_jpeg_of_the_photo(tmp_path: Path, photo: Image.Image) -> None:
    store = ThumbnailStore(tmp_path)
    store.write(HASH, photo)
    assert store.path(HASH) == tmp_path / "ab" / f"{HASH}.jpg"
    with Image.open(store.path(HASH)) as image:
        assert image.format == "JPEG"
        assert max(image.size) == LONGEST_SIDE
        assert abs(image.width / image.height - photo.width / photo.height) < 0.01
        mean = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    expected = photo.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert all(abs(a - b) < 4 for a, b in zip(mean, expected, strict=True))
    assert photo.size == (600, 400)  # the caller's image is not changed


def test_a_small_photo_is_not_blown_up(tmp_path: Path) -> None:
    store = ThumbnailStore(tmp_path)
    store.write(HASH, Image.new("RGB", (40, 20)))
    with Image.open(store.path(HASH)) as image:
        assert image.size == (40, 20)


def test_many_threads_write_the_same_thumbnail(tmp_path: Path, photo: Image.Image) -> None:
    store = ThumbnailStore(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.write(HASH, photo), range(40)))
    assert list(tmp_path.rglob("*.*")) == [store.path(HASH)]


def test_sweep_keeps_what_is_wanted_and_tells_what_lacks(tmp_path: Path) -> None:
    store = ThumbnailStore(tmp_path / "thumbnails")
    assert store.sweep([HASH]) == {HASH}  # also when there is no folder yet
    for name in (HASH, OTHER):
        store.write(name, Image.new("RGB", (8, 8)))
    left_over = store.path(HASH).with_suffix(".99-1.tmp")
    left_over.write_bytes(b"half a JPEG")
    assert store.sweep([HASH, "ef" * 32]) == {"ef" * 32}
    assert store.path(HASH).exists()
    assert not store.path(OTHER).exists()
    assert not left_over.exists()


def written(store: ThumbnailStore, count: int) -> list[str]:
    """Thumbnails of one size, each seen an hour before the next one, the first longest ago."""
    names = [f"{number:02x}" * 32 for number in range(count)]
    now = time.time()
    for age, name in enumerate(reversed(names)):
        store.write(name, Image.new("RGB", (32, 32)))
        seen_at = now - 2 * SHOWN_S - age * 3600
        os.utime(store.path(name), (seen_at, seen_at))
    return names


def left(store: ThumbnailStore, names: list[str]) -> list[int]:
    return [number for number, name in enumerate(names) if store.path(name).exists()]


def test_under_a_cap_the_longest_unseen_goes_first(tmp_path: Path) -> None:
    store = ThumbnailStore(tmp_path / "thumbnails")
    names = written(store, 10)
    size = store.path(names[0]).stat().st_size
    assert store.shrink(10 * size, set()) == 0
    assert left(store, names) == list(range(10))
    note_shown(store.path(names[0]))  # it is on the screen again: now it is the newest
    # under the cap, and a tenth of it free: five of the six that have room
    assert store.shrink(6 * size, set()) == 5
    assert left(store, names) == [0, 6, 7, 8, 9]
    note_shown(store.path("ff" * 32))  # one that is not there is none of it


def test_what_nobody_could_make_again_goes_last(tmp_path: Path) -> None:
    store = ThumbnailStore(tmp_path / "thumbnails")
    names = written(store, 10)
    size = store.path(names[0]).stat().st_size
    offline = set(names[:3])
    store.shrink(5 * size, offline)
    assert left(store, names) == [0, 1, 2, 9]
    store.shrink(2 * size, offline)
    assert left(store, names) == [2]


def test_what_is_on_the_screen_stays_whatever_the_cap(tmp_path: Path) -> None:
    store = ThumbnailStore(tmp_path / "thumbnails")
    names = written(store, 6)
    for name in names[:2]:
        note_shown(store.path(name))
    fresh = "ee" * 32
    store.write(fresh, Image.new("RGB", (32, 32)))  # written by a run, seen by nobody
    store.shrink(1, set())
    assert left(store, names) == [0, 1]
    assert not store.path(fresh).exists()


def test_room_under_a_cap(tmp_path: Path) -> None:
    store = ThumbnailStore(tmp_path / "thumbnails")
    assert store.has_room(5, 1)  # none is there yet: nobody knows how large they are
    size = store.path(written(store, 4)[0]).stat().st_size
    assert store.has_room(4, 9 * size)
    assert not store.has_room(5, 9 * size)


def test_a_run_keeps_to_the_cap_and_does_not_make_again_what_it_deleted(
    bench: Workbench, folder: Path
) -> None:
    bench.run(folder)
    sizes = [path.stat().st_size for path in bench.paths.thumbnails_dir.rglob("*.jpg")]
    assert len(sizes) == 5

    def run(cap: int) -> tuple[int, int]:
        options = IndexerOptions(bench.paths, decode_workers=2, thumbnail_cap_bytes=cap)
        indexer = Indexer(bench.catalogue, bench.decoder, bench.encoder, bench.thumbnails, options)
        *_, summary = indexer.run([folder], bench.control)
        return summary.indexed, len(list(bench.paths.thumbnails_dir.rglob("*.jpg")))

    assert run(sum(sizes) - 1) == (0, 4)
    assert run(sum(sizes) - 1) == (0, 4)  # what lacks is known to lack for want of space
    assert run(2 * sum(sizes)) == (1, 5)  # there is room now
    shutil.rmtree(bench.paths.thumbnails_dir)
    assert run(0) == (5, 5)


def test_a_thumbnail_is_made_again_from_any_file_that_is_as_it_was(
    bench: Workbench, folder: Path
) -> None:
    shutil.copy(folder / "rocket.jpg", folder / "a rocket.jpg")
    bench.run(folder)
    photo = bench.photo_at(folder / "rocket.jpg")
    path = bench.thumbnails.path(photo.content_hash)
    before = path.read_bytes()
    path.unlink()
    maker = ThumbnailMaker(bench.catalogue, bench.decoder, bench.thumbnails, lambda: 0)
    (folder / "a rocket.jpg").write_bytes((folder / "coffee.png").read_bytes())  # edited
    assert maker.make(photo.content_hash)
    with Image.open(path) as image, Image.open(io.BytesIO(before)) as first:
        assert image.size == first.size
    path.unlink()
    (folder / "rocket.jpg").unlink()
    assert not maker.make(photo.content_hash)
    assert not maker.make("ab" * 32)  # no photo of ours
    assert not path.exists()


def test_a_maker_keeps_to_the_cap_as_well(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    content_hash = bench.photo_at(folder / "rocket.jpg").content_hash
    maker = ThumbnailMaker(bench.catalogue, bench.decoder, bench.thumbnails, lambda: 1)
    for _ in range(200):
        maker._count()
    assert not list(bench.paths.thumbnails_dir.rglob("*.jpg"))
    assert maker.make(content_hash)


def test_which_photos_no_folder_can_give_again(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    assert bench.catalogue.ledger.unreachable() == set()
    gone = bench.photo_at(folder / "rocket.jpg").content_hash
    (folder / "rocket.jpg").unlink()
    bench.run(folder)
    assert bench.catalogue.ledger.unreachable() == {gone}
    hashes = {photo.content_hash for photo in bench.photos()} | {gone}
    bench.catalogue.ledger.set_offline(bench.catalogue.folders()[0].folder_id)
    assert bench.catalogue.ledger.unreachable() == hashes


def write_many(store: ThumbnailStore, photo: Image.Image) -> None:
    for number in range(99):
        store.write(f"{number:064x}", photo)


def test_a_full_disk_is_told_and_leaves_no_half_thumbnail(
    tmp_path: Path, photo: Image.Image
) -> None:
    place = tmp_path / "small disk"
    with mounted_tmpfs(place, "64k"):
        store = ThumbnailStore(place)
        with pytest.raises(DiskFull):
            write_many(store, photo)
        assert all(path.stat().st_size for path in place.rglob("*.jpg"))
        assert not list(place.rglob("*.tmp"))


def test_a_folder_that_cannot_be_written_is_told(forbidding: Path) -> None:
    (forbidding / "locked").mkdir(mode=0o500)
    with pytest.raises(CatalogueReadOnly):
        ThumbnailStore(forbidding / "locked").write(HASH, Image.new("RGB", (8, 8)))
    (forbidding / "locked").chmod(0o700)
