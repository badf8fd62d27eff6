"""Small marks on a tile: what kind of file it is, how many there are, where it lies."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from desktop_app.gui.glyphs import GlyphName, paint_glyph
from desktop_app.library.file_kind import is_raw_name
from desktop_app.library.records import Photo

HEIGHT = 22
GAP = 4
MOST_KEPT = 500
INSET = 7
"""From the edges of the tile."""

_GROUND = QColor(20, 22, 30, 200)
_INK = QColor("#ffffff")
_PADDING = 6
_TEXT_PIXELS = 11


@dataclass(frozen=True)
class Badge:
    """A glyph or a word on a dark pill, and what it means in words."""

    words: str
    text: str = ""
    glyph: GlyphName | None = None


def badges_of(photo: Photo) -> list[Badge]:
    """What is worth a mark, the most important first."""
    badges = []
    if photo.offline:
        badges.append(Badge(_tr("offline"), glyph="offline"))
    if is_raw_name(photo.path.suffix):
        badges.append(Badge(_tr("camera raw file"), "RAW"))
    if places := len(photo.other_paths):
        words = _tr("the same photo at {n} places").format(n=places + 1)
        badges.append(Badge(words, f"×{places + 1}"))
    return badges


class PillPainter:
    """Draws pills; each is made once a device pixel ratio. Lives on the GUI thread."""

    def __init__(self) -> None:
        self._made: dict[tuple[Badge, float, str], QPixmap] = {}

    def paint_badges(self, painter: QPainter, tile: QRectF, photo: Photo) -> float:
        """In the upper right corner; answers where the leftmost begins."""
        right = tile.right() - INSET
        for badge in badges_of(photo):
            pill = self._pill(painter, badge, _GROUND, tile.width() - 2 * INSET)
            right -= pill.deviceIndependentSize().width()
            painter.drawPixmap(QPointF(right, tile.top() + INSET), pill)
            right -= GAP
        return right

    def paint_mark(
        self, painter: QPainter, tile: QRectF, words: str, ground: QColor, ink: QColor, end: float
    ) -> None:
        """Words in the upper left corner that end before ``end``."""
        left = tile.left() + INSET
        pill = self._pill(painter, Badge(words, words), ground, end - left, ink)
        painter.drawPixmap(QPointF(left, tile.top() + INSET), pill)

    def _pill(
        self, painter: QPainter, badge: Badge, ground: QColor, widest: float, ink: QColor = _INK
    ) -> QPixmap:
        font = QFont(painter.font())
        font.setPixelSize(_TEXT_PIXELS)
        font.setBold(True)
        text = QFontMetricsF(font).elidedText(badge.text, Qt.TextElideMode.ElideRight, widest - 12)
        ratio = painter.device().devicePixelRatio()
        key = (Badge(ground.name() + ink.name(), text, badge.glyph), ratio, font.key())
        if key not in self._made:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            self._made[key] = _draw_pill(text, badge.glyph, font, ratio, ground, ink)
        return self._made[key]


def _draw_pill(
    text: str, glyph: GlyphName | None, font: QFont, ratio: float, ground: QColor, ink: QColor
) -> QPixmap:
    wide = QFontMetricsF(font).horizontalAdvance(text) + 2 * _PADDING if text else HEIGHT
    size = QSize(round(max(wide, HEIGHT)), HEIGHT)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    area = QRectF(0, 0, size.width(), size.height())
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, HEIGHT / 2, HEIGHT / 2)
        if glyph is not None:
            paint_glyph(painter, glyph, area.adjusted(3.5, 3.5, -3.5, -3.5), ink)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    return pixmap


def _tr(text: str) -> str:
    return QCoreApplication.translate("badges", text)
