"""Collects which folders changed, and gives them out after a quiet time. Never grows."""

from __future__ import annotations

import threading
from pathlib import Path

MOST_FOLDERS = 64
"""Of one root; more than that are looked through as the whole root."""
STORM = 5000
"""Events in one batch, after which some may have been lost on the way here: then everything is
looked through. The kernel's queue holds 16,384."""


class ChangedFolders:
    """Any number of threads may tell and ask."""

    def __init__(self, quiet_s: float, longest_s: float) -> None:
        """When to give out.

        Args:
            quiet_s: nothing happened for so long: whoever copies files has finished.
            longest_s: the oldest event waits no longer than this.
        """
        self._quiet_s = quiet_s
        self._longest_s = longest_s
        self._lock = threading.Lock()
        self._folders: dict[Path, set[Path]] = {}
        self._events = 0
        self._first = 0.0
        self._last = 0.0

    def note(self, root: Path, folder: Path, now: float) -> None:
        """Something happened in a folder of a root; ``now`` in seconds that never go back."""
        with self._lock:
            self._events += 1
            if not self._folders:
                self._first = now
            self._last = now
            folders = self._folders.setdefault(root, set())
            if root in folders:
                return
            folders.add(folder)
            if len(folders) > MOST_FOLDERS:
                self._folders[root] = {root}

    @property
    def size(self) -> int:
        """How many folders wait."""
        with self._lock:
            return sum(map(len, self._folders.values()))

    def due_in(self, now: float) -> float | None:
        """Seconds until ``take`` gives something; None when nothing waits."""
        with self._lock:
            if not self._folders:
                return None
            due = min(self._last + self._quiet_s, self._first + self._longest_s)
            return max(0.0, due - now)

    def take(self) -> tuple[Path, ...]:
        """What changed, in order: no folder that lies in another. Once."""
        with self._lock:
            folders = {
                folder
                for root, inner in self._folders.items()
                for folder in ({root} if self._events > STORM else inner)
            }
            self._folders, self._events = {}, 0
        return tuple(sorted(f for f in folders if not folders.intersection(f.parents)))

    def was_storm(self) -> bool:
        """Whether so much happened that events may have been lost, of other roots too."""
        with self._lock:
            return self._events > STORM
