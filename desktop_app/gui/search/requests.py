"""Questions to the library whose answers come back to the GUI thread, the latest of each kind."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.errors import AppError
from desktop_app.gui.messages import ErrorReport
from desktop_app.gui.search_thread import SearchThread
from desktop_app.library.search import SearchService

log = logging.getLogger(__name__)

T = TypeVar("T")


class LibraryRequests(QObject):
    """Has functions called on the search thread. Lives on the GUI thread.

    A request replaces the earlier ones of its topic: those that were not begun are skipped, and
    answers that come too late are dropped.
    """

    _done = Signal(str, int, object)
    _failed = Signal(str, int, object)

    def __init__(self, thread: SearchThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = thread
        self._latest: dict[str, int] = {}
        self._then: dict[str, tuple[Callable[..., object], Callable[..., object] | None]] = {}
        queued = Qt.ConnectionType.QueuedConnection
        self._done.connect(self._on_done, queued)
        self._failed.connect(self._on_failed, queued)

    def ask(
        self,
        topic: str,
        work: Callable[[SearchService], T],
        then: Callable[[T], object],
        otherwise: Callable[[ErrorReport], object] | None = None,
    ) -> None:
        """Have ``work`` done on the search thread, and its answer given to ``then`` here.

        Args:
            topic: of requests with the same topic only the last is answered.
            work: must not touch any widget.
            then: called on the GUI thread.
            otherwise: told of a known error; without it the log is.
        """
        number = self._latest.get(topic, 0) + 1
        self._latest[topic] = number
        self._then[topic] = (then, otherwise)

        def task(service: SearchService) -> None:
            if self._latest.get(topic) != number:
                return
            try:
                answer = work(service)
            except AppError as error:
                self._failed.emit(topic, number, ErrorReport.of(error))
                return
            self._done.emit(topic, number, answer)

        self._thread.serve(task)

    def drop(self, topic: str) -> None:
        """Want no answer to this topic any more."""
        self._latest[topic] = self._latest.get(topic, 0) + 1
        self._then.pop(topic, None)

    def _on_done(self, topic: str, number: int, answer: object) -> None:
        if self._latest.get(topic) == number and topic in self._then:
            then, _ = self._then.pop(topic)
            then(answer)

    def _on_failed(self, topic: str, number: int, report: ErrorReport) -> None:
        if self._latest.get(topic) != number or topic not in self._then:
            return
        _, otherwise = self._then.pop(topic)
        if otherwise is not None:
            otherwise(report)
        else:
            log.info("%s: %s", topic, report.details or report.message)
