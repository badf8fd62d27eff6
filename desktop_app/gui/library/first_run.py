"""What a first start says below its button: what happens, what does not, where to begin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.glyphs import Glyph, GlyphName


class FirstRunNotes(QWidget):
    """Three promises, and the usual folder as an offer."""

    folder_wanted = Signal(object)
    """The ``Path`` of the system's folder for pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures_folder()
        self.offer = QPushButton()
        self.offer.setProperty("role", "link")
        self.offer.setCursor(Qt.CursorShape.PointingHandCursor)
        name = self._pictures.name if self._pictures is not None else ""
        self.offer.setText(self.tr("or begin with “{name}”").format(name=name))
        self.offer.setVisible(self._pictures is not None)
        self.offer.clicked.connect(lambda: self.folder_wanted.emit(self._pictures))
        notes = QGridLayout()
        notes.setHorizontalSpacing(12)
        notes.setVerticalSpacing(8)
        notes.setColumnStretch(1, 1)
        lines: tuple[tuple[GlyphName, str], ...] = (
            ("info", self.tr("Everything happens here: nothing leaves this computer.")),
            ("photo", self.tr("Your photos are only read, never changed, moved or deleted.")),
            (
                "clock",
                self.tr(
                    "A few photos a second on an older computer: a large collection takes hours, "
                    "in the background, and can be searched from the first photo on. The time "
                    "left is shown as soon as it can be told; pause or quit whenever you like."
                ),
            ),
            (
                "nothing",
                self.tr(
                    "Hidden folders, trash and caches are left out by themselves; the settings "
                    "take more patterns."
                ),
            ),
        )
        for row, (glyph, words) in enumerate(lines):
            label = QLabel(words)
            label.setWordWrap(True)
            label.setProperty("tone", "muted")
            notes.addWidget(Glyph(glyph, 18), row, 0, Qt.AlignmentFlag.AlignTop)
            notes.addWidget(label, row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(notes)


def pictures_folder() -> Path | None:
    """The system's folder for pictures, if there is one with something in it."""
    place = QStandardPaths.StandardLocation.PicturesLocation
    name = QStandardPaths.writableLocation(place)
    folder = Path(name) if name else None
    try:
        if folder is None or folder == Path.home() or next(folder.iterdir(), None) is None:
            return None
    except OSError:  # not there, or not to be read
        return None
    return folder
