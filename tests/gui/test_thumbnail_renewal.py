"""A thumbnail that is wanted on the screen and is not there is made again."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QThreadPool

from desktop_app.gui.thumbnail_renewal import MOST_WAITING, ThumbnailRenewal
from desktop_app.gui.thumbnails import ThumbnailLoader
from tests.gui.conftest import PATIENCE_MS


def test_deleted_thumbnails_come_back_while_they_are_looked_at(
    qtbot, open_program, library_paths
) -> None:
    names = {path.name for path in library_paths.thumbnails_dir.rglob("*.jpg")}
    shutil.rmtree(library_paths.thumbnails_dir)
    program = open_program(library_paths)
    cache = program.thumbnails.cache
    qtbot.waitUntil(lambda: len(cache) == 7 and not cache.unreadable(), timeout=PATIENCE_MS)
    assert {path.name for path in library_paths.thumbnails_dir.rglob("*.jpg")} == names


class Maker:
    """Writes the thumbnails of some photos, when it is let; refuses the others."""

    def __init__(self, folder: Path, known: str) -> None:
        self._folder = folder
        self._known = known
        self.may_go_on = threading.Event()
        self.asked: list[str] = []
        self.is_closed = False

    def make(self, content_hash: str) -> bool:
        self.asked.append(content_hash)
        assert self.may_go_on.wait(PATIENCE_MS / 1000)
        if content_hash != self._known:
            return False
        Image.new("RGB", (64, 64), "red").save(self._folder / f"{content_hash}.jpg")
        return True

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def loader(qapp):
    loader = ThumbnailLoader(QThreadPool())
    yield loader
    loader.drain()


def test_the_newest_wish_comes_first_and_a_refusal_is_remembered(qtbot, tmp_path, loader) -> None:
    maker = Maker(tmp_path, "known")
    renewal = ThumbnailRenewal(lambda: maker, [loader])
    known = tmp_path / "known.jpg"
    assert loader.pixmap(known, 32) is None
    qtbot.waitUntil(lambda: maker.asked == ["known"], timeout=PATIENCE_MS)
    for number in range(MOST_WAITING + 5):
        renewal.want(tmp_path / f"{number}.jpg")
    maker.may_go_on.set()
    qtbot.waitUntil(lambda: len(maker.asked) == 1 + MOST_WAITING, timeout=PATIENCE_MS)
    assert maker.asked[1] == str(MOST_WAITING + 4)
    assert maker.asked[-1] == "5"  # the five oldest wishes were scrolled away
    qtbot.waitUntil(lambda: loader.pixmap(known, 32) is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not loader.pixmap(known, 32).isNull(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(renewal._given_up) == MOST_WAITING, timeout=PATIENCE_MS)
    renewal.want(tmp_path / "5.jpg")
    renewal.try_all_again()
    renewal.want(tmp_path / "6.jpg")
    qtbot.waitUntil(lambda: len(maker.asked) == 2 + MOST_WAITING, timeout=PATIENCE_MS)
    assert maker.asked[-1] == "6"
    renewal.close()
    assert maker.is_closed
    renewal.want(tmp_path / "7.jpg")
    assert maker.asked[-1] == "6"


def test_what_is_shown_is_noted(qtbot, tmp_path, loader) -> None:
    file = tmp_path / "a.jpg"
    Image.new("RGB", (64, 64), "red").save(file)
    os.utime(file, (1, 1))
    with qtbot.waitSignal(loader.loaded, timeout=PATIENCE_MS):
        loader.pixmap(file, 32)
    assert file.stat().st_mtime > 1
