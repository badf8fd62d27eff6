"""The watcher of the folders, as the window hears of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.records import Folder
from desktop_app.library.watch_report import WatchState
from desktop_app.library.watching import FolderWatcher

OpenWatcher = Callable[
    [Callable[[tuple[Path, ...]], object], Callable[[tuple[WatchState, ...]], object]],
    FolderWatcher,
]


class FolderWatch(QObject):
    """Lives on the GUI thread, which it never holds up.

    Its signals are emitted on the watcher's thread: connect methods of objects that live on the
    GUI thread, which are then called there.
    """

    changed = Signal(object)
    """A tuple of ``Path``: folders that want a rescan."""

    states_changed = Signal(object)
    """A tuple of ``WatchState``, one for each folder."""

    def __init__(self, open_watcher: OpenWatcher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher = open_watcher(self.changed.emit, self.states_changed.emit)

    def watch(self, folders: Sequence[Folder]) -> None:
        """Watch these folders, and no others, from now on."""
        self._watcher.watch(folders)

    def follow_rules(self, rules: ExclusionRules) -> None:
        """Tell changes under these rules from now on."""
        self._watcher.follow_rules(rules)

    def stop(self) -> None:
        """Watch nothing more."""
        self._watcher.stop()
