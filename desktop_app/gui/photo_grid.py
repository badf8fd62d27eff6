"""The grid of photos: only rows on the screen cost anything, however many there are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QDrag, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop_app.gui.grid.date_heading import DateHeading, month_name
from desktop_app.gui.grid.date_sections import DateSections, date_sections
from desktop_app.gui.grid.drag_picture import DRAG_SIDE, drag_picture
from desktop_app.gui.grid.kept_place import KeptPlace, rows_by_photo, runs
from desktop_app.gui.photo_delegate import MARGIN, PhotoDelegate
from desktop_app.gui.photo_list_model import Index, PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.library.search import SearchHit

SMALLEST_SIDE = 96
LARGEST_SIDE = 320
SIDE_CHANGE = 24
ROWS_PER_BATCH = 2000
REPAINT_MS = 16
HEADING_HEIGHT = 30


class PhotoGrid(QListView):
    """Shows a ``PhotoListModel`` in columns that fill the width."""

    side_changed = Signal(int)
    """The user made the tiles larger or smaller: the wanted side in pixels."""

    opened = Signal(object)
    """The ``SearchHit`` of a double click or Enter."""

    copied = Signal(list)
    """The ``SearchHit`` list of Ctrl+C."""

    current_changed = Signal(object)
    """The ``Photo`` that the keyboard or a click went to."""

    selection_counted = Signal(int)
    """How many photos are selected now."""

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
        self.heading = DateHeading(self)
        self._sections = DateSections()
        self.heading.row_wanted.connect(self.go_to_row)
        self.verticalScrollBar().valueChanged.connect(self._name_month)
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
        place = self._place()
        if not self._photos.show_hits(hits):
            self._head(hits)
            if not keep_place:
                self.scrollToTop()
            return
        self._head(hits)
        if not keep_place:
            self.scrollToTop()
            return
        self.executeDelayedItemsLayout()
        self._restore(place, rows_by_photo(hits))

    def go_to_row(self, row: int) -> None:
        """Make a row the current one, at the top of the screen."""
        index = self._photos.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
        self.setFocus()

    def go_to_photo(self, photo_id: int) -> None:
        """Make a photo the current one and have it on the screen; a selection it is in stays."""
        rows = self._photos.rows_of({photo_id})
        if not rows:
            return
        index = self._photos.index(rows[0])
        flag = QItemSelectionModel.SelectionFlag
        is_selected = self.selectionModel().isSelected(index)
        how = flag.NoUpdate if is_selected else flag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, how)
        self.scrollTo(index)

    def selected_hits(self) -> list[SearchHit]:
        """The selected photos from top to bottom."""
        hits = self._photos.hits
        parts = self._selected_parts()
        rows = sorted({row for first, last in parts for row in range(first, last + 1)})
        return [hits[row] for row in rows if 0 <= row < len(hits)]

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

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the photo that is the current one now."""
        super().currentChanged(current, previous)
        if (hit := self._photos.hit(current)) is not None:
            self.current_changed.emit(hit.photo)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell how many are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_counted.emit(sum(b - a + 1 for a, b in self._selected_parts()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies, Esc lets go of the selection, Ctrl+Page Up and Down go to
        another month; the rest is the list's own.
        """
        month_steps = {int(Qt.Key.Key_PageUp): -1, int(Qt.Key.Key_PageDown): 1}
        is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if is_control and (step := month_steps.get(event.key())):
            self._go_to_month(step)
            return
        if event.key() == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
            return
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
        self._name_month()

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
        # Copy only: no other program may be told to move the originals away.
        self.drag_of(indexes).exec(Qt.DropAction.CopyAction)

    def drag_of(self, indexes: list[QModelIndex]) -> QDrag:
        """The drag of some photos, as files, ready to begin."""
        drag = QDrag(self)
        drag.setMimeData(self._photos.mimeData(indexes))
        hits = self.selected_hits()
        tile = self._thumbnails.pixmap(hits[0].thumbnail, DRAG_SIDE) if hits else None
        drag.setPixmap(drag_picture(tile, len(hits), self.palette()))
        drag.setHotSpot(QPoint(DRAG_SIDE // 2, DRAG_SIDE // 2))
        return drag

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

    def _selected_parts(self) -> list[tuple[int, int]]:
        """First and last row of each part of the selection."""
        # not by indexes: one for each of 100,000 rows would take a quarter of a second
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        return [(part.top(), part.bottom()) for part in parts]

    def _place(self) -> KeptPlace:
        """Where the user is; nothing of it at the very top, where what is new is to be seen."""
        first = self._first_visible()
        is_scrolled = self.verticalScrollBar().value() > 0 and first.isValid()
        return KeptPlace(
            hits=self._photos.hits,
            selected=frozenset(self.selected_ids()),
            current_row=self.currentIndex().row(),
            top_row=first.row() if is_scrolled else None,
            top=self.visualRect(first).top() if is_scrolled else 0,
        )

    def _restore(self, place: KeptPlace, row_of: dict[int, int]) -> None:
        selection = self.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        chosen = QItemSelection()
        left = [row_of[i] for i in place.selected if i in row_of]
        for first, last in runs(left):
            chosen.select(self._photos.index(first), self._photos.index(last))
        selection.select(chosen, flag.Select)
        current = place.survivor(place.current_row, row_of)
        if current is not None:
            # What was selected is gone altogether: the photo that took its place is next.
            is_next = bool(place.selected) and not left
            how = flag.ClearAndSelect if is_next else flag.NoUpdate
            selection.setCurrentIndex(self._photos.index(current), how)
        if place.top_row is not None:
            top = place.survivor(place.top_row, row_of)
            if top is not None:
                self._scroll_row_to(top, place.top)

    def _head(self, hits: tuple[SearchHit, ...]) -> None:
        """Say where months begin, where the photos stand in order of date."""
        self._sections = date_sections(hits)
        self._delegate.set_marks(
            {part.first_row: month_name(part.month, is_short=True) for part in self._sections}
        )
        self.setViewportMargins(0, HEADING_HEIGHT if len(self._sections) else 0, 0, 0)
        self.heading.show_sections(self._sections)
        self._name_month()

    def _name_month(self) -> None:
        if not len(self._sections):
            return
        first = self._first_visible()
        self.heading.show_row(first.row() if first.isValid() else 0)
        self._place_heading()

    def _place_heading(self) -> None:
        width = min(self.heading.sizeHint().width(), self.viewport().width() - MARGIN)
        at = QPoint(self.viewport().x() + MARGIN // 2, 0)
        if self.isRightToLeft():
            at.setX(self.viewport().geometry().right() - width - MARGIN // 2)
        self.heading.setGeometry(QRect(at, QSize(width, HEADING_HEIGHT)))

    def _go_to_month(self, step: int) -> None:
        """To the first photo of the next month, or of this one and then of the one before."""
        if not len(self._sections):
            return
        row = max(0, self.currentIndex().row())
        number = self._sections.number_at(row)
        if step > 0 or self._sections[number].first_row == row:
            number += step
        if 0 <= number < len(self._sections):
            self.go_to_row(self._sections[number].first_row)

    def _scroll_row_to(self, row: int, top: int) -> None:
        bar = self.verticalScrollBar()
        now = self.visualRect(self._photos.index(row)).top()
        bar.setValue(bar.value() + now - top)

    def _drop_scrolled_away(self) -> None:
        if not self.isVisible():
            return
        self._thumbnails.keep_only(self.visible_files())


def _within(side: int) -> int:
    return max(SMALLEST_SIDE, min(LARGEST_SIDE, side))
