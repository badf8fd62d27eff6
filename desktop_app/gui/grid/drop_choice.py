"""A question: what was dropped can be searched by, and can be added to the library."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.gui.photo_intake import Dropped


class DropChoice(QMenu):
    """Opens where photos and folders were dropped together; Esc does nothing with either."""

    search_wanted = Signal(object)
    """Search by the photos of this ``Dropped``."""

    add_wanted = Signal(object)
    """Add the folders of this ``Dropped``."""

    def __init__(self, dropped: Dropped, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("What to do with what was dropped"))
        folder = (
            self.tr("Add the folder “{name}”").format(name=dropped.folders[0].name)
            if len(dropped.folders) == 1
            else self.tr("Add the {n} folders").format(n=len(dropped.folders))
        )
        self.search = self.addAction(
            self.tr("Search by “{name}”").format(name=dropped.files[0].name)
        )
        self.add = self.addAction(folder)
        self.both = self.addAction(self.tr("Do both"))
        self.addSeparator()
        self.neither = self.addAction(self.tr("Cancel"))
        self.search.triggered.connect(lambda: self.search_wanted.emit(dropped))
        self.add.triggered.connect(lambda: self.add_wanted.emit(dropped))
        self.both.triggered.connect(lambda: self.add_wanted.emit(dropped))
        self.both.triggered.connect(lambda: self.search_wanted.emit(dropped))
        self.setDefaultAction(self.search)
