"""A photo in pixels, made off the GUI thread and only painted on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QImageReader

from desktop_app.library.decoder import Decoder

LEAST_LEVEL = 256
"""No level is made whose shorter side would be smaller: enough for any window that shows it."""


@dataclass(frozen=True)
class Picture:
    """A photo, upright, and smaller copies of it: a photo that is painted much smaller than its
    pixels are looks ragged, and painting it takes long.
    """

    levels: tuple[QImage, ...]
    """RGB32, the largest first, each half as wide as the one before."""
    full_size: QSize
    """Of the photo, which may be larger than the largest level."""
    is_preview: bool = False
    """Its thumbnail, until it is decoded."""
    asked: int = 0
    """Pixels of the shorter side that the decoder was asked for; the preview inside a camera raw
    file may be all there is, though smaller than the sensor."""

    @property
    def is_full(self) -> bool:
        """Whether every pixel of the photo is there."""
        return self.levels[0].size() == self.full_size

    def reaches(self, need: int) -> bool:
        """Whether its shorter side has that many pixels, or all that can be had."""
        shorter = min(self.levels[0].width(), self.levels[0].height())
        return not self.is_preview and (self.is_full or max(shorter, self.asked) >= need)

    def level_for(self, width: float) -> QImage:
        """The smallest level that is at least so many pixels wide, else the largest."""
        fitting = [level for level in self.levels if level.width() >= width]
        return fitting[-1] if fitting else self.levels[0]


def decode_picture(decoder: Decoder, path: Path, need: int) -> Picture:
    """Decode a photo so that its shorter side has ``need`` pixels, or all that it has.

    Safe on any thread.

    Raises:
        PhotoError: as ``Decoder.decode``.
    """
    decoded = decoder.decode(path, -(-need // 2))  # twice its side is what a decoder keeps
    levels = [image_of(decoded.image)]
    smaller = decoded.image
    while min(smaller.size) >= 2 * LEAST_LEVEL:
        smaller = smaller.reduce(2)
        levels.append(image_of(smaller))
    return Picture(tuple(levels), QSize(decoded.width, decoded.height), asked=need)


def read_preview(thumbnail: Path, full_size: QSize) -> Picture | None:
    """A photo's thumbnail, which we wrote ourselves; None when there is none. Any thread."""
    image = QImageReader(str(thumbnail)).read()
    if image.isNull():
        return None
    return Picture((image.convertToFormat(QImage.Format.Format_RGB32),), full_size, True)


def image_of(image: Image.Image) -> QImage:
    """An RGB image of Pillow's as RGB32, which is painted without being converted."""
    pixels = image.tobytes("raw", "BGRX")
    width, height = image.size
    borrowed = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32)
    return borrowed.copy()  # QImage only borrows the bytes
