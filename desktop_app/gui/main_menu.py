"""The window's menu and its keys."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.gui.theme import ThemeSwitch
from desktop_app.settings import Theme


class MainMenu(QMenu):
    """Every action of the window; ``shortcuts`` also work while the menu is closed."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        standard = QKeySequence.StandardKey
        self.add_folder = self._action(self.tr("Add folder…"), standard.Open)
        self.search_photo = self._action(self.tr("Search by a photo file…"), "Ctrl+Shift+O")
        self.paste = self._action(self.tr("Search by the copied photo"), standard.Paste)
        self.addSeparator()
        self.go_to_search = self._action(self.tr("Go to the search field"), standard.Find)
        self.save_search = self._action(self.tr("Save this search…"), "Ctrl+D")
        self.search_help = self._action(self.tr("What you can type…"), standard.HelpContents)
        self.rescan = self._action(self.tr("Look for changes now"), "F5")
        self.problems = self._action(self.tr("Problems…"), None)
        self.remove_missing = self._action(self.tr("Forget missing photos…"), None)
        self.addSeparator()
        self.larger = self._action(self.tr("Larger thumbnails"), standard.ZoomIn)
        # Ctrl++ is Ctrl+= without Shift on many keyboards.
        self.larger.setShortcuts(
            [*QKeySequence.keyBindings(standard.ZoomIn), QKeySequence("Ctrl+=")]
        )
        self.smaller = self._action(self.tr("Smaller thumbnails"), standard.ZoomOut)
        self._add_themes(theme)
        self.addSeparator()
        self.quit = self._action(self.tr("Quit"), "Ctrl+Q")

    @property
    def shortcuts(self) -> list[QAction]:
        """The actions that have keys."""
        return [action for action in self.actions() if action.shortcuts()]

    def _action(self, words: str, keys: QKeySequence.StandardKey | str | None) -> QAction:
        action = self.addAction(words)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        return action

    def _add_themes(self, theme: ThemeSwitch) -> None:
        menu = self.addMenu(self.tr("Appearance"))
        group = QActionGroup(menu)
        choices: tuple[tuple[Theme, str], ...] = (
            ("system", self.tr("Like the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("contrast", self.tr("High contrast")),
        )
        for choice, words in choices:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(theme.theme == choice)
            group.addAction(action)
            action.triggered.connect(lambda _=False, choice=choice: theme.choose(choice))
