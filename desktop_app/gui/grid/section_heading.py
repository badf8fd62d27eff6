"""The line above the photos of a section: what it says and how it looks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from desktop_app.gui import wording
from desktop_app.gui.grid.row_sections import RowSections
from desktop_app.gui.photo_delegate import MARGIN

translate = QCoreApplication.translate

AIR = 7
"""Above and below the words."""
PADDING = 6
"""Around the words, where the pointer is on them."""
INSET = MARGIN - PADDING
WORD_GAP = 12
_RADIUS = 6
_LARGER = 1.1
"""Than the names below the tiles."""


class SectionHeadings:
    """Paints headings: the month or relevance in bold, and how many photos there are."""

    def __init__(self, sections: RowSections) -> None:
        self.sections = sections
        self._counts = [section.count for section in sections]

    @property
    def counts(self) -> Sequence[int]:
        """How many photos each section has."""
        return self._counts

    def words(self, section: int) -> str:
        """``June 2024 · 12 photos``."""
        return f"{self._title(section)} · {self._photos(section)}"

    def tool_tip(self) -> str:
        """What a click does."""
        if self.sections.are_months:
            return translate("dates", "Select the photos of this month (Ctrl: these as well)")
        return translate("sections", "Select the photos below (Ctrl: these as well)")

    def height(self, on: QWidget) -> int:
        """Enough for a line of the widget's font."""
        return QFontMetrics(_title_font(on)).height() + 2 * AIR

    def words_rect(self, area: QRect, section: int, on: QWidget) -> QRect:
        """The words stand above the left edge of the tiles, or the right one in a mirrored view."""
        bold, plain = QFontMetrics(_title_font(on)), QFontMetrics(on.font())
        title = bold.horizontalAdvance(self._title(section))
        wide = title + WORD_GAP + plain.horizontalAdvance(self._photos(section)) + 2 * PADDING
        size = QSize(min(wide, area.width() - INSET), area.height() - AIR)
        words = QRect(area.topLeft() + QPoint(INSET, AIR // 2), size)
        if on.isRightToLeft():
            words.moveRight(area.right() - INSET)
        return words

    def paint(
        self, painter: QPainter, area: QRect, section: int, on: QWidget, is_hovered: bool
    ) -> None:
        """The words, on a ground of their own where the pointer is on them."""
        colours = on.palette()
        words = self.words_rect(area, section, on)
        painter.save()
        if is_hovered:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(words, _RADIUS, _RADIUS)
        line = words.adjusted(PADDING, 0, -PADDING, 0)
        edge = Qt.AlignmentFlag
        start = edge.AlignRight if on.isRightToLeft() else edge.AlignLeft
        flags = start | edge.AlignAbsolute | edge.AlignVCenter
        # words read as their letters do, whichever way the window does
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        bold = _title_font(on)
        painter.setFont(bold)
        painter.setPen(colours.color(QPalette.ColorRole.Text))
        title = QFontMetrics(bold).elidedText(
            self._title(section), Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, flags, title)
        taken = QFontMetrics(bold).horizontalAdvance(title) + WORD_GAP
        if on.isRightToLeft():
            line.setRight(line.right() - taken)
        else:
            line.setLeft(line.left() + taken)
        painter.setFont(on.font())
        painter.setPen(colours.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(line, flags, self._photos(section))
        painter.restore()

    def _title(self, section: int) -> str:
        part = self.sections[section]
        if part.month is not None:
            return month_name(part.month)
        if part.is_likely:
            return translate("sections", "Likely")
        return translate("sections", "Less likely")

    def _photos(self, section: int) -> str:
        part = self.sections[section]
        words = wording.photos(part.count)
        if part.month is None or part.is_likely:
            return words
        # months start over after the likely photos
        return translate("sections", "{photos}, less likely").format(photos=words)


def month_name(month: str) -> str:
    """``2021-06`` in the words of the user's language; words as well where it is empty."""
    date = QDate.fromString(f"{month}-01", "yyyy-MM-dd")
    if not date.isValid():
        return translate("dates", "No date")
    # translated as well: not every language puts the month before the year
    return QLocale().toString(date, translate("dates", "MMMM yyyy"))


def _title_font(on: QWidget) -> QFont:
    font = on.font()
    font.setWeight(QFont.Weight.DemiBold)
    if font.pixelSize() > 0:  # a size is in pixels or in points
        font.setPixelSize(round(font.pixelSize() * _LARGER))
    else:
        font.setPointSizeF(font.pointSizeF() * _LARGER)
    return font
