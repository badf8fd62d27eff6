"""Seconds and megabytes of this process."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import psutil

Figures = dict[str, float | str]
_MEGA = 1e6


class Clock:
    """Seconds since it was made: by the wall, and of this process on all cores.

    Other programs lengthen the first a great deal and the second a little.
    """

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    @property
    def wall(self) -> float:
        return time.perf_counter() - self._wall

    @property
    def cpu(self) -> float:
        return time.process_time() - self._cpu

    def figures(self, scale: float = 1.0) -> Figures:
        """Both, times ``scale``."""
        return {"wall": self.wall * scale, "cpu": self.cpu * scale}


def memory() -> Figures:
    """Resident megabytes: now, and at most so far."""
    return {"rss": psutil.Process().memory_info().rss / _MEGA, "peak": _peak() / _MEGA}


def _peak() -> int:
    """The most bytes that this program had resident.

    On Linux from the kernel's count of this program: what ``getrusage`` gives is inherited from
    the process that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
