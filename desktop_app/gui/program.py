"""Everything the window is made of: built in one place, taken down in one order."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QThreadPool, SignalInstance
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from desktop_app.composition import (
    make_decoder,
    model_choice,
    open_catalogue,
    open_search_service,
    open_thumbnail_maker,
    open_watcher,
)
from desktop_app.errors import AppError
from desktop_app.gui.folder_watch import FolderWatch
from desktop_app.gui.garbage import GarbageCollector
from desktop_app.gui.grid.drop_choice import DropChoice
from desktop_app.gui.indexer_process import IndexerProcess, IndexerState
from desktop_app.gui.inspector.side_panels import SidePanels
from desktop_app.gui.library.desk import Desk
from desktop_app.gui.library.library_tools import LibraryTools
from desktop_app.gui.library_session import LibrarySession
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.photo_actions import PhotoActions
from desktop_app.gui.photo_intake import Dropped, PhotoIntake
from desktop_app.gui.physical_keys import PhysicalKeys
from desktop_app.gui.quick.background import Background
from desktop_app.gui.quick.quick_window import QuickWindow
from desktop_app.gui.search_controller import SearchController
from desktop_app.gui.search_thread import SearchThread
from desktop_app.gui.start_wish import THE_WINDOW, StartWish
from desktop_app.gui.theme import ThemeSwitch
from desktop_app.gui.thread_turns import ThreadTurns
from desktop_app.gui.thumbnail_renewal import ThumbnailRenewal
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.gui.viewer.photo_viewer import PhotoViewer
from desktop_app.gui.viewer.picture_loader import PictureLoader
from desktop_app.gui.viewer.viewing import Viewing
from desktop_app.library.pasted_pictures import PastedPictures
from desktop_app.paths import DataPaths, command_line_program
from desktop_app.settings import Settings

log = logging.getLogger(__name__)

POOL_THREADS = 3
STRIP_BYTES = 16 * 1024 * 1024
"""What the tiles of the viewer's filmstrip may take."""


