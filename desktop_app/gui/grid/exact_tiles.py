"""Tiles in the very size in which they are painted: scaling while painting is slow."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap

CAPACITY_BYTES = 48 * 1024 * 1024
"""A screen of 3840 x 2160 pixels takes 33 MB."""


class ExactTiles:
    """Scaled copies of tiles, least recently used out first. Lives on the GUI thread."""

    def __init__(self, capacity_bytes: int = CAPACITY_BYTES) -> None:
        self._capacity = capacity_bytes
        self._made: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self.size_bytes = 0

    def __len__(self) -> int:
        return len(self._made)

    def exact(self, tile: QPixmap, side: int, ratio: float) -> QPixmap:
        """The tile, ``side`` device pixels wide, for a device with ``ratio`` of them a point."""
        key = (tile.cacheKey(), side)
        made = self._made.get(key)
        if made is None or made.devicePixelRatio() != ratio:
            made = tile.scaled(
                QSize(side, side),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            made.setDevicePixelRatio(ratio)
            self._keep(key, made)
        self._made.move_to_end(key)
        return made

    def _keep(self, key: tuple[int, int], made: QPixmap) -> None:
        before = self._made.pop(key, None)
        if before is not None:
            self.size_bytes -= _bytes_of(before)
        self._made[key] = made
        self.size_bytes += _bytes_of(made)
        while self.size_bytes > self._capacity and len(self._made) > 1:
            _, dropped = self._made.popitem(last=False)
            self.size_bytes -= _bytes_of(dropped)


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
