"""The thumbnail loader: bounded, newest first, nothing for rows that are gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QImage, QPixmap

from desktop_app.gui.thumbnails import (
    PixmapCache,
    ThumbnailLoader,
    Tile,
    WaitingTiles,
    cut_tile,
)
from tests.gui.conftest import PATIENCE_MS


@pytest.fixture
def thumbnail_files(tmp_path: Path, photo_files: dict[str, Path]) -> list[Path]:
    files = []
    for number in range(30):
        file = tmp_path / f"{number}.jpg"
        source = list(photo_files.values())[number % len(photo_files)]
        photo = Image.open(source).convert("RGB")
        photo.thumbnail((320, 320))
        photo.save(file)
        files.append(file)
    return files


@pytest.fixture
def pool(qapp):
    pool = QThreadPool()
    pool.setMaxThreadCount(2)
    yield pool
    pool.waitForDone()


def test_the_newest_request_is_served_first() -> None:
    waiting = WaitingTiles(10)
    for name in "abc":
        waiting.push(Tile(Path(name), 96))
    waiting.push(Tile(Path("a"), 96))
    served = [waiting.pop().file.name for _ in range(3)]
    assert served == ["a", "c", "b"]
    assert waiting.pop() is None


def test_a_tile_that_is_being_read_is_not_read_twice() -> None:
    waiting = WaitingTiles(10)
    tile = Tile(Path("a"), 96)
    assert waiting.push(tile)
    assert waiting.pop() == tile
    assert not waiting.push(tile)
    waiting.finished(tile)
    assert waiting.push(tile)


def test_more_requests_than_a_screen_shows_push_out_the_oldest() -> None:
    waiting = WaitingTiles(5)
    for number in range(8):
        waiting.push(Tile(Path(str(number)), 96))
    assert len(waiting) == 5
    assert [waiting.pop().file.name for _ in range(5)] == ["7", "6", "5", "4", "3"]


def test_requests_of_rows_that_were_scrolled_away_are_dropped() -> None:
    waiting = WaitingTiles(100)
    for number in range(50):
        waiting.push(Tile(Path(str(number)), 96))
    assert waiting.keep_only({Path("3"), Path("4")}) == 48
    assert len(waiting) == 2


def test_the_cache_stays_within_its_bytes_and_keeps_what_was_used(qapp) -> None:
    cache = PixmapCache(10 * 100 * 100 * 4)
    files = [Path(str(n)) for n in range(40)]
    for file in files:
        pixmap = QPixmap(100, 100)
        cache.put(Tile(file, 100), pixmap)
        cache.get(files[0])
        assert cache.size_bytes <= 10 * 100 * 100 * 4
    assert cache.get(files[0]) is not None
    assert cache.get(files[-1]) is not None
    assert cache.get(files[1]) is None
    assert 2 < len(cache) < 11


def test_unreadable_files_are_bounded_too(qapp) -> None:
    cache = PixmapCache(100_000)
    for number in range(5000):
        cache.put(Tile(Path(str(number)), 100), QPixmap())
    assert len(cache) < 1000


def test_a_tile_arrives_square_and_stays(qtbot, pool, thumbnail_files) -> None:
    loader = ThumbnailLoader(pool)
    with qtbot.waitSignal(loader.loaded, timeout=PATIENCE_MS):
        assert loader.pixmap(thumbnail_files[0], 192) is None
    pixmap = loader.pixmap(thumbnail_files[0], 192)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (192, 192)
    assert loader.requests == 1


def test_another_size_shows_the_old_tile_until_the_new_one_is_there(
    qtbot, pool, thumbnail_files
) -> None:
    loader = ThumbnailLoader(pool)
    with qtbot.waitSignal(loader.loaded, timeout=PATIENCE_MS):
        loader.pixmap(thumbnail_files[0], 96)
    with qtbot.waitSignal(loader.loaded, timeout=PATIENCE_MS):
        old = loader.pixmap(thumbnail_files[0], 192)
        assert old is not None
        assert old.width() == 96
    new = loader.pixmap(thumbnail_files[0], 192)
    assert new is not None
    assert new.width() == 192


def test_a_missing_file_is_told_once_and_tried_again_when_asked(qtbot, pool, tmp_path) -> None:
    loader = ThumbnailLoader(pool)
    missing = tmp_path / "later.jpg"
    with qtbot.waitSignal(loader.loaded, timeout=PATIENCE_MS):
        loader.pixmap(missing, 96)
    answer = loader.pixmap(missing, 96)
    assert answer is not None
    assert answer.isNull()
    assert loader.requests == 1
    Image.new("RGB", (320, 200), "red").save(missing)
    loader.retry_unreadable()
    with qtbot.waitSignal(loader.loaded, timeout=PATIENCE_MS):
        loader.pixmap(missing, 96)
    assert not loader.pixmap(missing, 96).isNull()


def test_after_draining_nothing_is_read(qtbot, pool, thumbnail_files) -> None:
    loader = ThumbnailLoader(pool)
    for file in thumbnail_files:
        loader.pixmap(file, 96)
    loader.drain()
    assert len(loader.waiting) == 0
    before = loader.requests
    loader.pixmap(thumbnail_files[0], 300)
    assert loader.requests == before


def test_the_middle_of_a_wide_photo_is_cut_with_round_corners(tmp_path: Path) -> None:
    file = tmp_path / "wide.png"
    photo = Image.new("RGB", (300, 100), "red")
    photo.paste("blue", (100, 0, 200, 100))
    photo.save(file)
    tile: QImage = cut_tile(Tile(file, 96))
    assert (tile.width(), tile.height()) == (96, 96)
    assert tile.pixelColor(48, 48).blue() > 200
    assert tile.pixelColor(4, 48).blue() > 200
    assert tile.pixelColor(0, 0).alpha() == 0
