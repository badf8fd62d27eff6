"""The window's end of the search thread: what can be asked of it, and what it says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from desktop_app.gui.messages import Query
from desktop_app.gui.search_worker import LatestRequest, SearchWorker
from desktop_app.library.decoder import Decoder
from desktop_app.library.search import SearchService


class SearchThread(QObject):
    """The window's end of the search thread. Lives on the GUI thread and never waits for it.

    Everything the worker says is repeated here, on the GUI thread: whoever listens to this
    object, a lambda even, is called where widgets may be touched.
    """

    opened = Signal(object)
    """The library is open: its ``LibraryState``."""

    open_failed = Signal(object)
    """The library cannot be opened: an ``ErrorReport``."""

    answered = Signal(object)
    """An ``Answer``."""

    query_failed = Signal(int, object)
    """A request id and an ``ErrorReport``."""

    library_changed = Signal(object, bool)
    """The index has caught up: a ``LibraryState``, and whether answers may differ now."""

    failures_listed = Signal(object)
    """The tuple of ``Failure`` that ``list_failures`` asked for."""

    missing_counted = Signal(object)
    """The ``MissingCount`` that ``count_missing`` asked for."""

    missing_forgotten = Signal(object)
    """The ``MissingCount`` of what ``forget_missing`` did."""

    trouble = Signal(object)
    """An ``ErrorReport`` that belongs to no query."""

    finished = Signal()
    """The library is closed and the thread has ended."""

    _open = Signal()
    _query = Signal(int, object)
    _serve = Signal(object)
    _poke = Signal()
    _warm_up = Signal()
    _follow_model = Signal()
    _list_failures = Signal()
    _remove_folder = Signal(int)
    _count_missing = Signal()
    _forget_missing = Signal()
    _close = Signal()

    def __init__(
        self,
        open_service: Callable[[], SearchService],
        decoder: Decoder,
        parent: QObject | None = None,
        answering: Callable[[], object] = lambda: None,
    ) -> None:
        """Prepare, start nothing.

        Args:
            open_service: called on the search thread, because a connection belongs to the
                thread that opened it.
            decoder: opens the photos that are searched by, to show them; for ``serve``.
            parent: the owner.
            answering: called on the search thread; another answer than before means that the
                service is to be opened anew, because another model answers.
        """
        super().__init__(parent)
        self.decoder = decoder
        self._latest = LatestRequest()
        self._accepting = True
        self._thread = QThread()
        self._thread.setObjectName("search")
        self._worker = worker = SearchWorker(open_service, self._latest, answering)
        worker.moveToThread(self._thread)
        self._open.connect(worker.open)
        self._query.connect(worker.answer)
        self._serve.connect(worker.serve)
        self._poke.connect(worker.poke)
        self._warm_up.connect(worker.warm_up)
        self._follow_model.connect(worker.follow_model)
        self._list_failures.connect(worker.list_failures)
        self._remove_folder.connect(worker.remove_folder)
        self._count_missing.connect(worker.count_missing)
        self._forget_missing.connect(worker.forget_missing)
        self._close.connect(worker.close)
        worker.opened.connect(self.opened)
        worker.open_failed.connect(self.open_failed)
        worker.answered.connect(self.answered)
        worker.query_failed.connect(self.query_failed)
        worker.library_changed.connect(self.library_changed)
        worker.failures_listed.connect(self.failures_listed)
        worker.missing_counted.connect(self.missing_counted)
        worker.missing_forgotten.connect(self.missing_forgotten)
        worker.trouble.connect(self.trouble)
        self._thread.finished.connect(self.finished)

    def start(self) -> None:
        """Start the thread and open the library on it."""
        self._thread.start()
        self._open.emit()

    @property
    def is_running(self) -> bool:
        """True until the thread has ended."""
        return self._thread.isRunning()

    def submit(self, query: Query) -> int:
        """Ask; every earlier query that was not begun is dropped. Returns the request's id."""
        self._latest.request_id += 1
        if self._accepting:
            self._query.emit(self._latest.request_id, query)
        return self._latest.request_id

    def serve(self, task: Callable[[SearchService], object]) -> None:
        """Have something done on the search thread, after what was asked before.

        A task catches the errors it knows, and answers by signals of its own; it is dropped
        where there is no library.
        """
        if self._accepting:
            self._serve.emit(task)

    def poke(self) -> None:
        """Something was written to the catalogue."""
        self._send(self._poke)

    def warm_up(self) -> None:
        """Make the first query quick."""
        self._send(self._warm_up)

    def follow_model(self) -> None:
        """Another model may answer now."""
        self._send(self._follow_model)

    def list_failures(self) -> None:
        """Ask for the photos that could not be indexed."""
        self._send(self._list_failures)

    def remove_folder(self, folder_id: int) -> None:
        """Take a folder out of the library."""
        if self._accepting:
            self._remove_folder.emit(folder_id)

    def count_missing(self) -> None:
        """Ask how many missing photos could be forgotten."""
        self._send(self._count_missing)

    def forget_missing(self) -> None:
        """Forget the missing photos; the user has confirmed it."""
        self._send(self._forget_missing)

    def stop_accepting(self) -> None:
        """Queries that wait are dropped, new ones are not sent."""
        self._accepting = False
        self._latest.request_id += 1

    def close(self) -> None:
        """Publish, close and end; ``finished`` follows."""
        self.stop_accepting()
        if self._thread.isRunning():
            self._close.emit()
        else:
            self.finished.emit()

    def wait(self) -> None:
        """Wait for a thread that is ending; call it after ``finished`` only."""
        self._thread.wait()

    def _send(self, signal: object) -> None:
        if self._accepting:
            signal.emit()  # type: ignore[attr-defined]
