"""From the grid to the viewer and back, and everything that the window adds to both."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from desktop_app.gui.messages import Answer
from desktop_app.gui.photo_actions import PhotoActions
from desktop_app.gui.photo_grid import PhotoGrid
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.photo_menu import PhotoMenu
from desktop_app.gui.search_controller import SearchController
from desktop_app.gui.viewer.photo_viewer import PhotoViewer
from desktop_app.gui.viewer.slideshow import SECONDS
from desktop_app.library.records import Photo
from desktop_app.library.search import SearchHit


class Viewing(QObject):
    """Opens and closes the viewer, which is a page of its own. Lives on the GUI thread."""

    photo_shown = Signal(object)
    """The ``Photo`` that the user looks at: the viewer's, or the current one of the grid. For
    whatever is shown beside both."""

    similar_wanted = Signal(object)
    """The ``Path`` of the photo to search by."""

    def __init__(
        self,
        window: QMainWindow,
        pages: QStackedWidget,
        grid: PhotoGrid,
        viewer: PhotoViewer,
        controller: SearchController,
        actions: PhotoActions,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pages = pages
        self._browsing = pages.currentIndex()
        self._grid = grid
        self._actions = actions
        self._found = viewer.photos
        self._others = PhotoListModel(self)
        self.viewer = viewer
        self._state_before = Qt.WindowState.WindowNoState
        pages.addWidget(viewer)
        grid.opened.connect(self.open)
        grid.current_changed.connect(self._on_grid)
        viewer.closed.connect(self.close)
        viewer.photo_shown.connect(self.photo_shown)
        viewer.copied.connect(actions.copy_paths)
        viewer.full_screen_wanted.connect(self.set_full_screen)
        viewer.menu_wanted.connect(self._show_menu)
        controller.answered.connect(self._on_answer)
        controller.failed.connect(self.close)

    @property
    def is_open(self) -> bool:
        """Whether the viewer is on the screen, or would be if the window was."""
        return self._pages.currentWidget() is self.viewer

    def open(self, hit: SearchHit) -> None:
        """Show a photo of the grid."""
        self._open(hit, self._found)

    def open_among(self, hit: SearchHit, hits: Sequence[SearchHit]) -> None:
        """Show a photo and go through others than the grid's."""
        self.viewer.close_photo()  # it follows what becomes of its photos
        self._others.show_hits(hits)
        self._open(hit, self._others)

    def _open(self, hit: SearchHit, photos: PhotoListModel) -> None:
        self.viewer.look_through(photos)
        self._pages.setCurrentWidget(self.viewer)
        self.viewer.setFocus()
        self.viewer.open(hit)
        if self.viewer.hit is None:  # a refresh took it away meanwhile
            self.close()

    def close(self) -> None:
        """Back to the grid, where the photo that was shown is the current one."""
        if not self.is_open:
            return
        hit = self.viewer.hit
        self.set_full_screen(False)
        self.viewer.close_photo()
        self._pages.setCurrentIndex(self._browsing)
        self._grid.setFocus()
        if hit is not None:
            self._grid.go_to_photo(hit.photo.photo_id)

    def larger(self) -> None:
        """Zoom in, or make the tiles larger."""
        if self.is_open:
            self.viewer.zoom_in()
        else:
            self._grid.larger()

    def smaller(self) -> None:
        """Zoom out, or make the tiles smaller."""
        if self.is_open:
            self.viewer.zoom_out()
        else:
            self._grid.smaller()

    def set_full_screen(self, is_full: bool) -> None:
        """The window fills the screen, or is what it was before."""
        if is_full == self.viewer.is_full_screen:
            return
        if is_full:
            self._state_before = self._window.windowState()
            self._window.setWindowState(self._state_before | Qt.WindowState.WindowFullScreen)
        else:
            self._window.setWindowState(self._state_before)
        self.viewer.set_full_screen(is_full)

    def _on_grid(self, photo: Photo) -> None:
        if not self.is_open:
            self.photo_shown.emit(photo)

    def _on_answer(self, answer: Answer, is_same_query: bool) -> None:
        if not is_same_query:
            self.close()

    def _show_menu(self, hit: SearchHit, at: QPoint) -> None:
        menu = PhotoMenu(hit, [hit], self._actions, self._window)
        menu.view.setVisible(False)
        menu.setDefaultAction(menu.open)
        menu.similar_wanted.connect(self.similar_wanted)
        menu.addSeparator()
        speeds = menu.addMenu(self.tr("Slideshow"))
        group = QActionGroup(speeds)
        for seconds in SECONDS:
            action = speeds.addAction(self.tr("{n} seconds a photo").format(n=seconds))
            action.setCheckable(True)
            action.setChecked(self.viewer.slideshow.seconds == seconds)
            group.addAction(action)
            action.triggered.connect(
                lambda _=False, seconds=seconds: self.viewer.slideshow.set_seconds(seconds)
            )
        menu.popup(at)
