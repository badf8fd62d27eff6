"""What the window offers beside searching, put together and wired in one place."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.composition import open_transfers
from desktop_app.gui.library.album_tools import AlbumTools
from desktop_app.gui.library.export_tools import ExportTools
from desktop_app.gui.library.first_run_tools import FirstRunTools
from desktop_app.gui.library.near_tools import NearTools
from desktop_app.gui.library.probe_process import ProbeProcess
from desktop_app.gui.library.transfer_tools import TransferTools
from desktop_app.gui.library.upkeep_tools import UpkeepTools
from desktop_app.gui.messages import LibraryState
from desktop_app.gui.settings.settings_tools import SettingsTools
from desktop_app.library.records import Folder
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings

if TYPE_CHECKING:
    from desktop_app.gui.program import Program

REFRESH_MS = 4000
"""While photos are indexed, counts and albums are read again at most this often."""


class LibraryTools(QObject):
    """Lives on the GUI thread. Owns the tools; the desks are the program's."""

    def __init__(
        self, program: Program, paths: DataPaths, model_dir: Path | None, settings: Settings
    ) -> None:
        window = program.window
        super().__init__(window)
        self._desk = program.desk
        self._indexer = program.indexer
        self._panel = window.panel
        self.albums = AlbumTools(window, program.controller, program.desk)
        self.near = NearTools(paths, model_dir, program.pool, program.long_desk, window)
        self.upkeep = UpkeepTools(
            window,
            program.search,
            program.indexer,
            program.session,
            program.actions,
            program.desk,
            paths,
        )
        self.export = ExportTools(window, program.desk)
        self.first_run = FirstRunTools(
            window.empty.first_run,
            ProbeProcess([*program.indexer_command, "--estimate"], self),
            program.session,
            program.desk,
            paths.settings_file,
            self,
        )
        self.transfer = TransferTools(
            window, program.file_desk, partial(open_transfers, paths=paths, settings=settings)
        )
        self.transfer.files_changed.connect(program.indexer.refresh)
        # The catalogue follows a move at once: so do the shown photos, before any index run.
        self.transfer.files_changed.connect(lambda _: program.search.poke())
        program.search.opened.connect(self.transfer.recover)
        self.settings = SettingsTools(
            window, program.theme, program.desk, program.long_desk, paths, model_dir
        )
        self.settings.reveal_wanted.connect(program.actions.reveal)
        self.settings.exclusion_changed.connect(program.session.follow_rules)
        self.settings.exclusion_changed.connect(self.first_run.read_patterns)
        self.near.reveal_wanted.connect(program.actions.reveal)
        window.menu.insertAction(window.menu.problems, self.near.action)
        window.panel.rescan_folder_wanted.connect(self._rescan)
        for desk in (program.desk, program.long_desk, program.file_desk):
            desk.trouble.connect(window.error_bar.show_error)
        self._pasted = program.pasted
        window.query_aids.searches_changed.connect(self._sweep_pasted)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._read)
        program.session.changed.connect(self._on_library)

    def stop(self) -> None:
        """Ask for nothing more, let long searches end."""
        self._refresh.stop()
        self.first_run.stop()
        self.transfer.stop()
        self.near.close()

    def _on_library(self, library: LibraryState) -> None:
        if not self._refresh.isActive():
            self._read()
            self._refresh.start()

    def _read(self) -> None:
        self.albums.refresh()
        self._desk.ask(
            lambda catalogue: catalogue.folder_counts(),
            self._panel.folders.show_counts,
            key="folder counts",
        )

    def _sweep_pasted(self) -> None:
        pasted = self._pasted
        self._desk.ask(
            lambda catalogue: pasted.sweep(catalogue.searches), lambda _: None, key="pasted"
        )

    def _rescan(self, folder: Folder) -> None:
        self._indexer.index([folder.path])
