"""Facts in the settings: the keys, and tables of what is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from desktop_app.gui.key_list import KeyGroup
from desktop_app.gui.settings.pages import SettingsPage


class ShortcutsPage(SettingsPage):
    """Every key of the program, by the place where it holds."""

    def __init__(self, groups: Sequence[KeyGroup]) -> None:
        super().__init__()
        self.keys = facts_table(self.tr("Shortcuts"), self.tr("What it does"), self.tr("Keys"))
        self.column.addWidget(self.keys, 1)
        for group in groups:
            place = group_heading(self.keys, group.place)
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


def group_heading(table: QTreeWidget, name: str) -> QTreeWidgetItem:
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


def facts_table(name: str, *headings: str) -> QTreeWidget:
    """A table without a tree: each line one fact, in as many columns as there are headings."""
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
