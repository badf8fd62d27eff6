"""One photo after the other, by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

SECONDS = (3, 5, 10, 30)
USUAL_S = 5
LOOK_AGAIN_MS = 200


class Slideshow(QObject):
    """Counts the time of a photo from when it is sharp, so that a slow disk spoils nothing."""

    next_wanted = Signal()
    running_changed = Signal(bool)

    def __init__(self, is_ready: Callable[[], bool], parent: QObject | None = None) -> None:
        """Nothing runs yet.

        Args:
            is_ready: whether the photo on the screen is sharp, or never will be.
            parent: the owner.
        """
        super().__init__(parent)
        self._is_ready = is_ready
        self._was_ready = False
        self.seconds: float = USUAL_S
        self.is_running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin with the photo on the screen."""
        self.is_running = True
        self.running_changed.emit(True)
        self.begin_photo()

    def stop(self) -> None:
        """Stay at this photo."""
        if self.is_running:
            self.is_running = False
            self._timer.stop()
            self.running_changed.emit(False)

    def set_seconds(self, seconds: float) -> None:
        """How long a photo is shown, this one too."""
        self.seconds = seconds
        self.begin_photo()

    def begin_photo(self) -> None:
        """Another photo is on the screen: its time begins."""
        if self.is_running:
            self._was_ready = False
            self._look()

    def _look(self) -> None:
        if self._was_ready:
            self.next_wanted.emit()
        elif self._is_ready():
            self._was_ready = True
            self._timer.start(round(self.seconds * 1000))
        else:
            self._timer.start(LOOK_AGAIN_MS)
