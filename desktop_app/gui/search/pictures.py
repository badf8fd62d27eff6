"""Small pictures of the photos that are searched by."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPaintEvent, QPalette, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from desktop_app.library.decoder import Decoder

PICTURE_SIDE = 96


def small_picture(decoder: Decoder, path: Path) -> QImage:
    """A photo as the decoder sees it, twice ``PICTURE_SIDE`` at most; for any thread.

    Raises:
        PhotoError: it cannot be decoded.
    """
    photo = decoder.decode(path, PICTURE_SIDE).image
    photo.thumbnail((PICTURE_SIDE * 2, PICTURE_SIDE * 2))
    pixels = photo.tobytes()
    image = QImage(pixels, photo.width, photo.height, photo.width * 3, QImage.Format.Format_RGB888)
    return image.copy()  # QImage only borrows the bytes


class RoundPicture(QWidget):
    """A picture cut to a circle; an empty disc without one."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pixmap = QPixmap()

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture to paint."""
        return not self._pixmap.isNull()

    def set_picture(self, image: QImage) -> None:
        """Show another picture, or none when it is null."""
        self._pixmap = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the circle with the middle of the picture."""
        circle = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        brush = QBrush(self.palette().color(QPalette.ColorRole.Midlight))
        if self.has_picture:
            scale = circle.width() / min(self._pixmap.width(), self._pixmap.height())
            move = QTransform.fromTranslate(
                circle.center().x() - self._pixmap.width() * scale / 2,
                circle.center().y() - self._pixmap.height() * scale / 2,
            )
            brush = QBrush(self._pixmap)
            brush.setTransform(QTransform.fromScale(scale, scale) * move)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush)
            painter.drawEllipse(circle)
