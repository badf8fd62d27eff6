"""Thumbnails of the rows on the screen: read off the GUI thread, newest first, bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QPainterPath, QPixmap, QTransform

from desktop_app.library.thumbnails import note_shown

CACHE_BYTES = 96 * 1024 * 1024
WAITING_CAP = 400
"""More tiles than any screen shows; older requests beyond it are dropped."""

ENTRY_BYTES = 512
"""What an entry costs besides its pixels, so that unreadable files are bounded too."""

CORNER_FRACTION = 0.045
"""The radius of a tile's corners, as part of its side."""


@dataclass(frozen=True)
class Tile:
    """A square cut from a thumbnail: its file and its side in device pixels."""

    file: Path
    side: int


class PixmapCache:
    """Pixmaps by file, least recently used out first, bounded by bytes. Lives on the GUI thread."""

    def __init__(self, capacity_bytes: int) -> None:
        self._capacity = capacity_bytes
        self._entries: OrderedDict[Path, tuple[int, QPixmap]] = OrderedDict()
        self.size_bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, file: Path) -> tuple[int, QPixmap] | None:
        """The side asked for and the pixmap, which is null when the file could not be read."""
        entry = self._entries.get(file)
        if entry is not None:
            self._entries.move_to_end(file)
        return entry

    def put(self, tile: Tile, pixmap: QPixmap) -> None:
        """Keep a pixmap and let go of the oldest ones beyond the capacity."""
        self.discard(tile.file)
        self._entries[tile.file] = (tile.side, pixmap)
        self.size_bytes += _bytes_of(pixmap)
        while self.size_bytes > self._capacity and len(self._entries) > 1:
            _, (_, dropped) = self._entries.popitem(last=False)
            self.size_bytes -= _bytes_of(dropped)

    def discard(self, file: Path) -> None:
        """Forget one file."""
        entry = self._entries.pop(file, None)
        if entry is not None:
            self.size_bytes -= _bytes_of(entry[1])

    def unreadable(self) -> list[Path]:
        """The files that could not be read when they were tried."""
        return [file for file, (_, pixmap) in self._entries.items() if pixmap.isNull()]


class WaitingTiles:
    """What is still to be loaded, newest first; the GUI thread and the pool share it."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._lock = Lock()
        self._tiles: OrderedDict[Path, Tile] = OrderedDict()
        self._loading: set[Tile] = set()

    def __len__(self) -> int:
        with self._lock:
            return len(self._tiles)

    def push(self, tile: Tile) -> bool:
        """Put a tile on top; False when it is already being loaded."""
        with self._lock:
            if tile in self._loading:
                return False
            self._tiles[tile.file] = tile
            self._tiles.move_to_end(tile.file)
            while len(self._tiles) > self._cap:
                self._tiles.popitem(last=False)
            return True

    def pop(self) -> Tile | None:
        """Take the newest tile; the caller says ``finished`` when it is loaded."""
        with self._lock:
            if not self._tiles:
                return None
            _, tile = self._tiles.popitem(last=True)
            self._loading.add(tile)
            return tile

    def finished(self, tile: Tile) -> None:
        """The tile was loaded, or found unreadable."""
        with self._lock:
            self._loading.discard(tile)

    def keep_only(self, files: AbstractSet[Path]) -> int:
        """Drop the tiles of all other files; returns how many."""
        with self._lock:
            stale = [file for file in self._tiles if file not in files]
            for file in stale:
                del self._tiles[file]
            return len(stale)


class ThumbnailLoader(QObject):
    """Hands out tiles that are there and fetches those that are not.

    Lives on the GUI thread; only files are read and cut in the pool, and pixmaps are made here.
    """

    loaded = Signal()
    """At least one new tile can be painted."""

    missing = Signal(object)
    """The ``Path`` of a thumbnail that is wanted and cannot be read."""

    _decoded = Signal(object, QImage)

    def __init__(
        self,
        pool: QThreadPool,
        cache_bytes: int = CACHE_BYTES,
        waiting_cap: int = WAITING_CAP,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pool = pool
        self._open = True
        self.cache = PixmapCache(cache_bytes)
        self.waiting = WaitingTiles(waiting_cap)
        self.requests = 0
        self._decoded.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def pixmap(self, file: Path, side: int) -> QPixmap | None:
        """The tile of a thumbnail file, or None while it is fetched.

        A tile of another size is handed out until the right one is there. A null pixmap means
        that the file cannot be read.
        """
        entry = self.cache.get(file)
        if entry is not None and (entry[0] == side or entry[1].isNull()):
            return entry[1]
        if self._open and self.waiting.push(Tile(file, side)):
            self.requests += 1
            self._pool.start(self._load_newest)
        return entry[1] if entry is not None else None

    def keep_only(self, files: AbstractSet[Path]) -> None:
        """Forget the requests of rows that were scrolled away."""
        self.waiting.keep_only(files)

    def retry_unreadable(self) -> None:
        """Files that were missing may have been written meanwhile."""
        for file in self.cache.unreadable():
            self.cache.discard(file)

    def retry(self, file: Path) -> None:
        """One that could not be read was written just now."""
        entry = self.cache.get(file)
        if entry is not None and entry[1].isNull():
            self.cache.discard(file)
            self.loaded.emit()

    def drain(self) -> None:
        """Take no more requests and wait for the two or three that are being read."""
        self._open = False
        self.waiting.keep_only(frozenset())
        self._pool.clear()
        self._pool.waitForDone()

    def _load_newest(self) -> None:
        tile = self.waiting.pop()
        if tile is None:
            return
        image = cut_tile(tile)
        if not image.isNull():
            note_shown(tile.file)
        self._decoded.emit(tile, image)

    def _keep(self, tile: Tile, image: QImage) -> None:
        self.waiting.finished(tile)
        self.cache.put(tile, QPixmap.fromImage(image) if not image.isNull() else QPixmap())
        self.loaded.emit()
        if image.isNull() and self._open:
            self.missing.emit(tile.file)


def cut_tile(tile: Tile) -> QImage:
    """Read a thumbnail and cut the square with round corners; null when it cannot be read.

    Safe on any thread.
    """
    reader = QImageReader(str(tile.file))
    reader.setAutoTransform(True)
    image = reader.read()
    return square(image, tile.side) if not image.isNull() else QImage()


def square(image: QImage, side: int) -> QImage:
    """The middle of an image as a square with round corners, ``side`` pixels wide."""
    scaled = image.scaled(
        QSize(side, side),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    cut = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    cut.fill(Qt.GlobalColor.transparent)
    outline = QPainterPath()
    radius = side * CORNER_FRACTION
    outline.addRoundedRect(QRectF(0, 0, side, side), radius, radius)
    with QPainter(cut) as painter:
        # A clip path has hard edges; a path filled with the photo is smooth.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        photo = QBrush(scaled)
        left, top = (side - scaled.width()) // 2, (side - scaled.height()) // 2
        photo.setTransform(QTransform.fromTranslate(left, top))
        painter.fillPath(outline, photo)
    return cut


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4 + ENTRY_BYTES
