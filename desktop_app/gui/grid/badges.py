"""Small marks on a tile: what kind of file it is, how many there are, where it lies."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from desktop_app.gui.glyphs import GlyphName, mirrored, paint_glyph
from desktop_app.library.file_kind import is_raw_name
from desktop_app.library.records import Photo

translate = QCoreApplication.translate

LEAST_HEIGHT = 22
GAP = 4
MOST_KEPT = 500
INSET = 7
"""From the edges of the tile."""

_GROUND = QColor(20, 22, 30, 200)
_INK = QColor("#ffffff")
_PADDING = 6
_TEXT_PART = 0.8
"""Of the size of the names below the tiles."""


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
        badges.append(Badge(translate("badges", "offline"), glyph="offline"))
    elif photo.trouble:
        badges.append(Badge(translate("badges", "could not be read the last time"), "!"))
    if is_raw_name(photo.path.suffix):
        badges.append(Badge(translate("badges", "camera raw file"), "RAW"))
    if places := len(photo.other_paths):
        words = translate("badges", "the same photo at {n} places").format(n=places + 1)
        badges.append(Badge(words, f"×{places + 1}"))
    return badges


class PillPainter:
    """Draws pills; each is made once a device pixel ratio. Lives on the GUI thread."""

    def __init__(self) -> None:
        self._made: dict[tuple[Badge, float, str], QPixmap] = {}

    def paint_badges(self, painter: QPainter, tile: QRectF, photo: Photo) -> float:
        """In the upper right corner, the upper left one where one reads from the right.

        Returns:
            Where the innermost begins, as if everything was read from the left.
        """
        right = tile.right() - INSET
        for badge in badges_of(photo):
            pill = self._pill(painter, badge, tile.width() - 2 * INSET)
            right -= pill.deviceIndependentSize().width()
            _put(painter, tile, right, pill)
            right -= GAP
        return right

    def _pill(self, painter: QPainter, badge: Badge, widest: float) -> QPixmap:
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * _TEXT_PART)
        font.setBold(True)
        room = widest - 2 * _PADDING
        text = QFontMetricsF(font).elidedText(badge.text, Qt.TextElideMode.ElideRight, room)
        ratio = painter.device().devicePixelRatio()
        key = (Badge("", text, badge.glyph), ratio, font.key())
        if key not in self._made:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            self._made[key] = _draw_pill(text, badge.glyph, font, ratio)
        return self._made[key]


def _put(painter: QPainter, tile: QRectF, left: float, pill: QPixmap) -> None:
    place = QRectF(QPointF(left, tile.top() + INSET), pill.deviceIndependentSize())
    painter.drawPixmap(mirrored(painter.layoutDirection(), tile, place).topLeft(), pill)


def _draw_pill(text: str, glyph: GlyphName | None, font: QFont, ratio: float) -> QPixmap:
    metrics = QFontMetricsF(font)
    height = max(LEAST_HEIGHT, round(metrics.height()) + 6)
    wide = metrics.horizontalAdvance(text) + 2 * _PADDING if text else height
    size = QSize(round(max(wide, height)), height)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    area = QRectF(0, 0, size.width(), size.height())
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawRoundedRect(area, height / 2, height / 2)
        if glyph is not None:
            paint_glyph(painter, glyph, area.adjusted(3.5, 3.5, -3.5, -3.5), _INK)
        painter.setFont(font)
        painter.setPen(_INK)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    return pixmap
