"""Ctrl+C in the terminal, and a polite kill, close the window like its own button does."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class QuitSignals(QObject):
    """Turns SIGINT and SIGTERM into a Qt signal.

    Python handles a signal only between two of its instructions, and Qt's loop may sleep for
    long: the wake-up socket makes the loop come back to Python.
    """

    quit_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_wake_up)
        self._old_handlers = {
            number: signal.signal(number, self._ignore)
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        self._old_wake_up = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        """Put the old handlers back."""
        signal.set_wakeup_fd(self._old_wake_up)
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _ignore(self, number: int, frame: FrameType | None) -> None:
        """Keep Python from ending at once; the wake-up byte says the rest."""

    def _on_wake_up(self) -> None:
        numbers = self._reader.recv(64)
        if {signal.SIGINT, signal.SIGTERM} & set(numbers):
            self.quit_wanted.emit()
