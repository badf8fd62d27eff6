"""The user's folders as rows of two lines: name, and how it stands with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QObject,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.gui.glyphs import GlyphName, mirrored, paint_glyph
from desktop_app.gui.list_rows import paint_row_ground
from desktop_app.gui.row_model import Index, RowModel
from desktop_app.gui.told import told
from desktop_app.gui.wording import number, photos, problems, time_since
from desktop_app.library.records import Folder, FolderCounts
from desktop_app.library.watch_report import WatchState

FOLDER_ROLE = int(Qt.ItemDataRole.UserRole) + 1
STATE_ROLE = FOLDER_ROLE + 1
MARK_ROLE = STATE_ROLE + 1
"""The glyph that shows how changes are noticed, None while nobody knows."""
GLYPH_SIDE = 20
PADDING = 8
MARK_SIDE = 14


class FolderListModel(RowModel[Folder]):
    """The folders that the user added."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(attrgetter("folder_id"), parent)
        self._indexing = False
        self._watches: dict[Path, WatchState] = {}
        self._counts: dict[int, FolderCounts] = {}

    def set_indexing(self, indexing: bool) -> None:
        """Folders that were never scanned say that they are on their way."""
        self._indexing = indexing
        self.refresh()

    def show_watches(self, states: Sequence[WatchState]) -> None:
        """Say in the tool tips how the folders are kept up with."""
        self._watches = {state.path: state for state in states}
        self.refresh()

    def show_counts(self, counts: dict[int, FolderCounts]) -> None:
        """Say how many photos each folder has, by folder id."""
        self._counts = counts
        self.refresh()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, state and path of a folder."""
        folder = self.item(index)
        if folder is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return folder.path.name or str(folder.path)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(folder)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join([folder.path.name, *self._words(folder)])
            case _ if role == FOLDER_ROLE:
                return folder
            case _ if role == STATE_ROLE:
                return self._line(folder)
            case _ if role == MARK_ROLE:
                return self._mark(folder)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Folders can be selected."""
        if self.item(index) is None:
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren

    def _tool_tip(self, folder: Folder) -> str:
        return "\n".join([str(folder.path), *self._words(folder)])

    def _words(self, folder: Folder) -> list[str]:
        """Everything there is to say of a folder."""
        words = [self._state(folder)]
        counts = self._counts.get(folder.folder_id)
        if counts is not None:
            words.append(photos(counts.photos))
            if counts.pending:
                words.append(self.tr("{n} not read yet").format(n=number(counts.pending)))
            if counts.problems:
                words.append(problems(counts.problems))
        watch = self._watches.get(folder.path)
        if watch is not None and watch.mode == "watched":
            words.append(self.tr("Changes are noticed at once."))
        elif watch is not None:
            periodic = self.tr("Looked through now and then: {reason}.")
            words.append(periodic.format(reason=told(watch.reason)))
        return words

    def _line(self, folder: Folder) -> str:
        counts = self._counts.get(folder.folder_id)
        if counts is None or not (counts.photos or counts.pending):
            return self._state(folder)
        state = self._state(folder)
        if folder.state == "online" and folder.last_scan_at is not None:
            # Two words less: the panel is narrow.
            state = time_since(folder.last_scan_at, datetime.now(UTC))
        return f"{photos(counts.photos)} · {state}"

    def _mark(self, folder: Folder) -> GlyphName | None:
        watch = self._watches.get(folder.path)
        if watch is None or folder.state == "offline":
            return None
        return "eye" if watch.mode == "watched" else "clock"

    def _state(self, folder: Folder) -> str:
        if folder.state == "offline":
            return self.tr("Not connected")
        if folder.last_scan_at is None:
            return self.tr("Being read…") if self._indexing else self.tr("Not read yet")
        return self.tr("Checked {when}").format(
            when=time_since(folder.last_scan_at, datetime.now(UTC))
        )


class FolderDelegate(QStyledItemDelegate):
    """Paints a folder: glyph, name, state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and some air."""
        font: QFont = option.font
        return QSize(120, 2 * QFontMetrics(font).height() + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row in the colours of the palette."""
        folder: Folder | None = index.data(FOLDER_ROLE)
        if folder is None:
            return
        colours: QPalette = option.palette
        font: QFont = option.font
        painter.save()
        area = paint_row_ground(painter, option)
        muted = colours.color(QPalette.ColorRole.PlaceholderText)
        glyph_top = area.center().y() - GLYPH_SIDE / 2
        glyph = QRectF(area.left() + PADDING, glyph_top, GLYPH_SIDE, GLYPH_SIDE)
        glyph = mirrored(option.direction, area, glyph)
        paint_glyph(painter, "offline" if folder.state == "offline" else "folder", glyph, muted)
        mark: GlyphName | None = index.data(MARK_ROLE)
        if mark is not None:
            top = area.top() + PADDING + (QFontMetrics(font).height() - MARK_SIDE) / 2
            right = area.right() - PADDING - MARK_SIDE
            place = mirrored(option.direction, area, QRectF(right, top, MARK_SIDE, MARK_SIDE))
            paint_glyph(painter, mark, place, muted)
        self._paint_words(painter, area, index, option)
        painter.restore()

    @staticmethod
    def _paint_words(
        painter: QPainter, area: QRectF, index: Index, option: QStyleOptionViewItem
    ) -> None:
        font: QFont = option.font
        colours: QPalette = option.palette
        at_start = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.9)
        left = area.left() + 2 * PADDING + GLYPH_SIDE
        width = area.right() - PADDING - left
        metrics = QFontMetrics(font)
        top = area.center().y() - metrics.height()
        beside_mark = width - (MARK_SIDE + 4 if index.data(MARK_ROLE) else 0)
        for text, line_font, role, room in (
            (index.data(), font, QPalette.ColorRole.Text, beside_mark),
            (index.data(STATE_ROLE), small, QPalette.ColorRole.PlaceholderText, width),
        ):
            painter.setFont(line_font)
            painter.setPen(colours.color(role))
            elided = QFontMetrics(line_font).elidedText(
                text, Qt.TextElideMode.ElideMiddle, int(room)
            )
            line = mirrored(option.direction, area, QRectF(left, top, room, metrics.height()))
            painter.drawText(line, int(at_start | Qt.AlignmentFlag.AlignVCenter), elided)
            top += metrics.height()
