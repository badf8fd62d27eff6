"""Favourites and albums as rows: a glyph, the name, how many photos."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import (
    QObject,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.glyphs import mirrored, paint_glyph
from desktop_app.gui.list_rows import paint_row_ground
from desktop_app.gui.row_model import Index, RowModel
from desktop_app.gui.wording import number, photos
from desktop_app.library.albums import Album

ALBUM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
MOST_ROWS = 7
"""More albums than these are scrolled: the folders above need the room."""
_GLYPH_SIDE = 18
_PADDING = 8


class AlbumListModel(RowModel[Album]):
    """The albums of the library, the favourites first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(attrgetter("name"), parent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name and number of photos."""
        album = self.item(index)
        if album is None:
            return None
        name = self.tr("Favourites") if album.is_favourites else album.name
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}, {photos(album.count)}"
            case _ if role == ALBUM_ROLE:
                return album
        return None


class AlbumDelegate(QStyledItemDelegate):
    """Paints an album in one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line and some air."""
        font: QFont = option.font
        return QSize(120, QFontMetrics(font).height() + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row in the colours of the palette."""
        album: Album | None = index.data(ALBUM_ROLE)
        if album is None:
            return
        colours: QPalette = option.palette
        font: QFont = option.font
        painter.save()
        area = paint_row_ground(painter, option)
        muted = colours.color(QPalette.ColorRole.PlaceholderText)
        middle = area.center().y() - _GLYPH_SIDE / 2
        left = area.left() + _PADDING + 1
        direction: Qt.LayoutDirection = option.direction
        glyph = mirrored(direction, area, QRectF(left, middle, _GLYPH_SIDE, _GLYPH_SIDE))
        paint_glyph(painter, "heart" if album.is_favourites else "album", glyph, muted)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        count = number(album.count)
        words = area.adjusted(2 * _PADDING + _GLYPH_SIDE, 0, -_PADDING, 0)
        room = words.width() - metrics.horizontalAdvance(count) - _PADDING
        words = mirrored(direction, area, words)
        centre = Qt.AlignmentFlag.AlignVCenter
        at_start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        at_end = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignRight)
        painter.setPen(muted)
        painter.drawText(words, int(at_end | centre), count)
        painter.setPen(colours.color(QPalette.ColorRole.Text))
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(words, int(at_start | centre), name)
        painter.restore()


class AlbumPanel(QWidget):
    """The albums in the side panel; a click shows one, the rest is in the context menu."""

    album_wanted = Signal(object)
    """The ``Album`` to show."""

    rename_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = AlbumListModel(self)
        heading = QLabel(self.tr("Albums"))
        heading.setProperty("tone", "muted")
        heading.setContentsMargins(8, 0, 0, 0)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(AlbumDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setAccessibleName(self.tr("Albums"))
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.clicked.connect(self._show_album)
        self.view.activated.connect(self._show_album)
        self.rename_action = self._action(
            self.tr("Rename…"), QKeySequence(Qt.Key.Key_F2), self.rename_wanted
        )
        self.remove_action = self._action(
            self.tr("Forget album…"),
            QKeySequence(QKeySequence.StandardKey.Delete),
            self.remove_wanted,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading)
        layout.addWidget(self.view)
        self.hide()

    def show_albums(self, albums: Sequence[Album]) -> None:
        """Follow the catalogue."""
        self.model.show_items(albums)
        rows = min(MOST_ROWS, max(1, len(albums)))
        height = self.view.sizeHintForRow(0) if albums else 0
        self.view.setFixedHeight(rows * height + 2)
        self.setVisible(bool(albums))

    def _action(self, words: str, keys: QKeySequence, signal: object) -> QAction:
        action = QAction(words, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: self._with_own(signal))
        self.view.addAction(action)
        return action

    def _with_own(self, signal: object) -> None:
        album = self.model.item(self.view.currentIndex())
        if album is not None and not album.is_favourites:
            signal.emit(album)  # type: ignore[attr-defined]

    def _show_album(self, index: Index) -> None:
        album = self.model.item(index)
        if album is not None:
            self.album_wanted.emit(album)

    def _show_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        album = self.model.item(index)
        if album is None:
            return
        self.view.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Show its photos")).triggered.connect(
            lambda: self.album_wanted.emit(album)
        )
        if not album.is_favourites:
            menu.addSeparator()
            menu.addActions([self.rename_action, self.remove_action])
        menu.popup(self.view.viewport().mapToGlobal(at))
