"""Tiles in the size in which they are painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap

from desktop_app.gui.grid.exact_tiles import ExactTiles


@pytest.fixture
def tile(qapp) -> QPixmap:
    pixmap = QPixmap(96, 96)
    pixmap.fill(Qt.GlobalColor.red)
    return pixmap


def test_a_tile_is_scaled_once_for_a_size_and_a_screen(tile) -> None:
    tiles = ExactTiles()
    small = tiles.exact(tile, 88, 1.0)
    assert (small.width(), small.height(), small.devicePixelRatio()) == (88, 88, 1.0)
    assert small.toImage().pixelColor(40, 40) == QColor(Qt.GlobalColor.red)
    assert tiles.exact(tile, 88, 1.0).cacheKey() == small.cacheKey()
    assert len(tiles) == 1
    sharp = tiles.exact(tile, 176, 2.0)
    assert (sharp.width(), sharp.deviceIndependentSize().width()) == (176, 88)
    # moved to another screen
    assert tiles.exact(tile, 176, 1.0).devicePixelRatio() == 1.0
    assert len(tiles) == 2
    assert tile.devicePixelRatio() == 1.0
    # the photo itself changed
    tile.fill(Qt.GlobalColor.blue)
    now = tiles.exact(tile, 88, 1.0)
    assert now.toImage().pixelColor(40, 40) == QColor(Qt.GlobalColor.blue)


def test_what_was_not_painted_for_long_is_let_go(tile) -> None:
    tiles = ExactTiles(capacity_bytes=3 * 40 * 40 * 4)
    first = tiles.exact(tile, 40, 1.0).cacheKey()
    others = [QPixmap(96, 96) for _ in range(2)]
    for other in others:
        tiles.exact(other, 40, 1.0)
    assert tiles.exact(tile, 40, 1.0).cacheKey() == first
    tiles.exact(QPixmap(96, 96), 40, 1.0)
    assert len(tiles) == 3
    assert tiles.size_bytes == 3 * 40 * 40 * 4
    assert tiles.exact(tile, 40, 1.0).cacheKey() == first
