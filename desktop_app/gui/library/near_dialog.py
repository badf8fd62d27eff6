"""Equal and similar photos in groups, to be looked at and found on the disk; nothing is deleted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.library.near_model import FOLDER, NAME, THUMBNAIL_SIDE, NearModel
from desktop_app.gui.messages import ErrorReport
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.gui.wording import number
from desktop_app.library.near_photos import NEAR_EQUAL, NearProgress, PhotoGroup
from desktop_app.library.thumbnails import ThumbnailStore

SIMILAR = 0.85
"""Shots of the same scene, say."""
MOST_GROUPS = 1000
BAR_STEPS = 1000


class NearDialog(QDialog):
    """Asks for groups and shows them; the search itself is the caller's."""

    search_wanted = Signal(object)
    """The least cosine, or None for photos that are equal. An older search is to be stopped."""

    stop_wanted = Signal()
    reveal_wanted = Signal(object)
    """The ``Path`` to show in the file manager."""

    def __init__(
        self, thumbnails: ThumbnailLoader, store: ThumbnailStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Similar photos and duplicates"))
        self.resize(860, 620)
        self.model = NearModel(thumbnails, store, self)
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("What to look for"))
        # On Linux a label is what names a box: its name is the choice itself.
        self.kind_label = QLabel(self.tr("Look for:"))
        self.kind_label.setBuddy(self.kind)
        self.kind.addItem(self.tr("Equal files"), None)
        self.kind.addItem(self.tr("Almost the same picture"), NEAR_EQUAL)
        self.kind.addItem(self.tr("Similar pictures"), SIMILAR)
        self.words = QLabel()
        self.words.setProperty("tone", "muted")
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, BAR_STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(self.tr("Progress of the comparison"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.view = self._make_view(thumbnails)
        self.reveal_button = QPushButton(self.tr("Show in folder"))
        self.copy_button = QPushButton(self.tr("Copy paths"))
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setDefault(True)
        self._arrange()
        self.kind.currentIndexChanged.connect(lambda: self.search())
        self.cancel_button.clicked.connect(self._cancel)
        self.reveal_button.clicked.connect(self._reveal)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
        self.view.doubleClicked.connect(self._reveal)
        self.view.selectionModel().selectionChanged.connect(lambda: self._follow_selection())
        self.finished.connect(lambda _: self.stop_wanted.emit())
        self._follow_selection()

    def search(self) -> None:
        """Begin anew."""
        self.model.show_groups(())
        self._set_busy(True)
        self.words.setText(self.tr("Comparing…"))
        self.search_wanted.emit(self.kind.currentData())

    def show_progress(self, progress: NearProgress) -> None:
        """Follow the search."""
        self.bar.setValue(round(BAR_STEPS * progress.done / max(1, progress.total)))
        self.words.setText(
            self.tr("{done} of %Ln photo(s) compared", "", progress.total).format(
                done=number(progress.done)
            )
        )

    def show_groups(self, groups: Sequence[PhotoGroup]) -> None:
        """The search has ended."""
        self._set_busy(False)
        shown = groups[:MOST_GROUPS]
        self.model.show_groups(shown)
        self.view.expandAll()
        for row in range(len(shown)):
            self.view.setFirstColumnSpanned(row, self.view.rootIndex(), True)
        if not groups:
            self.words.setText(self.tr("There are none in your library."))
            return
        words = self.tr("%Ln group(s).", "", len(groups))
        if len(groups) > len(shown):
            words = self.tr("The first {n} of %Ln group(s).", "", len(groups))
            words = words.format(n=number(len(shown)))
        kept = self.tr("VisITA deletes nothing: tidy up in your file manager.")
        self.words.setText(f"{words} {kept}")

    def show_error(self, report: ErrorReport) -> None:
        """The search has failed."""
        self._set_busy(False)
        self.words.setText(f"{report.message} {report.hint}".strip())

    def _make_view(self, thumbnails: ThumbnailLoader) -> QTreeView:
        view = QTreeView()
        view.setModel(self.model)
        view.setIconSize(QSize(THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setAccessibleName(self.tr("Groups of photos"))
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.header().resizeSection(NAME, 330)
        view.header().resizeSection(FOLDER, 360)
        view.header().setStretchLastSection(True)
        thumbnails.loaded.connect(view.viewport().update)
        return view

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.kind_label)
        head.addWidget(self.kind)
        head.addWidget(self.words, 1)
        head.addWidget(self.cancel_button)
        buttons = QHBoxLayout()
        buttons.addWidget(self.reveal_button)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.view, 1)
        layout.addLayout(buttons)

    def _set_busy(self, is_busy: bool) -> None:
        self.bar.setValue(0)
        self.bar.setVisible(is_busy)
        self.cancel_button.setVisible(is_busy)

    def _cancel(self) -> None:
        self.stop_wanted.emit()
        self._set_busy(False)
        self.words.setText(self.tr("Cancelled. Choose what to look for to begin again."))

    def _follow_selection(self) -> None:
        file = self.model.file(self.view.currentIndex())
        self.reveal_button.setEnabled(file is not None)
        self.copy_button.setEnabled(self.view.selectionModel().hasSelection())

    def _reveal(self) -> None:
        file = self.model.file(self.view.currentIndex())
        if file is not None:
            self.reveal_wanted.emit(file.path)

    def _copy(self) -> None:
        rows = self.view.selectionModel().selectedRows()
        files = [file for file in map(self.model.file, rows) if file is not None]
        QGuiApplication.clipboard().setText("\n".join(str(file.path) for file in files))
