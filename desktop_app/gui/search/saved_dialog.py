"""The saved searches: search again, rename, remove."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.library.search_rows import SavedSearch

translate = QCoreApplication.translate


class SavedSearchesDialog(QDialog):
    """Lists what was saved. Asks for changes and shows them when they have been made."""

    chosen = Signal(str)
    """Search for this text."""

    renamed = Signal(str, str)
    """The old and the new name."""

    removed = Signal(str)

    def __init__(self, saved: Sequence[SavedSearch], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Saved searches"))
        self.resize(620, 420)
        self.view = QTreeWidget()
        self.view.setHeaderLabels([self.tr("Name"), self.tr("Search")])
        self.view.setRootIsDecorated(False)
        self.view.setAccessibleName(self.tr("Saved searches"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.hide()
        self.search_button = QPushButton(self.tr("Search", "to do it"))
        self.search_button.setProperty("role", "primary")
        self.search_button.setDefault(True)
        self.rename_button = QPushButton(self.tr("Rename"))
        self.remove_button = QPushButton(self.tr("Remove"))
        close = QPushButton(self.tr("Close"))
        buttons = QHBoxLayout()
        for button in (self.rename_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (close, self.search_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.reason)
        layout.addLayout(buttons)
        self.search_button.clicked.connect(self._search)
        self.rename_button.clicked.connect(self._begin_rename)
        self.remove_button.clicked.connect(self._remove)
        close.clicked.connect(self.reject)
        self.view.itemDoubleClicked.connect(self._search)
        self.view.itemChanged.connect(self._on_changed)
        self.view.currentItemChanged.connect(self._allow)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self.show_searches(saved)

    def show_searches(self, saved: Sequence[SavedSearch]) -> None:
        """List these; the row that was chosen stays chosen, or its neighbour."""
        row = max(0, self.view.currentIndex().row())
        self.view.blockSignals(True)
        self.view.clear()
        for search in saved:
            item = QTreeWidgetItem(self.view, [search.name, search.text])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setData(0, Qt.ItemDataRole.UserRole, search.name)
            item.setToolTip(1, search.text)
        self.view.blockSignals(False)
        if saved:
            self.view.setCurrentIndex(self.view.model().index(min(row, len(saved) - 1), 0))
        self._allow()

    def show_reason(self, words: str) -> None:
        """Say why a change was not made."""
        self.reason.setText(words)
        self.reason.setVisible(bool(words))

    def _allow(self) -> None:
        for button in (self.search_button, self.rename_button, self.remove_button):
            button.setEnabled(self.view.currentItem() is not None)

    def _search(self) -> None:
        item = self.view.currentItem()
        if item is not None:
            self.chosen.emit(item.text(1))
            self.accept()

    def _begin_rename(self) -> None:
        item = self.view.currentItem()
        if item is not None:
            self.view.setFocus()
            self.view.editItem(item, 0)

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        old: str = item.data(0, Qt.ItemDataRole.UserRole)
        if column == 0 and item.text(0) != old:
            self.show_reason("")
            self.renamed.emit(old, item.text(0))

    def _remove(self) -> None:
        item = self.view.currentItem()
        if item is not None:
            self.show_reason("")
            self.removed.emit(item.data(0, Qt.ItemDataRole.UserRole))


def save_dialog(text: str, parent: QWidget) -> QInputDialog:
    """Ask for a name to save a search under; the caller shows it."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(translate("SavedSearchesDialog", "Save this search"))
    words = translate(
        "SavedSearchesDialog", "Name of the search (one of the same name is replaced):"
    )
    dialog.setLabelText(words)
    dialog.setTextValue(text)
    dialog.resize(440, dialog.sizeHint().height())
    return dialog
