"""The icon in the desktop's tray: what is going on, and the few things that are wanted there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop_app.gui.indexer_process import IndexerProcess, IndexerState
from desktop_app.gui.wording import number
from desktop_app.library.records import IndexProgress


class TrayIcon(QObject):
    """Lives on the GUI thread, and only where the desktop has a tray."""

    show_wanted = Signal()
    quick_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, icon: QIcon, indexer: IndexerProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._indexer = indexer
        self._progress: IndexProgress | None = None
        self.menu = QMenu()
        self.show_action = self.menu.addAction(self.tr("Show VisITA"))
        self.quick_action = self.menu.addAction(self.tr("Quick search"))
        self.pause_action = self.menu.addAction(self.tr("Pause indexing"))
        self.menu.addSeparator()
        self.quit_action = self.menu.addAction(self.tr("Quit"))
        self.icon = QSystemTrayIcon(icon, self)
        self.icon.setContextMenu(self.menu)
        self.show_action.triggered.connect(self.show_wanted)
        self.quick_action.triggered.connect(self.quick_wanted)
        self.pause_action.triggered.connect(self._pause)
        self.quit_action.triggered.connect(self.quit_wanted)
        self.icon.activated.connect(self._on_activated)
        indexer.state_changed.connect(self._on_state)
        indexer.progressed.connect(self._on_progress)
        self._follow()
        self.icon.show()

    def say(self, title: str, words: str) -> None:
        """A message beside the icon, where the desktop shows any."""
        self.icon.showMessage(title, words, self.icon.icon())

    def remove(self) -> None:
        """Take it out of the tray."""
        self._indexer.state_changed.disconnect(self._on_state)
        self._indexer.progressed.disconnect(self._on_progress)
        self.icon.hide()
        self.icon.setContextMenu(None)  # type: ignore[arg-type]
        self.menu.deleteLater()
        self.deleteLater()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.show_wanted.emit()
        elif reason is QSystemTrayIcon.ActivationReason.MiddleClick:
            self.quick_wanted.emit()

    def _on_state(self, state: IndexerState) -> None:
        self._follow()

    def _on_progress(self, progress: IndexProgress) -> None:
        self._progress = progress
        self._follow()

    def _follow(self) -> None:
        state, progress = self._indexer.state, self._progress
        is_paused = state is IndexerState.PAUSED
        self.pause_action.setText(
            self.tr("Resume indexing") if is_paused else self.tr("Pause indexing")
        )
        self.pause_action.setEnabled(state in (IndexerState.RUNNING, IndexerState.PAUSED))
        if state is IndexerState.IDLE:
            self._progress = None
            self.icon.setToolTip(self.tr("VisITA"))
        elif is_paused:
            self.icon.setToolTip(self.tr("VisITA: indexing is paused"))
        elif progress is None or progress.phase == "scanning" or not progress.total:
            self.icon.setToolTip(self.tr("VisITA: looking for photos"))
        else:
            self.icon.setToolTip(
                self.tr("VisITA: {done} of %Ln photo(s) read", "", progress.total).format(
                    done=number(progress.done)
                )
            )

    def _pause(self) -> None:
        if self._indexer.state is IndexerState.PAUSED:
            self._indexer.resume()
        else:
            self._indexer.pause()
