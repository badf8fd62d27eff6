"""When the program goes on without its window, and when it ends."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSystemTrayIcon

from desktop_app.gui.app_icon import app_icon
from desktop_app.gui.indexer_process import IndexerProcess
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.quick.quick_window import QuickWindow
from desktop_app.gui.quick.tray_icon import TrayIcon

LINGER_MS = 5000
"""A program that was started for the quick window alone ends so long after it: what it opened may
still be on its way, and the next search is quick."""


class Background(QObject):
    """Lives on the GUI thread; decides what closing a window means."""

    quit_wanted = Signal()
    """The program is to end."""

    show_wanted = Signal()
    """The main window is to come to the front."""

    kept = Signal()
    """The main window was closed, and the program stays."""

    def __init__(
        self, window: MainWindow, quick: QuickWindow, indexer: IndexerProcess, keeps: bool
    ) -> None:
        super().__init__(window)
        self._window = window
        self._quick = quick
        self._indexer = indexer
        self._has_told = False
        self.tray: TrayIcon | None = None
        self.action = QAction(self.tr("Quick search"), self)
        self.action.setShortcut(QKeySequence("Ctrl+Shift+F"))
        self.action.triggered.connect(quick.appear)
        window.menu.insertAction(window.menu.save_search, self.action)
        window.addAction(self.action)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(LINGER_MS)
        self._linger.timeout.connect(self._leave)
        window.closing.connect(self._on_closing)
        window.quit_wanted.connect(self.quit_wanted)
        quick.hidden.connect(self._linger.start)
        quick.all_wanted.connect(self._show_all)
        self.set_keep(keeps)

    @property
    def keeps(self) -> bool:
        """Whether the program stays when its window is closed."""
        return self.tray is not None

    def set_keep(self, keeps: bool) -> None:
        """Stay in the tray when the window is closed, or not; where there is no tray, not."""
        if keeps and self.tray is None and QSystemTrayIcon.isSystemTrayAvailable():
            tray = self.tray = TrayIcon(app_icon(), self._indexer, self)
            tray.show_wanted.connect(self.show_wanted)
            tray.quick_wanted.connect(self._quick.appear)
            tray.quit_wanted.connect(self.quit_wanted)
        elif not keeps and self.tray is not None:
            tray, self.tray = self.tray, None
            tray.remove()
            self._linger.start()

    def stop(self) -> None:
        """Take everything off the screen."""
        self._quick.stop()
        self.set_keep(False)
        self._linger.stop()  # both began it: another program may live in this application soon

    def _on_closing(self) -> None:
        if self.tray is None:
            self.quit_wanted.emit()
            return
        if not self._has_told:
            self._has_told = True
            self.tray.say(
                self.tr("VisITA is still here"),
                self.tr("It keeps up with your folders. Quit it from this icon's menu."),
            )
        self.kept.emit()

    def _show_all(self, text: str) -> None:
        self._linger.stop()
        self.show_wanted.emit()
        self._window.search_bar.search(text)

    def _leave(self) -> None:
        if not self.keeps and not self._window.isVisible() and not self._quick.isVisible():
            self.quit_wanted.emit()
