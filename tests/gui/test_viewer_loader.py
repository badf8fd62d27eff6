"""Decoding for the viewer: the latest wish first, the right pixels, no waiting for what hangs."""

from __future__ import annotations

import time
from threading import Event

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize, QThreadPool
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy

from desktop_app.gui.viewer.picture import LEAST_LEVEL, Picture, decode_picture, image_of
from desktop_app.gui.viewer.picture_loader import THREADS, PictureLoader
from desktop_app.gui.viewer.wish_list import Wish, WishList
from desktop_app.library.decoder import Decoder
from tests.gui.conftest import PATIENCE_MS
from tests.gui.demo_hits import hits_of


@pytest.fixture
def pool():
    pool = QThreadPool()
    yield pool
    pool.waitForDone()


@pytest.fixture
def loader(qapp, pool):
    loader = PictureLoader(Decoder(), pool)
    yield loader
    loader.close()


def _array(image: QImage) -> np.ndarray:
    assert image.format() is QImage.Format.Format_RGB32
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, : image.width(), 2::-1]


def test_pixels_are_those_of_the_photo(photo_files) -> None:
    with Image.open(photo_files["chelsea"]) as image:
        photo = image.convert("RGB")
    assert np.array_equal(_array(image_of(photo)), np.asarray(photo))
    picture = decode_picture(Decoder(), photo_files["chelsea"], min(photo.size))
    assert picture.is_full
    assert np.array_equal(_array(picture.levels[0]), np.asarray(photo))


def test_levels_are_halves_down_to_what_a_window_shows(tmp_path, photo_files) -> None:
    with Image.open(photo_files["china"]) as image:
        image.resize((2600, 1900)).save(tmp_path / "large.jpg")
    picture = decode_picture(Decoder(), tmp_path / "large.jpg", 1900)
    assert [level.width() for level in picture.levels] == [2600, 1300, 650]
    assert all(level.height() >= LEAST_LEVEL for level in picture.levels)
    assert picture.level_for(700).width() == 1300
    assert picture.level_for(1300).width() == 1300
    assert picture.level_for(10).width() == 650
    assert picture.level_for(9999).width() == 2600
    smaller = decode_picture(Decoder(), tmp_path / "large.jpg", 900)
    assert smaller.full_size == QSize(2600, 1900)
    assert not smaller.is_full
    assert smaller.reaches(900)
    assert not smaller.reaches(1000)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(tmp_path, photo_files, orientation) -> None:
    with Image.open(photo_files["rocket"]) as image:
        photo = image.convert("RGB")
    # what a camera that was held so would have stored
    stored = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "held.png"
    (photo if stored is None else photo.transpose(stored)).save(path, exif=exif)
    picture = decode_picture(Decoder(), path, 10_000)
    assert picture.full_size == QSize(*photo.size)
    assert np.array_equal(_array(picture.levels[0]), np.asarray(photo))


def test_heic_is_shown(tmp_path, photo_files) -> None:
    with Image.open(photo_files["coffee"]) as image:
        image.convert("RGB").save(tmp_path / "coffee.heic", quality=90)
        size = QSize(*image.size)
    picture = decode_picture(Decoder(), tmp_path / "coffee.heic", 10_000)
    assert picture.is_full
    assert picture.full_size == size


def test_wishes_are_fulfilled_and_others_forgotten(qtbot, loader, photo_files, tmp_path) -> None:
    hits = hits_of(list(photo_files.values())[:3], tmp_path)
    wishes = [Wish(h.photo.photo_id, h.photo.path, 200) for h in hits]
    loader.want(wishes, {1, 2, 3})
    qtbot.waitUntil(
        lambda: all(loader.picture(n) is not None for n in (1, 2, 3)), timeout=PATIENCE_MS
    )
    loader.want(wishes[:1], {1, 2})
    assert loader.picture(3) is None
    assert loader.picture(2) is not None
    finer = Wish(1, hits[0].photo.path, 10_000)
    known = loader.picture(1)
    loader.want([finer], {1})
    qtbot.waitUntil(lambda: loader.picture(1).is_full, timeout=PATIENCE_MS)
    assert known is not None


