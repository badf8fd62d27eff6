"""How far copying or moving is, with two buttons: beside the indexer's card, and like it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.gui.library.transfer_words import size_words
from desktop_app.gui.wording import number
from desktop_app.gui.work_card import WorkCard
from desktop_app.library.transfer_plan import TransferProgress


class TransferCard(WorkCard):
    """Shown while files are carried."""

    pause_wanted = Signal(bool)
    """True: pause; False: go on."""

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Progress of copying or moving"), self.tr("Pause"), self.tr("Cancel"), parent
        )
        self._name = ""
        self._is_paused = False
        self.count.setWordWrap(True)
        self.current = self.add_line()
        self.pause_button.clicked.connect(self._toggle)
        self.cancel_button.clicked.connect(self._cancel)

    def begin(self, name: str) -> None:
        """Something begins; ``name`` says what."""
        self._name = name
        self._set_paused(False)
        self.cancel_button.setEnabled(True)
        self.pause_button.setEnabled(True)
        self.setAccessibleName(name)
        self.bar.setRange(0, 0)
        self.count.setText("")
        self.current.setText("")
        self.show()

    def show_progress(self, progress: TransferProgress) -> None:
        """Follow it, by bytes where some are written, else by files."""
        done, total = progress.done_bytes, progress.total_bytes
        if not total:
            done, total = progress.done_files, progress.total_files
        self.show_part(done, total)
        words = self.tr("{done} of %Ln file(s)", "", progress.total_files).format(
            done=number(progress.done_files)
        )
        if progress.total_bytes:
            sizes = self.tr("{done} of {total}").format(
                done=size_words(progress.done_bytes), total=size_words(progress.total_bytes)
            )
            words = f"{words} · {sizes}"
        self.count.setText(words)
        width = max(60, self.width() - 32)
        middle = Qt.TextElideMode.ElideMiddle  # the endings of names tell them apart
        self.current.setText(self.fontMetrics().elidedText(progress.current, middle, width))

    def end(self) -> None:
        """It is over."""
        self.hide()

    def _toggle(self) -> None:
        self._set_paused(not self._is_paused)
        self.pause_wanted.emit(self._is_paused)

    def _set_paused(self, is_paused: bool) -> None:
        self._is_paused = is_paused
        self.show_paused(is_paused, self.tr("Resume") if is_paused else self.tr("Pause"))
        self.title.setText(self.tr("Paused") if is_paused else self._name)

    def _cancel(self) -> None:
        self.title.setText(self.tr("Stopping…"))
        self.cancel_button.setEnabled(False)
        self.pause_button.setEnabled(False)
        self.cancel_wanted.emit()