class Program:
    """One open library and its window."""

    def __init__(
        self, app: QApplication, paths: DataPaths, model_dir: Path | None, settings: Settings
    ) -> None:
        self._paths = paths
        self._settings = settings
        self.pasted = PastedPictures(paths.pasted_dir)
        self.pool = QThreadPool()
        self.pool.setMaxThreadCount(POOL_THREADS)
        self._is_down = False
        self.restore_wanted: str | None = None
        """The backup to go back to once this program has ended."""
        self._garbage = GarbageCollector()
        self._garbage.start()
        self._turns = ThreadTurns()
        self._turns.start()
        self.theme = ThemeSwitch(app, settings.theme)
        self.thumbnails = ThumbnailLoader(self.pool, settings.thumbnail_cache_mb * 1_000_000)
        decoder = make_decoder(settings)
        self.search = SearchThread(
            lambda: open_search_service(paths, model_dir, settings),
            decoder,
            answering=lambda: model_choice(paths).answering if model_dir is None else model_dir,
        )
        self.controller = SearchController(self.search)
        self.indexer_command = indexer_command(paths.root, model_dir)
        self.indexer = IndexerProcess(self.indexer_command)
        self.watch = FolderWatch(partial(open_watcher, paths, settings))
        self.session = LibrarySession(
            self.search, self.controller, self.indexer, self.thumbnails, self.watch
        )
        self.intake = PhotoIntake(self.pasted, self.pool)
        self.actions = PhotoActions(self.pool)
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
        self.physical_keys = PhysicalKeys(self.window)
        self.pictures = PictureLoader(decoder, self.pool)
        self.strip_thumbnails = ThumbnailLoader(self.pool, STRIP_BYTES)
        self.renewal = ThumbnailRenewal(
            partial(open_thumbnail_maker, paths, decoder), [self.thumbnails, self.strip_thumbnails]
        )
        self.session.changed.connect(self.renewal.try_all_again)
        self.viewer = PhotoViewer(self.window.model, self.pictures, self.strip_thumbnails)
        self.viewing = self._viewing()
        self.intake.choice_wanted.connect(self._ask_about_drop)
        self.side = SidePanels(
            self.window,
            self.search,
            self.controller,
            self.pool,
            self.intake,
            self.actions,
            self.viewing,
            decoder,
            paths.pasted_dir,
        )
        self.side.inspector.follow(self.viewer)
        self.desk = Desk(partial(open_catalogue, paths), "desk")
        self.long_desk = Desk(partial(open_catalogue, paths), "long work")
        self.file_desk = Desk(partial(open_catalogue, paths), "files")
        self.tools = LibraryTools(self, paths, model_dir, settings)
        self.tools.settings.restore_wanted.connect(self._end_for_restore)
        self.tools.settings.model_changed.connect(self.session.follow_model)
        self.quick = QuickWindow(self.search, self.pool)
        self.background = Background(self.window, self.quick, self.indexer, settings.keep_in_tray)
        self.background.show_wanted.connect(self.raise_window)
        self.background.kept.connect(self.viewing.close)
        self.tools.settings.saved.connect(lambda s: self.background.set_keep(s.keep_in_tray))

    def _viewing(self) -> Viewing:
        window = self.window
        viewing = Viewing(
            window, window.pages, window.grid, self.viewer, self.controller, self.actions
        )
        viewing.similar_wanted.connect(window.search_by_photo)
        window.menu.larger.triggered.connect(viewing.larger)
        window.menu.smaller.triggered.connect(viewing.smaller)
        window.menu.go_to_search.triggered.connect(viewing.close)
        window.menu.go_to_search.triggered.connect(window.search_bar.focus)
        self.intake.refused.connect(viewing.close)
        return viewing

    def _ask_about_drop(self, dropped: Dropped) -> None:
        choice = DropChoice(dropped, self.window)
        choice.search_wanted.connect(self.intake.search_by)
        choice.add_wanted.connect(self.intake.add_folders)
        choice.popup(QCursor.pos())

    def start(self, wish: StartWish = THE_WINDOW) -> None:
        """Show the window, or the quick one alone, and open the library behind it."""
        if wish.quick:
            self.quick.appear()
        else:
            self.window.show()
        log.info("the window is open")
        self.physical_keys.begin()
        self.session.start()
        self.open_files(list(wish.files))

    def open_files(self, files: list[Path]) -> None:
        """Take photos and folders that were opened with the program as if they were dropped."""
        self.intake.take_files(Dropped.of_files(files))

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
        self.background.stop()
        self.window.hide()
        self.session.stop()
        self.side.stop()
        self.controller.stop()
        self.search.stop_accepting()
        self.indexer.stop_accepting()
        self.tools.stop()
        if self.indexer.state is not IndexerState.IDLE:
            _run_until(self.indexer.idle, self.indexer.stop)
        if self.search.is_running:
            _run_until(self.search.finished, self.search.close)
        self.search.wait()
        for desk in (self.desk, self.long_desk, self.file_desk):
            if desk.is_running:
                _run_until(desk.finished, desk.close)
            desk.wait()
        self.renewal.close()
        self.viewer.close_threads()
        self.pictures.close()
        self.strip_thumbnails.drain()
        self.thumbnails.drain()
        self._garbage.stop()
        self._sweep_pasted()
        self._turns.stop()
        self._save_settings()

    def _end_for_restore(self, name: str) -> None:
        """Only a library that nobody has open can be replaced: ``run_window`` does it."""
        self.restore_wanted = name
        self.window.quit_wanted.emit()

    def _sweep_pasted(self) -> None:
        """Delete pasted pictures that nobody can search by again."""
        if not self._paths.pasted_dir.is_dir():
            return
        try:
            with open_catalogue(self._paths) as catalogue:
                self.pasted.sweep(catalogue.searches, even_fresh=True)
        except AppError as error:
            log.warning("pasted pictures are left: %s", error)

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


def indexer_command(data_dir: Path, model_dir: Path | None) -> list[str]:
    """How the indexer child is started; the folders to index follow."""
    return [
        *command_line_program(),
        *("--data-dir", str(data_dir)),
        *(() if model_dir is None else ("--model", str(model_dir))),
        *("--json", "index", "--control"),
    ]


def _run_until(signal: SignalInstance, start: Callable[[], None]) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
    start()
    loop.exec()
