"""The side panel: what the library holds, its folders, its problems, and the indexer at work."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.folder_list import FolderDelegate, FolderListModel
from desktop_app.gui.glyphs import GlyphButton
from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.messages import LibraryState
from desktop_app.gui.progress_card import ProgressCard
from desktop_app.gui.wording import number, photos, problems
from desktop_app.library.records import Folder

WIDTH = 264
LINES_WIDE = 15
"""Heights of a line: where letters are large, the panel is wider."""


class LibraryPanel(QFrame):
    """Folders with their state; adding and removing are only asked for here."""

    add_folder_wanted = Signal()
    remove_folder_wanted = Signal(object)
    """A ``Folder``, after the user confirmed."""

    rescan_wanted = Signal()
    rescan_folder_wanted = Signal(object)
    """The ``Folder`` to look through."""

    exclude_wanted = Signal()
    """The user wants to say what is left out."""

    reveal_wanted = Signal(object)
    """The ``Path`` of a folder."""

    problems_wanted = Signal()

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryPanel")
        self.setFixedWidth(max(WIDTH, LINES_WIDE * self.fontMetrics().height()))
        self.setAccessibleName(self.tr("Library"))
        self.folders = FolderListModel(self)
        self.view = QListView()
        self.view.setModel(self.folders)
        self.view.setItemDelegate(FolderDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.setAccessibleName(self.tr("Folders"))
        self.remove_action = QAction(self.tr("Remove from library…"), self)
        self.remove_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self.remove_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.remove_action.triggered.connect(self._remove_current)
        self.view.addAction(self.remove_action)
        self.total = QLabel()
        large = self.total.font()
        large.setPointSizeF(large.pointSizeF() * 1.5)
        large.setBold(True)
        self.total.setFont(large)
        self.heading = QLabel(self.tr("Folders"))
        self.heading.setProperty("tone", "muted")
        self.waiting = QLabel()
        self.waiting.setProperty("tone", "muted")
        self.problems_button = QPushButton()
        self.problems_button.setProperty("role", "link")
        self.problems_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.problems_button.clicked.connect(self.problems_wanted)
        self.problems_button.hide()
        self.add_button = QPushButton(self.tr("Add folder"))
        self.add_button.setAccessibleName(self.tr("Add a folder with photos"))
        self.add_button.clicked.connect(self.add_folder_wanted)
        self.menu_button = GlyphButton("menu", self.tr("Menu"), 34, 20)
        self.menu_button.setMenu(menu)
        self.menu_button.setPopupMode(GlyphButton.ToolButtonPopupMode.InstantPopup)
        self.progress = ProgressCard()
        self._sections = QVBoxLayout()
        self._arrange()
        self.show_library(None)

    def show_library(self, library: LibraryState | None) -> None:
        """Follow the catalogue."""
        if library is None:
            self.total.setText(self.tr("Library"))
            self.heading.hide()
            self.waiting.hide()
            return
        counts = library.counts
        self.folders.show_items(library.folders)
        is_empty = not library.folders
        self.total.setText(self.tr("Library") if is_empty else photos(counts.photos))
        self.heading.setVisible(not is_empty)
        self.waiting.setText(self.tr("{n} not read yet").format(n=number(counts.pending)))
        self.waiting.setVisible(counts.pending > 0)
        self.problems_button.setText(problems(counts.problems))
        self.problems_button.setAccessibleName(
            self.tr("Show {problems}").format(problems=problems(counts.problems))
        )
        self.problems_button.setVisible(counts.problems > 0)

    def add_section(self, section: QWidget) -> None:
        """Put another list under the folders."""
        self._sections.addWidget(section)

    def show_indexer(self, state: IndexerState) -> None:
        """Follow the child process."""
        self.progress.show_state(state)
        self.folders.set_indexing(state is not IndexerState.IDLE)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.total, 1)
        head.addWidget(self.menu_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 14, 12, 14)
        layout.setSpacing(6)
        inset = QVBoxLayout()
        inset.setContentsMargins(8, 0, 0, 0)
        inset.setSpacing(2)
        inset.addLayout(head)
        inset.addWidget(self.waiting)
        inset.addSpacing(16)
        inset.addWidget(self.heading)
        layout.addLayout(inset)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._sections)
        layout.addWidget(self.problems_button)
        layout.addWidget(self.progress)
        layout.addSpacing(4)
        layout.addWidget(self.add_button)

    def _show_menu(self, at: QPoint) -> None:
        folder = self.folders.item(self.view.indexAt(at))
        if folder is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        reveal = menu.addAction(self.tr("Show in file manager"))
        reveal.triggered.connect(lambda: self.reveal_wanted.emit(folder.path))
        rescan = menu.addAction(self.tr("Look through it now"))
        rescan.triggered.connect(lambda: self.rescan_folder_wanted.emit(folder))
        rescan.setEnabled(folder.state == "online")
        menu.addAction(self.tr("Leave something out…")).triggered.connect(self.exclude_wanted)
        menu.addSeparator()
        menu.addAction(self.remove_action)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _remove_current(self) -> None:
        folder = self.folders.item(self.view.currentIndex())
        if folder is not None:
            self.confirm_removal(folder)

    def confirm_removal(self, folder: Folder) -> None:
        """Ask, and say what removing means, before it is asked for."""
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Remove folder"))
        box.setText(
            self.tr("Remove “{name}” from the library?").format(
                name=folder.path.name or str(folder.path)
            )
        )
        box.setInformativeText(
            self.tr(
                "Its photos can no longer be searched. The files on your disk stay as they are."
            )
        )
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.buttonClicked.connect(
            lambda button: self.remove_folder_wanted.emit(folder) if button is remove else None
        )
        box.open()
