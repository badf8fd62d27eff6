"""The piece of a text that makes no sense, among the chips of those that do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.errors import QuerySyntaxError
from desktop_app.gui import wording
from desktop_app.gui.elided_button import ElidedButton
from desktop_app.gui.glyphs import Glyph
from desktop_app.gui.search.query_chip import CHIP_HEIGHT, MOST_CHARACTERS
from desktop_app.gui.told import told
from desktop_app.library.query_terms import Span

_QUOTES = '"“”„'


class WrongPiece(QFrame):
    """Shows the characters as they were typed, marked as wrong, and tells why."""

    edit_wanted = Signal(int, int)
    """Put the cursor into the text and select these characters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queryChip")
        self.setProperty("wrong", True)
        self.setMinimumHeight(CHIP_HEIGHT)
        self._span: Span = (0, 0)
        self.body = ElidedButton()
        self.body.setObjectName("chipBody")
        self.body.setCursor(Qt.CursorShape.PointingHandCursor)
        self.body.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setAccessibleName(self.tr("Not understood"))  # until there is a piece
        self.body.setAccessibleDescription(self.tr("Selects it in the text"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(9, 0, 5, 0)
        layout.setSpacing(2)
        layout.addWidget(Glyph("warning", 16, QPalette.ColorRole.Text))
        layout.addWidget(self.body)
        self.body.clicked.connect(lambda: self.edit_wanted.emit(*self._span))
        self.hide()

    def show_mistake(self, error: QuerySyntaxError) -> None:
        """Show what an error is about."""
        start, end = self._span = wrong_span(error)
        words = error.text[start:end]
        shown = words if len(words) <= MOST_CHARACTERS else f"{words[: MOST_CHARACTERS - 1]}…"
        self.body.setText(shown.replace("&", "&&"))
        self.body.setAccessibleName(self.tr("Not understood: {piece}").format(piece=words))
        self.body.setToolTip(f"{words}\n{wording.sentence(error.message)} {told(error.hint)}")


def wrong_span(error: QuerySyntaxError) -> Span:
    """The characters that an error is about, with the rest of what they belong to: the whole
    filter where its value is wrong, all that follows a quotation mark that is never closed.
    """
    text, start, end = error.text, error.start, error.end
    is_open_quotation = end == start + 1 and text[start:end] in _QUOTES
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    if is_open_quotation:
        return start, len(text.rstrip())
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
