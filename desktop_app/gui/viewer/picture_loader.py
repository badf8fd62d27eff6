"""Decodes the photo that is shown, and the next one before it is asked for."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from threading import Thread

from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, QTimer, Signal

from desktop_app.errors import PhotoError
from desktop_app.gui.viewer.picture import Picture, decode_picture, read_preview
from desktop_app.gui.viewer.wish_list import Wish, WishList
from desktop_app.library.decoder import Decoder
from desktop_app.library.search import SearchHit

log = logging.getLogger(__name__)

THREADS = 2
"""One may be at a photo that nobody waits for any more."""
DECODE_LIMIT_S = 60.0
LOOK_MS = 1000
GOODBYE_S = 3.0


class PictureLoader(QObject):
    """Keeps the pictures of the photos that were wished for last. Lives on the GUI thread.

    The threads are daemons: one inside a decoder that does not come back is left behind, another
    takes its place, and the program can end without it.
    """

    previewed = Signal(int, object)
    """A photo id and the ``Picture`` of its thumbnail."""

    loaded = Signal(int, object)
    """A photo id and its ``Picture``."""

    failed = Signal(int, str)
    """A photo id and the reason."""

    _preview_read = Signal(int, object)
    _decoded = Signal(object, object)
    _refused = Signal(object, str)

    def __init__(
        self, decoder: Decoder, pool: QThreadPool, limit_s: float = DECODE_LIMIT_S
    ) -> None:
        """Nothing is started yet.

        Args:
            decoder: decodes every photo.
            pool: reads thumbnails.
            limit_s: what a photo may take.
        """
        super().__init__()
        self.decoder = decoder
        self._pool = pool
        self._limit_s = limit_s
        self._list = WishList()
        self._threads: list[Thread] = []
        self._is_closed = False
        self._wished: dict[int, Wish] = {}
        self._pictures: dict[int, Picture] = {}
        self._previews: dict[int, Picture] = {}
        self._reasons: dict[Wish, str] = {}
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MS)
        self._watch.timeout.connect(self._abandon_overdue)
        queued = Qt.ConnectionType.QueuedConnection
        self._preview_read.connect(self._on_preview, queued)
        self._decoded.connect(self._keep, queued)
        self._refused.connect(self._on_refused, queued)

    def picture(self, photo_id: int) -> Picture | None:
        """What there is of a photo; never its thumbnail."""
        return self._pictures.get(photo_id)

    def preview(self, photo_id: int) -> Picture | None:
        """A thumbnail that has been read."""
        return self._previews.get(photo_id)

    def want_preview(self, hit: SearchHit) -> None:
        """Read a thumbnail; ``previewed`` follows where there is one."""
        if self._is_closed or hit.photo.photo_id in self._previews:
            return
        photo_id, file = hit.photo.photo_id, hit.thumbnail
        size = QSize(hit.photo.width, hit.photo.height)
        self._pool.start(lambda: self._preview_read.emit(photo_id, read_preview(file, size)))

    def want(self, wishes: Sequence[Wish], keep: AbstractSet[int]) -> None:
        """Decode these photos, in this order, and forget all but those to keep.

        ``loaded`` or ``failed`` follows for each that is not there yet.

        Args:
            wishes: what is to be decoded.
            keep: ids of photos, those of the wishes among them, whose pictures stay.
        """
        if self._is_closed:
            return
        self._wished = {wish.photo_id: wish for wish in wishes}
        self._pictures = {i: p for i, p in self._pictures.items() if i in keep}
        self._previews = {i: p for i, p in self._previews.items() if i in keep}
        self._reasons = {w: r for w, r in self._reasons.items() if w.photo_id in keep}
        for wish in wishes:
            if wish in self._reasons:
                self._refused.emit(wish, self._reasons[wish])
        lacking = [wish for wish in wishes if not self._is_settled(wish)]
        if lacking:
            while len(self._threads) < THREADS:
                self._start_thread()
            self._watch.start()
        self._list.replace(lacking)

    def close(self) -> None:
        """Take no more wishes and end the threads; one that hangs is left behind."""
        self._is_closed = True
        self._watch.stop()
        self._list.close()
        for thread in self._threads:
            thread.join(GOODBYE_S)
            if thread.is_alive():
                log.warning("a decoder hangs and is left behind")
        self._threads = []
        self._wished, self._pictures, self._previews = {}, {}, {}

    def _is_settled(self, wish: Wish) -> bool:
        picture = self._pictures.get(wish.photo_id)
        return wish in self._reasons or (picture is not None and picture.reaches(wish.need))

    def _start_thread(self) -> None:
        thread = Thread(target=self._work, name="viewer decoder", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        while (wish := self._list.take()) is not None:
            picture, reason = None, ""
            try:
                picture = decode_picture(self.decoder, wish.path, wish.need)
            except PhotoError as error:
                reason = error.message
            if not self._list.finish(wish):
                return
            if picture is not None:
                self._decoded.emit(wish, picture)
            else:
                self._refused.emit(wish, reason)

    def _abandon_overdue(self) -> None:
        for wish in self._list.abandon_overdue(self._limit_s):
            log.warning("given up after %.0f s in its decoder: %s", self._limit_s, wish.path)
            self._start_thread()
            self._on_refused(wish, f"took longer than {self._limit_s:.0f} s to decode")

    def _on_preview(self, photo_id: int, picture: Picture | None) -> None:
        if picture is not None and not self._is_closed:
            self._previews[photo_id] = picture
            self.previewed.emit(photo_id, picture)

    def _keep(self, wish: Wish, picture: Picture) -> None:
        if wish.photo_id not in self._wished or self._is_closed:
            return
        known = self._pictures.get(wish.photo_id)
        if known is None or picture.levels[0].width() >= known.levels[0].width():
            self._pictures[wish.photo_id] = picture
            self.loaded.emit(wish.photo_id, picture)
        self._rest_if_done()

    def _on_refused(self, wish: Wish, reason: str) -> None:
        if self._wished.get(wish.photo_id) == wish and not self._is_closed:
            self._reasons[wish] = reason
            self.failed.emit(wish.photo_id, reason)
        self._rest_if_done()

    def _rest_if_done(self) -> None:
        if all(self._is_settled(wish) for wish in self._wished.values()):
            self._watch.stop()
