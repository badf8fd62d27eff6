"""The counts of a run, and how fast it goes."""

from __future__ import annotations

import os
import time
from collections import deque
from pathlib import Path

from desktop_app.library.records import IndexProgress, IndexSummary, Outcome, Phase

_LEAST_INTERVAL_S = 0.1
_RATE_WINDOW_S = 10.0


class Tally:
    """Counts every file once; makes the progress and the summary of them."""

    def __init__(self) -> None:
        self.indexed = 0
        self.unchanged = 0
        self.moved = 0
        self.missing = 0
        self.failed = 0
        self.others = 0
        self.excluded = 0
        self.offline = 0
        self.prepared = 0
        self._started = time.monotonic()
        self._last_progress = -_LEAST_INTERVAL_S
        self._phase: Phase = "scanning"
        self._done = 0
        self._total = 0
        self._history: deque[tuple[float, int]] = deque()

    def start(self, phase: Phase, total: int = 0) -> None:
        """Begin a phase of ``total`` files; 0 when nobody knows how many."""
        self._phase, self._done, self._total = phase, 0, total
        self._history = deque([(time.monotonic(), 0)])

    def add_done(self, files: int) -> None:
        """Note that so many more files of the phase are dealt with."""
        self._done += files
        now = time.monotonic()
        self._history.append((now, self._done))
        while len(self._history) > 2 and now - self._history[0][0] > _RATE_WINDOW_S:
            self._history.popleft()

    def drop(self, files: int) -> None:
        """Note that so many files of the phase will not be dealt with after all."""
        self._total -= files

    def count(self, outcome: Outcome) -> None:
        """Count what became of a file."""
        if outcome == "indexed":
            self.indexed += 1
        elif outcome == "unchanged":
            self.unchanged += 1
        elif outcome == "moved":
            self.moved += 1
        elif outcome == "failed":
            self.failed += 1
        elif outcome == "missing":
            self.missing += 1

    def is_due(self) -> bool:
        """Whether the last progress is old enough for another."""
        return time.monotonic() - self._last_progress >= _LEAST_INTERVAL_S

    def progress(self, current: Path | None = None, phase: Phase | None = None) -> IndexProgress:
        """How far the run is now."""
        now = self._last_progress = time.monotonic()
        began, before = self._history[0] if self._history else (now, 0)
        seconds = now - began
        rate = (self._done - before) / seconds if seconds > 0 else 0.0
        left = self._total - self._done
        return IndexProgress(
            phase=phase or self._phase,
            done=self._done,
            total=self._total,
            indexed=self.indexed,
            unchanged=self.unchanged,
            moved=self.moved,
            missing=self.missing,
            failed=self.failed,
            photos_per_s=rate,
            eta_s=left / rate if self._total and rate > 0 else None,
            current=None if current is None else _printable(current),
            others=self.others,
        )

    def summary(self, stopped: bool) -> IndexSummary:
        """The result of the run."""
        return IndexSummary(
            indexed=self.indexed,
            unchanged=self.unchanged,
            moved=self.moved,
            missing=self.missing,
            failed=self.failed,
            seconds=time.monotonic() - self._started,
            stopped=stopped,
            excluded=self.excluded,
            others=self.others,
            offline=self.offline,
            prepared=self.prepared,
        )


def _printable(path: Path) -> str:
    """The path as text; bytes that are no UTF-8 become question marks."""
    return os.fsencode(path).decode("utf-8", "replace")
