"""What is done with a caption on request: kept in the library, or written beside its photo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from desktop_app.errors import AppError
from desktop_app.gui.messages import ErrorReport
from desktop_app.gui.search_thread import SearchThread
from desktop_app.library.caption_collections import OWN_COLLECTION
from desktop_app.library.caption_export import export_caption
from desktop_app.library.search import SearchService


class CaptionKeeper(QObject):
    """Writes off the GUI thread, on which it lives, and tells how it went."""

    done = Signal(object, str)
    """The photo's path and a sentence."""

    failed = Signal(object, object)
    """The photo's path and an ``ErrorReport``."""

    _kept = Signal(object, bool)
    _written = Signal(object, object)
    _refused = Signal(object, object)

    def __init__(
        self, search: SearchThread, pool: QThreadPool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._pool = pool
        queued = Qt.ConnectionType.QueuedConnection
        self._kept.connect(self._on_kept, queued)
        self._written.connect(self._on_written, queued)
        self._refused.connect(self.failed, queued)

    def keep(self, photo: Path, caption: str) -> None:
        """Add a caption to the user's own collection, where it is proposed for other photos."""

        def add(service: SearchService) -> None:
            try:
                self._kept.emit(photo, service.collections.keep(caption))
            except AppError as error:
                self._refused.emit(photo, ErrorReport.of(error))

        self._search.serve(add)

    def export(self, photo: Path, caption: str) -> None:
        """Write a caption into a new XMP file beside the photo."""

        def write() -> None:
            try:
                self._written.emit(photo, export_caption(photo, caption))
            except AppError as error:
                self._refused.emit(photo, ErrorReport.of(error))

        self._pool.start(write)

    def _on_kept(self, photo: Path, is_new: bool) -> None:
        words = (
            self.tr("Kept in the collection “{name}”.")
            if is_new
            else self.tr("The collection “{name}” has this caption already.")
        )
        self.done.emit(photo, words.format(name=OWN_COLLECTION))

    def _on_written(self, photo: Path, written: Path) -> None:
        self.done.emit(photo, self.tr("Written to {name}.").format(name=written.name))
