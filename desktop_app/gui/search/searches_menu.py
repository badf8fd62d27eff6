"""The menu of saved and recent searches."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.library.search_rows import SavedSearch

MOST_SAVED = 20
MOST_RECENT = 8
_MOST_CHARACTERS = 60


class SearchesMenu(QMenu):
    """Lists what can be searched for again; made anew whenever the lists change."""

    chosen = Signal(str)
    """Search for this text."""

    save_wanted = Signal()
    manage_wanted = Signal()
    forget_wanted = Signal()
    """Forget the recent searches."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved: tuple[SavedSearch, ...] = ()
        self._recent: tuple[str, ...] = ()
        self._can_save = False
        self._fill()

    def show_searches(self, saved: Sequence[SavedSearch], recent: Sequence[str]) -> None:
        """List these."""
        self._saved, self._recent = tuple(saved), tuple(recent)
        self._fill()

    def allow_save(self, can_save: bool) -> None:
        """Whether there is a search that could be saved."""
        self._can_save = can_save
        self.save.setEnabled(can_save)

    def _fill(self) -> None:
        self.clear()
        self.save = self.addAction(self.tr("Save this search…"))
        self.save.setEnabled(self._can_save)
        self.save.triggered.connect(self.save_wanted)
        if self._saved:
            self.addSection(self.tr("Saved"))
            for search in self._saved[:MOST_SAVED]:
                self._add(search.name, search.text)
            self.addAction(self.tr("Manage saved searches…")).triggered.connect(self.manage_wanted)
        if self._recent:
            self.addSection(self.tr("Recent"))
            for text in self._recent[:MOST_RECENT]:
                self._add(text, text)
            self.addSeparator()
            self.addAction(self.tr("Forget recent searches")).triggered.connect(self.forget_wanted)

    def _add(self, words: str, text: str) -> None:
        short = words if len(words) <= _MOST_CHARACTERS else f"{words[: _MOST_CHARACTERS - 1]}…"
        action = self.addAction(short.replace("&", "&&"))
        action.setToolTip(text)
        action.triggered.connect(lambda: self.chosen.emit(text))
