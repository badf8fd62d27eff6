"""What a drop would do, shown over the whole window while something is dragged."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.gui.glyphs import paint_glyph


class DropOverlay(QWidget):
    """A veil with a dashed frame and a sentence; takes no events itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = ""
        self.hide()

    @property
    def words(self) -> str:
        """The sentence that is shown."""
        return self._words

    def show_words(self, words: str) -> None:
        """Cover the parent and say what letting go would do."""
        self._words = words
        self.setAccessibleName(words)  # they are painted: nothing else tells a screen reader
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Veil, frame, glyph, words."""
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlpha(236)
        frame = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), veil)
            painter.setPen(QPen(accent, 2.0, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(frame, 18, 18)
            glyph = QRectF(0, 0, 56, 56)
            glyph.moveCenter(frame.center())
            glyph.translate(0, -36)
            paint_glyph(painter, "drop", glyph, accent)
            font = self.font()
            font.setPointSizeF(font.pointSizeF() * 1.5)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            words = QRectF(frame.left(), glyph.bottom() + 14, frame.width(), 60)
            painter.drawText(
                words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._words
            )
