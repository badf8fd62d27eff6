"""The folders that were chosen on the first page, each with a way to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.gui.glyphs import Glyph, GlyphButton
from desktop_app.library.folder_probe import outermost


class ChosenFolders(QFrame):
    """A short list, in the order of choice; a folder that lies in another one is not kept."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chosenFolders")
        self.setAccessibleName(self.tr("Chosen folders"))
        self._folders: tuple[Path, ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(14, 10, 8, 10)
        self._rows.setSpacing(2)
        self._show()

    @property
    def folders(self) -> tuple[Path, ...]:
        """What was chosen."""
        return self._folders

    def add(self, folders: Sequence[Path]) -> None:
        """Add folders; one that is there already, or lies in one that is, changes nothing."""
        self._take(tuple(outermost([*self._folders, *folders])))

    def remove(self, folder: Path) -> None:
        """Take one back."""
        self._take(tuple(f for f in self._folders if f != folder))

    def clear(self) -> None:
        """Take all back."""
        self._take(())

    def _take(self, folders: tuple[Path, ...]) -> None:
        if folders != self._folders:
            self._folders = folders
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for folder in self._folders:
            self._rows.addWidget(self._row(folder))
        if not self._folders:
            hint = QLabel(self.tr("Drop folders here, one or several, or choose them below."))
            hint.setProperty("tone", "muted")
            hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
            hint.setMinimumHeight(52)
            hint.setWordWrap(True)
            self._rows.addWidget(hint)

    def _row(self, folder: Path) -> QWidget:
        row = QWidget()
        name = QLabel(folder.name or str(folder))
        bold = name.font()
        bold.setBold(True)
        name.setFont(bold)
        where = QLabel(str(folder.parent))
        where.setProperty("tone", "muted")
        where.setToolTip(str(folder))
        where.setMinimumWidth(40)
        words = self.tr("Do not add {name}").format(name=folder.name or str(folder))
        button = GlyphButton("close", words, 28, 14)
        button.clicked.connect(lambda: self.remove(folder))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(Glyph("folder", 18))
        layout.addWidget(name)
        layout.addWidget(where, 1)
        layout.addWidget(button)
        return row
