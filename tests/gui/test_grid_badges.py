"""Badges: seen on the tile, and told to those who hear."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from desktop_app.gui.grid.badges import INSET, PillPainter, badges_of
from desktop_app.gui.photo_list_model import PhotoListModel


@pytest.fixture
def photo(make_hits):
    return make_hits(1)[0].photo


def test_what_gets_a_badge(photo) -> None:
    assert badges_of(photo) == []
    raw = replace(photo, path=Path("/photos/DSC_0001.NEF"))
    assert [badge.text for badge in badges_of(raw)] == ["RAW"]
    twice = replace(photo, other_paths=(Path("/a.jpg"), Path("/b.jpg")))
    assert [badge.text for badge in badges_of(twice)] == ["×3"]
    everything = replace(raw, offline=True, other_paths=(Path("/a.nef"),))
    assert [badge.glyph or badge.text for badge in badges_of(everything)] == [
        "offline",
        "RAW",
        "×2",
    ]


def test_badges_are_painted_side_by_side_inside_the_tile(qapp, photo) -> None:
    tile = QRectF(8, 8, 160, 160)
    painter_of_pills = PillPainter()

    def paint(which) -> tuple[QPixmap, float]:
        pixmap = QPixmap(176, 176)
        pixmap.fill(Qt.GlobalColor.white)
        with QPainter(pixmap) as painter:
            left = painter_of_pills.paint_badges(painter, tile, which)
        return pixmap, left

    blank, end = paint(photo)
    assert end == tile.right() - INSET
    image = blank.toImage()
    image.fill(Qt.GlobalColor.white)
    assert blank.toImage() == image
    one, one_end = paint(replace(photo, offline=True))
    two, two_end = paint(replace(photo, offline=True, path=Path("a.cr2")))
    assert tile.left() < two_end < one_end < end
    assert one.toImage() != blank.toImage() != two.toImage() != one.toImage()


def test_screen_readers_are_told(qapp, make_hits) -> None:
    hit = make_hits(1)[0]
    photo = replace(hit.photo, path=Path("/p/a.arw"), other_paths=(Path("/q/a.arw"),), offline=True)
    model = PhotoListModel()
    model.show_hits([replace(hit, photo=photo)])
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    for words in ("offline", "camera raw file", "the same photo at 2 places"):
        assert words in spoken
