"""Tiles in sections, as they are seen, selected and walked through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QHelpEvent,
    QHoverEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyleOptionRubberBand,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop_app.gui.grid.cursor_path import Action, CursorPath
from desktop_app.gui.grid.section_area import SectionArea
from desktop_app.gui.photo_list_model import Index

Flag = QItemSelectionModel.SelectionFlag
State = QAbstractItemView.State
_HAND = Qt.CursorShape.PointingHandCursor
_ARROW = Qt.CursorShape.ArrowCursor


class SectionView(SectionArea):
    """Paints what is seen, through the delegate; a click on a heading selects its section."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = CursorPath()
        self._pointer: QPoint | None = None
        self._hovered_row = -1
        self._hovered_heading = -1
        self._pressed_at = QPoint()
        self._pressed_heading = -1
        self._band = QRect()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        # what is painted wholly by us can be moved while scrolling, instead of painted anew
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # -- keys --------------------------------------------------------------------------------

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads to."""
        if not self._layout.rows:
            return QModelIndex()
        row = self.currentIndex().row()
        if row < 0:
            return self.model().index(self.first_row_seen(), 0)
        page = self.viewport().height()
        return self.model().index(self._path.step(self._layout, row, action, page), 0)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are short cuts, and Qt would read the names of 100,000 photos."""

    # -- selection ---------------------------------------------------------------------------

    def setSelection(self, rect: QRect, command: Flag) -> None:
        """Select what a rubber band touches, or from one corner of ``rect`` to the other, in the
        order of the rows.
        """
        area = rect.translated(0, self.verticalOffset())
        if self.state() == State.DragSelectingState:
            runs = self._layout.runs_in(area.normalized())
        else:
            corners = (area.topLeft(), area.bottomRight())
            ends = [row for row in map(self._layout.row_at, corners) if row >= 0]
            runs = [(min(ends), max(ends))] if ends else []
        self.selectionModel().select(self._selection_of(runs), command)

    def selectAll(self) -> None:
        """As one part: Qt goes through the rows one by one."""
        every = [(0, self._layout.rows - 1)] if self._layout.rows else []
        self.selectionModel().select(self._selection_of(every), Flag.ClearAndSelect)

    def select_section(self, section: int, is_added: bool) -> None:
        """Select the rows of a section, alone or besides what is selected; added once more they
        are let go again.
        """
        rows = self._layout.section_rows(section)
        chosen = self._selection_of([(rows.start, rows.stop - 1)])
        if is_added:
            before = QItemSelection(self.selectionModel().selection())
            parts = (before.at(number) for number in range(before.count()))
            inside = (
                range(max(p.top(), rows.start), min(p.bottom() + 1, rows.stop)) for p in parts
            )
            is_chosen = sum(map(len, inside)) == len(rows)
            before.merge(chosen, Flag.Deselect if is_chosen else Flag.Select)
            chosen = before
        first = min(max(rows.start, self.first_row_seen()), rows.stop - 1)
        self.setAutoScroll(False)
        # by Qt's own way, so that Shift goes on from there
        self.setCurrentIndex(self.model().index(first, 0))
        self.setAutoScroll(True)
        self.selectionModel().select(chosen, Flag.ClearAndSelect)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What is to be painted anew where a selection changes: whole lines of what is seen."""
        region = QRegion()
        seen = self.rows_seen()
        for number in range(selection.count()):
            part = selection.at(number)
            if rows := _common(range(part.top(), part.bottom() + 1), seen):
                lines = self._layout.rect_of(rows[0]).united(self._layout.rect_of(rows[-1]))
                area = QRect(0, lines.top(), self.viewport().width(), lines.height())
                region += area.translated(0, -self.verticalOffset())
        return region

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell screen readers as well; Qt would look the row up in its own layout."""
        self._anchor = None
        QAbstractItemView.currentChanged(self, current, previous)
        if current.isValid() and self.hasFocus():
            self._tell(QAccessible.Event.Focus, current.row())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell screen readers as well."""
        QAbstractItemView.selectionChanged(self, selected, deselected)
        for parts, event in (
            (selected, QAccessible.Event.SelectionAdd),
            (deselected, QAccessible.Event.SelectionRemove),
        ):
            if parts.count():
                self._tell(event, parts.at(0).top())

    def _tell(self, what: QAccessible.Event, row: int) -> None:
        if QAccessible.isActive():
            event = QAccessibleEvent(self, what)
            event.setChild(row)
            QAccessible.updateAccessibility(event)

    def _selection_of(self, runs: Sequence[tuple[int, int]]) -> QItemSelection:
        chosen = QItemSelection()
        for first, last in runs:
            chosen.select(self.model().index(first, 0), self.model().index(last, 0))
        return chosen

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The headings and tiles that have a pixel in what is to be painted."""
        top = self.verticalOffset()
        area = event.rect().translated(0, top)
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), self.palette().brush(QPalette.ColorRole.Base))
            self._paint_headings(painter, area, top)
            self._paint_tiles(painter, self._layout.rows_between(area.top(), area.bottom() + 1))
            if not self._band.isEmpty():
                option = QStyleOptionRubberBand()
                option.initFrom(self.viewport())
                option.shape = option.shape.Rectangle
                option.opaque = False
                option.rect = self._band.translated(0, -top)
                band = QStyle.ControlElement.CE_RubberBand
                self.style().drawControl(band, option, painter, self.viewport())

    def _paint_headings(self, painter: QPainter, area: QRect, top: int) -> None:
        if self._headings is None:
            return
        for section in self._layout.headings_between(area.top(), area.bottom() + 1):
            line = self._layout.heading_rect(section).translated(0, -top)
            self._headings.paint(painter, line, section, self, section == self._hovered_heading)

    def _paint_tiles(self, painter: QPainter, rows: range) -> None:
        flag = QStyle.StateFlag
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(flag.State_Selected | flag.State_HasFocus | flag.State_MouseOver)
        current = self.currentIndex().row() if self.hasFocus() else -1
        model, delegate, selection = self.model(), self.itemDelegate(), self.selectionModel()
        for row in rows:
            index = model.index(row, 0)
            state = plain
            if selection.isSelected(index):
                state |= flag.State_Selected
            if row == current:
                state |= flag.State_HasFocus
            if row == self._hovered_row:
                state |= flag.State_MouseOver
            option.state = state
            option.rect = self.visualRect(index)
            delegate.paint(painter, option, index)

    # -- pointer -----------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the pointer, and say what headings are for."""
        match event.type():
            case QEvent.Type.HoverEnter | QEvent.Type.HoverMove:
                assert isinstance(event, QHoverEvent)
                self._pointer = event.position().toPoint()
                self._follow_pointer()
            case QEvent.Type.HoverLeave:
                self._pointer = None
                self._follow_pointer()
            case QEvent.Type.ToolTip:
                assert isinstance(event, QHelpEvent)
                if self._headings is not None and self.heading_at(event.pos()) >= 0:
                    QToolTip.showText(event.globalPos(), self._headings.tool_tip(), self)
                    return True
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Something else comes under a pointer that stands still."""
        super().scrollContentsBy(dx, dy)
        self._follow_pointer()

    def _follow_pointer(self) -> None:
        row, heading = -1, -1
        if self._pointer is not None:
            row, heading = self.indexAt(self._pointer).row(), self.heading_at(self._pointer)
        for changed in {row} ^ {self._hovered_row}:
            self.viewport().update(self.visualRect(self.model().index(changed, 0)))
        for changed in {heading} ^ {self._hovered_heading}:
            if 0 <= changed < self._layout.sections:
                line = self._layout.heading_rect(changed)
                self.viewport().update(line.translated(0, -self.verticalOffset()))
        if (heading < 0) is not (self._hovered_heading < 0):
            self.viewport().setCursor(_HAND if heading >= 0 else _ARROW)
        self._hovered_row, self._hovered_heading = row, heading

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A rubber band may begin here, a click on a heading may."""
        at = event.position().toPoint()
        self._pressed_at = at + QPoint(0, self.verticalOffset())
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed_heading = self.heading_at(at) if is_left else -1
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch the rubber band; a hand that trembles on a heading begins none."""
        to = event.position().toPoint() + QPoint(0, self.verticalOffset())
        if self._pressed_heading >= 0:
            if (to - self._pressed_at).manhattanLength() < QApplication.startDragDistance():
                return
            self._pressed_heading = -1
        super().mouseMoveEvent(event)
        if self.state() == State.DragSelectingState:
            self._band = QRect(self._pressed_at, to).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the rubber band, or select what is below a heading."""
        super().mouseReleaseEvent(event)
        section, self._pressed_heading = self._pressed_heading, -1
        if not self._band.isNull():
            self._band = QRect()
            self.viewport().update()
        elif section >= 0 and self.heading_at(event.position().toPoint()) == section:
            adding = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            self.select_section(section, is_added=bool(event.modifiers() & adding))


def _common(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))
