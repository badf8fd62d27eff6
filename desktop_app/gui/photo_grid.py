"""The grid of photos: only rows on the screen cost anything, however many there are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop_app.gui.photo_delegate import MARGIN, PhotoDelegate
from desktop_app.gui.photo_list_model import PHOTO_ID_ROLE, PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.library.search import SearchHit

SMALLEST_SIDE = 96
LARGEST_SIDE = 320
SIDE_CHANGE = 24
ROWS_PER_BATCH = 2000
REPAINT_MS = 16
DRAG_SIDE = 96


class PhotoGrid(QListView):
    """Shows a ``PhotoListModel`` in columns that fill the width."""

    side_changed = Signal(int)
    """The user made the tiles larger or smaller: the wanted side in pixels."""

    opened = Signal(object)
    """The ``SearchHit`` of a double click or Enter."""

    copied = Signal(list)
    """The ``SearchHit`` list of Ctrl+C."""

    def __init__(
        self,
        model: PhotoListModel,
        thumbnails: ThumbnailLoader,
        side: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._photos = model
        self._thumbnails = thumbnails
        self._side = _within(side)
        self._delegate = PhotoDelegate(thumbnails, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        # Without these two, 100,000 rows take a minute and every thumbnail is loaded.
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(ROWS_PER_BATCH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Photos"))
        self.doubleClicked.connect(self._open)
        self._repaint = QTimer(self)
        self._repaint.setSingleShot(True)
        self._repaint.setInterval(REPAINT_MS)
        self._repaint.timeout.connect(self._drop_scrolled_away)
        self._repaint.timeout.connect(self.viewport().update)
        # Many tiles arrive together: one repaint shows them all.
        thumbnails.loaded.connect(self._repaint.start)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._repaint.start())
        # Always there, so that its coming does not change the columns; seen only when needed.
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
        self._fit_columns()

    @property
    def side(self) -> int:
        """The wanted side of a tile; columns that fill the width make it a little larger."""
        return self._side

    def set_side(self, side: int) -> None:
        """Make the tiles larger or smaller."""
        side = _within(side)
        if side == self._side:
            return
        anchor = self._first_visible()
        self._side = side
        self._fit_columns()
        self.side_changed.emit(side)
        if anchor.isValid():
            self.scrollTo(anchor, QAbstractItemView.ScrollHint.PositionAtTop)

    def larger(self) -> None:
        """One step larger."""
        self.set_side(self._side + SIDE_CHANGE)

    def smaller(self) -> None:
        """One step smaller."""
        self.set_side(self._side - SIDE_CHANGE)

    def show_hits(self, hits: tuple[SearchHit, ...], keep_place: bool) -> None:
        """Show other rows.

        Args:
            hits: the new rows.
            keep_place: the same query was asked again; selection, current photo and what is on
                the screen stay where they are, by photo id. Else the grid starts at the top.
        """
        selected = self.selected_ids()
        current = self.currentIndex().data(PHOTO_ID_ROLE)
        anchor, offset = self._anchor()
        if not self._photos.show_hits(hits):
            if not keep_place:
                self.scrollToTop()
            return
        if not keep_place:
            self.scrollToTop()
            return
        self.executeDelayedItemsLayout()
        selection = self.selectionModel()
        for row in self._photos.rows_of(selected):
            selection.select(self._photos.index(row), selection.SelectionFlag.Select)
        if current is not None:
            for row in self._photos.rows_of({current}):
                selection.setCurrentIndex(self._photos.index(row), selection.SelectionFlag.NoUpdate)
        if anchor is not None:
            for row in self._photos.rows_of({anchor}):
                self._scroll_row_to(row, offset)

    def selected_hits(self) -> list[SearchHit]:
        """The selected photos from top to bottom."""
        rows = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [hit for hit in map(self._photos.hit, rows) if hit is not None]

    def selected_ids(self) -> set[int]:
        """The ids of the selected photos."""
        return {hit.photo.photo_id for hit in self.selected_hits()}

    def visible_files(self) -> set[Path]:
        """The thumbnail files of the rows on the screen."""
        first = self._first_visible()
        if not first.isValid():
            return set()
        cell = self.gridSize()
        columns = max(1, self.viewport().width() // max(1, cell.width()))
        lines = self.viewport().height() // max(1, cell.height()) + 2
        hits = self._photos.hits[first.row() : first.row() + columns * lines]
        return {hit.thumbnail for hit in hits}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens and Ctrl+C copies; the rest is the list's own."""
        if event.matches(QKeySequence.StandardKey.Copy):
            if hits := self.selected_hits():
                self.copied.emit(hits)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size of the tiles."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.larger()
            elif event.angleDelta().y() < 0:
                self.smaller()
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new width."""
        self._fit_columns()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font makes another caption."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_columns()

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected photos out as files, under a picture that says how many."""
        indexes = self.selectionModel().selectedIndexes()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self._photos.mimeData(indexes))
        drag.setPixmap(self._drag_picture(self.selected_hits()))
        drag.setHotSpot(QPoint(DRAG_SIDE // 2, DRAG_SIDE // 2))
        # Copy only: no other program may be told to move the originals away.
        drag.exec(Qt.DropAction.CopyAction)

    def _open(self, index: QModelIndex) -> None:
        hit = self._photos.hit(index)
        if hit is not None:
            self.opened.emit(hit)

    def _fit_columns(self) -> None:
        width = self.viewport().width() - 2
        columns = max(1, width // (self._side + 2 * MARGIN))
        cell = PhotoDelegate.cell_for(max(SMALLEST_SIDE, width // columns), self.font())
        if cell != self.gridSize():
            self._delegate.set_cell(cell)
            self.setGridSize(cell)
            self.verticalScrollBar().setSingleStep(max(20, cell.height() // 4))

    def _first_visible(self) -> QModelIndex:
        cell = self.gridSize()
        return self.indexAt(QPoint(cell.width() // 2, cell.height() // 4))

    def _anchor(self) -> tuple[int | None, int]:
        """The photo at the top of the screen and its offset; nothing while at the very top."""
        if self.verticalScrollBar().value() == 0:
            return None, 0
        first = self._first_visible()
        photo_id = first.data(PHOTO_ID_ROLE)
        return photo_id, self.visualRect(first).top() if photo_id is not None else 0

    def _scroll_row_to(self, row: int, top: int) -> None:
        bar = self.verticalScrollBar()
        now = self.visualRect(self._photos.index(row)).top()
        bar.setValue(bar.value() + now - top)

    def _drop_scrolled_away(self) -> None:
        self._thumbnails.keep_only(self.visible_files())

    def _drag_picture(self, hits: list[SearchHit]) -> QPixmap:
        picture = QPixmap(QSize(DRAG_SIDE, DRAG_SIDE))
        picture.fill(Qt.GlobalColor.transparent)
        area = QRect(0, 0, DRAG_SIDE, DRAG_SIDE)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(0.85)
            tile = self._thumbnails.pixmap(hits[0].thumbnail, DRAG_SIDE) if hits else None
            if tile is not None and not tile.isNull():
                painter.drawPixmap(area, tile)
            else:
                painter.setBrush(self.palette().color(QPalette.ColorRole.Midlight))
                painter.drawRoundedRect(area, 6, 6)
            if len(hits) > 1:
                painter.setOpacity(1.0)
                badge = QRect(DRAG_SIDE - 36, 4, 32, 24)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
                painter.drawRoundedRect(badge, 12, 12)
                painter.setPen(QColor(self.palette().color(QPalette.ColorRole.HighlightedText)))
                painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(len(hits)))
        return picture


def _within(side: int) -> int:
    return max(SMALLEST_SIDE, min(LARGEST_SIDE, side))
