"""Searches for equal and similar photos: on the desk's thread, one at a time, can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop_app.composition import open_near_photos
from desktop_app.gui.library.desk import Desk
from desktop_app.gui.library.near_dialog import NearDialog
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.library.index_control import IndexControl
from desktop_app.library.near_photos import NearProgress, PhotoGroup
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.paths import DataPaths

CACHE_BYTES = 16_000_000


class NearTools(QObject):
    """Lives on the GUI thread; opens the dialog and serves it."""

    reveal_wanted = Signal(object)
    """The ``Path`` to show in the file manager."""

    _progressed = Signal(int, object)
    """Emitted on the desk's thread: the number of the run and its ``NearProgress``."""

    def __init__(
        self,
        paths: DataPaths,
        model_dir: Path | None,
        pool: QThreadPool,
        desk: Desk,
        parent: QWidget,
    ) -> None:
        super().__init__()
        self._paths = paths
        self._model_dir = model_dir
        # Of its own: the grid's tiles are larger, and a loader keeps one size of each.
        self._thumbnails = ThumbnailLoader(pool, CACHE_BYTES)
        self._desk = desk
        self._window = parent
        self._run = 0
        self._control = IndexControl()
        self._dialog: NearDialog | None = None
        self.action = QAction(self.tr("Similar photos and duplicates…"), self)
        self.action.triggered.connect(self.show)
        self._progressed.connect(self._on_progress)

    def show(self) -> NearDialog:
        """Open the dialog, or raise the one that is open, and begin with equal files."""
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return self._dialog
        store = ThumbnailStore(self._paths.thumbnails_dir)
        dialog = self._dialog = NearDialog(self._thumbnails, store, self._window)
        dialog.search_wanted.connect(self._search)
        dialog.stop_wanted.connect(self.stop)
        dialog.reveal_wanted.connect(self.reveal_wanted)
        dialog.finished.connect(self._forget_dialog)
        dialog.show()
        dialog.search()
        return dialog

    def stop(self) -> None:
        """Let the search end; what it says meanwhile is not heard."""
        self._control.stop()
        self._run += 1

    def close(self) -> None:
        """Search nothing more, read no more thumbnails."""
        self.stop()
        self._thumbnails.drain()

    def _search(self, least: float | None) -> None:
        self.stop()
        run, control = self._run, IndexControl()
        self._control = control
        find = _finder(self._paths, self._model_dir, least, control, run, self._progressed.emit)
        self._desk.ask(
            lambda _: find(),
            lambda groups: self._on_groups(run, groups),
            otherwise=lambda report: (
                self._dialog.show_error(report) if self._dialog and run == self._run else None
            ),
            key="near",
            control=control,
        )

    def _on_progress(self, run: int, progress: NearProgress) -> None:
        if self._dialog is not None and run == self._run:
            self._dialog.show_progress(progress)

    def _on_groups(self, run: int, groups: list[PhotoGroup]) -> None:
        if self._dialog is not None and run == self._run:
            self._dialog.show_groups(groups)

    def _forget_dialog(self) -> None:
        self._dialog = None


def _finder(
    paths: DataPaths,
    model_dir: Path | None,
    least: float | None,
    control: IndexControl,
    run: int,
    tell: Callable[[int, NearProgress], object],
) -> Callable[[], list[PhotoGroup]]:
    """The work for the desk's thread: it holds no widget."""

    def find() -> list[PhotoGroup]:
        groups: list[PhotoGroup] = []
        with open_near_photos(paths, model_dir) as near:
            if least is None:
                return near.equal()
            for news in near.near(control, least):
                if isinstance(news, NearProgress):
                    tell(run, news)
                else:
                    groups = news
        return groups

    return find
