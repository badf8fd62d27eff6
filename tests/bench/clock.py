"""Seconds and megabytes of this process."""

from __future__ import annotations

import resource
import sys
import time

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
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return {"rss": psutil.Process().memory_info().rss / _MEGA, "peak": peak / _MEGA}
