"""Measures each delivery of an event on the GUI thread, and who was at work when one lasts."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

LIMIT_S = 0.05
LOOK_S = 0.01
_THREADS = Path("/proc/self/task")
_WORK_S = 0.0025
"""Of ``pace``, on an idle machine."""
OURS = f"{os.sep}desktop_app{os.sep}"


@dataclass(frozen=True)
class Finding:
    """One delivery that took too long, or a call that should not be there."""

    kind: str
    """``work``, ``wait`` or ``call``."""
    what: str
    """Which event, or which call."""
    where: str
    """The innermost line of ours; empty where Qt alone was at work."""
    step: str
    """What the user did meanwhile."""
    milliseconds: float = 0.0


class Watch:
    """Knows what the GUI thread is doing. Only that thread delivers."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.step = ""
        self.deliveries = 0
        self.longest: tuple[float, str] = (0.0, "")
        self.pace = 1.0
        """How much slower this machine is just now than an idle one of 2024."""
        self._depth = 0
        self._serial = 0
        self._paused = False
        self._thread = threading.main_thread().ident or 0
        self._lines: Counter[str] = Counter()
        self._stopped = threading.Event()
        self._looker = threading.Thread(target=self._look, name="watch", daemon=True)

    @property
    def is_delivering(self) -> bool:
        """Whether the calling thread is the GUI thread, inside a delivery that counts."""
        return self._depth > 0 and not self._paused and threading.get_ident() == self._thread

    def start(self) -> None:
        """Look from beside."""
        self._looker.start()

    def stop(self) -> None:
        """Look no longer; what is delivered from now on does not count."""
        self._paused = True
        self._stopped.set()
        self._looker.join()

    def deliver(self, label: Callable[[], str], work: Callable[[], object]) -> object:
        """Run one delivery; one inside another belongs to it, other threads have their own."""
        if self._paused or threading.get_ident() != self._thread or self._depth:
            return work()
        queued = queue_times()
        self._depth = 1
        self._serial += 1
        self._lines.clear()
        begun, cpu = time.perf_counter(), time.thread_time()
        try:
            return work()
        finally:
            worked = time.thread_time() - cpu
            lasted = time.perf_counter() - begun
            self._depth = 0
            self.deliveries += 1
            if worked > self.longest[0]:
                self.longest = (worked, f"{self.step}: {label()}")
            if lasted > LIMIT_S:
                self._judge("work", worked / self.pace, label)
                if queued:
                    self._judge("wait", lasted - worked - queued_since(queued), label)

    def note_call(self, what: str, where: str) -> None:
        """A call that may block, inside a delivery."""
        self.findings.append(Finding("call", what, where, self.step))

    @contextmanager
    def unwatched(self) -> Iterator[None]:
        """For what the scene itself does."""
        before, self._paused = self._paused, True
        try:
            yield
        finally:
            self._paused = before

    def _judge(self, kind: str, seconds: float, label: Callable[[], str]) -> None:
        if seconds > LIMIT_S:
            common = self._lines.most_common(1)
            where = common[0][0] if common else ""
            self.findings.append(Finding(kind, label(), where, self.step, seconds * 1000))

    def _look(self) -> None:
        serial = 0
        while not self._stopped.wait(LOOK_S):
            if self._depth and self._serial == serial:  # the same as a look ago
                where = innermost(sys._current_frames().get(self._thread))
                if where and self._serial == serial:
                    self._lines[where] += 1
            serial = self._serial


class WatchedApplication(QApplication):
    """An application whose deliveries are measured."""

    watch: Watch

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver one event."""
        deliver = super().notify
        kind = event.type()
        return bool(
            self.watch.deliver(
                lambda: f"{kind.name} for {type(receiver).__name__}",
                lambda: deliver(receiver, event),
            )
        )


def innermost(frame: FrameType | None) -> str:
    """The function of ours that is nearest to the top of a stack; reads no source file."""
    while frame is not None:
        code = frame.f_code
        if OURS in code.co_filename:
            name = Path(code.co_filename).as_posix().rpartition("/desktop_app/")[2]
            return f"{name}:{code.co_qualname}"
        frame = frame.f_back
    return ""


def queue_times() -> dict[str, int]:
    """How long each thread of this process stood in the scheduler's queue so far, in
    nanoseconds, by its id; empty where the system does not say.
    """
    times: dict[str, int] = {}
    for thread in _THREADS.iterdir() if _THREADS.is_dir() else ():
        with suppress(OSError):  # it has ended meanwhile
            times[thread.name] = int((thread / "schedstat").read_text().split()[1])
    return times


def queued_since(before: dict[str, int]) -> float:
    """Seconds in the queue since then, of all threads together: whoever is waited for, waits."""
    now = queue_times()
    return sum(max(0, time - before.get(thread, 0)) for thread, time in now.items()) / 1e9


def pace() -> float:
    """What a fixed piece of work takes here now, in CPU time, as a multiple of ``_WORK_S``."""
    begun = time.thread_time()
    for _ in range(20):
        sorted(hash(str(number)) for number in range(500))
    return max(1.0, (time.thread_time() - begun) / _WORK_S)
