"""Opens the settings, fills in what takes a while to learn, keeps what was chosen."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from desktop_app.composition import obtained_provider
from desktop_app.gui.key_list import key_groups
from desktop_app.gui.library.desk import Desk
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.settings.background_page import quick_command
from desktop_app.gui.settings.dialog import SettingsDialog
from desktop_app.gui.settings.library_page import LibrarySizes
from desktop_app.gui.settings.model_tools import ModelTools
from desktop_app.gui.theme import ThemeSwitch
from desktop_app.library.backups import Backups
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings

log = logging.getLogger(__name__)


class SettingsTools(QObject):
    """Lives on the GUI thread; files are read and written by the desks."""

    restore_wanted = Signal(str)
    """The name of a backup to go back to."""

    exclusion_changed = Signal(object)
    """``ExclusionRules``: other files are left out from now on."""

    reveal_wanted = Signal(object)

    model_changed = Signal()
    """The user chose another model."""

    saved = Signal(object)
    """``Settings``, after they were written."""

    def __init__(
        self,
        window: MainWindow,
        theme: ThemeSwitch,
        desk: Desk,
        long_desk: Desk,
        paths: DataPaths,
        model_dir: Path | None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._desk = desk
        self._long_desk = long_desk
        self._paths = paths
        self._model_dir = model_dir
        self._models = ModelTools(long_desk, paths, model_dir, self)
        self._models.changed.connect(self.model_changed)
        self.dialog: SettingsDialog | None = None
        self.action = QAction(self.tr("Settings…"), self)
        self.action.setShortcut(QKeySequence("Ctrl+,"))
        self.action.triggered.connect(lambda: self.show())
        window.menu.insertAction(window.menu.quit, self.action)
        window.menu.insertSeparator(window.menu.quit)
        window.addAction(self.action)
        window.panel.exclude_wanted.connect(lambda: self.show(at_exclusion=True))

    def show(self, at_exclusion: bool = False) -> None:
        """Read the settings and open the dialog."""
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        file = self._paths.settings_file
        self._desk.ask(
            lambda _: Settings.load(file), lambda s: self._open(s, at_exclusion), key="settings"
        )

    def _open(self, settings: Settings, at_exclusion: bool) -> None:
        if self.dialog is not None:
            return
        # What the window itself changes is written when it ends.
        current = replace(settings, theme=self._theme.theme, thumbnail_side=self._window.grid.side)
        keys = key_groups(self._window)
        dialog = self.dialog = SettingsDialog(current, self._paths, keys, self._window)
        if at_exclusion:
            dialog.show_page(dialog.indexing)
        dialog.save_wanted.connect(lambda chosen: self._save(current, chosen))
        dialog.finished.connect(self._close)
        dialog.library.backup_wanted.connect(self._back_up)
        dialog.library.restore_wanted.connect(self.restore_wanted)
        dialog.library.reveal_wanted.connect(self.reveal_wanted)
        dialog.open()
        self._fill()
        self._models.serve(dialog.model)

    def _fill(self) -> None:
        paths, model_dir = self._paths, self._model_dir

        def look(catalogue: Catalogue) -> LibrarySizes:
            return LibrarySizes.measure(paths)

        self._read_backups()
        self._desk.ask(lambda _: quick_command(paths.root), self._show_command, key="command")
        self._long_desk.ask(look, self._show_sizes, key="sizes")
        file = paths.settings_file
        self._long_desk.ask(
            lambda _: obtained_provider(paths, model_dir, Settings.load(file)),
            self._show_provider,
            otherwise=lambda report: self._show_obtained(report.message),
        )

    def _show_command(self, command: list[str]) -> None:
        if self.dialog is not None:
            self.dialog.background.show_command(command)

    def _read_backups(self) -> None:
        path = self._paths.catalogue

        def show(backups: object) -> None:
            if self.dialog is not None:
                self.dialog.library.show_backups(backups)  # type: ignore[arg-type]

        self._desk.ask(lambda _: Backups(path).all(), show, key="backups")

    def _back_up(self) -> None:
        path = self._paths.catalogue
        self._long_desk.ask(
            lambda catalogue: Backups(path).take(catalogue, "manual"),
            lambda _: self._read_backups(),
        )

    def _show_sizes(self, sizes: LibrarySizes) -> None:
        if self.dialog is not None:
            self.dialog.library.show_sizes(sizes)

    def _show_provider(self, name: str) -> None:
        words = {
            "CPUExecutionProvider": self.tr("The processor"),
            "CUDAExecutionProvider": self.tr("An NVIDIA graphics card"),
        }
        self._show_obtained(f"{words.get(name, '')} ({name})".strip())

    def _show_obtained(self, words: str) -> None:
        if self.dialog is not None:
            self.dialog.search.show_obtained(words)

    def _save(self, before: Settings, chosen: Settings) -> None:
        if chosen == before:
            return
        self._theme.choose(chosen.theme)
        self._window.grid.set_side(chosen.thumbnail_side)
        file = self._paths.settings_file

        def keep(_: Catalogue) -> ExclusionRules:
            # Read again inside: `visita exclude` may have written meanwhile.
            return ExclusionRules(keep_changes(file, before, chosen).exclude)

        def told(rules: ExclusionRules) -> None:
            self._window.say(self.tr("Settings saved"))
            self.saved.emit(chosen)
            if chosen.exclude != before.exclude:
                self.exclusion_changed.emit(rules)

        self._desk.ask(keep, told)
        if (cap := chosen.thumbnail_cap_bytes) and cap != before.thumbnail_cap_bytes:
            store = ThumbnailStore(self._paths.thumbnails_dir)
            self._long_desk.ask(
                lambda catalogue: store.shrink(cap, catalogue.ledger.unreachable()),
                lambda deleted: log.info("the new cap deleted %d thumbnails", deleted),
            )

    def _close(self) -> None:
        self._models.release()
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()


def keep_changes(file: Path, before: Settings, chosen: Settings) -> Settings:
    """Write what the user changed; what he left alone stays as the file has it now.

    Returns:
        what is written there.

    Raises:
        CatalogueReadOnly: the settings cannot be written.
    """
    stored = Settings.load(file)
    names = [*("theme", "language", "thumbnail_cache_mb", "decode_workers", "decode_memory_mb")]
    names += ["thumbnail_side", "thumbnail_disk_mb", "pixel_cap_mp"]
    names += ["rescan_minutes", "exclude", "provider", "rerank", "keep_in_tray"]
    changes = {
        name: getattr(chosen, name)
        for name in names
        if getattr(chosen, name) != getattr(before, name)
    }
    kept = replace(stored, **changes)
    kept.save(file)
    return kept
