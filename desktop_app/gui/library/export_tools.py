"""The shown list as a file; nothing of the photos is touched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog

from desktop_app.gui.library.desk import Desk
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.wording import photos
from desktop_app.library.exporting import SUFFIXES, export_hits


class ExportTools(QObject):
    """Lives on the GUI thread; the file is written by the desk."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self.action = QAction(self.tr("Export this list…"), self)
        self.action.setShortcut(QKeySequence("Ctrl+Shift+E"))
        self.action.triggered.connect(self.choose)
        window.menu.insertAction(window.menu.problems, self.action)
        window.addAction(self.action)

    def choose(self) -> None:
        """Ask where the selected photos, or all that are shown, are listed."""
        if not self._window.model.hits:
            self._window.say(self.tr("There is nothing to export."))
            return
        title = self.tr("Export the list of photos")
        dialog = QFileDialog(self._window, title, str(Path.home() / "photos.csv"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Table (*.csv)"), self.tr("JSON (*.json)")])
        dialog.filterSelected.connect(
            lambda name: dialog.setDefaultSuffix("json" if "json" in name else "csv")
        )
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        dialog.open()

    def export(self, target: Path) -> None:
        """Write the selected photos, or all that are shown, in their order."""
        selected = self._window.grid.selected_hits()
        hits = tuple(selected) if len(selected) > 1 else self._window.model.hits
        if target.suffix.lower() not in SUFFIXES:
            target = target.with_name(f"{target.name}.csv")
        words = self.tr("{photos} listed in {name}")
        self._desk.ask(
            lambda _: export_hits(hits, target),
            lambda count: self._window.say(words.format(photos=photos(count), name=target.name)),
        )
