"""The panels on the right side of the window, put together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QThreadPool

from desktop_app.gui.drop.drop_panel import DropPanel
from desktop_app.gui.drop.dropped_photos import DroppedPhotos
from desktop_app.gui.drop.dropped_pictures import DroppedPictures
from desktop_app.gui.drop.photo_strip import ICON_SIDE
from desktop_app.gui.inspector.caption_keeper import CaptionKeeper
from desktop_app.gui.inspector.inspection import Inspection
from desktop_app.gui.inspector.inspector import Inspector
from desktop_app.gui.inspector.side_dock import SideDock
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.photo_actions import PhotoActions
from desktop_app.gui.photo_intake import PhotoIntake
from desktop_app.gui.photo_menu import PhotoMenu
from desktop_app.gui.search_controller import SearchController
from desktop_app.gui.search_thread import SearchThread
from desktop_app.gui.viewer.viewing import Viewing
from desktop_app.library.decoder import Decoder
from desktop_app.library.photo_details import DetailReader
from desktop_app.library.search import SearchHit


class SidePanels:
    """The inspector and the panel of dropped photos, of which one at most is open."""

    def __init__(
        self,
        window: MainWindow,
        search: SearchThread,
        controller: SearchController,
        pool: QThreadPool,
        intake: PhotoIntake,
        actions: PhotoActions,
        viewing: Viewing,
        decoder: Decoder,
        temporary_dir: Path,
    ) -> None:
        details = DetailReader(decoder)
        keeper = CaptionKeeper(search, pool, window)
        self.dock = SideDock(window, window.grid)
        self.inspector = Inspector(
            window, self.dock, controller, Inspection(search, pool, details, window), keeper
        )
        panel = DropPanel()
        self.dropped = DroppedPhotos(
            panel,
            self.dock,
            Inspection(search, pool, details, window),
            DroppedPictures(pool, details, 2 * ICON_SIDE, window),
            keeper,
            temporary_dir,
            lambda: controller.query,
            window.search_bar.type,
            window,
        )
        intake.photos_given.connect(self.dropped.take)
        panel.search_wanted.connect(window.search_by_photo)
        self._window, self._actions, self._viewing = window, actions, viewing
        self._similar = panel.similar
        self._similar.opened.connect(self._view)
        self._similar.menu_wanted.connect(self._show_menu)

    def _view(self, hit: SearchHit) -> None:
        self._viewing.open_among(hit, self._similar.hits)

    def _show_menu(self, hit: SearchHit, at: QPoint) -> None:
        menu = PhotoMenu(hit, [hit], self._actions, self._window)
        menu.view_wanted.connect(self._view)
        menu.similar_wanted.connect(self._window.search_by_photo)
        menu.popup(at)

    def stop(self) -> None:
        """Ask nothing more."""
        self.inspector.stop()
        self.dropped.stop()
