"""Where the patterns of what is left out are written: in the settings, and on the first page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.errors import UsageError
from desktop_app.gui.told import told
from desktop_app.library.exclusion import DEFAULT_FILES, DEFAULT_FOLDERS, require_pattern

LARGEST_HEIGHT = 130


class PatternEditor(QWidget):
    """One pattern a line, judged while it is typed; below them what is left out anyway."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = ""
        """Why the patterns cannot be kept; empty when they can."""
        words = QLabel(
            self.tr(
                "Left out, one pattern on each line, in the syntax of .gitignore files "
                "(drafts/, *.gif). ! takes something back:"
            )
        )
        words.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Patterns of what is left out"))
        self.text.setObjectName("patternText")
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(LARGEST_HEIGHT)
        words.setBuddy(self.text)
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        always = ", ".join((*DEFAULT_FOLDERS, *DEFAULT_FILES)).replace("\\", "")
        note = QLabel(self.tr("Left out without being asked: {patterns}").format(patterns=always))
        note.setProperty("tone", "muted")
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for widget in (words, self.text, self.trouble, note):
            layout.addWidget(widget)
        self.text.textChanged.connect(self._judge)

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns, each once."""
        lines = (line.strip() for line in self.text.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def show_patterns(self, patterns: tuple[str, ...]) -> None:
        """Put these in the place of what is there; nobody is told."""
        self.text.blockSignals(True)
        self.text.setPlainText("\n".join(patterns))
        self.text.blockSignals(False)

    def _judge(self) -> None:
        self.problem = ""
        for line in self.patterns:
            try:
                require_pattern(line)
            except UsageError as error:
                self.problem = f"{told(error.message)} {told(error.hint)}".strip()
        self.trouble.setText(self.problem)
        self.trouble.setVisible(bool(self.problem))
        self.changed.emit()
