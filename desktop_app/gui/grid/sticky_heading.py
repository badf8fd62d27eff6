"""The heading of the section on the screen: it stays at the edge while the tiles scroll."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QMenu, QStyle, QWidget

from desktop_app.gui import wording
from desktop_app.gui.glyphs import GlyphButton
from desktop_app.gui.grid.row_sections import RowSection, RowSections
from desktop_app.gui.grid.section_heading import SectionHeadings, month_name

FLAT_MENU = 18
"""More months than this are sorted into years."""
BUTTON_SIDE = 24
RING = 2


class HeadingButton(QAbstractButton):
    """Looks like the headings between the tiles, and can be reached with the keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._headings = SectionHeadings(RowSections())
        self._number = -1
        self.setAccessibleName(self.tr("Section"))  # until there is one
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_section(self, headings: SectionHeadings, number: int) -> None:
        """Show one of the headings."""
        self._headings, self._number = headings, number
        self.setText(headings.words(number))
        self.setAccessibleName(self.tr("Select {section}").format(section=headings.words(number)))
        self.setToolTip(headings.tool_tip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Its words, and what is free before them."""
        if self._number < 0:
            return QSize(0, 0)
        line = QRect(0, 0, 10_000, self._headings.height(self))
        words = self._headings.words_rect(line, self._number, self)
        before = line.right() - words.right() if self.isRightToLeft() else words.left()
        return QSize(before + words.width(), line.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The heading, and a ring around it where the keys are."""
        if self._number < 0:
            return
        with QPainter(self) as painter:
            is_hovered = self.underMouse() or self.isDown()
            self._headings.paint(painter, self.rect(), self._number, self, is_hovered)
            if self.hasFocus():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), RING))
                ring = self._headings.words_rect(self.rect(), self._number, self)
                painter.drawRoundedRect(ring.adjusted(1, 1, -2, -2), 6, 6)


class StickyHeading(QWidget):
    """The strip above the grid: its section, the next one as it comes, a button for other months.

    Args:
        parent: the grid, above whose viewport it lies.
    """

    row_wanted = Signal(int)
    """Go to this row: the first of the month that was chosen."""

    clicked = Signal(int)
    """The heading of this section."""

    def __init__(self, parent: QAbstractScrollArea) -> None:
        super().__init__(parent)
        self._below = parent.viewport()
        self._headings = SectionHeadings(RowSections())
        self._number = -1
        self._pushed = 0
        self._is_over = False
        self.title = HeadingButton(self)
        self.choose = GlyphButton("calendar", self.tr("Choose a month"), BUTTON_SIDE, 16)
        self.choose.setParent(self)
        self.choose.setToolTip(
            self.tr("Choose a month (Ctrl+Page Up and Ctrl+Page Down go to the next)")
        )
        self.title.clicked.connect(lambda: self.clicked.emit(self._number))
        self.choose.clicked.connect(self._show_months)
        self.hide()

    def show_headings(self, headings: SectionHeadings | None) -> None:
        """Other photos are shown; None: they are one section, without a heading."""
        self._headings = headings if headings is not None else SectionHeadings(RowSections())
        self._number = -1
        self.choose.setVisible(self._headings.sections.are_months)
        self.setVisible(headings is not None)

    def show_section(self, number: int, pushed: int, is_over: bool) -> None:
        """This section is at the edge.

        Args:
            number: which one.
            pushed: how far the next one has pushed it up: zero or less.
            is_over: its heading stands elsewhere than in the flow of the tiles.
        """
        if number != self._number:
            self._number = number
            self.title.show_section(self._headings, number)
        self._pushed, self._is_over = pushed, is_over
        self._place()
        self.update()

    def text(self) -> str:
        """What the section is, and how many photos it has."""
        return self.title.text()

    def months(self) -> QMenu:
        """The menu of the months, by years where there are many."""
        menu = QMenu(self)
        sections = self._headings.sections
        if len(sections) <= FLAT_MENU:
            for section in sections:
                self._add(menu, section)
            return menu
        for year, part in groupby(sections, key=lambda section: (section.month or "")[:4]):
            months = menu.addMenu(year or month_name(""))
            for section in part:
                self._add(months, section)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button for the other months is at the far end."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The heading that comes, or a line where tiles go on below."""
        with QPainter(self) as painter:
            if (coming := self._coming()).isValid():
                self._headings.paint(painter, coming, self._number + 1, self, False)
            elif self._is_over:
                painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
                painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken, or letting go would not be told."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The heading that comes can be clicked as those below can."""
        coming = self._coming()
        if event.button() == Qt.MouseButton.LeftButton and coming.isValid():
            words = self._headings.words_rect(coming, self._number + 1, self)
            if words.contains(event.position().toPoint()):
                self.clicked.emit(self._number + 1)

    def _coming(self) -> QRect:
        """Where the next heading stands already; nowhere while it is below."""
        if self._pushed == 0 or self._number + 1 >= len(self._headings.sections):
            return QRect()
        return self.rect().translated(0, self._pushed + self.height())

    def _place(self) -> None:
        words = QRect(QPoint(0, self._pushed), self.title.sizeHint())
        end = QRect(0, 0, BUTTON_SIDE, BUTTON_SIDE)
        end.moveCenter(self.rect().center())
        end.moveRight(self.width() - 5)
        for widget, place in ((self.title, words), (self.choose, end)):
            widget.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll what lies below: the wheel knows nothing of layers."""
        QCoreApplication.sendEvent(self._below, event)

    def _add(self, menu: QMenu, section: RowSection) -> None:
        count = wording.number(section.count)
        action = menu.addAction(f"{month_name(section.month or '')}\t{count}")
        action.triggered.connect(lambda _=False: self.row_wanted.emit(section.first_row))

    def _show_months(self) -> None:
        menu = self.months()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.choose.mapToGlobal(self.choose.rect().bottomLeft()))
