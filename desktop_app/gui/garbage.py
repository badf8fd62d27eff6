"""Python's cyclic garbage is collected on the GUI thread only."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1000


class GarbageCollector(QObject):
    """Takes the collector over while the window is open. Lives on the GUI thread.

    Python collects on whichever thread happens to allocate. A forgotten menu or dialog would then
    be destroyed on the search thread, and Qt objects may only be destroyed where they live.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.collect_if_due)

    def start(self) -> None:
        """From now on no other thread collects, and nothing that is there already is looked at.

        Modules and classes never become garbage; to look through them took 40 ms each time.
        """
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Hand the work back to Python; call it when no other thread is left."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @staticmethod
    def collect_if_due() -> int | None:
        """Collect the oldest generation that is over Python's own threshold; tells which."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation] > 0:
                gc.collect(generation)
                return generation
        return None
