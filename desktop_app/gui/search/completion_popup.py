"""The list below the search field: filters, names from the library, earlier searches."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.gui.glyphs import GlyphName, paint_glyph
from desktop_app.library.completion import Completion

COMPLETION_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The row's whole ``Completion``."""

LEAST_ROW_HEIGHT = 34
_GLYPHS: dict[str, GlyphName] = {
    "key": "filter",
    "value": "filter",
    "saved": "star",
    "recent": "recent",
}


class CompletionDelegate(QStyledItemDelegate):
    """A drawing for the kind, what is offered, and what it means in quieter letters."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """High enough to be hit with a finger."""
        line: int = option.fontMetrics.height() + 12
        return QSize(super().sizeHint(option, index).width(), max(LEAST_ROW_HEIGHT, line))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        completion: Completion = index.data(COMPLETION_ROLE)
        palette = option.palette
        area: QRect = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        text = palette.color(QPalette.ColorRole.Text)
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        if is_chosen:
            painter.fillRect(area, palette.color(QPalette.ColorRole.Highlight))
            text = muted = palette.color(QPalette.ColorRole.HighlightedText)
        direction = option.direction
        glyph = QRect(area.x() + 12, area.center().y() - 8, 18, 18)
        words = area.adjusted(42, 0, -12, 0)
        glyph = QStyle.visualRect(direction, area, glyph)
        words = QStyle.visualRect(direction, area, words)
        paint_glyph(painter, _GLYPHS[completion.kind], glyph.toRectF(), muted)
        metrics = option.fontMetrics
        at_start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        at_end = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignRight)
        centre = Qt.AlignmentFlag.AlignVCenter
        detail = metrics.elidedText(
            completion.detail, Qt.TextElideMode.ElideRight, words.width() // 2
        )
        painter.setPen(muted)
        painter.drawText(words, int(at_end | centre), detail)
        left = words.width() - metrics.horizontalAdvance(detail) - 12
        label = metrics.elidedText(completion.label, Qt.TextElideMode.ElideRight, left)
        painter.setPen(text)
        painter.drawText(words, int(at_start | centre), label)


class CompletionPopup(QObject):
    """Offers ways to go on and takes nothing by itself: only a chosen row changes the text."""

    chosen = Signal(object)
    """A ``Completion``."""

    def __init__(self, field: QWidget) -> None:
        """``field`` is where the text is typed; it keeps the keyboard while the list is open."""
        super().__init__(field)
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(field)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(12)
        self.view = QListView()
        self._completer.setPopup(self.view)
        # setPopup gives the list a delegate of its own.
        self.view.setItemDelegate(CompletionDelegate(self))
        self.view.setObjectName("completions")
        self.view.setAccessibleName(self.tr("Ways to complete the search"))
        self.view.clicked.connect(self._on_chosen)

    @property
    def is_open(self) -> bool:
        """Whether the list is on the screen."""
        return self.view.isVisible()

    @property
    def completions(self) -> tuple[Completion, ...]:
        """What is offered."""
        rows = range(self._model.rowCount())
        return tuple(self._model.index(row, 0).data(COMPLETION_ROLE) for row in rows)

    def offer(self, completions: Sequence[Completion], area: QRect) -> None:
        """Open the list below ``area`` of the field, with no row marked; without any close it."""
        if not completions:
            self.close()
            return
        self._model.clear()
        for completion in completions:
            item = QStandardItem(completion.label)
            item.setData(completion, COMPLETION_ROLE)
            item.setData(
                f"{completion.label}, {completion.detail}"
                if completion.detail
                else completion.label,
                Qt.ItemDataRole.AccessibleTextRole,
            )
            item.setToolTip(completion.text)
            self._model.appendRow(item)
        self._completer.complete(area)
        self.view.setCurrentIndex(QModelIndex())

    def close(self) -> None:
        """Take the list away."""
        self.view.hide()

    def take_current(self) -> bool:
        """Choose the row that is marked; False where none is."""
        index = self.view.currentIndex()
        if not index.isValid():
            return False
        self._on_chosen(index)
        return True

    def _on_chosen(self, index: QModelIndex) -> None:
        completion = index.data(COMPLETION_ROLE)
        self.close()
        if completion is not None:
            self.chosen.emit(completion)
