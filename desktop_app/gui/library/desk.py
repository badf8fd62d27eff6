"""A thread for what the window asks of the library beside searching: albums, counts, long looks."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop_app.errors import AppError
from desktop_app.gui.messages import ErrorReport
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.index_control import IndexControl

log = logging.getLogger(__name__)

Result = TypeVar("Result")
OpenCatalogue = Callable[[], Catalogue]


class _Clerk(QObject):
    """Lives on the desk's thread; does one piece of work after the other."""

    done = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self, open_catalogue: OpenCatalogue, wanted: set[int]) -> None:
        super().__init__()
        self._open_catalogue = open_catalogue
        self._wanted = wanted
        self._catalogue: Catalogue | None = None

    @Slot(int, object)
    def work(self, request_id: int, work: Callable[[Catalogue], object]) -> None:
        """Do it, unless nobody wants it any more."""
        if request_id not in self._wanted:
            return
        try:
            if self._catalogue is None:
                self._catalogue = self._open_catalogue()
            result = work(self._catalogue)
        except AppError as error:
            log.info("the library says no: %s", error)
            self.failed.emit(request_id, ErrorReport.of(error))
            return
        self.done.emit(request_id, result)

    @Slot()
    def close(self) -> None:
        """Close the catalogue and end the thread."""
        try:
            if self._catalogue is not None:
                self._catalogue.close()
                self._catalogue = None
        except AppError as error:
            log.warning("the catalogue was not closed well: %s", error)
        finally:
            QThread.currentThread().quit()


class Desk(QObject):
    """The window's end. Lives on the GUI thread and never waits.

    The callbacks stay here: only the work itself, which must hold no widget, goes to the thread.
    """

    trouble = Signal(object)
    """An ``ErrorReport`` of work whose asker does not handle errors."""

    finished = Signal()
    """The thread has ended."""

    _work = Signal(int, object)
    _close = Signal()

    def __init__(
        self, open_catalogue: OpenCatalogue, name: str, parent: QObject | None = None
    ) -> None:
        """Prepare; the thread starts with the first question.

        Args:
            open_catalogue: called on the thread, because a connection belongs to the thread that
                opened it.
            name: of the thread, for debuggers.
            parent: the owner.
        """
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._wanted: set[int] = set()
        self._then: dict[int, Callable[[Any], object]] = {}
        self._otherwise: dict[int, Callable[[ErrorReport], object]] = {}
        self._latest: dict[str, int] = {}
        self._controls: dict[int, IndexControl] = {}
        self._accepting = True
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._clerk = _Clerk(open_catalogue, self._wanted)
        self._clerk.moveToThread(self._thread)
        self._work.connect(self._clerk.work)
        self._close.connect(self._clerk.close)
        self._clerk.done.connect(self._on_done)
        self._clerk.failed.connect(self._on_failed)
        self._thread.finished.connect(self.finished)

    @property
    def is_running(self) -> bool:
        """True until the thread has ended."""
        return self._thread.isRunning()

    def ask(
        self,
        work: Callable[[Catalogue], Result],
        then: Callable[[Result], object],
        *,
        otherwise: Callable[[ErrorReport], object] | None = None,
        key: str = "",
        control: IndexControl | None = None,
    ) -> None:
        """Have work done on the thread.

        Args:
            work: called there with its catalogue; it may raise AppError.
            then: called here with the result.
            otherwise: called here with the error; None: ``trouble`` tells it.
            key: of several questions with one key the last alone is answered.
            control: of long work; stopped when the desk is closed.
        """
        if not self._accepting:
            return
        request_id = next(self._ids)
        if key:
            self._forget(self._latest.get(key, 0))
            self._latest[key] = request_id
        self._wanted.add(request_id)
        self._then[request_id] = then
        if otherwise is not None:
            self._otherwise[request_id] = otherwise
        if control is not None:
            self._controls[request_id] = control
        if not self._thread.isRunning():
            self._thread.start()
        self._work.emit(request_id, work)

    def close(self) -> None:
        """Stop long work, answer nothing more, end the thread; ``finished`` follows."""
        self._accepting = False
        for control in self._controls.values():
            control.stop()
        for request_id in list(self._wanted):
            self._forget(request_id)
        if self._thread.isRunning():
            self._close.emit()
        else:
            self.finished.emit()

    def wait(self) -> None:
        """Wait for a thread that is ending; call it after ``finished`` only."""
        self._thread.wait()

    def _forget(self, request_id: int) -> None:
        self._wanted.discard(request_id)
        self._then.pop(request_id, None)
        self._otherwise.pop(request_id, None)
        self._controls.pop(request_id, None)

    def _on_done(self, request_id: int, result: object) -> None:
        then = self._then.get(request_id)
        self._forget(request_id)
        if then is not None:
            then(result)

    def _on_failed(self, request_id: int, report: ErrorReport) -> None:
        is_wanted = request_id in self._wanted
        otherwise = self._otherwise.get(request_id)
        self._forget(request_id)
        if not is_wanted:
            return
        if otherwise is not None:
            otherwise(report)
        else:
            self.trouble.emit(report)
