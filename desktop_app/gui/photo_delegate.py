"""How one photo of the grid looks: a square tile, its name below, its score beside the name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.gui import wording
from desktop_app.gui.glyphs import paint_glyph
from desktop_app.gui.grid.badges import PillPainter
from desktop_app.gui.grid.exact_tiles import ExactTiles
from desktop_app.gui.photo_list_model import HIT_ROLE
from desktop_app.gui.thumbnails import CORNER_FRACTION, ThumbnailLoader
from desktop_app.library.search import SearchHit

MARGIN = 8
"""Free space around a tile, half of the gap between two."""

CAPTION_GAP = 6
SIDE_STEP = 32
"""Tiles are cut in steps of so many device pixels, so that resizing does not reload each one."""

OFFLINE_OPACITY = 0.45
_FROM_LEFT = "\u200e"
"""A mark that nobody sees: a minus stays before its number where one reads from the right."""


class PhotoDelegate(QStyledItemDelegate):
    """Paints tiles from the thumbnail loader; never reads a file itself."""

    def __init__(self, thumbnails: ThumbnailLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._cell = QSize(200, 220)
        self._pills = PillPainter()
        self._exact = ExactTiles()

    @staticmethod
    def cell_for(width: int, font: QFont) -> QSize:
        """The size of a cell that is ``width`` pixels wide: a square tile and a line of text."""
        caption = QFontMetrics(font).height() + CAPTION_GAP
        return QSize(width, width + caption + MARGIN // 2)

    def set_cell(self, cell: QSize) -> None:
        """All cells have this size from now on."""
        self._cell = cell

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The same for every row, so that a view may lay out rows that it never asks for."""
        return self._cell

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tile, caption, badges, and the marks for selected, current and hovered."""
        hit: SearchHit | None = index.data(HIT_ROLE)
        if hit is None:
            return
        cell = QRectF(option.rect)
        side = self._cell.width() - 2 * MARGIN
        tile = QRectF(cell.left() + MARGIN, cell.top() + MARGIN, side, side)
        state: QStyle.StateFlag = option.state
        colours: QPalette = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_tile(painter, tile, hit, colours)
        self._paint_marks(painter, tile, state, colours)
        font: QFont = option.font
        painter.setFont(font)
        self._pills.paint_badges(painter, tile, hit.photo)
        self._paint_caption(painter, tile, hit, font, colours)
        painter.restore()

    def _paint_tile(
        self, painter: QPainter, tile: QRectF, hit: SearchHit, colours: QPalette
    ) -> None:
        pixmap = self.tile_of(hit, painter.device().devicePixelRatio())
        if pixmap is None or pixmap.isNull():
            radius = tile.width() * CORNER_FRACTION
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(tile, radius, radius)
            if pixmap is not None:
                glyph = QRectF(0, 0, tile.width() / 4, tile.width() / 4)
                glyph.moveCenter(tile.center())
                paint_glyph(
                    painter, "photo", glyph, colours.color(QPalette.ColorRole.PlaceholderText)
                )
            return
        painter.setOpacity(OFFLINE_OPACITY if hit.photo.offline else 1.0)
        ratio = painter.device().devicePixelRatio()
        exact = self._exact.exact(pixmap, round(tile.width() * ratio), ratio)
        painter.drawPixmap(QPointF(round(tile.left()), round(tile.top())), exact)
        painter.setOpacity(1.0)

    def tile_of(self, hit: SearchHit, ratio: float) -> QPixmap | None:
        """A photo's tile as it is painted: enough device pixels, in steps; None until it is there.

        Whoever needs a smaller one takes it, too: the loader keeps one size of each.
        """
        pixels = (self._cell.width() - 2 * MARGIN) * ratio
        return self._thumbnails.pixmap(hit.thumbnail, int(-(-pixels // SIDE_STEP) * SIDE_STEP))

    @staticmethod
    def _paint_marks(
        painter: QPainter, tile: QRectF, state: QStyle.StateFlag, colours: QPalette
    ) -> None:
        accent = colours.color(QPalette.ColorRole.Highlight)
        flag = QStyle.StateFlag
        if state & flag.State_Selected:
            pen = QPen(accent, 3.0)
        elif state & flag.State_HasFocus:
            pen = QPen(accent, 1.5, Qt.PenStyle.DotLine)
        elif state & flag.State_MouseOver:
            pen = QPen(colours.color(QPalette.ColorRole.PlaceholderText), 1.5)
        else:
            return
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        outset = 3.0
        ring = tile.adjusted(-outset, -outset, outset, outset)
        radius = tile.width() * CORNER_FRACTION + outset
        painter.drawRoundedRect(ring, radius, radius)
        if state & flag.State_Selected and state & flag.State_HasFocus:
            # Among selected photos: the one that the keys are about.
            painter.setPen(QPen(colours.color(QPalette.ColorRole.HighlightedText), 1.2))
            painter.drawRoundedRect(ring, radius, radius)

    @staticmethod
    def _paint_caption(
        painter: QPainter, tile: QRectF, hit: SearchHit, font: QFont, colours: QPalette
    ) -> None:
        painter.setFont(font)
        metrics = QFontMetrics(font)
        line = QRectF(tile.left() + 2, tile.bottom() + CAPTION_GAP, tile.width() - 4, 0)
        line.setHeight(metrics.height())
        name_width = line.width()
        if hit.score is not None:
            score = wording.score(hit.score)
            name_width -= metrics.horizontalAdvance(score) + 8
            painter.setPen(colours.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{_FROM_LEFT}{score}")
        name = hit.photo.path.name
        if metrics.horizontalAdvance(name) > name_width:
            # The ending is what can be spared first.
            name = metrics.elidedText(
                hit.photo.path.stem, Qt.TextElideMode.ElideMiddle, int(name_width)
            )
        painter.setPen(colours.color(QPalette.ColorRole.Text))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, name)
