"""Small pictures of a few photos: those that were dropped, or those that resemble one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
)

from desktop_app.gui.glyphs import GlyphName, paint_glyph
from desktop_app.gui.grid.arrow_keys import mirrored_action

ICON_SIDE = 56


class PhotoStrip(QListWidget):
    """Small pictures with names below them; arrows walk, Enter and a double click open."""

    chosen = Signal(int)
    """The row that is looked at."""

    opened = Signal(int)
    """The row of a double click or Enter."""

    def __init__(self, name: str, side: int = ICON_SIDE, is_wrapped: bool = False) -> None:
        super().__init__()
        self._side = side
        self.setObjectName("photoStrip")
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(is_wrapped)
        if is_wrapped:
            # As high as its rows: without this, room for a bar is kept that never comes.
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(side, side))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setGridSize(QSize(side + 16, side + self.fontMetrics().height() + 14))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentRowChanged.connect(self._on_current)
        self.activated.connect(lambda index: self.opened.emit(index.row()))
        self._fit()

    def show_names(self, paths: list[Path]) -> None:
        """Begin anew with these photos; their pictures follow."""
        self.blockSignals(True)
        self.clear()
        empty = self._drawn("photo")
        for path in paths:
            item = QListWidgetItem(empty, path.name)
            item.setToolTip(str(path))
            item.setSizeHint(self.gridSize())
            self.addItem(item)
        self.blockSignals(False)
        self._fit()

    def show_picture(self, row: int, image: QImage) -> None:
        """The picture of a row, a square; a null one changes nothing."""
        if row < self.count() and not image.isNull():
            self.item(row).setIcon(QIcon(QPixmap.fromImage(image)))

    def show_trouble(self, row: int, reason: str) -> None:
        """Mark a row whose file cannot be used."""
        if row < self.count():
            item = self.item(row)
            item.setIcon(self._drawn("warning"))
            item.setToolTip(f"{item.toolTip()}\n{reason}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}: {reason}")

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """As the grid's."""
        return super().moveCursor(mirrored_action(self, action), modifiers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its rows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        cell = self.gridSize()
        lines = 1
        if self.isWrapping():
            columns = max(1, (self.viewport().width() or 300) // cell.width())
            lines = max(1, -(-self.count() // columns))
        extra = 8 if self.isWrapping() else 8 + self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(lines * cell.height() + extra)

    def _drawn(self, glyph: GlyphName) -> QIcon:
        """What stands in the place of a picture."""
        side = self._side
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(0, 0, side, side, 4, 4)
            colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
            area = QRectF(side / 4, side / 4, side / 2, side / 2)
            paint_glyph(painter, glyph, area, colour)
        return QIcon(pixmap)

    def _on_current(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)
