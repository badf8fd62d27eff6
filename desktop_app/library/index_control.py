"""Pause, resume and stop a run from another thread."""

from __future__ import annotations

import threading


class IndexControl:
    """Shared by the indexer and whoever commands it; every method may be called anywhere."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._may_go_on = threading.Event()
        self._may_go_on.set()

    def pause(self) -> None:
        """Ask the run to wait after the next commit."""
        self._may_go_on.clear()

    def resume(self) -> None:
        """Let a paused run go on."""
        self._may_go_on.set()

    def stop(self) -> None:
        """Ask the run to end after the next commit, paused or not."""
        self._stop.set()
        self._may_go_on.set()

    @property
    def is_paused(self) -> bool:
        """Whether the run is asked to wait."""
        return not self._may_go_on.is_set()

    @property
    def is_stopped(self) -> bool:
        """Whether the run is asked to end."""
        return self._stop.is_set()

    def wait_while_paused(self) -> None:
        """Block until resumed or stopped."""
        self._may_go_on.wait()
