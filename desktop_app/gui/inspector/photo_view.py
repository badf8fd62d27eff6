"""The photo in a panel: as wide as the panel allows, and never wider than it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.gui.glyphs import paint_glyph

HIGHEST = 300
GLYPH_SIDE = 40


class PhotoView(QWidget):
    """Shows one picture, or a drawing while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self.setMinimumHeight(120)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture to see."""
        return not self._pixmap.isNull()

    def show_picture(self, image: QImage, description: str) -> None:
        """Show a picture, or none where it is null; the description is for those who hear it."""
        self._pixmap = QPixmap() if image.isNull() else QPixmap.fromImage(image)
        self.setAccessibleName(description)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """The picture's own shape, in bounds."""
        if not self.has_picture:
            return self.minimumHeight()
        wanted = round(width * self._pixmap.height() / max(1, self._pixmap.width()))
        return max(self.minimumHeight(), min(HIGHEST, wanted))

    def sizeHint(self) -> QSize:
        """As high as the width of now makes it."""
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the middle, round at the corners like the grid's."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            area = QRectF(self.rect())
            if self.has_picture:
                size = QSize(self._pixmap.size()).scaled(
                    self.size(), Qt.AspectRatioMode.KeepAspectRatio
                )
                place = QRectF(0, 0, size.width(), size.height())
                place.moveCenter(area.center())
                painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(area, 8, 8)
            glyph = QRectF(0, 0, GLYPH_SIDE, GLYPH_SIDE)
            glyph.moveCenter(area.center())
            colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
            paint_glyph(painter, "photo", glyph, colour)
