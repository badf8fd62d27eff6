"""What the indexer does, in three lines and two buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.wording import decimal, number, time_left
from desktop_app.gui.work_card import BAR_STEPS, WorkCard
from desktop_app.library.records import IndexProgress


class ProgressCard(WorkCard):
    """Shown while the indexer works; tells phase, count, speed and time left."""

    pause_wanted = Signal()
    resume_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Indexing progress"),
            self.tr("Pause indexing"),
            self.tr("Cancel indexing"),
            parent,
        )
        self.setAccessibleName(self.tr("Indexing"))
        self._state = IndexerState.IDLE
        self._progress: IndexProgress | None = None
        self.speed = self.add_line()
        self.pause_button.clicked.connect(self._on_pause)
        self.cancel_button.clicked.connect(self.cancel_wanted)

    def show_state(self, state: IndexerState) -> None:
        """Follow the child process."""
        if self._state is IndexerState.IDLE and state is not IndexerState.IDLE:
            self._progress = None
        self._state = state
        paused = state is IndexerState.PAUSED
        self.show_paused(
            paused, self.tr("Resume indexing") if paused else self.tr("Pause indexing")
        )
        self.pause_button.setEnabled(state in (IndexerState.RUNNING, IndexerState.PAUSED))
        self.cancel_button.setEnabled(state is not IndexerState.STOPPING)
        self.setVisible(state is not IndexerState.IDLE)
        self._tell()

    def show_progress(self, progress: IndexProgress) -> None:
        """Follow the run."""
        self._progress = progress
        self._tell()

    def _tell(self) -> None:
        progress = self._progress
        self.title.setText(self._title(progress))
        if progress is None or progress.phase == "scanning" or progress.total <= 0:
            self.bar.setRange(0, 0 if self._state is IndexerState.RUNNING else BAR_STEPS)
            found = progress.done if progress is not None else 0
            self.count.setText(self.tr("%Ln file(s) found", "", found))
            self.speed.setText("")
            self.speed.hide()
            return
        self.show_part(progress.done, progress.total)
        self.count.setText(
            self.tr("{done} of %Ln photo(s)", "", progress.total).format(done=number(progress.done))
        )
        self.speed.setText(self._speed(progress))
        self.speed.setVisible(bool(self.speed.text()))

    def _title(self, progress: IndexProgress | None) -> str:
        match self._state:
            case IndexerState.PAUSED:
                return self.tr("Paused")
            case IndexerState.STOPPING:
                return self.tr("Stopping…")
            case IndexerState.RESTARTING:
                return self.tr("Starting again…")
            case _ if progress is not None and progress.phase == "encoding":
                return self.tr("Looking at photos")
            case _:
                return self.tr("Finding photos")

    def _speed(self, progress: IndexProgress) -> str:
        if self._state is not IndexerState.RUNNING or progress.photos_per_s <= 0:
            return ""
        parts = [self.tr("{n} photos/s").format(n=_speed_number(progress.photos_per_s))]
        if progress.eta_s is not None:
            parts.append(time_left(progress.eta_s))
        return " · ".join(parts)

    def _on_pause(self) -> None:
        if self._state is IndexerState.PAUSED:
            self.resume_wanted.emit()
        else:
            self.pause_wanted.emit()


def _speed_number(photos_per_s: float) -> str:
    return decimal(photos_per_s, 1 if photos_per_s < 10 else 0)
