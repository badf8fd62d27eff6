"""Small line drawings for buttons, drawn in the colour of the text around them."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton, QWidget

GlyphName = Literal[
    "search", "close", "folder", "folder_add", "photo", "pause", "play", "stop", "menu",
    "warning", "info", "library", "drop", "offline", "grid_small", "grid_large", "nothing",
    "heart", "heart_full", "album", "eye", "clock",
    "back", "previous", "next", "zoom_in", "zoom_out", "fit", "actual_size", "turn_left",
    "turn_right", "full_screen", "leave_full_screen", "filmstrip",
    "star", "filter", "recent", "calendar",
]  # fmt: skip

USUAL_LINE: Final = 18
"""The height of a line of letters that nobody made larger, in pixels, and a little more."""
MOST_SCALE: Final = 1.5
"""Larger, and the buttons of a line would not fit beside each other."""

_HEART: Final = (
    "M12 20 C5 14.5 3 11.6 3 8.6 A4.6 4.6 0 0 1 12 6.9 A4.6 4.6 0 0 1 21 8.6 "
    "C21 11.6 19 14.5 12 20 Z"
)
_SHAPES: Final[dict[str, str]] = {
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 L21 21"/>',
    "close": '<path d="M6 6 L18 18 M18 6 L6 18"/>',
    "folder": '<path d="M3 18.5 V6 q0-1.5 1.5-1.5 H9 l2.5 3 h8 q1.5 0 1.5 1.5 v9.5 '
    'q0 1.5-1.5 1.5 h-15 Q3 20 3 18.5 Z"/>',
    "folder_add": '<path d="M3 18.5 V6 q0-1.5 1.5-1.5 H9 l2.5 3 h8 q1.5 0 1.5 1.5 v9.5 '
    'q0 1.5-1.5 1.5 h-15 Q3 20 3 18.5 Z M12 10.8 v6 M9 13.8 h6"/>',
    "photo": '<rect x="3" y="4.5" width="18" height="15" rx="2.5"/><circle cx="8.5" cy="9.5" '
    'r="1.6"/><path d="M3.5 17.5 L9 13 l3.5 3 L16.5 11 l4.2 5"/>',
    "pause": '<path d="M8.5 6 V18 M15.5 6 V18"/>',
    "play": '<path d="M8 5.5 L18.5 12 L8 18.5 Z"/>',
    "stop": '<rect x="6.5" y="6.5" width="11" height="11" rx="1.5"/>',
    "menu": '<path d="M4 7 H20 M4 12 H20 M4 17 H20"/>',
    "warning": '<path d="M12 4 L21.5 20 H2.5 Z M12 10 v4.5 M12 17.2 v.3"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11 v5.5 M12 7.6 v.3"/>',
    "library": '<rect x="3" y="7.5" width="14" height="12.5" rx="2"/>'
    '<path d="M7 4 h12 q2 0 2 2 v10.5 M3.5 17.5 l4-4 3 3 2.5-2.5 3.5 3.5"/>',
    "drop": '<path d="M12 3.5 V14.5 M7.5 10.5 L12 15 l4.5-4.5 M4 15.5 V19 q0 1.5 1.5 1.5 h13 '
    'q1.5 0 1.5-1.5 v-3.5"/>',
    "offline": '<path d="M3 3 L21 21 M8.5 15.5 a5 5 0 0 1 5.5-1 M5.5 12 a9 9 0 0 1 4-2.3 '
    'M13.5 9.4 a9 9 0 0 1 5 2.6 M12 19 v.2"/>',
    "grid_small": "".join(
        f'<rect x="{x}" y="{y}" width="3.6" height="3.6" rx=".8"/>'
        for y in (4, 10.2, 16.4)
        for x in (4, 10.2, 16.4)
    ),
    "grid_large": "".join(
        f'<rect x="{x}" y="{y}" width="7" height="7" rx="1.5"/>'
        for y in (3.5, 13.5)
        for x in (3.5, 13.5)
    ),
    "heart": f'<path d="{_HEART}"/>',
    "heart_full": f'<path d="{_HEART}" fill="COLOUR"/>',
    "album": '<rect x="4" y="7.5" width="16" height="12.5" rx="2"/><path d="M6 4.5 H18"/>',
    "eye": '<path d="M2.5 12 Q7 5.5 12 5.5 T21.5 12 Q17 18.5 12 18.5 T2.5 12 Z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5 V12 L15.2 14"/>',
    "back": '<path d="M20 12 H5 M11 5.5 L4.5 12 L11 18.5"/>',
    "previous": '<path d="M15 5 L8 12 L15 19"/>',
    "next": '<path d="M9 5 L16 12 L9 19"/>',
    "zoom_in": '<circle cx="10.5" cy="10.5" r="6.5"/>'
    '<path d="M15.5 15.5 L21 21 M7.5 10.5 h6 M10.5 7.5 v6"/>',
    "zoom_out": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 L21 21 M7.5 10.5 h6"/>',
    "fit": '<rect x="3" y="5" width="18" height="14" rx="2"/>'
    '<path d="M7 12 h10 M9 9.8 L6.8 12 L9 14.2 M15 9.8 L17.2 12 L15 14.2"/>',
    "actual_size": '<path d="M5 8 L7.5 6.5 V17.5 M16 8 L18.5 6.5 V17.5"/>'
    '<path d="M12.5 9.8 v.4 M12.5 14.8 v.4"/>',
    "turn_left": '<path d="M5.5 5 V10 H10.5 M5.8 10 a7.3 7.3 0 1 1 -.9 5"/>',
    "turn_right": '<path d="M18.5 5 V10 H13.5 M18.2 10 a7.3 7.3 0 1 0 .9 5"/>',
    "full_screen": '<path d="M4 9 V4 H9 M15 4 H20 V9 M20 15 V20 H15 M9 20 H4 V15"/>',
    "leave_full_screen": '<path d="M9 4 V9 H4 M20 9 H15 V4 M15 20 V15 H20 M4 15 H9 V20"/>',
    "filmstrip": '<rect x="3" y="4" width="18" height="9.5" rx="1.5"/>'
    '<path d="M3.5 18.5 h3.6 M10.2 18.5 h3.6 M16.9 18.5 h3.6"/>',
    "star": '<path d="M12 3.5 L14.6 9 L20.5 9.7 L16.1 13.8 L17.3 19.7 L12 16.7 L6.7 19.7 '
    'L7.9 13.8 L3.5 9.7 L9.4 9 Z"/>',
    "filter": '<path d="M3.5 5 H20.5 L14 12.5 V19 L10 17 V12.5 Z"/>',
    "recent": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7 V12 L15.5 14"/>',
    "calendar": '<rect x="3.5" y="5.5" width="17" height="15" rx="2"/>'
    '<path d="M3.5 10 H20.5 M8 3.5 V7.5 M16 3.5 V7.5"/>',
    "nothing": '<circle cx="10.5" cy="10.5" r="6.5"/>'
    '<path d="M15.5 15.5 L21 21 M8 8 l5 5 M13 8 l-5 5"/>',
}

_POINTING: Final[frozenset[str]] = frozenset(("back", "previous", "next"))
"""What points along the line: the other way where one reads from the right."""


def paint_glyph(painter: QPainter, name: GlyphName, area: QRectF, colour: QColor) -> None:
    """Draw a glyph into a square area; lines keep their weight relative to its size."""
    shapes = _SHAPES[name].replace("COLOUR", colour.name())
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'stroke="{colour.name()}" stroke-width="1.8" stroke-linecap="round" '
        f'stroke-linejoin="round">{shapes}</svg>'
    )
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    painter.setOpacity(colour.alphaF())
    renderer.render(painter, area)
    painter.setOpacity(1.0)


def mirrored(direction: Qt.LayoutDirection, area: QRectF, part: QRectF) -> QRectF:
    """Where a part of an area lies for somebody who reads in this direction.

    ``QStyle.visualRect`` for real numbers; ``part`` is given as it lies from the left.
    """
    if direction is Qt.LayoutDirection.RightToLeft:
        return part.translated(area.left() + area.right() - part.left() - part.right(), 0)
    return part


def letter_scale(widget: QWidget) -> float:
    """How much larger than usual drawings are where letters are large; 1 to ``MOST_SCALE``."""
    return max(1.0, min(MOST_SCALE, widget.fontMetrics().height() / USUAL_LINE))


class Glyph(QWidget):
    """A drawing that is only looked at; screen readers skip it."""

    def __init__(
        self,
        name: GlyphName,
        side: int,
        role: QPalette.ColorRole = QPalette.ColorRole.PlaceholderText,
        padding: int = 0,
    ) -> None:
        super().__init__()
        self._name: GlyphName = name
        self._role = role
        scale = letter_scale(self)
        self._padding = round(padding * scale)
        self.setFixedSize(round(side * scale), round(side * scale))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_glyph(self, name: GlyphName) -> None:
        """Show another drawing."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw in the palette's colour of now, so that a change of theme needs no more."""
        super().paintEvent(event)
        padding = float(self._padding)
        area = QRectF(self.rect()).adjusted(padding, padding, -padding, -padding)
        with QPainter(self) as painter:
            paint_glyph(painter, self._name, area, self.palette().color(self._role))