def test_a_thumbnail_is_there_first(qtbot, loader, photo_files, tmp_path) -> None:
    hit = hits_of([photo_files["china"]], tmp_path)[0]
    with qtbot.waitSignal(loader.previewed, timeout=PATIENCE_MS) as told:
        loader.want_preview(hit)
    assert told.args[0] == 1
    preview: Picture = told.args[1]
    assert preview.is_preview
    assert preview.full_size == QSize(640, 427)
    assert not preview.reaches(1)
    assert loader.preview(1) is preview


def test_a_reason_is_told_again_without_another_try(qtbot, loader, tmp_path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF and then nothing")
    wish = Wish(7, broken, 100)
    with qtbot.waitSignal(loader.failed, timeout=PATIENCE_MS) as told:
        loader.want([wish], {7})
    assert told.args[0] == 7
    assert len(told.args[1]) > 5
    broken.unlink()  # another try would say so
    with qtbot.waitSignal(loader.failed, timeout=PATIENCE_MS) as again:
        loader.want([wish], {7})
    assert again.args == told.args


class SlowDecoder(Decoder):
    """Comes back when it is told to; notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.go = Event()
        self.asked: list[str] = []

    def decode(self, path, side):
        self.asked.append(path.stem)
        if not path.stem.startswith("free"):
            assert self.go.wait(PATIENCE_MS / 1000)
        return super().decode(path, side)


@pytest.fixture
def slow(qapp, pool):
    decoder = SlowDecoder()
    yield decoder
    decoder.go.set()


def test_the_latest_wish_wins(qtbot, slow, pool, photo_files) -> None:
    loader = PictureLoader(slow, pool)
    loaded = QSignalSpy(loader.loaded)
    paths = list(photo_files.values())
    for number, path in enumerate(paths):
        loader.want([Wish(number, path, 100)], {number})
        if number < THREADS:  # they keep every thread busy
            qtbot.waitUntil(lambda n=number: len(slow.asked) == n + 1, timeout=PATIENCE_MS)
    slow.go.set()
    last = len(paths) - 1
    qtbot.waitUntil(lambda: loader.picture(last) is not None, timeout=PATIENCE_MS)
    # what was passed over was never begun, and what was begun is not kept
    assert slow.asked == [paths[0].stem, paths[1].stem, paths[last].stem]
    assert [loaded.at(n)[0] for n in range(loaded.count())] == [last]
    loader.close()


def test_a_decoder_that_hangs_is_left_behind(qtbot, slow, pool, photo_files, tmp_path) -> None:
    loader = PictureLoader(slow, pool, limit_s=0.0)
    free = tmp_path / "free.png"
    with Image.open(photo_files["coins"]) as image:
        image.save(free)
    for number, stem in enumerate(("china", "flower")):
        loader.want([Wish(number, photo_files[stem], 100)], {number})
        qtbot.waitUntil(lambda n=number: len(slow.asked) == n + 1, timeout=PATIENCE_MS)
    with qtbot.waitSignal(loader.failed, timeout=PATIENCE_MS) as told:
        pass
    assert "took longer" in told.args[1]
    loader._limit_s = 60.0
    loader.want([Wish(9, free, 100)], {9})
    qtbot.waitUntil(lambda: loader.picture(9) is not None, timeout=PATIENCE_MS)
    slow.go.set()
    loader.close()


def test_a_closed_list_lets_everybody_go() -> None:
    wishes = WishList()
    wish = Wish(1, None, 1)  # type: ignore[arg-type]
    wishes.replace([wish])
    assert wishes.take() == wish
    wishes.replace([wish])  # it is being worked on
    time.sleep(0.001)
    assert wishes.abandon_overdue(0.0) == [wish]
    assert wishes.finish(wish) is False
    wishes.close()
    assert wishes.take() is None
