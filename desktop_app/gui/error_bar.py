"""A message in words, in the way of nothing, until it is dismissed or outdated."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.glyphs import Glyph, GlyphButton
from desktop_app.gui.messages import ErrorReport

THINKING_MS = 1000
"""How long somebody may be in the middle of typing before a mistake is pointed out."""


class ErrorBar(QFrame):
    """Shows one error or one note at a time; the newest wins."""

    details_wanted = Signal(object)
    """The ``ErrorReport`` whose details the user wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("errorBar")
        self._report = ErrorReport("")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(THINKING_MS)
        self._later.timeout.connect(lambda: self._show("error", self._report))
        self._glyph = Glyph("warning", 22, QPalette.ColorRole.Text)
        self.message = QLabel()
        self.hint = QLabel()
        self.details_button = QPushButton(self.tr("Details"))
        self.action_button = QPushButton(self.tr("Undo"))
        self._action: QAction | None = None
        self.close_button = GlyphButton("close", self.tr("Dismiss this message"), 28, 14)
        for label in (self.message, self.hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        bold = self.message.font()
        bold.setBold(True)
        self.message.setFont(bold)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.message)
        words.addWidget(self.hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 8, 10)
        layout.setSpacing(12)
        layout.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        layout.addWidget(self.action_button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.details_button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.close_button.clicked.connect(self.dismiss)
        self.action_button.clicked.connect(self._act)
        self.details_button.clicked.connect(lambda: self.details_wanted.emit(self._report))
        self.hide()

    def show_error(self, report: ErrorReport) -> None:
        """Show an error."""
        self._show("error", report)

    def show_error_later(self, report: ErrorReport) -> None:
        """Show an error unless something else happens soon: typing goes on, say."""
        self.dismiss()
        self._report = report
        self._later.start()

    def show_note(
        self, message: str, hint: str = "", details: str = "", action: QAction | None = None
    ) -> None:
        """Show something that went well or is only good to know; ``action`` may follow it."""
        self._show("note", ErrorReport(message, hint, details), action)

    def dismiss(self) -> None:
        """Take the message away."""
        self._later.stop()
        self.hide()

    def _act(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action.trigger()

    def _show(self, kind: str, report: ErrorReport, action: QAction | None = None) -> None:
        self._later.stop()
        self._action = action
        self.action_button.setVisible(action is not None)
        if action is not None:
            # What it undoes is in the message; the whole name is for those who hear it alone.
            self.action_button.setText(self.tr("Undo"))
            self.action_button.setAccessibleName(action.text().replace("&&", "&"))
        self._report = report
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._glyph.set_glyph("warning" if kind == "error" else "info")
        self.message.setText(report.message)
        self.hint.setText(report.hint)
        self.hint.setVisible(bool(report.hint))
        self.details_button.setVisible(bool(report.details))
        self.setAccessibleName(f"{report.message} {report.hint}".strip())
        self.show()
