"""Thumbnails are small, whole, and swept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.errors import CatalogueReadOnly, DiskFull
from desktop_app.library.thumbnails import LONGEST_SIDE, ThumbnailStore
from tests.library.conftest import mounted_tmpfs

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
