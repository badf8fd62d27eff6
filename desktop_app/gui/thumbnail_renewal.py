"""Thumbnails that are missed on the screen are made again, the newest wish first."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Condition, Thread

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.errors import AppError
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.library.thumbnail_maker import ThumbnailMaker

log = logging.getLogger(__name__)

MOST_WAITING = 100
"""More tiles than most screens show; older wishes were scrolled away."""
GOODBYE_S = 2.0


class ThumbnailRenewal(QObject):
    """Lives on the GUI thread. One daemon thread does the work: a dead drive may hold it up."""

    _made = Signal(object, bool)

    def __init__(
        self,
        open_maker: Callable[[], ThumbnailMaker],
        loaders: Sequence[ThumbnailLoader],
        parent: QObject | None = None,
    ) -> None:
        """Collaborators; the thread begins with the first thumbnail that is missed.

        Args:
            open_maker: called on the thread, to which its connection belongs.
            loaders: say what is missing, and try again what was made.
            parent: the owner.
        """
        super().__init__(parent)
        self._open_maker = open_maker
        self._loaders = tuple(loaders)
        self._condition = Condition()
        self._waiting: OrderedDict[Path, None] = OrderedDict()
        self._is_closed = False
        self._thread: Thread | None = None
        self._given_up: set[Path] = set()
        self._made.connect(self._on_made, Qt.ConnectionType.QueuedConnection)
        for loader in self._loaders:
            loader.missing.connect(self.want)

    def want(self, file: Path) -> None:
        """Make a thumbnail, by the place it is to lie at."""
        if file in self._given_up:
            return
        with self._condition:
            if self._is_closed:
                return
            self._waiting[file] = None
            self._waiting.move_to_end(file)
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
            self._condition.notify()
        if self._thread is None:
            self._thread = Thread(target=self._work, name="thumbnail renewal", daemon=True)
            self._thread.start()

    def try_all_again(self) -> None:
        """A folder may have come back: what could not be made is wanted again."""
        self._given_up.clear()

    def close(self) -> None:
        """Make no more; a thread that a drive holds up is left behind."""
        with self._condition:
            self._is_closed = True
            self._waiting.clear()
            self._condition.notify()
        if self._thread is not None:
            self._thread.join(GOODBYE_S)

    def _take(self) -> Path | None:
        with self._condition:
            self._condition.wait_for(lambda: self._is_closed or bool(self._waiting))
            return None if self._is_closed else self._waiting.popitem(last=True)[0]

    def _work(self) -> None:
        maker: ThumbnailMaker | None = None
        try:
            while (file := self._take()) is not None:
                is_made = False
                try:
                    if maker is None:
                        maker = self._open_maker()
                    is_made = maker.make(file.stem)
                except AppError as error:
                    log.warning("a thumbnail is not made again: %s", error)
                if not self._is_closed:
                    self._made.emit(file, is_made)
        finally:
            if maker is not None:
                maker.close()

    def _on_made(self, file: Path, is_made: bool) -> None:
        if not is_made:
            self._given_up.add(file)
            return
        for loader in self._loaders:
            loader.retry(file)
