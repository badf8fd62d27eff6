"""Everything the window is made of: built in one place, taken down in one order."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, Qt, QThreadPool, SignalInstance
from PySide6.QtWidgets import QApplication

from desktop_app.composition import open_search_service, open_watcher
from desktop_app.errors import AppError
from desktop_app.gui.folder_watch import FolderWatch
from desktop_app.gui.garbage import GarbageCollector
from desktop_app.gui.indexer_process import IndexerProcess, IndexerState
from desktop_app.gui.library_session import LibrarySession
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.photo_actions import PhotoActions
from desktop_app.gui.photo_intake import PhotoIntake
from desktop_app.gui.search_controller import SearchController
from desktop_app.gui.search_thread import SearchThread
from desktop_app.gui.theme import ThemeSwitch
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.library.decoder import Decoder
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings

log = logging.getLogger(__name__)

POOL_THREADS = 3


class Program:
    """One open library and its window."""

    def __init__(
        self, app: QApplication, paths: DataPaths, model_dir: Path, settings: Settings
    ) -> None:
        self._paths = paths
        self._settings = settings
        self._temporary = TemporaryDirectory(prefix="visita-", ignore_cleanup_errors=True)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(POOL_THREADS)
        self._is_down = False
        self._garbage = GarbageCollector()
        self._garbage.start()
        self.theme = ThemeSwitch(app, settings.theme)
        self.thumbnails = ThumbnailLoader(self._pool)
        self.search = SearchThread(
            lambda: open_search_service(paths, model_dir, settings), Decoder()
        )
        self.controller = SearchController(self.search)
        self.indexer = IndexerProcess(indexer_command(paths.root, model_dir))
        self.watch = FolderWatch(partial(open_watcher, paths, settings))
        self.session = LibrarySession(
            self.search, self.controller, self.indexer, self.thumbnails, self.watch
        )
        self.intake = PhotoIntake(Path(self._temporary.name), self._pool)
        self.actions = PhotoActions(self._pool)
        self.window = MainWindow(
            self.search,
            self.controller,
            self.session,
            self.indexer,
            self.thumbnails,
            self.intake,
            self.actions,
            self.theme,
            settings.thumbnail_side,
            settings.strictness,
        )

    def start(self) -> None:
        """Show the window and open the library behind it."""
        self.window.show()
        self.session.start()

    def raise_window(self) -> None:
        """Bring the window to the front."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def shut_down(self) -> None:
        """End everything, in the one order that is safe in every state.

        Accept nothing more; stop the child (it is killed if it does not obey in 3 s); publish
        the index and end the search thread; drain the pool; keep the settings. Events are
        handled meanwhile, so that signals which are under way arrive.
        """
        if self._is_down:
            return
        self._is_down = True
        self.window.hide()
        self.session.stop()
        self.controller.stop()
        self.search.stop_accepting()
        self.indexer.stop_accepting()
        if self.indexer.state is not IndexerState.IDLE:
            _run_until(self.indexer.idle, self.indexer.stop)
        if self.search.is_running:
            _run_until(self.search.finished, self.search.close)
        self.search.wait()
        self.thumbnails.drain()
        self._garbage.stop()
        self._temporary.cleanup()
        self._save_settings()

    def _save_settings(self) -> None:
        # Read again: `visita exclude` may have written meanwhile.
        stored = Settings.load(self._paths.settings_file)
        chosen = replace(
            stored,
            theme=self.theme.theme,
            thumbnail_side=self.window.grid.side,
            strictness=self.window.search_tools.slider.strictness,
        )
        shown = replace(
            self._settings,
            theme=chosen.theme,
            thumbnail_side=chosen.thumbnail_side,
            strictness=chosen.strictness,
        )
        if shown == self._settings:
            return
        try:
            chosen.save(self._paths.settings_file)
        except AppError as error:
            log.warning("the settings are not kept: %s", error)


def indexer_command(data_dir: Path, model_dir: Path) -> list[str]:
    """How the indexer child is started; the folders to index follow."""
    program = [sys.executable]
    if not getattr(sys, "frozen", False):
        program += ["-m", "desktop_app"]
    return [
        *program,
        *("--data-dir", str(data_dir)),
        *("--model", str(model_dir)),
        *("--json", "index", "--control"),
    ]


def _run_until(signal: SignalInstance, start: Callable[[], None]) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
    start()
    loop.exec()
