"""The indexer child process: started, listened to, paused, stopped, and restarted after a crash."""

from __future__ import annotations

import json
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import fields
from enum import Enum, auto
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from desktop_app.errors import IndexerCrashed, IndexerUnresponsive
from desktop_app.gui.low_priority import lower_priority
from desktop_app.gui.messages import ErrorReport
from desktop_app.gui.told import told
from desktop_app.library.records import IndexProgress, IndexSummary

log = logging.getLogger(__name__)

BACK_OFF_S = (1.0, 5.0, 25.0)
CRASH_WINDOW_S = 600.0
STOP_PATIENCE_MS = 3000
STDERR_LINES = 40
KNOWN_ERROR = 1


Record = TypeVar("Record", IndexProgress, IndexSummary)


class IndexerState(Enum):
    """What the child does just now."""

    IDLE = auto()
    RUNNING = auto()
    PAUSED = auto()
    STOPPING = auto()
    RESTARTING = auto()


class IndexerProcess(QObject):
    """At most one child at a time, and a queue of folders for the next.

    Lives on the GUI thread and never waits: everything comes by signals.
    """

    state_changed = Signal(object)
    progressed = Signal(object)
    summarised = Signal(object)
    """An ``IndexSummary``: a run has ended, complete or stopped."""

    crashed = Signal(object)
    """An ``ErrorReport``: the child died and is about to be started again."""

    failed = Signal(object)
    """An ``ErrorReport``: a run ended without success and is not tried again."""

    idle = Signal()
    """No child runs and nothing waits."""

    def __init__(
        self,
        command: Sequence[str],
        back_off_s: Sequence[float] = BACK_OFF_S,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Prepare, start nothing.

        Args:
            command: program and arguments; the folders to index are appended.
            back_off_s: how long to wait before each restart; as many restarts as entries.
            clock: seconds that never go backwards.
            parent: the owner.
        """
        super().__init__(parent)
        self._command = list(command)
        self._back_off_s = tuple(back_off_s)
        self._clock = clock
        self._state = IndexerState.IDLE
        self._accepting = True
        self._is_cancelled = False
        """The user stopped a run; only he begins another one."""
        self._folders: list[Path] = []
        self._rescan_wanted = False
        self._changed: list[Path] = []
        self._options: tuple[str, ...] = ()
        self._is_outdated = False
        """The child that is paused was started under other settings."""
        self._job: tuple[Path, ...] = ()
        self._process: QProcess | None = None
        self._buffer = b""
        self._errors: deque[str] = deque(maxlen=STDERR_LINES)
        self._summary: IndexSummary | None = None
        self._at: str | None = None
        """The photo that the child told of last."""
        self._crashes: deque[float] = deque()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(STOP_PATIENCE_MS)
        self._patience.timeout.connect(self._kill)
        self._restart = QTimer(self)
        self._restart.setSingleShot(True)
        self._restart.timeout.connect(self._launch)

    @property
    def state(self) -> IndexerState:
        """What the child does just now."""
        return self._state

    @property
    def process_id(self) -> int:
        """The child's process id, 0 without a child."""
        return self._process.processId() if self._process is not None else 0

    def index(self, folders: Sequence[Path]) -> None:
        """Index these folders, now or when the running child is done."""
        self._is_cancelled = False
        known = {*self._folders, *(self._job if self._state is not IndexerState.IDLE else ())}
        self._folders.extend(f for f in dict.fromkeys(folders) if f not in known)
        self._next()

    def rescan(self) -> None:
        """Look through all known folders for changes."""
        self._is_cancelled = False
        self._rescan_wanted = True
        self._next()

    def refresh(self, folders: Sequence[Path]) -> None:
        """Look through these parts of known folders, after whatever else is to be done.

        A part that is being looked through just now may have changed again: it waits, too. After
        a run was stopped nothing is done: it would go on with what the user did not want.
        """
        if self._is_cancelled:
            return
        self._changed.extend(f for f in folders if f not in self._changed)
        self._next()

    def renew(self) -> None:
        """The settings have changed: a child that runs goes on as a new one, which reads them.

        It ends after its batch; nothing is lost, and what it was to do comes first in the queue.
        One that is paused is replaced when it is to go on.
        """
        if self._state is IndexerState.PAUSED:
            self._is_outdated = True
        elif self._state is IndexerState.RUNNING:
            self._put_back()
            self._end_child()

    def pause(self) -> None:
        """Pause after the batch that is being worked on."""
        if self._state is IndexerState.RUNNING:
            self._say("pause")
            self._enter(IndexerState.PAUSED)

    def resume(self) -> None:
        """Go on after a pause."""
        if self._state is IndexerState.PAUSED:
            if self._is_outdated:
                self._put_back()
                self._end_child()
                return
            self._say("resume")
            self._enter(IndexerState.RUNNING)

    def stop(self) -> None:
        """Stop the run and forget the queue; a child that does not obey in 3 s is killed."""
        self._folders.clear()
        self._changed.clear()
        self._rescan_wanted = False
        self._is_cancelled = self._state is not IndexerState.IDLE
        if self._state is IndexerState.RESTARTING:
            self._restart.stop()
            self._become_idle()
        elif self._state in (IndexerState.RUNNING, IndexerState.PAUSED):
            self._end_child()

    def stop_accepting(self) -> None:
        """Start no child any more."""
        self._accepting = False

    def _end_child(self) -> None:
        self._enter(IndexerState.STOPPING)
        self._say("stop")
        self._patience.start()

    def _put_back(self) -> None:
        """What the child does is to be done again; most of it turns out to be done."""
        if self._options:
            self._changed = [*self._job, *(f for f in self._changed if f not in self._job)]
        elif self._job:
            self._folders = [*self._job, *(f for f in self._folders if f not in self._job)]
        else:
            self._rescan_wanted = True

    def _next(self) -> None:
        if self._state is not IndexerState.IDLE or not self._accepting:
            return
        self._options = ()
        if self._folders:
            self._job = tuple(self._folders)
            self._folders.clear()
        elif self._rescan_wanted:
            self._job = ()
            self._rescan_wanted = False
            self._changed.clear()
        elif self._changed:
            self._job = tuple(self._changed)
            self._options = ("--changed",)
            self._changed.clear()
        else:
            self.idle.emit()
            return
        self._launch()

    def _launch(self) -> None:
        self._buffer = b""
        self._errors.clear()
        self._summary = None
        self._at = None
        self._is_outdated = False
        process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments([*self._command[1:], *self._options, *map(str, self._job)])
        process.readyReadStandardOutput.connect(self._read_output)
        process.readyReadStandardError.connect(self._read_errors)
        process.started.connect(lambda: lower_priority(self.process_id))
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._enter(IndexerState.RUNNING)
        log.info("indexing %s", ", ".join(map(str, self._job)) or "all folders")
        process.start()

    def _say(self, word: str) -> None:
        if self._process is not None:
            self._process.write(f"{word}\n".encode())

    def _kill(self) -> None:
        if self._process is not None:
            log.warning("the indexer did not stop in time and is killed")
            self._process.kill()

    def _read_output(self) -> None:
        if self._process is None:
            return
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            self._read_line(line)

    def _read_line(self, line: bytes) -> None:
        try:
            message = json.loads(line)
            kind = message.get("type")
        except (ValueError, AttributeError):
            log.warning("the indexer said something that is no message: %.200r", line)
            return
        if kind == "progress":
            progress = _from_json(IndexProgress, message)
            self._at = progress.current or self._at
            if self._state is not IndexerState.STOPPING:
                self.progressed.emit(progress)
        elif kind == "finished":
            self._summary = _from_json(IndexSummary, {"stopped": False, **message})

    def _read_errors(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._errors.extend(text.splitlines())

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            reason = self._process.errorString()
            self._forget_process()
            self._fail(ErrorReport(self.tr("The indexer cannot be started."), reason))

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_output()
        self._read_errors()
        self._patience.stop()
        stopping = self._state is IndexerState.STOPPING
        self._forget_process()
        crashed = status is QProcess.ExitStatus.CrashExit
        if self._summary is not None and not crashed:
            self.summarised.emit(self._summary)
            self._become_idle()
        elif stopping:
            if crashed:
                unresponsive = IndexerUnresponsive(self.tr("The indexer had to be stopped hard."))
                log.warning("%s", unresponsive)
            self._become_idle()
        elif code == KNOWN_ERROR and not crashed:
            self._fail(self._known_error())
        else:
            self._after_crash(code)

    def _after_crash(self, code: int) -> None:
        details = "\n".join(self._errors)
        log.error("the indexer crashed (%d): %s", code, details)
        now = self._clock()
        self._crashes.append(now)
        while self._crashes and now - self._crashes[0] > CRASH_WINDOW_S:
            self._crashes.popleft()
        count = len(self._crashes)
        if count > len(self._back_off_s):
            error = IndexerCrashed(
                self.tr("The indexer crashed {count} times and is not started again.").format(
                    count=count
                ),
                self.tr("What was indexed is kept. “Look for changes now” goes on from there."),
            )
            self._crashes.clear()
            self._fail(ErrorReport(error.message, error.hint, details))
            return
        self._enter(IndexerState.RESTARTING)
        hint = self.tr("Nothing is lost: it goes on where it was.")
        if self._at is not None:
            near = self.tr("Nothing is lost: it goes on where it was, near {photo}.")
            hint = near.format(photo=self._at)
        self.crashed.emit(
            ErrorReport(self.tr("The indexer crashed and is started again."), hint, details)
        )
        self._restart.start(round(self._back_off_s[count - 1] * 1000))

    def _known_error(self) -> ErrorReport:
        message = self.tr("The photos could not be indexed.")
        hint = ""
        for line in self._errors:
            if line.startswith("visita: "):
                message = told(line.removeprefix("visita: "))
            elif line.startswith("hint: "):
                hint = told(line.removeprefix("hint: "))
        return ErrorReport(message, hint, "\n".join(self._errors))

    def _fail(self, report: ErrorReport) -> None:
        self.failed.emit(report)
        self._become_idle()

    def _forget_process(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None

    def _become_idle(self) -> None:
        self._enter(IndexerState.IDLE)
        self._next()
        if not self._accepting:
            self.idle.emit()

    def _enter(self, state: IndexerState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)


def _from_json(kind: type[Record], message: dict[str, Any]) -> Record:
    """Build a record from a message; keys that it does not have are left out."""
    return kind(**{f.name: message[f.name] for f in fields(kind) if f.name in message})
