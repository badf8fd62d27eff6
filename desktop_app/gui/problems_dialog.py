"""The photos that could not be read, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.told import told
from desktop_app.gui.wording import problems, sentence
from desktop_app.library.records import Failure

NAME, FOLDER, REASON = range(3)

_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class ProblemListModel(QAbstractTableModel):
    """File name, folder and reason of each failure."""

    def __init__(self, failures: Sequence[Failure], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failures = tuple(failures)
        self._headings = (self.tr("Photo"), self.tr("Folder"), self.tr("Reason"))

    def remove(self, failures: set[Failure]) -> None:
        """Take rows out of the list."""
        self.beginResetModel()
        self.failures = tuple(f for f in self.failures if f not in failures)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """The number of failures."""
        return 0 if parent.isValid() else len(self.failures)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Name, folder, reason."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, the whole of it as a tool tip."""
        if not index.isValid() or index.row() >= len(self.failures):
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        failure = self.failures[index.row()]
        match index.column():
            case 0:
                return failure.path.name
            case 1:
                return str(failure.path.parent)
            case _:
                return sentence(failure.reason)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section] if 0 <= section < len(self._headings) else None
        return None


class ProblemsDialog(QDialog):
    """A list to read, copy and act on; changes nothing by itself."""

    reveal_wanted = Signal(object)
    """The ``Path`` to show in the file manager."""

    retry_wanted = Signal(object)
    """A list of ``Failure`` to read once more."""

    ignore_wanted = Signal(object)
    """A list of ``Failure`` to leave out from now on."""

    def __init__(self, failures: Sequence[Failure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Problems"))
        self.resize(820, 460)
        self.model = ProblemListModel(failures, self)
        self.view = QTreeView()
        self.view.setModel(self.model)
        self.view.setRootIsDecorated(False)
        self.view.setUniformRowHeights(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.view.setAccessibleName(self.tr("Photos that could not be read"))
        self.view.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.view.header().resizeSection(NAME, 180)
        self.view.header().resizeSection(FOLDER, 240)
        self.view.header().setStretchLastSection(True)
        self.words = QLabel()
        self.words.setProperty("tone", "muted")
        self.words.setWordWrap(True)
        self.retry_button = QPushButton(self.tr("Try again"))
        self.retry_button.setToolTip(self.tr("Reads the selected files once more."))
        self.ignore_button = QPushButton(self.tr("Ignore"))
        self.ignore_button.setToolTip(
            self.tr(
                "Leaves the selected files out from now on. The settings list what is left out, "
                "and take it back."
            )
        )
        self.reveal_button = QPushButton(self.tr("Show in folder"))
        self.copy_button = QPushButton(self.tr("Copy list"))
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.retry_button)
        buttons.addWidget(self.ignore_button)
        buttons.addWidget(self.reveal_button)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(self.words)
        layout.addWidget(self.view, 1)
        layout.addLayout(buttons)
        close.clicked.connect(self.accept)
        self.copy_button.clicked.connect(self._copy)
        self.reveal_button.clicked.connect(self._reveal)
        self.view.doubleClicked.connect(self._reveal)
        self.retry_button.clicked.connect(lambda: self._take(self.retry_wanted))
        self.ignore_button.clicked.connect(lambda: self._take(self.ignore_wanted))
        self.view.selectionModel().selectionChanged.connect(lambda: self._follow_selection())
        self._follow_selection()
        self._tell()

    def selected(self) -> list[Failure]:
        """The failures of the selected rows, from top to bottom."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.failures[row] for row in rows]

    def _tell(self) -> None:
        count = len(self.model.failures)
        if not count:
            self.words.setText(self.tr("No problem is left in this list."))
            return
        self.words.setText(
            self.tr(
                "{problems}. These files stay untouched; each is tried again when it changes."
            ).format(problems=problems(count))
        )

    def _follow_selection(self) -> None:
        some = self.view.selectionModel().hasSelection()
        for button in (self.retry_button, self.ignore_button, self.reveal_button):
            button.setEnabled(some)

    def _take(self, signal: object) -> None:
        """Hand the selected failures over; they are none of this list any more."""
        taken = self.selected()
        signal.emit(taken)  # type: ignore[attr-defined]
        self.model.remove(set(taken))
        self._follow_selection()
        self._tell()

    def _copy(self) -> None:
        lines = [f"{failure.path}\t{told(failure.reason)}" for failure in self.model.failures]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _reveal(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.reveal_wanted.emit(self.model.failures[index.row()].path)
