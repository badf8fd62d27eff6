"""A window that does all that the watch is there to find: without findings, it sees nothing."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtWidgets import QApplication

from tests.gui.responsiveness.watch import Watch

LONG_S = 0.2


def misbehave(watch: Watch, place: Path) -> None:
    """Compute, wait for a lock, and read a file, each in a delivery of its own."""
    taken, begun = threading.Lock(), threading.Event()
    taken.acquire()

    def hold() -> None:
        begun.wait()
        time.sleep(5 * LONG_S)
        taken.release()

    def wait() -> None:
        begun.set()
        taken.acquire()

    threading.Thread(target=hold).start()
    steps = {"wait": wait, "work": _compute, "call": lambda: list(place.iterdir())}
    for name, step in steps.items():
        is_done = []

        def do(step=step, is_done=is_done) -> None:
            step()
            is_done.append(True)

        watch.step = name
        QTimer.singleShot(0, do)
        deadline = QDeadlineTimer(60_000)
        while not is_done and not deadline.hasExpired():
            QApplication.processEvents()


def _compute() -> None:
    begun = time.thread_time()
    while time.thread_time() - begun < LONG_S:
        sum(range(1000))
