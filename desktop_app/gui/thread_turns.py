"""How long a thread may keep Python to itself while the window waits for it."""

from __future__ import annotations

import sys

TURN_S = 0.0005
"""Painting a screen of photos asks for Python's lock a few hundred times. With Python's usual turn
of 5 ms each of these waits that long for a search that computes in Python: frames of a third of a
second were seen."""


class ThreadTurns:
    """Short turns for all threads while the window is open."""

    def __init__(self) -> None:
        self._before = sys.getswitchinterval()

    def start(self) -> None:
        """From now on nobody waits long."""
        sys.setswitchinterval(TURN_S)

    def stop(self) -> None:
        """As it was before."""
        sys.setswitchinterval(self._before)
