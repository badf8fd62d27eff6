"""The places of tiles in sections, as a view that can be scrolled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop_app.gui.grid.anchor import Anchor
from desktop_app.gui.grid.section_layout import Measures, SectionLayout
from desktop_app.gui.photo_list_model import Index

CELL = QSize(160, 180)
LEAST_STEP = 20
GAP = 8
"""Below each section."""

Hint = QAbstractItemView.ScrollHint


class Headings(Protocol):
    """What stands above the sections."""

    @property
    def counts(self) -> Sequence[int]:
        """How many rows each section has; at least one each."""

    def height(self, on: QWidget) -> int:
        """How many pixels a heading takes."""

    def words_rect(self, area: QRect, section: int, on: QWidget) -> QRect:
        """Where its words stand in the line ``area``."""

    def paint(
        self, painter: QPainter, area: QRect, section: int, on: QWidget, is_hovered: bool
    ) -> None:
        """Draw one."""

    def tool_tip(self) -> str:
        """What a click on one does."""


class SectionArea(QListView):
    """Knows where each row is; nothing is done for a row that is not asked for.

    A ``QListView`` by descent: Qt tells screen readers the items of a view by the name of its
    class, and rubber band, keys and dragging come with it. Of its layout nothing is used: every
    place is ``SectionLayout``'s, which is made anew whenever a size changes.

    Where there are headings, a strip above the viewport stays free for the one that sticks there:
    something that lay over the viewport would have all be painted anew at each step of scrolling.
    """

    scrolled = Signal()
    """Something else is at the upper edge, or may be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings: Headings | None = None
        self._layout = SectionLayout((), Measures(1, 1, CELL))
        self._anchor: Anchor | None = None
        self._is_arranging = False
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # -- layout ------------------------------------------------------------------------------

    @property
    def tiles(self) -> SectionLayout:
        """Where everything stands now."""
        return self._layout

    @property
    def heading_height(self) -> int:
        """0 where there are no headings."""
        return self._layout.measures.heading

    def show_headings(self, headings: Headings | None) -> None:
        """Cut the rows into sections, until the model is reset; None: they are one, without a
        heading.
        """
        self._headings = headings
        self.arrange()

    def fit(self, width: int) -> tuple[int, QSize]:
        """How many columns fill a width, and the size of their cells."""
        return max(1, width // CELL.width()), CELL

    def arrange(self, at: QPoint | None = None) -> None:
        """Lay everything out anew; a tile stays where it is on the screen.

        Args:
            at: the tile at this place of the viewport stays; without one the current tile if it
                is seen, else the first that is.
        """
        anchor = self._anchor_for(at)
        columns, cell = self.fit(self.viewport().width())
        if cell != self.gridSize():
            self.setGridSize(cell)
        rows = self.model().rowCount() if self.model() is not None else 0
        headings = self._headings
        if headings is not None and sum(headings.counts) != rows:
            headings = None
        measures = Measures(
            width=self.viewport().width(),
            columns=columns,
            cell=cell,
            heading=headings.height(self) if headings is not None else 0,
            gap=GAP if headings is not None else 0,
            is_mirrored=self.isRightToLeft(),
        )
        counts = headings.counts if headings is not None else (rows,) if rows else ()
        self._layout = SectionLayout(counts, measures)
        with self._arranging():
            if self.viewportMargins().top() != measures.heading:
                self.setViewportMargins(0, measures.heading, 0, 0)
            self.updateGeometries()
            if anchor is not None and anchor.row < rows:
                self.scroll_to(anchor.top(self._layout, self.viewport().height()))
        self._anchor = anchor
        self.viewport().update()
        self.scrolled.emit()

    def scroll_to(self, top: int) -> None:
        """Have a place of the contents at the upper edge of the viewport."""
        self.verticalScrollBar().setValue(top - self.heading_height)

    def first_row_seen(self) -> int:
        """The first row that is not hidden for the most part; -1 without rows."""
        edge = self.verticalOffset() + self.gridSize().height() // 4
        return min(self._layout.rows - 1, self._layout.first_row(self._layout.lines_ending(edge)))

    def rows_seen(self) -> range:
        """The rows that are on the screen, be it with one pixel."""
        top = self.verticalOffset()
        return self._layout.rows_between(top, top + self.viewport().height())

    def section_seen(self) -> tuple[int, int]:
        """The section in the strip above the viewport, and how far the heading of the next one
        has pushed its own out of it: zero or less. There must be headings.
        """
        top = self.verticalScrollBar().value()
        section = self._layout.section_at(top)
        if section + 1 == self._layout.sections:
            return section, 0
        beginning = self._layout.heading_rect(section + 1).top()
        return section, min(0, beginning - top - self.heading_height)

    def heading_at(self, at: QPoint) -> int:
        """The section whose heading has its words at a place of the viewport; -1: none has."""
        top = self.verticalOffset()
        if self._headings is not None:
            for section in self._layout.headings_between(at.y() + top, at.y() + top + 1):
                area = self._layout.heading_rect(section).translated(0, -top)
                if self._headings.words_rect(area, section, self).contains(at):
                    return section
        return -1

    def _anchor_for(self, at: QPoint | None) -> Anchor | None:
        kept, top = self._anchor, self.verticalOffset()
        if kept is not None and (at is None or at == kept.at):
            return kept
        if not self._layout.rows:
            return None
        if at is not None:
            return Anchor.under(at, self._layout, top)
        current = self.currentIndex().row()
        row = current if current in self.rows_seen() else self.first_row_seen()
        return Anchor.upper_edge(row, self._layout, top)

    @contextmanager
    def _arranging(self) -> Iterator[None]:
        before, self._is_arranging = self._is_arranging, True
        yield
        self._is_arranging = before

    # -- what Qt asks for --------------------------------------------------------------------

    def visualRect(self, index: Index) -> QRect:
        """The cell of a row, on the viewport."""
        if not (index.isValid() and index.row() < self._layout.rows):
            return QRect()
        return self._layout.rect_of(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, p: QPoint) -> QModelIndex:
        """The row whose cell is at a place of the viewport."""
        row = self._layout.row_at(p + QPoint(0, self.verticalOffset()))
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def horizontalOffset(self) -> int:
        """Always 0: columns fill the width."""
        return 0

    def verticalOffset(self) -> int:
        """What of the contents is at the upper edge of the viewport."""
        return self.verticalScrollBar().value() + self.heading_height

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        """Have a row on the screen."""
        cell = self.visualRect(index)
        if cell.isEmpty():
            return
        height = self.viewport().height()
        above, below = cell.top(), cell.bottom() + 1 - height
        match hint:
            case Hint.PositionAtTop:
                by = above
            case Hint.PositionAtBottom:
                by = below
            case Hint.PositionAtCenter:
                by = cell.center().y() - height // 2
            case _:
                by = min(above, max(0, below))
        self.scroll_to(self.verticalOffset() + by)

    def doItemsLayout(self) -> None:
        """Qt puts it off until something is to be seen."""
        self.arrange()
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Give the scroll bar its range."""
        QAbstractItemView.updateGeometries(self)
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setSingleStep(max(LEAST_STEP, self.gridSize().height() // 4))
        bar.setPageStep(max(1, height))
        with self._arranging():
            self.horizontalScrollBar().setRange(0, 0)
            bar.setRange(0, max(0, self._layout.height - self.heading_height - height))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is seen; who scrolls has left the tile that was to stay."""
        if not self._is_arranging:
            self._anchor = None
        super().scrollContentsBy(dx, dy)
        self.scrolled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new width."""
        QAbstractItemView.resizeEvent(self, event)
        if not self._is_arranging:
            self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another font makes another caption, another direction another order."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self.arrange()

    def reset(self) -> None:
        """Other rows: where the old ones stood means nothing for them."""
        super().reset()
        self._headings = None
        self._anchor = None
        self._layout = SectionLayout((), self._layout.measures)
        self.arrange()
