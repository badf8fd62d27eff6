"""Problems and missing photos: shown when asked for, changed only after a word of the user's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from desktop_app.gui.indexer_process import IndexerProcess
from desktop_app.gui.library.desk import Desk
from desktop_app.gui.library_session import LibrarySession
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.missing_dialog import (
    forget_missing_dialog,
    missing_forgotten,
    nothing_missing,
)
from desktop_app.gui.photo_actions import PhotoActions
from desktop_app.gui.problems_dialog import ProblemsDialog
from desktop_app.gui.search_thread import SearchThread
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.exclusion import ExclusionRules, pattern_of
from desktop_app.library.records import Failure
from desktop_app.library.removal import MissingCount
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings


class UpkeepTools(QObject):
    """Lives on the GUI thread."""

    def __init__(
        self,
        window: MainWindow,
        search: SearchThread,
        indexer: IndexerProcess,
        session: LibrarySession,
        actions: PhotoActions,
        desk: Desk,
        paths: DataPaths,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._search = search
        self._indexer = indexer
        self._session = session
        self._actions = actions
        self._desk = desk
        self._paths = paths
        search.failures_listed.connect(self._show_problems)
        search.missing_counted.connect(self._on_missing_counted)
        search.missing_forgotten.connect(self._on_missing_forgotten)

    def retry(self, failures: list[Failure]) -> None:
        """Read files once more."""
        ids = [failure.file_id for failure in failures]
        folders = _folders_of(failures)

        def told(count: int) -> None:
            self._window.say(self.tr("%Ln file(s) are tried again", "", count))
            self._indexer.refresh(folders)

        self._desk.ask(lambda catalogue: catalogue.ledger.retry(ids), told)

    def ignore(self, failures: list[Failure]) -> None:
        """Leave files out from now on, by patterns of the settings."""
        patterns = [pattern_of(failure.relative_path) for failure in failures]
        folders = _folders_of(failures)
        ids = tuple(failure.file_id for failure in failures)
        file = self._paths.settings_file

        def leave_out(catalogue: Catalogue) -> ExclusionRules:
            rules = ExclusionRules(add_patterns(file, patterns))
            # Here as well, so that they are gone even while no run may begin.
            catalogue.ledger.forget(ids)
            return rules

        def told(rules: ExclusionRules) -> None:
            count = len(patterns)
            self._window.say(self.tr("%Ln file(s) are left out from now on", "", count))
            self._session.follow_rules(rules, folders)
            self._search.poke()

        self._desk.ask(leave_out, told)

    def _show_problems(self, failures: tuple[Failure, ...]) -> None:
        dialog = ProblemsDialog(failures, self._window)
        dialog.reveal_wanted.connect(self._actions.reveal)
        dialog.retry_wanted.connect(self.retry)
        dialog.ignore_wanted.connect(self.ignore)
        dialog.open()

    def _on_missing_counted(self, count: MissingCount) -> None:
        if not count.files:
            self._window.say(nothing_missing(count))
            return
        box = forget_missing_dialog(count, self._window)
        box.accepted.connect(self._search.forget_missing)
        box.open()

    def _on_missing_forgotten(self, count: MissingCount) -> None:
        self._window.say(missing_forgotten(count))


def add_patterns(settings_file: Path, patterns: list[str]) -> tuple[str, ...]:
    """Add patterns to those of the settings; all that there are then.

    Raises:
        CatalogueReadOnly: the settings cannot be written.
    """
    settings = Settings.load(settings_file)
    exclude = tuple(dict.fromkeys((*settings.exclude, *patterns)))
    replace(settings, exclude=exclude).save(settings_file)
    return exclude


def _folders_of(failures: list[Failure]) -> list[Path]:
    return list(dict.fromkeys(failure.path.parent for failure in failures))
