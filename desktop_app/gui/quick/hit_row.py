"""The best hits in one row of thumbnails."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop_app.gui.photo_delegate import MARGIN, PhotoDelegate
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.library.search import SearchHit

SIDE = 132


class HitRow(QListView):
    """Arrows and Tab move along it; letters go back to the field; photos can be dragged out."""

    left = Signal()
    """Back to the field: from the first photo, or with Up."""

    typed = Signal(str)
    """Somebody goes on typing."""

    def __init__(
        self, model: PhotoListModel, thumbnails: ThumbnailLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._photos = model
        self._delegate = PhotoDelegate(thumbnails, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Best photos"))
        cell = self._delegate.cell_for(SIDE + 2 * MARGIN, self.font())
        self._delegate.set_cell(cell)
        self.setGridSize(cell)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(cell.height() + bar + 2 * self.frameWidth())
        thumbnails.loaded.connect(self.viewport().update)

    def show_hits(self, hits: tuple[SearchHit, ...]) -> None:
        """Other photos; the first is the one that Enter opens."""
        if self._photos.show_hits(hits):
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().minimum())
            self.go_to(0)

    def current_hit(self) -> SearchHit | None:
        """The photo that Enter opens."""
        return self._photos.hit(self.currentIndex())

    def go_to(self, row: int) -> bool:
        """Mark a photo; False where there is none."""
        index = self._photos.index(row)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def sizeHint(self) -> QSize:
        """As wide as a few photos."""
        return QSize(5 * (SIDE + 2 * MARGIN), self.height())

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes along the photos, and on from the last one."""
        row = self.currentIndex().row() + (1 if is_next else -1)
        return self.go_to(row) or super().focusNextPrevChild(is_next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up leaves; a letter is for the field."""
        if event.key() == Qt.Key.Key_Up:
            self.left.emit()
            return
        text = event.text()
        control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if text and text.isprintable() and not event.modifiers() & control:
            self.typed.emit(text)
            return
        super().keyPressEvent(event)
