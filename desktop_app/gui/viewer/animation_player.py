"""Plays pictures that move: decoded on a thread of its own, a frame or two ahead."""

from __future__ import annotations

import logging
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from desktop_app.errors import PhotoError
from desktop_app.gui.viewer.picture import image_of
from desktop_app.library.decoder import Decoder
from desktop_app.library.moving_picture import MOVING_SUFFIXES

log = logging.getLogger(__name__)

FRAMES_AHEAD = 2
WAIT_S = 0.2
GOODBYE_S = 3.0


class _Run:
    """One file that is being played."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.frames: Queue[tuple[QImage, int]] = Queue(FRAMES_AHEAD)
        self.stop = Event()
        self.reason = ""


class AnimationPlayer(QObject):
    """Hands out frames at their times. Lives on the GUI thread."""

    frame_due = Signal(object)
    """The ``QImage`` to be shown now."""

    failed = Signal(str)
    """Why it cannot be played any further."""

    _came = Signal(object)

    def __init__(self, decoder: Decoder) -> None:
        super().__init__()
        self._decoder = decoder
        self._run: _Run | None = None
        self._thread: Thread | None = None
        self._is_late = False
        self._is_paused = False
        self._shown = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._show_next)
        self._came.connect(self._on_frame, Qt.ConnectionType.QueuedConnection)

    @property
    def is_moving(self) -> bool:
        """Whether a picture that moves is shown, playing or paused."""
        return self._run is not None and self._shown > 0

    @property
    def is_paused(self) -> bool:
        """Whether it was told to stand still."""
        return self._is_paused

    def play(self, path: Path) -> None:
        """Play a file, if it moves; a still one gives no frame."""
        self.stop()
        if path.suffix.lower() not in MOVING_SUFFIXES:
            return
        run = self._run = _Run(path)
        self._is_late = True
        # a daemon, as a decoder may not come back from a damaged file
        self._thread = Thread(target=self._read, args=(run,), name="animation", daemon=True)
        self._thread.start()

    def pause(self, is_paused: bool) -> None:
        """Stand still, or go on."""
        self._is_paused = is_paused
        if is_paused:
            self._timer.stop()
        elif self._run is not None:
            self._show_next()

    def stop(self) -> None:
        """Forget the file."""
        self._timer.stop()
        if self._run is not None:
            self._run.stop.set()
        self._run = None
        self._shown = 0
        self._is_paused = False

    def close(self) -> None:
        """Stop, and wait for the thread unless it hangs."""
        self.stop()
        if self._thread is not None:
            self._thread.join(GOODBYE_S)
            if self._thread.is_alive():
                log.warning("the decoder of an animation hangs and is left behind")

    def _read(self, run: _Run) -> None:
        try:
            for frame in self._decoder.frames(run.path):
                self._hand_over(run, (image_of(frame.image), frame.duration_ms))
                if run.stop.is_set():
                    return
        except PhotoError as error:
            run.reason = error.message
            if not run.stop.is_set():
                self._came.emit(run)

    def _hand_over(self, run: _Run, frame: tuple[QImage, int]) -> None:
        while not run.stop.is_set():
            try:
                run.frames.put(frame, timeout=WAIT_S)
            except Full:
                continue
            if not run.stop.is_set():
                self._came.emit(run)
            return

    def _on_frame(self, run: _Run) -> None:
        if run is not self._run:
            return
        if run.reason:
            reason, run.reason = run.reason, ""
            self.failed.emit(reason)
        elif self._is_late:
            self._show_next()

    def _show_next(self) -> None:
        run = self._run
        if run is None or self._is_paused:
            return
        try:
            image, duration_ms = run.frames.get_nowait()
        except Empty:
            self._is_late = True  # shown as soon as it comes
            return
        self._is_late = False
        self._shown += 1
        self._timer.start(duration_ms)
        self.frame_due.emit(image)
