"""What hangs on the pointer while photos are dragged out."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPixmap

from desktop_app.gui import wording

DRAG_SIDE = 96


def drag_picture(
    tile: QPixmap | None, count: int, colours: QPalette, ratio: float = 1.0
) -> QPixmap:
    """The first photo, a little transparent, and how many there are where it is not alone."""
    picture = QPixmap(QSize(DRAG_SIDE, DRAG_SIDE) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    area = QRect(0, 0, DRAG_SIDE, DRAG_SIDE)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.85)
        if tile is not None and not tile.isNull():
            painter.drawPixmap(area, tile)
        else:
            painter.setBrush(colours.color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(area, 6, 6)
        if count > 1:
            painter.setOpacity(1.0)
            words = wording.number(count)
            wide = max(32, painter.fontMetrics().horizontalAdvance(words) + 16)
            badge = QRect(DRAG_SIDE - wide - 4, 4, wide, 24)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(badge, 12, 12)
            painter.setPen(colours.color(QPalette.ColorRole.HighlightedText))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
    return picture
