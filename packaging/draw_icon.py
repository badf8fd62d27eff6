"""Draw the app icon's PNG files from ``assets/icons/visita.svg``.

Run it after changing the drawing: ``python packaging/draw_icon.py``. The results are committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "assets" / "icons"
SIDES = (16, 32, 64, 128, 256, 512)
OVERSAMPLING = 4
"""Small sizes are drawn larger and reduced, which keeps thin lines even."""


def draw(drawing: QSvgRenderer, side: int) -> QImage:
    """The icon, ``side`` pixels wide, on a transparent ground."""
    large = side * OVERSAMPLING
    image = QImage(large, large, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing.render(painter, QRectF(0, 0, large, large))
    return image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def main() -> int:
    """Write every size; answers the exit code."""
    drawing = QSvgRenderer(str(ICONS / "visita.svg"))
    if not drawing.isValid():
        print("visita.svg cannot be drawn", file=sys.stderr)
        return 1
    for side in SIDES:
        image = draw(drawing, side)
        name = "visita.png" if side == max(SIDES) else f"visita-{side}.png"
        if not image.save(str(ICONS / name)):
            print(f"{name} cannot be written", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
