"""The pages of the settings that tell facts: the model, the keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from desktop_app.gui.settings.pages import SettingsPage
from desktop_app.inference.bundle import ModelManifest

_SHOWN_DEPTH = 4


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
            self.tr("{name}, id {model_id}, {size} MB, {dim} dimensions.\n{licence}").format(
                name=manifest.name,
                model_id=manifest.model_id,
                size=round(size),
                dim=manifest.dim,
                licence=manifest.licence,
            )
        )
        self.figures.clear()
        for name, value in figures(manifest.metrics):
            self.figures.addTopLevelItem(QTreeWidgetItem([name, value]))


class ShortcutsPage(SettingsPage):
    """Every key of the window."""

    def __init__(self, actions: Iterable[QAction]) -> None:
        super().__init__()
        self.keys = _table(self.tr("Shortcuts"), self.tr("What it does"), self.tr("Keys"))
        self.column.addWidget(self.keys, 1)
        rows = {
            (action.text().replace("&", "").rstrip("…"), _keys(action))
            for action in actions
            if action.shortcuts() and action.text()
        }
        fixed = {
            (self.tr("Open the photo"), QKeySequence("Return")),
            (self.tr("Copy the paths of the selected photos"), QKeySequence("Ctrl+C")),
            (self.tr("Clear the search"), QKeySequence("Esc")),
        }
        native = QKeySequence.SequenceFormat.NativeText
        rows |= {(words, keys.toString(native)) for words, keys in fixed}
        for words, keys in sorted(rows):
            self.keys.addTopLevelItem(QTreeWidgetItem([words, keys]))
        self.add_note(self.tr("A letter means the key that types it on your keyboard."))


def figures(metrics: Mapping[str, Any], depth: int = 0) -> list[tuple[str, str]]:
    """Nested figures as (name, value) lines; lists are left out."""
    lines: list[tuple[str, str]] = []
    for name, value in metrics.items():
        if isinstance(value, Mapping):
            if depth < _SHOWN_DEPTH:
                inner = figures(value, depth + 1)
                lines += [(f"{name} · {deeper}", text) for deeper, text in inner]
        elif isinstance(value, float):
            lines.append((name, f"{value:.4g}"))
        elif isinstance(value, str | int):
            lines.append((name, str(value)))
    return lines


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(dict.fromkeys(keys.toString(native) for keys in action.shortcuts()))


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
