"""Which query the window shows, and when it is asked again."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from desktop_app.gui.messages import (
    Answer,
    ErrorReport,
    NewestQuery,
    Query,
    TextQuery,
)
from desktop_app.gui.search_thread import SearchThread

REFRESH_MS = 2000
"""While photos are being indexed, the shown query is asked again at most this often."""


class SearchController(QObject):
    """Turns what the user does into queries, and ignores answers that come too late."""

    answered = Signal(object, bool)
    """An ``Answer``, and whether the same query was on the screen before."""

    failed = Signal(object, object)
    """The ``Query`` that failed and its ``ErrorReport``."""

    busy_changed = Signal(bool)

    def __init__(self, thread: SearchThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = thread
        self._request_id = 0
        self._shown: Query | None = None
        self._refresh_fails = False
        self._is_stopped = False
        self.query: Query = NewestQuery()
        self._since_refresh = QElapsedTimer()
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.timeout.connect(self._submit)
        thread.answered.connect(self._on_answer)
        thread.query_failed.connect(self._on_failure)

    def search_text(self, text: str) -> None:
        """Search by words; no words at all show the newest photos."""
        words = text.strip()
        query: Query = TextQuery(words) if words else NewestQuery()
        if query != self.query:
            self._ask(query)

    def begin(self) -> None:
        """The library is open: ask what was asked meanwhile, else for the newest photos."""
        self._ask(self.query)

    def ask_again(self) -> None:
        """Ask the same once more, because what counts as likely has changed."""
        if not self._is_stopped:
            self._submit()

    def refresh_soon(self) -> None:
        """The library changed: ask the same again, but not more often than every two seconds."""
        if self._refresh.isActive() or self._refresh_fails or self._is_stopped:
            return
        waited = self._since_refresh.elapsed() if self._since_refresh.isValid() else REFRESH_MS
        self._refresh.start(max(0, REFRESH_MS - waited))

    def stop(self) -> None:
        """Ask nothing more."""
        self._is_stopped = True
        self._refresh.stop()

    def _ask(self, query: Query) -> None:
        self.query = query
        self._refresh_fails = False
        self._refresh.stop()
        self._submit()

    def _submit(self) -> None:
        self._since_refresh.start()
        self._request_id = self._thread.submit(self.query)
        self.busy_changed.emit(True)

    def _on_answer(self, answer: Answer) -> None:
        if answer.request_id != self._request_id:
            return
        same = answer.query == self._shown
        self._shown = answer.query
        self.busy_changed.emit(False)
        self.answered.emit(answer, same)

    def _on_failure(self, request_id: int, report: ErrorReport) -> None:
        if request_id != self._request_id:
            return
        # What cannot be answered stays so: wait for another query.
        self._refresh_fails = report.is_lasting
        self.busy_changed.emit(False)
        self.failed.emit(self.query, report)
