"""Ctrl+C in the terminal, a terminal that is closed, a polite kill: all close the window."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NUMBERS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Windows has no SIGHUP, which says that the terminal or the session has ended."""


class QuitSignals(QObject):
    """Turns the signals that ask a program to end into one of Qt's.

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
            for number in NUMBERS
            if signal.getsignal(number) is not signal.SIG_IGN  # whoever started us said so: nohup
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
        if set(NUMBERS) & set(numbers):
            self.quit_wanted.emit()
