"""The grid of photos: only rows on the screen cost anything, however many there are."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QDrag, QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop_app.gui.grid.date_sections import date_sections
from desktop_app.gui.grid.drag_picture import DRAG_SIDE, drag_picture
from desktop_app.gui.grid.grid_keys import GRID_KEYS, GridCommand, grid_key_lines
from desktop_app.gui.grid.kept_place import KeptPlace, rows_by_photo, runs
from desktop_app.gui.grid.likely_sections import likely_sections
from desktop_app.gui.grid.row_sections import RowSections
from desktop_app.gui.grid.section_heading import SectionHeadings
from desktop_app.gui.grid.section_view import SectionView
from desktop_app.gui.grid.sticky_heading import StickyHeading
from desktop_app.gui.key_table import KeyLine
from desktop_app.gui.photo_delegate import MARGIN, PhotoDelegate
from desktop_app.gui.photo_list_model import Index, PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.library.search import SearchHit

SMALLEST_SIDE = 96
LARGEST_SIDE = 320
SIDE_CHANGE = 24
REPAINT_MS = 16
NOTCH = 120
"""What a wheel tells of one of its notches; finer wheels and touch pads tell parts of it."""


class PhotoGrid(SectionView):
    """Shows a ``PhotoListModel`` in columns that fill the width, in months where the photos stand
    in order of date, the likely ones apart from the others.
    """

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
        self._wheel = 0
        self._sections = RowSections()
        self._delegate = PhotoDelegate(thumbnails, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Photos"))
        self.doubleClicked.connect(self._open)
        # Many tiles arrive together: one repaint shows them all.
        self._repaint = self._soon(self.viewport().update)
        thumbnails.loaded.connect(self._repaint.start)
        self._tidy = self._soon(self._drop_scrolled_away)
        thumbnails.loaded.connect(self._tidy.start)
        self.scrolled.connect(self._tidy.start)
        # Always there, so that its coming does not change the columns; seen only when needed.
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
        self.heading = StickyHeading(self)
        self.heading.row_wanted.connect(self.go_to_row)
        self.heading.clicked.connect(self._select_section)
        self.scrolled.connect(self._place_heading)
        self.arrange()

    @property
    def side(self) -> int:
        """The wanted side of a tile; columns that fill the width make it a little larger."""
        return self._side

    def set_side(self, side: int, at: QPoint | None = None) -> None:
        """Make the tiles larger or smaller; one of them stays where it is.

        Args:
            side: what is wanted, in pixels.
            at: the tile at this place of the viewport stays; without one the current tile if it
                is seen, else the first that is.
        """
        side = _within(side)
        if side != self._side:
            self._side = side
            self.arrange(at)
            self.side_changed.emit(side)

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
        # slices, not rows: 100,000 may be selected
        parts = (hits[first : last + 1] for first, last in sorted(self._selected_parts()))
        return list(chain.from_iterable(parts))

    def selected_ids(self) -> set[int]:
        """The ids of the selected photos."""
        return {hit.photo.photo_id for hit in self.selected_hits()}

    def visible_files(self) -> set[Path]:
        """The thumbnail files of the rows on the screen."""
        seen = self.rows_seen()
        return {hit.thumbnail for hit in self._photos.hits[seen.start : seen.stop]}

    def fit(self, width: int) -> tuple[int, QSize]:
        """As many columns as have the wanted side, a little wider so that nothing is left."""
        columns = max(1, width // (self._side + 2 * MARGIN))
        cell = PhotoDelegate.cell_for(max(SMALLEST_SIDE, width // columns), self.font())
        self._delegate.set_cell(cell)
        return columns, cell

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
        another month; the rest is the view's own.
        """
        match GRID_KEYS.command_of(event):
            case GridCommand.PREVIOUS_MONTH:
                self._go_to_section(-1)
            case GridCommand.NEXT_MONTH:
                self._go_to_section(1)
            case GridCommand.LET_GO if self.selectionModel().hasSelection():
                self.clearSelection()
            case GridCommand.COPY:
                if hits := self.selected_hits():
                    self.copied.emit(hits)
            case GridCommand.OPEN:
                self._open(self.currentIndex())
            case _:
                super().keyPressEvent(event)

    def key_lines(self) -> list[KeyLine]:
        """See ``grid_keys``."""
        return grid_key_lines()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size of the tiles; the one under the pointer stays."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._wheel += event.angleDelta().y()
            steps = int(self._wheel / NOTCH)
            self._wheel -= steps * NOTCH
            self.set_side(self._side + steps * SIDE_CHANGE, event.position().toPoint())
            event.accept()
            return
        super().wheelEvent(event)

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
        ratio = self.devicePixelRatioF()
        tile = self._delegate.tile_of(hits[0], ratio) if hits else None
        drag.setPixmap(drag_picture(tile, len(hits), self.palette(), ratio))
        drag.setHotSpot(QPoint(DRAG_SIDE // 2, DRAG_SIDE // 2))
        return drag

    def _open(self, index: QModelIndex) -> None:
        hit = self._photos.hit(index)
        if hit is not None:
            self.opened.emit(hit)

    def _selected_parts(self) -> list[tuple[int, int]]:
        """First and last row of each part of the selection."""
        # not by indexes: one for each of 100,000 rows would take a quarter of a second
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        return [(part.top(), part.bottom()) for part in parts]

    def _place(self) -> KeptPlace:
        """Where the user is; nothing of it at the very top, where what is new is to be seen."""
        first = self._photos.index(self.first_row_seen())
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
        """Say where months begin if the photos stand in order of date, else where likely ends."""
        months = date_sections(hits)
        self._sections = months if len(months) else likely_sections(hits)
        headings = SectionHeadings(self._sections) if len(self._sections) else None
        self.heading.show_headings(headings)
        self.show_headings(headings)

    def _place_heading(self) -> None:
        if not self.heading_height:
            return
        section, pushed = self.section_seen()
        line = self.tiles.heading_rect(section)
        is_over = line.top() < self.verticalScrollBar().value()
        self.heading.setGeometry(self.viewport().x(), 0, line.width(), line.height())
        self.heading.show_section(section, pushed, is_over)

    def _select_section(self, section: int) -> None:
        adding = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        is_added = bool(QGuiApplication.keyboardModifiers() & adding)
        self.select_section(section, is_added)

    def _go_to_section(self, step: int) -> None:
        """To the first photo of the next section, or of this one and then of the one before."""
        if not len(self._sections):
            return
        row = max(0, self.currentIndex().row())
        number = self._sections.number_at(row)
        if step > 0 or self._sections[number].first_row == row:
            number += step
        if 0 <= number < len(self._sections):
            self.go_to_row(self._sections[number].first_row)

    def _scroll_row_to(self, row: int, top: int) -> None:
        self.scroll_to(self.tiles.rect_of(row).top() - top)

    def _soon(self, what: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(REPAINT_MS)
        timer.timeout.connect(what)
        return timer

    def _drop_scrolled_away(self) -> None:
        if not self.isVisible():
            return
        self._thumbnails.keep_only(self.visible_files())


def _within(side: int) -> int:
    return max(SMALLEST_SIDE, min(LARGEST_SIDE, side))