class GlyphButton(QToolButton):
    """A square button with a drawing instead of a word; its name is told to screen readers."""

    def __init__(self, name: GlyphName, label: str, side: int = 32, glyph_side: int = 18) -> None:
        super().__init__()
        self._name: GlyphName = name
        scale = letter_scale(self)
        self._glyph_side = round(glyph_side * scale)
        self.setFixedSize(QSize(round(side * scale), round(side * scale)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_label(label)

    def set_glyph(self, name: GlyphName) -> None:
        """Show another drawing."""
        self._name = name
        self.update()

    def set_label(self, label: str) -> None:
        """What the button does, in words."""
        self.setToolTip(label)
        self.setAccessibleName(label)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's frame and background, the glyph on top."""
        super().paintEvent(event)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        colour = self.palette().color(group, QPalette.ColorRole.ButtonText)
        area = QRectF(0, 0, self._glyph_side, self._glyph_side)
        area.moveCenter(QRectF(self.rect()).center())
        with QPainter(self) as painter:
            if self.isRightToLeft() and self._name in _POINTING:
                painter.translate(self.width(), 0)
                painter.scale(-1, 1)
            paint_glyph(painter, self._name, area, colour)

    def changeEvent(self, event: QEvent) -> None:
        """Repaint in the new colours after a change of theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
