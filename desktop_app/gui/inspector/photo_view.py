"""The photo in a panel: as wide as the panel allows, and never wider than it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop_app.gui.glyphs import paint_glyph

HIGHEST = 300
GLYPH_SIDE = 40


class PhotoView(QLabel):
    """Shows one picture, or a drawing while there is none.

    A label, because that is what assistive programs know as a picture; it paints itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(120)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture to see."""
        return not self.pixmap().isNull()

    def show_picture(self, image: QImage, description: str) -> None:
        """Show a picture, or none where it is null; the description is for those who hear it."""
        self.setPixmap(QPixmap() if image.isNull() else QPixmap.fromImage(image))
        self.setAccessibleName(description)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """The picture's own shape, in bounds."""
        if not self.has_picture:
            return self.minimumHeight()
        pixmap = self.pixmap()
        wanted = round(width * pixmap.height() / max(1, pixmap.width()))
        return max(self.minimumHeight(), min(HIGHEST, wanted))

    def sizeHint(self) -> QSize:
        """As high as the width of now makes it."""
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        """As small as may be: the picture is made to fit."""
        return QSize(0, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the middle, round at the corners like the grid's."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            area = QRectF(self.rect())
            if self.has_picture:
                pixmap = self.pixmap()
                size = pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
                place = QRectF(0, 0, size.width(), size.height())
                place.moveCenter(area.center())
                painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(area, 8, 8)
            glyph = QRectF(0, 0, GLYPH_SIDE, GLYPH_SIDE)
            glyph.moveCenter(area.center())
            colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
            paint_glyph(painter, "photo", glyph, colour)
