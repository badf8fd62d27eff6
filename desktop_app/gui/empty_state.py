"""What stands where the photos would be: what is going on and what to do."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.gui.glyphs import Glyph, GlyphName
from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.library.first_run import FirstRunPage
from desktop_app.gui.messages import ErrorReport, LibraryState, NewestQuery, Query

WIDEST_TEXT = 560


class Emptiness(Enum):
    """Why no photo is shown."""

    OPENING = auto()
    BROKEN = auto()
    NO_FOLDER = auto()
    INDEXING = auto()
    NO_PHOTOS = auto()
    NO_MATCH = auto()


def why_empty(library: LibraryState | None, indexer: IndexerState, query: Query) -> Emptiness:
    """The reason for an empty grid."""
    if library is None:
        return Emptiness.OPENING
    busy = indexer is not IndexerState.IDLE
    if not library.folders and not busy:
        return Emptiness.NO_FOLDER
    if library.counts.photos == 0:
        return Emptiness.INDEXING if busy else Emptiness.NO_PHOTOS
    if isinstance(query, NewestQuery):
        return Emptiness.OPENING
    return Emptiness.NO_MATCH


class EmptyState(QWidget):
    """One picture, one headline, a sentence or two, at most one button."""

    add_folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.emptiness = Emptiness.OPENING
        self._glyph = Glyph("photo", 112, QPalette.ColorRole.Highlight, padding=30)
        self._glyph.setObjectName("emptyGlyph")
        self.headline = QLabel()
        self.words = QLabel()
        self.words.setProperty("tone", "muted")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.setMinimumHeight(44)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.first_run = FirstRunPage()
        font = self.headline.font()
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setBold(True)
        self.headline.setFont(font)
        # A column of its own: only then is the height of wrapped text asked for its real width.
        column = QWidget()
        column.setMaximumWidth(WIDEST_TEXT)
        layout = QVBoxLayout(column)
        layout.setSpacing(0)
        centre = Qt.AlignmentFlag.AlignHCenter
        for label in (self.headline, self.words):
            label.setAlignment(centre)
            label.setWordWrap(True)
        layout.addStretch(4)
        layout.addWidget(self._glyph, 0, centre)
        layout.addSpacing(22)
        layout.addWidget(self.headline)
        layout.addSpacing(8)
        layout.addWidget(self.words)
        layout.addSpacing(24)
        layout.addWidget(self.button, 0, centre)
        layout.addStretch(5)
        self._plain = QWidget()
        outer = QHBoxLayout(self._plain)
        outer.addStretch(1)
        outer.addWidget(column, 100)
        outer.addStretch(1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._plain)
        self._pages.addWidget(self.first_run)
        self.first_run.choice_wanted.connect(self.add_folder_wanted)
        self.button.clicked.connect(self._on_button)
        self.show_reason(Emptiness.OPENING)

    def show_reason(self, emptiness: Emptiness) -> None:
        """Say why there is nothing to see; without a folder the first page does."""
        self.emptiness = emptiness
        match emptiness:
            case Emptiness.INDEXING:
                self._say(
                    "search",
                    self.tr("Looking at your photos"),
                    self.tr(
                        "The first photos appear here in a moment. You can search while the "
                        "others follow."
                    ),
                )
            case Emptiness.NO_PHOTOS:
                self._say(
                    "nothing",
                    self.tr("No photos here yet"),
                    self.tr(
                        "No photo that can be read was found in your folders. Add another one, "
                        "or look at the list of problems."
                    ),
                    self.tr("Add a folder"),
                )
            case Emptiness.NO_MATCH:
                self._say(
                    "nothing",
                    self.tr("No photo fits"),
                    self.tr("Try other words, or fewer of them."),
                )
            case Emptiness.OPENING:
                self._say("photo", self.tr("Opening your library…"), "")
        self._pages.setCurrentWidget(
            self.first_run if emptiness is Emptiness.NO_FOLDER else self._plain
        )

    def show_error(self, report: ErrorReport) -> None:
        """The library cannot be opened."""
        self.emptiness = Emptiness.BROKEN
        self._say("warning", report.message, report.hint)
        self._pages.setCurrentWidget(self._plain)

    def _say(self, glyph: GlyphName, headline: str, words: str, button: str = "") -> None:
        self._glyph.set_glyph(glyph)
        self.headline.setText(headline)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.button.setText(button)
        self.button.setVisible(bool(button))

    def _on_button(self) -> None:
        self.add_folder_wanted.emit()
