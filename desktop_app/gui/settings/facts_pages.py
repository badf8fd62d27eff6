"""The pages of the settings that tell facts: the model, the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from desktop_app.gui.key_list import KeyGroup
from desktop_app.gui.settings.figure_words import figure_groups
from desktop_app.gui.settings.pages import SettingsPage
from desktop_app.inference.bundle import ModelManifest


class ModelPage(SettingsPage):
    """What the model is, how well it finds, and on what terms."""

    def __init__(self) -> None:
        super().__init__()
        self.terms = self.add_note(self.tr("…"))
        self.figures = _table(self.tr("Figures of the model"), self.tr("Figure"), self.tr("Value"))
        self.column.addWidget(self.figures, 1)

    def show_manifest(self, manifest: ModelManifest) -> None:
        """Fill the page."""
        size = sum(file.size_bytes for file in manifest.files.values()) / 1e6
        self.terms.setText(
            self.tr(
                "{name}, id {model_id}, {size} MB, {dim} dimensions.\nLicence: {licence}"
            ).format(
                name=manifest.name,
                model_id=manifest.model_id,
                size=round(size),
                dim=manifest.dim,
                licence=manifest.licence,
            )
        )
        self.figures.clear()
        for group in figure_groups(manifest.metrics):
            heading = _group(self.figures, group.title)
            for line in group.lines:
                heading.addChild(QTreeWidgetItem(list(line)))
        self.figures.expandAll()


class ShortcutsPage(SettingsPage):
    """Every key of the program, by the place where it holds."""

    def __init__(self, groups: Sequence[KeyGroup]) -> None:
        super().__init__()
        self.keys = _table(self.tr("Shortcuts"), self.tr("What it does"), self.tr("Keys"))
        self.column.addWidget(self.keys, 1)
        for group in groups:
            place = _group(self.keys, group.place)
            for words, keys in group.lines:
                place.addChild(QTreeWidgetItem([words, keys]))
        self.keys.expandAll()
        self.add_note(
            self.tr(
                "A letter means the key that types it. Where a keyboard types no Latin letters, it "
                "means the key at that letter's place on a US keyboard; a digit is the key at its "
                "place also where it takes Shift."
            )
        )


def _group(table: QTreeWidget, name: str) -> QTreeWidgetItem:
    """A heading in a table, in bold; its lines are its children."""
    heading = QTreeWidgetItem([name])
    bold = table.font()
    bold.setBold(True)
    heading.setFont(0, bold)
    # The cell beside it is empty; a reader that comes to it should know where it is.
    heading.setData(1, Qt.ItemDataRole.AccessibleTextRole, name)
    table.addTopLevelItem(heading)
    heading.setFirstColumnSpanned(True)
    return heading


def _table(name: str, *headings: str) -> QTreeWidget:
    table = QTreeWidget()
    table.setAccessibleName(name)
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setHeaderLabels(list(headings))
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.header().resizeSection(0, 330)
    table.header().setStretchLastSection(True)
    return table
