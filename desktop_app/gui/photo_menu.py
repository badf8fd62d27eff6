"""The context menu of a photo in the grid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.gui.photo_actions import PhotoActions
from desktop_app.library.search import SearchHit


class PhotoMenu(QMenu):
    """What can be done with one photo, or with all selected ones."""

    similar_wanted = Signal(object)
    """The ``Path`` of the photo to search by."""

    view_wanted = Signal(object)
    """The ``SearchHit`` to show in the viewer."""

    def __init__(
        self, hit: SearchHit, selected: Sequence[SearchHit], actions: PhotoActions, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copied = list(selected) if hit in selected else [hit]
        self.view = self.addAction(self.tr("View"))
        self.open = self.addAction(self.tr("Open with another program"))
        self.reveal = self.addAction(self.tr("Show in folder"))
        self.addSeparator()
        self.copy_photo = self.addAction(self.tr("Copy photo"))
        self.copy_path = self.addAction(
            self.tr("Copy path") if len(copied) == 1 else self.tr("Copy paths")
        )
        self.addSeparator()
        self.similar = self.addAction(self.tr("Find similar photos"))
        self.view.triggered.connect(lambda: self.view_wanted.emit(hit))
        self.open.triggered.connect(lambda: actions.open(hit))
        self.reveal.triggered.connect(lambda: actions.reveal(hit.photo.path))
        self.copy_photo.triggered.connect(lambda: actions.copy_photo(hit))
        self.copy_path.triggered.connect(lambda: actions.copy_paths(copied))
        self.similar.triggered.connect(lambda: self.similar_wanted.emit(hit.photo.path))
        self.setDefaultAction(self.view)
