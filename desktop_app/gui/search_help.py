"""What can be typed into the search field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.told import told
from desktop_app.library.query_help import AND_ALSO, QUERY_HELP


class SearchHelp(QDialog):
    """The grammar of queries; a line that is double-clicked goes into the search field."""

    example_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What you can type"))
        self.resize(680, 520)
        words = QLabel(
            self.tr("Type what the photo shows, in English: a few words or a sentence. Besides:")
        )
        words.setProperty("tone", "muted")
        words.setWordWrap(True)
        self.view = QTreeWidget()
        self.view.setHeaderLabels([self.tr("Type"), self.tr("To find")])
        self.view.setRootIsDecorated(False)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setAccessibleName(self.tr("What can be typed, and what it finds"))
        for line in QUERY_HELP:
            meaning = told(line.meaning)
            item = QTreeWidgetItem(self.view, [line.example, meaning])
            item.setToolTip(1, meaning)
        self.view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.view.header().setStretchLastSection(True)
        stays = self.tr("Names of filters are English in every language.")
        try_it = self.tr("Double-click a line to try it.")
        also = QLabel(f"{told(AND_ALSO)} {stays} {try_it}")
        also.setProperty("tone", "muted")
        also.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(words)
        layout.addWidget(self.view, 1)
        layout.addWidget(also)
        layout.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self.view.itemActivated.connect(self._try)

    def _try(self, item: QTreeWidgetItem) -> None:
        self.example_wanted.emit(item.text(0))
        self.accept()
