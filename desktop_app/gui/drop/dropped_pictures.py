"""Small pictures of what was dropped, or why a file cannot be used: read in the pool."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage

from desktop_app.errors import PhotoError
from desktop_app.gui.inspector.messages import to_qimage
from desktop_app.gui.thumbnails import square
from desktop_app.library.photo_details import DetailReader


class DroppedPictures(QObject):
    """Reads one drop at a time, the newest. Lives on the GUI thread."""

    read = Signal(int, QImage)
    """The place of a file in its drop, and a square picture of it."""

    refused = Signal(int, str)
    """The place of a file in its drop, and the bare reason why it cannot be used."""

    _answered = Signal(int, int, QImage, str)

    def __init__(
        self, pool: QThreadPool, details: DetailReader, side: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pool = pool
        self._details = details
        self._side = side
        self._request = 0
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def begin(self, paths: list[Path]) -> None:
        """Read these files, and no longer those of the drop before."""
        self._request += 1
        for place, path in enumerate(paths):
            self._read_later(self._request, place, path)

    def stop(self) -> None:
        """What was not begun is dropped."""
        self._request += 1

    def _read_later(self, request: int, place: int, path: Path) -> None:
        def read() -> None:
            if request != self._request:
                return
            try:
                photo = self._details.of_file(path)[1]
            except PhotoError as error:
                self._answered.emit(request, place, QImage(), error.message)
                return
            self._answered.emit(request, place, square(to_qimage(photo), self._side), "")

        self._pool.start(read)

    def _on_answered(self, request: int, place: int, image: QImage, reason: str) -> None:
        if request != self._request:
            return
        if reason:
            self.refused.emit(place, reason)
        else:
            self.read.emit(place, image)
