"""The search field: a text, and the pieces of it as chips below.

The text is the only thing that is asked. Photos are in it too (``photo:"beach.jpg"``), so that one
query can have words, words that push away, photos and filters together; ``gui.search.chip_row``
says why.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop_app.errors import QuerySyntaxError
from desktop_app.gui.glyphs import Glyph, GlyphButton
from desktop_app.gui.search.chip_row import ChipRow
from desktop_app.gui.search.search_text import SearchText
from desktop_app.gui.search.searches_menu import SearchesMenu
from desktop_app.library.query_edits import read_shape, with_photo
from desktop_app.library.query_terms import ReadQuery

DEBOUNCE_MS = 150
FIELD_HEIGHT = 44


class SearchBar(QWidget):
    """What is typed is searched for while it is typed."""

    text_wanted = Signal(str)
    """Search for this now; empty means the newest photos."""

    settled = Signal(str)
    """As ``text_wanted``, where a person said so: Enter, a chip, a search from the menu."""

    edited = Signal()
    """Somebody typed: completions may be offered."""

    read_changed = Signal(object)
    """What was read of the text: a ``ReadQuery``; None while it makes no sense."""

    pasted = Signal(object)
    """The ``QMimeData`` of a paste or drop that is no photo file: a picture, a folder."""

    photo_file_wanted = Signal()
    """The user wants to choose a photo file to search by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.field = QFrame()
        self.field.setObjectName("searchField")
        self.field.setMinimumHeight(FIELD_HEIGHT)
        self.text = SearchText()
        self.text.setObjectName("searchText")
        self.text.setFrame(False)
        self.text.setAccessibleName(self.tr("Search photos by words"))
        self.text.setPlaceholderText(self.tr("Describe a photo, or drop one here"))
        self.clear_button = GlyphButton("close", self.tr("Clear the search"), 28, 14)
        self.clear_button.hide()
        self.searches = SearchesMenu()
        self.searches_button = GlyphButton("star", self.tr("Saved and recent searches"), 32, 20)
        self.searches_button.setMenu(self.searches)
        self.searches_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.photo_button = GlyphButton("photo", self.tr("Search by a photo file…"), 32, 20)
        line = QHBoxLayout(self.field)
        line.setContentsMargins(14, 0, 6, 0)
        line.setSpacing(8)
        line.addWidget(Glyph("search", 20))
        line.addWidget(self.text, 1)
        line.addWidget(self.clear_button)
        line.addWidget(self.searches_button)
        line.addWidget(self.photo_button)
        self.chips = ChipRow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.chips)
        self.read: ReadQuery | None = read_shape("")
        """What was read of the text; None while it makes no sense."""
        self._before_photo: tuple[str, str] | None = None
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(DEBOUNCE_MS)
        self._debounce.timeout.connect(self._search_now)
        self.text.textChanged.connect(self._on_text)
        self.text.typed.connect(self._on_edit)
        self.text.returnPressed.connect(self._settle)
        self.text.escaped.connect(self.clear)
        self.text.given.connect(self._take)
        self.text.focused.connect(self._show_focus)
        self.chips.text_wanted.connect(self.search)
        self.chips.edit_wanted.connect(self._select)
        self.chips.left.connect(self.text.setFocus)
        self.clear_button.clicked.connect(self.clear)
        self.searches.chosen.connect(self.search)
        self.photo_button.clicked.connect(self.photo_file_wanted)

    @property
    def is_by_photo(self) -> bool:
        """Whether a photo is a part of the query."""
        return bool(self.chips.photo_chips)

    def focus(self) -> None:
        """Put the cursor into the field and select what is there."""
        self.text.setFocus()
        self.text.selectAll()

    def clear(self) -> None:
        """Back to the newest photos."""
        self.text.replace("")
        self._search_now()

    def type(self, text: str) -> None:
        """Put a text into the field, as if it had been typed."""
        self.text.replace(text)
        self._debounce.start()
        self.text.setFocus()

    def search(self, text: str) -> None:
        """Put a text into the field and search for it at once."""
        self.text.replace(text)
        self._settle()

    def show_photo(self, path: Path) -> None:
        """Search by this photo alone; what was typed goes."""
        self._search_by_photo("", path)

    def add_photo(self, path: Path) -> None:
        """Search by this photo and by what is typed already."""
        self._search_by_photo(self.text.text(), path)

    def take_back_photo(self, text: str) -> bool:
        """A search failed whose last change was a photo: back to what was there before it.

        Returns:
            False where something was typed since, so that the text is the user's own.
        """
        if self._before_photo is None or self._before_photo[1] != text:
            return False
        before, self._before_photo = self._before_photo[0], None
        self.text.replace(before)
        self._search_now()
        return True

    def _search_by_photo(self, typed: str, path: Path) -> None:
        before, text = self.text.text(), with_photo(typed, path)
        self.text.replace(text)
        self._before_photo = (before, text)
        self._search_now()

    def _take(self, mime: QMimeData) -> None:
        """Photo files join the query; everything else is for the window to judge."""
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        files = [path for path in paths if not path.is_dir()]
        if not files or len(files) < len(paths):
            self.pasted.emit(mime)
            return
        for path in files:
            self.add_photo(path)

    def _on_text(self, text: str) -> None:
        """The text is another one, whoever changed it: everything that shows it follows."""
        self._before_photo = None
        found: ReadQuery | QuerySyntaxError
        try:
            found = self.read = read_shape(text)
        except QuerySyntaxError as error:
            self.read, found = None, error  # the search thread reads it too, and says so
        self.clear_button.setVisible(bool(text))
        self.searches.allow_save(bool(text.strip()))
        self.chips.show_query(found)
        self.read_changed.emit(self.read)

    def _on_edit(self) -> None:
        self._debounce.start()
        self.edited.emit()

    def _search_now(self) -> None:
        self._debounce.stop()
        self.text_wanted.emit(self.text.text())

    def _settle(self) -> None:
        self._search_now()
        self.settled.emit(self.text.text())

    def _select(self, start: int, end: int) -> None:
        self.text.setFocus()
        self.text.setSelection(start, end - start)

    def _show_focus(self, has_focus: bool) -> None:
        self.field.setProperty("active", has_focus)
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)
