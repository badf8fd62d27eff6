"""The child process that looks into folders before they are added. It can be ended at any time."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from desktop_app.gui.low_priority import lower_priority
from desktop_app.library.folder_probe import FolderEstimate

log = logging.getLogger(__name__)

_ENDING_MS = 5000


class ProbeProcess(QObject):
    """One look at a time: a new one ends the one before. Lives on the GUI thread, never waits.

    A process of its own for the reasons that the indexer is one: files that we did not make are
    decoded, a dead network drive may hold it up for ever, and the window must not stutter. It
    writes nothing, so it is simply killed.
    """

    estimated = Signal(object)
    """A ``FolderEstimate``; the last one of a look is complete."""

    failed = Signal()
    """It ended without an answer; the log says why."""

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        """Prepare; ``command``: program and arguments, the folders are appended."""
        super().__init__(parent)
        self._command = list(command)
        self._look: _Look | None = None
        self._ending: set[_Look] = set()

    @property
    def is_running(self) -> bool:
        """Whether a look is under way."""
        return self._look is not None

    def look(self, folders: Sequence[Path]) -> None:
        """Look into these folders; what was said of others is not said any more."""
        self.cancel()
        look = self._look = _Look([*self._command, *map(str, folders)], self)
        look.told.connect(self._on_told)
        look.ended.connect(self._on_ended)
        look.process.start()

    def cancel(self) -> None:
        """Want no answer any more."""
        look, self._look = self._look, None
        if look is not None:
            self._ending.add(look)
            look.process.kill()

    def close(self) -> None:
        """End what is left; for the end of the program, which must leave no child behind."""
        self.cancel()
        for look in tuple(self._ending):
            look.process.waitForFinished(_ENDING_MS)  # it was killed: this takes no time

    def _on_told(self, look: _Look, estimate: FolderEstimate) -> None:
        if look is self._look:
            self.estimated.emit(estimate)

    def _on_ended(self, look: _Look) -> None:
        self._ending.discard(look)
        if look is self._look:
            self._look = None
            if not look.is_answered:
                log.warning("no estimate: %s", look.why)
                self.failed.emit()
        look.deleteLater()


class _Look(QObject):
    """A child process and what it said so far."""

    told = Signal(object, object)
    """Itself, and a ``FolderEstimate``."""

    ended = Signal(object)

    def __init__(self, command: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self.is_answered = False
        self._buffer = b""
        self._has_ended = False
        self.process = QProcess(self)
        self.process.setProgram(command[0])
        self.process.setArguments(list(command[1:]))
        self.process.readyReadStandardOutput.connect(self._read)
        self.process.started.connect(self._on_started)
        self.process.finished.connect(self._on_finished)
        self.process.errorOccurred.connect(self._on_error)

    @property
    def why(self) -> str:
        """What the child said of its end."""
        said = bytes(self.process.readAllStandardError().data()).decode("utf-8", "replace")
        return f"{self.process.errorString()} {said}".strip()

    def _on_started(self) -> None:
        lower_priority(self.process.processId())

    def _read(self) -> None:
        self._buffer += bytes(self.process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            try:
                estimate = _estimate(json.loads(line))
            except (ValueError, TypeError, AttributeError):
                log.warning("the probe said something that is no estimate: %.200r", line)
                continue
            self.is_answered |= estimate.is_complete
            self.told.emit(self, estimate)

    def _on_finished(self) -> None:
        self._read()
        self._end()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # of all others ``finished`` tells
            self._end()

    def _end(self) -> None:
        if not self._has_ended:
            self._has_ended = True
            self.ended.emit(self)


def _estimate(message: dict[str, Any]) -> FolderEstimate:
    known = {field.name for field in fields(FolderEstimate)} & message.keys()
    values = {name: message[name] for name in known}
    return FolderEstimate(**{**values, "unreadable": tuple(values.get("unreadable", ()))})
