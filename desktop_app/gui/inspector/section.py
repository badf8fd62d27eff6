"""What the sections of the panels are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.glyphs import GlyphButton


class Section(QFrame):
    """A heading, and what stands below it."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setAccessibleName(heading)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        title = QLabel(heading)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        self.column.addWidget(title)


class PanelHead(QWidget):
    """The panel's name and the button that closes it."""

    def __init__(self, name: str, close_label: str) -> None:
        super().__init__()
        self.title = QLabel(name)
        self.title.setWordWrap(True)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setBold(True)
        self.title.setFont(font)
        self.close_button = GlyphButton("close", close_label, 28, 14)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.close_button)


def wrapped_label(tone: str = "") -> QLabel:
    """A label for plain text of any length, which can be selected with mouse and keyboard."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    flag = Qt.TextInteractionFlag
    label.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
    # Reached by a click or by a screen reader, not by Tab: a panel has dozens of labels.
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    if tone:
        label.setProperty("tone", tone)
    return label


def link_button(words: str, name: str = "") -> QPushButton:
    """A button that looks like a link; ``name`` is told where the words alone say too little."""
    button = QPushButton(words)
    button.setProperty("role", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    if name:
        button.setAccessibleName(name)
    return button


def breakable(path: str) -> str:
    """A path that may be broken after each separator: it has no spaces to break at."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")
