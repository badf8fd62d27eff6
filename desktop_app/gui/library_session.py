"""What happens between the indexer, the catalogue and the window, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.gui.folder_watch import FolderWatch
from desktop_app.gui.indexer_process import IndexerProcess
from desktop_app.gui.messages import ErrorReport, LibraryState
from desktop_app.gui.search_controller import SearchController
from desktop_app.gui.search_thread import SearchThread
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.records import Folder, IndexSummary
from desktop_app.library.watch_report import WatchState

POKE_MS = 1000
"""While the indexer writes, the search thread looks for news so often."""

WARM_UP_MS = 1000


class LibrarySession(QObject):
    """Keeps search and grid up with what the indexer writes. Lives on the GUI thread."""

    changed = Signal(object)
    """A ``LibraryState``."""

    watch_changed = Signal(object)
    """A tuple of ``WatchState``: how the folders are watched."""

    open_failed = Signal(object)

    def __init__(
        self,
        search: SearchThread,
        controller: SearchController,
        indexer: IndexerProcess,
        thumbnails: ThumbnailLoader,
        watch: FolderWatch,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._controller = controller
        self._indexer = indexer
        self._thumbnails = thumbnails
        self._watch = watch
        self.library: LibraryState | None = None
        self._broken: ErrorReport | None = None
        self._poke = QTimer(self)
        self._poke.setSingleShot(True)
        self._poke.timeout.connect(search.poke)
        self._warm_up = QTimer(self)
        self._warm_up.setSingleShot(True)
        self._warm_up.setInterval(WARM_UP_MS)
        self._warm_up.timeout.connect(search.warm_up)
        search.opened.connect(self._on_opened)
        search.open_failed.connect(self._on_open_failed)
        search.library_changed.connect(self._on_changed)
        indexer.progressed.connect(self._on_progress)
        indexer.summarised.connect(self._on_summary)
        indexer.failed.connect(search.poke)
        watch.changed.connect(self._on_folders_changed)
        watch.states_changed.connect(self._on_watch_states)

    def start(self) -> None:
        """Open the library in the background."""
        self._search.start()

    def stop(self) -> None:
        """Ask for nothing more."""
        self._watch.stop()
        self._poke.stop()
        self._warm_up.stop()

    def add_folders(self, folders: Sequence[Path]) -> None:
        """Add folders and index them."""
        if self._broken is not None:
            self.open_failed.emit(self._broken)
            return
        self._indexer.index(folders)

    def remove_folder(self, folder: Folder) -> None:
        """Take a folder out of the library; the files on the disk stay."""
        if self.library is not None and len(self.library.folders) == 1:
            self._indexer.stop()
        self._search.remove_folder(folder.folder_id)

    def rescan(self) -> None:
        """Look through the known folders for changes."""
        if self.library is not None and self.library.folders:
            self._indexer.rescan()

    def follow_model(self) -> None:
        """The user chose a model: it answers, or is shown the photos first."""
        self._search.follow_model()
        self._indexer.renew()
        self.rescan()

    def follow_rules(self, rules: ExclusionRules, folders: Sequence[Path] = ()) -> None:
        """Other files are left out from now on, by what the settings say now.

        The watch knows it at once; a run that is on its way goes on under the new rules.

        Args:
            rules: those of the settings.
            folders: where something is left out now that was not; none: nobody knows, perhaps
                there is more to be found as well.
        """
        self._watch.follow_rules(rules)
        self._indexer.renew()
        if folders:
            self._indexer.refresh(folders)
        elif self.library is not None and self.library.folders:
            self._indexer.index([folder.path for folder in self.library.folders])

    def _on_opened(self, library: LibraryState) -> None:
        self.library = library
        self._warm_up.start()
        self._controller.begin()
        self.changed.emit(library)
        # The watch asks for a look through each folder as soon as it would notice what changes.
        self._watch.watch(library.folders)

    def _on_open_failed(self, report: ErrorReport) -> None:
        self._broken = report
        self.open_failed.emit(report)

    def _on_changed(self, library: LibraryState, is_searchable_change: bool) -> None:
        self.library = library
        self._watch.watch(library.folders)
        self.changed.emit(library)
        if is_searchable_change:
            self._thumbnails.retry_unreadable()
            self._controller.refresh_soon()

    def _on_folders_changed(self, folders: tuple[Path, ...]) -> None:
        if self._broken is None:
            self._indexer.refresh(folders)

    def _on_watch_states(self, states: tuple[WatchState, ...]) -> None:
        self.watch_changed.emit(states)

    def _on_progress(self) -> None:
        if not self._poke.isActive():
            self._poke.start(POKE_MS)

    def _on_summary(self, summary: IndexSummary) -> None:
        self._search.follow_model()  # the run may have been the one that the next model waited for
        self._search.poke()
        self._controller.refresh_soon()
