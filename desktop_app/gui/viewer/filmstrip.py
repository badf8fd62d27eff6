"""The photos beside the one that is shown, in a row."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.gui.photo_list_model import HIT_ROLE, PhotoListModel
from desktop_app.gui.thumbnails import CORNER_FRACTION, ThumbnailLoader
from desktop_app.library.search import SearchHit

TILE = 64
CELL = TILE + 8
ROWS_PER_BATCH = 2000


class Filmstrip(QListView):
    """One line of small tiles over the model of the viewer; lays out rows as lazily."""

    row_chosen = Signal(int)
    """The user clicked a photo."""

    def __init__(
        self, model: PhotoListModel, thumbnails: ThumbnailLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look_through(model)
        self.setItemDelegate(FilmstripDelegate(thumbnails, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(ROWS_PER_BATCH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(CELL + 4)
        self.setMouseTracking(True)
        # The arrows belong to the viewer, wherever the focus is.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Photos of this answer"))
        self.clicked.connect(lambda index: self.row_chosen.emit(index.row()))
        thumbnails.loaded.connect(self.viewport().update)
        # A row far to the right is laid out some batches later.
        self.horizontalScrollBar().rangeChanged.connect(self._centre)

    def look_through(self, photos: PhotoListModel) -> None:
        """Show the photos of this model."""
        self._photos = photos
        self.setModel(photos)

    def show_row(self, row: int) -> None:
        """Mark a row and have it in the middle."""
        self.setCurrentIndex(self._photos.index(row))
        self._centre()

    def _centre(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Repaint both tiles: the ring is wider than what the view thinks has changed."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Any wheel moves it along."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - delta)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys are the viewer's."""
        event.ignore()


class FilmstripDelegate(QStyledItemDelegate):
    """Square tiles; the photo that is shown has a ring."""

    def __init__(self, thumbnails: ThumbnailLoader, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The same for every row."""
        return QSize(CELL, CELL)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The tile, and the ring."""
        hit: SearchHit | None = index.data(HIT_ROLE)
        view = self.parent()
        if hit is None or not isinstance(view, Filmstrip):
            return
        tile = QRectF(0, 0, TILE, TILE)
        tile.moveCenter(QRectF(option.rect).center())
        side = round(TILE * painter.device().devicePixelRatio())
        pixmap = self._thumbnails.pixmap(hit.thumbnail, side)
        colours: QPalette = option.palette
        radius = TILE * CORNER_FRACTION
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if pixmap is None or pixmap.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(tile, radius, radius)
        else:
            painter.drawPixmap(tile, pixmap, QRectF(pixmap.rect()))
        if index == view.currentIndex():
            painter.setPen(QPen(colours.color(QPalette.ColorRole.Highlight), 3.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(tile.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)
        painter.restore()
