"""The question before files are copied or moved: it says exactly what would happen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.library.transfer_words import headline, plan_lines, why_words
from desktop_app.library.transfer_plan import TransferPlan

LIST_HEIGHT = 160


class TransferDialog(QDialog):
    """``accepted`` means yes; everything else leaves the files alone."""

    def __init__(
        self, plan: TransferPlan, elsewhere: int = 0, parent: QWidget | None = None
    ) -> None:
        """``elsewhere``: how many of the photos lie at other places, too."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.plan = plan
        is_copy = plan.kind == "copy"
        self.setWindowTitle(self.tr("Copy photos") if is_copy else self.tr("Move photos"))
        self.setMinimumWidth(520)
        self.question = QLabel(headline(plan))
        bold = self.question.font()
        bold.setBold(True)
        self.question.setFont(bold)
        self.facts = QLabel("\n".join(f"• {line}" for line in plan_lines(plan, elsewhere)))
        for label in (self.question, self.facts):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list_button = QPushButton(self.tr("List all files"))
        self.list_button.setProperty("role", "link")
        self.list_button.setCheckable(True)
        self.files = QPlainTextEdit()
        self.files.setReadOnly(True)
        self.files.setTabChangesFocus(True)
        self.files.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.files.setFixedHeight(LIST_HEIGHT)
        self.files.setAccessibleName(self.tr("All files and where they go"))
        self.files.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go_button = self.buttons.addButton(
            self.tr("Copy") if is_copy else self.tr("Move"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(self.question)
        layout.addWidget(self.facts)
        layout.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.files)
        layout.addWidget(self.buttons)
        self.setAccessibleDescription(self.facts.text())
        self.list_button.toggled.connect(self._show_list)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        cancel.setFocus()

    def _show_list(self, is_shown: bool) -> None:
        if is_shown and not self.files.toPlainText():
            lines = [f"{step.source} → {step.target}" for step in self.plan.steps]
            lines += [f"{item.source}: {why_words(item.why)}" for item in self.plan.left_out]
            text = "\n".join(lines).encode("utf-8", "replace").decode()
            self.files.setPlainText(text)
        self.files.setVisible(is_shown)
        self.adjustSize()
