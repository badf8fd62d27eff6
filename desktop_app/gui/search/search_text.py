"""The line of text in the search field."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.gui.key_table import KeyLine, KeyTable
from desktop_app.gui.search.completion_popup import CompletionPopup


class TextCommand(Enum):
    """What a key of the line can mean beside editing."""

    SEARCH = auto()
    COMPLETE = auto()
    CLEAR = auto()


_KEYS = KeyTable(
    {
        TextCommand.SEARCH: (Qt.Key.Key_Return, Qt.Key.Key_Enter),
        TextCommand.COMPLETE: (Qt.Key.Key_Down,),
        TextCommand.CLEAR: (Qt.Key.Key_Escape,),
    }
)


class SearchText(QLineEdit):
    """A line of text that hands files and pictures on, because they are no text."""

    given = Signal(object)
    """The ``QMimeData`` of a paste or a drop that is not text."""

    typed = Signal()
    """As ``textEdited``, but not for ``replace``, which Qt takes for typing."""

    escaped = Signal()
    focused = Signal(bool)
    completions_wanted = Signal()
    """Down was pressed: show what could be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.completions = CompletionPopup(self)
        self._is_replacing = False
        self.textEdited.connect(self._on_edited)

    def replace(self, text: str, cursor: int | None = None) -> None:
        """Put another text in place of this one, so that undoing brings the old one back."""
        self.completions.close()  # they were for the other text
        self._is_replacing = True
        self.selectAll()
        if text:
            self.insert(text)
        else:
            self.del_()
        self._is_replacing = False
        self.setCursorPosition(len(text) if cursor is None else cursor)

    def _on_edited(self) -> None:
        if not self._is_replacing:
            self.typed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the list, then clears; Enter takes a marked completion; Ctrl+V may bring a
        photo; the rest is the line's own.
        """
        completions = self.completions
        command = _KEYS.command_of(event)
        if command is TextCommand.CLEAR:
            if completions.is_open:
                completions.close()
            else:
                self.escaped.emit()
            return
        if command is TextCommand.SEARCH and completions.is_open:
            if completions.take_current():
                return
            completions.close()
        if command is TextCommand.COMPLETE and not completions.is_open:
            self.completions_wanted.emit()
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            mime = QGuiApplication.clipboard().mimeData()
            if is_photo_or_file(mime):
                self.given.emit(mime)
                return
        super().keyPressEvent(event)

    def key_lines(self) -> list[KeyLine]:
        """What its own keys do; those that edit are any line's."""
        words = {
            TextCommand.SEARCH: self.tr("Search now, or take the marked completion"),
            TextCommand.COMPLETE: self.tr("Show what could be typed, and earlier searches"),
            TextCommand.CLEAR: self.tr("Shut the list, then clear the search"),
        }
        return [(words[command], _KEYS.keys_of(command)) for command in TextCommand]

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab takes a marked completion; else it goes where it always goes."""
        if self.completions.is_open:
            if is_next and self.completions.take_current():
                return True
            self.completions.close()
        return super().focusNextPrevChild(is_next)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files come with their paths as text, which is not what is meant."""
        if is_photo_or_file(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            return
        super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """See ``dragEnterEvent``."""
        if is_photo_or_file(event.mimeData()):
            event.accept()
            return
        super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Photos that are dropped here are added to the search."""
        if is_photo_or_file(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.given.emit(event.mimeData())
            return
        super().dropEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The whole field shows the focus, not only the line."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """See ``focusInEvent``."""
        super().focusOutEvent(event)
        self.focused.emit(False)


def is_photo_or_file(mime: QMimeData) -> bool:
    """Whether something other than text lies on the clipboard or is dropped."""
    return mime.hasImage() or (mime.hasUrls() and any(u.isLocalFile() for u in mime.urls()))
