"""The quick window's questions: on the library's one search thread, beside those of the grid."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.errors import AppError
from desktop_app.gui.messages import ErrorReport
from desktop_app.gui.search_thread import SearchThread
from desktop_app.gui.search_worker import LatestRequest
from desktop_app.library.search import SearchService

HITS = 24
DEBOUNCE_MS = 150
REFRESH_MS = 2000


class QuickSearch(QObject):
    """Lives on the GUI thread; of several questions the last alone is answered."""

    answered = Signal(object)
    """A tuple of ``SearchHit``."""

    failed = Signal(object)
    """An ``ErrorReport``."""

    _found = Signal(int, object)
    _refused = Signal(int, object)

    def __init__(self, thread: SearchThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = thread
        self._latest = LatestRequest()
        self._is_awake = False
        self._text = ""
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.timeout.connect(self._ask)
        self._found.connect(self._on_found)
        self._refused.connect(self._on_refused)
        thread.opened.connect(lambda _: self._ask() if self._is_awake else None)
        thread.library_changed.connect(lambda _, changed: self._refresh() if changed else None)

    def type(self, text: str) -> None:
        """Search for a text when typing rests; an empty one is the newest photos."""
        self._text = text.strip()
        self._debounce.start(DEBOUNCE_MS)

    def wake(self, text: str) -> None:
        """Search at once, and keep up with the library from now on."""
        self._is_awake = True
        self._text = text.strip()
        self._ask()

    def sleep(self) -> None:
        """Ask nothing more."""
        self._is_awake = False
        self._latest.request_id += 1
        self._debounce.stop()

    def _refresh(self) -> None:
        if self._is_awake and not self._debounce.isActive():
            self._debounce.start(REFRESH_MS)

    def _ask(self) -> None:
        self._debounce.stop()
        self._latest.request_id += 1
        number = self._latest.request_id
        task = _task(self._text, number, self._latest, self._found.emit, self._refused.emit)
        self._thread.serve(task)

    def _on_found(self, number: int, hits: object) -> None:
        if number == self._latest.request_id:
            self.answered.emit(hits)

    def _on_refused(self, number: int, report: ErrorReport) -> None:
        if number == self._latest.request_id:
            self.failed.emit(report)


def _task(
    text: str,
    number: int,
    latest: LatestRequest,
    found: Callable[[int, object], None],
    refused: Callable[[int, object], None],
) -> Callable[[SearchService], None]:
    """What the search thread does; it holds no widget."""

    def search(service: SearchService) -> None:
        if number != latest.request_id:
            return
        try:
            hits = service.search_typed(text, HITS, rerank=False) if text else service.newest(HITS)
        except AppError as error:
            refused(number, ErrorReport.of(error))
            return
        found(number, tuple(hits))

    return search
