"""What the lists of the side panel have in common: how a row looks behind its words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

_RADIUS = 8.0


def paint_row_ground(painter: QPainter, option: QStyleOptionViewItem) -> QRectF:
    """Paint the ground of a row that is selected or pointed at, and the ring of the keyboard.

    Returns:
        where its words and glyphs may be.
    """
    area = QRectF(option.rect).adjusted(4, 1, -4, -1)
    state: QStyle.StateFlag = option.state
    colours: QPalette = option.palette
    flag = QStyle.StateFlag
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state & (flag.State_Selected | flag.State_MouseOver):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.color(QPalette.ColorRole.Midlight))
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
    if state & flag.State_HasFocus:
        painter.setPen(colours.color(QPalette.ColorRole.Highlight))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
    return area
