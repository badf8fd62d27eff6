"""Captions for a photo: to copy, to edit, to keep, and on request to write beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui import wording
from desktop_app.gui.elided_label import ElidedLabel
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.inspector.messages import FoundCaptions
from desktop_app.gui.inspector.section import Section, link_button, wrapped_label
from desktop_app.gui.messages import ErrorReport
from desktop_app.library.captions import Caption

EDITOR_LINES = 3


DOUBT = 0.05
"""Of all captions a match below it: the model has seen nothing like this photo."""


class CaptionCard(QFrame):
    """One caption, where it comes from, and what can be done with it."""

    edit_wanted = Signal(str)
    keep_wanted = Signal(str)
    copied = Signal()

    def __init__(self, caption: Caption, is_judged: bool) -> None:
        super().__init__()
        self.setObjectName("captionCard")
        self.caption = caption
        self.text = wrapped_label()
        self.text.setText(caption.text)
        self.source = ElidedLabel()
        self.source.setProperty("tone", "muted")
        self.source.setText(self._source(caption, is_judged))
        self.source.explanation = (
            self.tr("How sure the model is that these words describe the photo.")
            if is_judged
            else self.tr("How near the words are to the photo: 1 is the same.")
        )
        text = caption.text
        self.copy_button = link_button(self.tr("Copy"), self.tr("Copy: {text}").format(text=text))
        self.edit_button = link_button(self.tr("Edit"), self.tr("Edit: {text}").format(text=text))
        self.keep_button = link_button(self.tr("Keep"), self.tr("Keep: {text}").format(text=text))
        self.keep_button.setToolTip(self.tr("Add it to your own captions in the library"))
        self.copy_button.clicked.connect(self._copy)
        self.edit_button.clicked.connect(lambda: self.edit_wanted.emit(text))
        self.keep_button.clicked.connect(lambda: self.keep_wanted.emit(text))
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.addWidget(self.source, 1)
        for button in (self.copy_button, self.edit_button, self.keep_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 6, 4)
        layout.setSpacing(2)
        layout.addWidget(self.text)
        layout.addLayout(buttons)

    def _source(self, caption: Caption, is_judged: bool) -> str:
        score = (
            self.tr("{n} %").format(n=round(caption.score * 100))
            if is_judged
            else wording.score(caption.score)
        )
        is_generated = caption.source == "generated"
        source = self.tr("by the model") if is_generated else self.tr("your captions")
        return f"{source} · {score}"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.caption.text)
        self.copied.emit()


class CaptionEditor(QWidget):
    """A caption as the user wants it."""

    keep_wanted = Signal(str)
    export_wanted = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setObjectName("captionText")
        self.text.setAccessibleName(self.tr("Your caption"))
        self.text.setPlaceholderText(self.tr("What does this photo show?"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight((EDITOR_LINES + 1) * self.text.fontMetrics().lineSpacing())
        self.keep_button = QPushButton(self.tr("Keep"))
        self.keep_button.setToolTip(self.tr("Add it to your own captions in the library"))
        self.export_button = QPushButton(self.tr("Write XMP file"))
        self.export_button.setToolTip(
            self.tr(
                "Writes a new file beside the photo, which other programs read. "
                "The photo stays as it is, and no file is replaced."
            )
        )
        self.close_button = QPushButton(self.tr("Cancel"))
        self.keep_button.clicked.connect(lambda: self.keep_wanted.emit(self.caption))
        self.export_button.clicked.connect(lambda: self.export_wanted.emit(self.caption))
        self.close_button.clicked.connect(self.closed)
        self.text.textChanged.connect(self._enable)
        buttons = FlowLayout()
        for button in (self.keep_button, self.export_button, self.close_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.text)
        layout.addLayout(buttons)
        self._enable()

    @property
    def caption(self) -> str:
        """What was typed, in one line."""
        return " ".join(self.text.toPlainText().split())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up what was typed, and not the whole panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def edit(self, text: str) -> None:
        """Begin with a text."""
        self.text.setPlainText(text)
        self.text.selectAll()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        for button in (self.keep_button, self.export_button):
            button.setEnabled(bool(self.caption))


class CaptionSection(Section):
    """The captions of one photo."""

    keep_wanted = Signal(str)
    export_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Captions"))
        self.cards: list[CaptionCard] = []
        self.note = wrapped_label("muted")
        self.own_button = link_button(self.tr("Write your own…"))
        self.editor = CaptionEditor()
        self.status = wrapped_label("muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.column.addLayout(self._list)
        self.column.addWidget(self.note)
        self.column.addWidget(self.own_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.editor)
        self.column.addWidget(self.status)
        self.own_button.clicked.connect(lambda: self.edit(""))
        self.editor.closed.connect(self._close_editor)
        self.editor.keep_wanted.connect(self.keep_wanted)
        self.editor.export_wanted.connect(self.export_wanted)
        self.clear()

    def clear(self) -> None:
        """Another photo: nothing is found yet, what was typed belongs to the one before."""
        self._remove_cards()
        self._say(self.note, self.tr("Looking for captions…"))
        self._say(self.status, "")
        self._close_editor()

    def show_captions(self, found: FoundCaptions) -> None:
        """Show what was found, and say what the model cannot do."""
        self._remove_cards()
        for caption in found.captions:
            card = CaptionCard(caption, found.is_judged)
            card.copied.connect(lambda: self._say(self.status, self.tr("Caption copied.")))
            card.edit_wanted.connect(self.edit)
            card.keep_wanted.connect(self.keep_wanted)
            self._list.addWidget(card)
            self.cards.append(card)
        words = "" if found.captions else self.tr("No caption was found.")
        if found.captions and found.is_judged and _best(found) < DOUBT:
            words = self.tr("The model is not sure what this photo shows: these are guesses.")
        if not found.can_write:
            words = (
                self.tr("This model cannot write captions: these are the nearest of yours.")
                if found.captions
                else self.tr(
                    "This model cannot write captions, and there are none of yours to choose from."
                )
            )
        self._say(self.note, words)

    def show_failure(self, report: ErrorReport) -> None:
        """Why there are none."""
        self._remove_cards()
        self._say(self.note, f"{report.message} {report.hint}".strip())

    def say(self, words: str) -> None:
        """How it went with what the user asked for."""
        self._say(self.status, words)

    def edit(self, text: str) -> None:
        """Open the editor with a text."""
        self._say(self.status, "")
        self.own_button.hide()
        self.editor.show()
        self.editor.edit(text)

    def _close_editor(self) -> None:
        self.editor.text.clear()
        self.editor.hide()
        self.own_button.show()

    def _remove_cards(self) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []

    @staticmethod
    def _say(label: QLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))


def _best(found: FoundCaptions) -> float:
    """How sure the model is of the best of them."""
    return max(caption.score for caption in found.captions)
