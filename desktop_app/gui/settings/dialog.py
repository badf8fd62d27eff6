"""The settings: a list of pages, the page, and one button that keeps everything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.key_list import KeyGroup
from desktop_app.gui.settings.background_page import BackgroundPage
from desktop_app.gui.settings.facts_pages import ShortcutsPage
from desktop_app.gui.settings.library_page import LibraryPage
from desktop_app.gui.settings.model_page import ModelPage
from desktop_app.gui.settings.pages import AppearancePage, IndexingPage, SearchPage, SettingsPage
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings


class SettingsDialog(QDialog):
    """Shows settings; ``save_wanted`` hands the changed ones over."""

    save_wanted = Signal(object)
    """``Settings``, when the user pressed OK."""

    def __init__(
        self,
        settings: Settings,
        paths: DataPaths,
        keys: Sequence[KeyGroup],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Settings"))
        line = self.fontMetrics().height()
        self.resize(max(800, 40 * line), max(560, 28 * line))
        self.appearance = AppearancePage(settings)
        self.indexing = IndexingPage(settings)
        self.search = SearchPage(settings)
        self.background = BackgroundPage(settings)
        self.library = LibraryPage(settings, paths)
        self.model = ModelPage()
        self.shortcuts = ShortcutsPage(keys)
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Pages of the settings"))
        self.names.setFixedWidth(max(160, 9 * line))
        self.stack = QStackedWidget()
        self.pages: list[SettingsPage] = []
        for name, page in (
            (self.tr("Appearance"), self.appearance),
            (self.tr("Indexing"), self.indexing),
            (self.tr("Search"), self.search),
            (self.tr("Quick search"), self.background),
            (self.tr("Library"), self.library),
            (self.tr("Model"), self.model),
            (self.tr("Shortcuts"), self.shortcuts),
        ):
            item = QListWidgetItem(name)
            item.setSizeHint(QSize(0, 2 * self.fontMetrics().height()))
            self.names.addItem(item)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QScrollArea.Shape.NoFrame)
            area.setWidget(page)
            area.setAccessibleName(name)
            self.stack.addWidget(area)
            self.pages.append(page)
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        body = QHBoxLayout()
        body.setSpacing(14)
        body.addWidget(self.names)
        body.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addLayout(body, 1)
        layout.addWidget(self.buttons)
        self.names.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.names.setCurrentRow(0)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.indexing.patterns.changed.connect(self._judge)
        self.accepted.connect(lambda: self.save_wanted.emit(self.chosen()))

    def chosen(self) -> Settings:
        """The settings as the controls stand."""
        settings = self._settings
        for page in self.pages:
            settings = page.changed(settings)
        return settings

    def show_page(self, page: SettingsPage) -> None:
        """Turn to a page."""
        self.names.setCurrentRow(self.pages.index(page))

    def _judge(self) -> None:
        bad = any(page.problem for page in self.pages)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not bad)
