"""What happens behind the first page: looks into folders, patterns that are kept, the start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop_app.gui.library.desk import Desk
from desktop_app.gui.library.first_run import FirstRunPage
from desktop_app.gui.library.probe_process import ProbeProcess
from desktop_app.gui.library_session import LibrarySession
from desktop_app.gui.messages import LibraryState
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.settings import Settings

LOOK_MS = 300
"""Somebody who chooses several folders chooses them quickly one after the other."""
KEEP_MS = 700


class FirstRunTools(QObject):
    """Lives on the GUI thread; folders are looked into by a child process."""

    def __init__(
        self,
        page: FirstRunPage,
        probe: ProbeProcess,
        session: LibrarySession,
        desk: Desk,
        settings_file: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._probe = probe
        self._session = session
        self._desk = desk
        self._file = settings_file
        self._look = self._timer(LOOK_MS, self._begin_look)
        self._keep = self._timer(KEEP_MS, self._keep_patterns)
        page.folders_changed.connect(self._on_folders)
        page.patterns.changed.connect(self._keep.start)
        page.start_wanted.connect(self._start)
        page.entered.connect(self._on_entered)
        page.left.connect(self._on_left)
        probe.estimated.connect(page.show_estimate)
        probe.failed.connect(page.show_no_estimate)
        session.changed.connect(self._on_library)
        self._is_read = False

    def read_patterns(self) -> None:
        """Show the patterns of the settings."""
        self._is_read = True
        file = self._file

        def show(patterns: tuple[str, ...]) -> None:
            if not self._keep.isActive():  # else somebody is writing others
                self._page.patterns.show_patterns(patterns)

        self._desk.ask(lambda _: Settings.load(file).exclude, show, key="first patterns")

    def stop(self) -> None:
        """Look at nothing more."""
        self._look.stop()
        self._keep.stop()
        self._probe.close()

    def _on_folders(self) -> None:
        self._probe.cancel()
        self._page.show_estimate(None)
        if self._page.chosen.folders:
            self._look.start()
        else:
            self._look.stop()

    def _begin_look(self) -> None:
        if self._page.isVisible() and self._page.chosen.folders:
            self._probe.look(self._page.chosen.folders)

    def _on_entered(self) -> None:
        if self._page.chosen.folders:  # it was left for a while, or the start went wrong
            self._look.start()

    def _on_left(self) -> None:
        self._look.stop()
        self._probe.cancel()

    def _on_library(self, library: LibraryState) -> None:
        if library.folders:
            self._page.chosen.clear()
        elif not self._is_read:
            self.read_patterns()

    def _keep_patterns(self, then: Callable[[], object] | None = None) -> None:
        """Keep what was typed: it holds for the look into the folders, and for ever after."""
        self._keep.stop()
        if self._page.patterns.problem:
            return
        file, patterns = self._file, self._page.patterns.patterns

        def keep(_: object) -> ExclusionRules:
            stored = Settings.load(file)
            if stored.exclude != patterns:
                replace(stored, exclude=patterns).save(file)
            return ExclusionRules(patterns)

        def kept(rules: ExclusionRules) -> None:
            self._session.follow_rules(rules)
            if then is not None:
                then()
            else:
                self._on_folders()

        self._desk.ask(keep, kept)

    def _start(self) -> None:
        folders = self._page.chosen.folders
        if not folders:
            return
        if self._keep.isActive():
            self._keep_patterns(lambda: self._session.add_folders(folders))
        else:
            self._session.add_folders(folders)

    def _timer(self, milliseconds: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(lambda: then())
        return timer
