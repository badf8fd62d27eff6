"""``visita index --watch``: index, then keep up with what changes until stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue

from desktop_app.cli import output
from desktop_app.composition import open_watcher
from desktop_app.errors import IndexerRunning
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.index_control import IndexControl
from desktop_app.library.watch_report import WatchState
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings

_POLL_S = 0.2


class WatchLoop:
    """Runs the indexer once, and again for whatever changes."""

    def __init__(
        self,
        paths: DataPaths,
        control: IndexControl,
        run: Callable[[Sequence[Path] | None, Callable[[], None]], object],
        as_json: bool,
    ) -> None:
        """Collaborators.

        Args:
            paths: where the library lies.
            control: stops the loop; while it is paused, nothing is begun.
            run: indexes what changed, or for None what was asked for at first; calls back when
                it knows its folders and has not looked at them.
            as_json: how to tell what is watched.
        """
        self._control = control
        self._run = run
        self._as_json = as_json
        self._paths = paths
        self._changes: SimpleQueue[tuple[Path, ...]] = SimpleQueue()
        self._watcher = open_watcher(paths, Settings.load(paths.settings_file), self._changes.put)

    def run(self) -> None:
        """Index, then go on until stopped.

        Raises:
            AppError: as ``Indexer.run``.
        """
        try:
            self._run(None, self._watch)
            self._tell(self._watcher.states())
            while not self._control.is_stopped:
                changed = self._next_changes()
                if changed:
                    self._run(changed, self._watch)
        except IndexerRunning:
            if not self._control.is_stopped:  # else it was waited for, and is no more
                raise
        finally:
            self._watcher.stop()

    def _watch(self) -> None:
        """Before the first look, so that nothing is lost between the look and the watch."""
        with closing(Catalogue.open(self._paths.catalogue)) as catalogue:
            self._watcher.watch(catalogue.folders())
        self._watcher.wait_until_settled()

    def _next_changes(self) -> tuple[Path, ...]:
        try:
            changed = set(self._changes.get(timeout=_POLL_S))
        except Empty:
            return ()
        while True:  # what was told while the last run was at work
            try:
                changed.update(self._changes.get_nowait())
            except Empty:
                break
        while self._control.is_paused and not self._control.is_stopped:
            self._control.wait_while_paused()
        return () if self._control.is_stopped else tuple(sorted(changed))

    def _tell(self, states: Sequence[WatchState]) -> None:
        if self._as_json:
            output.print_json(
                type="watching",
                folders=[
                    {"path": str(s.path), "watch": s.mode, "watch_reason": s.reason} for s in states
                ],
            )
            return
        for state in states:
            output.print_line(f"{state.path}: {watch_words(state)}")
        output.print_line("Keeping up with changes; Ctrl+C ends it.")
        output.flush()


def watch_words(state: WatchState) -> str:
    """How a folder is watched, for people."""
    if state.mode == "watched":
        return "watched"
    return f"looked through now and then: {state.reason}"
