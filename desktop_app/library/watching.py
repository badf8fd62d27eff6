"""Watches folders: by the system's word where there is one, else by looking now and then."""

from __future__ import annotations

import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from desktop_app.library.changed_folders import ChangedFolders
from desktop_app.library.exclusion import IGNORE_FILE, ExclusionRules
from desktop_app.library.records import Folder
from desktop_app.library.scanner import DEMO_FOLDER, is_reachable
from desktop_app.library.watch_report import (
    NOT_CONNECTED,
    WatchReport,
    WatchState,
    expected_state,
)

log = logging.getLogger(__name__)

LIMIT_REACHED = "the system watches no more folders (fs.inotify.max_user_watches)"
# No event for reading: the indexer's own would never end.
_EVENTS: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent),
]
_STOP_PATIENCE_S = 5.0


@dataclass(frozen=True)
class WatchPace:
    """How quickly changes are told, in seconds."""

    quiet_s: float = 2.0
    longest_s: float = 60.0
    period_s: float = 1800.0
    """Folders that nobody reports changes of are looked through so often."""
    safety_s: float = 6 * 3600.0
    """The others too, for what no event tells: behind linked folders, or lost on the way."""
    check_s: float = 15.0
    """Is every folder still connected, is every watch still alive?"""


class FolderWatcher:
    """Tells which folders want a rescan. All work is done on a thread of its own.

    A folder wants one as soon as its watch stands.
    """

    def __init__(
        self,
        data_dir: Path,
        current_rules: Callable[[], ExclusionRules],
        on_change: Callable[[tuple[Path, ...]], object],
        on_states: Callable[[tuple[WatchState, ...]], object],
        report: WatchReport,
        pace: WatchPace | None = None,
        make_observer: Callable[[], BaseObserver] = Observer,
        expect: Callable[[Folder], WatchState] = expected_state,
    ) -> None:
        """Prepare, watch nothing yet.

        Args:
            data_dir: VisITA's own folder, where things change all the time.
            current_rules: what happens to files that they leave out is not told. Asked again and
                again, on the watcher's thread: when they are others, everything wants a rescan.
            on_change: called with folders that want a rescan, on the watcher's thread.
            on_states: called there when folders are watched in another way than before.
            report: tells other processes the same.
            pace: how quickly.
            make_observer: makes what gets the system's events.
            expect: judges where a folder lies.
        """
        self._data_dir = data_dir.resolve()
        self._current_rules = current_rules
        self._rules = current_rules()
        self._on_change = on_change
        self._on_states = on_states
        self._report = report
        self._pace = pace if pace is not None else WatchPace()
        self._make_observer = make_observer
        self._expect = expect
        self._changed = ChangedFolders(self._pace.quiet_s, self._pace.longest_s)
        self._condition = threading.Condition()
        self._wanted: tuple[Folder, ...] = ()
        self._is_settled = True
        self._is_stopped = False
        self._thread: threading.Thread | None = None
        self._observer: BaseObserver | None = None
        self._roots: dict[Path, _Root] = {}
        self._told: tuple[WatchState, ...] = ()

    def watch(self, folders: Sequence[Folder]) -> None:
        """Watch these roots, and no others, from now on; returns at once."""
        with self._condition:
            wanted = tuple(folders)
            if self._is_stopped or wanted == self._wanted:
                return
            self._wanted = wanted
            self._is_settled = False
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
                self._thread.start()
            self._condition.notify_all()

    def follow_rules(self, rules: ExclusionRules) -> None:
        """Tell what happens under these rules at once, by whoever looks through the folders then.

        They are those that ``current_rules`` gives from now on.
        """
        self._rules = rules  # one reference, replaced as a whole: watchdog's thread reads it

    def wait_until_settled(self, timeout_s: float | None = None) -> bool:
        """Block until what was asked for is watched; False when that took too long."""
        with self._condition:
            return self._condition.wait_for(lambda: self._is_settled, timeout_s)

    def states(self) -> tuple[WatchState, ...]:
        """How every folder is watched, in the order of their paths."""
        with self._condition:
            return self._told

    def stop(self) -> None:
        """End the thread; nothing is called afterwards, unless a dead drive holds it up."""
        with self._condition:
            self._is_stopped = True
            self._condition.notify_all()
        if self._thread is not None:
            self._thread.join(_STOP_PATIENCE_S)

    # -- the thread ------------------------------------------------------------------------

    def _run(self) -> None:
        # watchdog says so of a folder that appears while it is being added; it is watched, once
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        try:
            next_check = 0.0
            while True:
                with self._condition:
                    if self._is_stopped:
                        return
                    wanted = self._wanted
                self._follow(wanted)
                self._notice_rules()
                if time.monotonic() >= next_check:
                    self._check()
                    next_check = time.monotonic() + self._pace.check_s
                self._tell_states(wanted)
                self._tell_changes()
                self._wait(next_check)
        finally:
            if self._observer is not None:
                self._observer.stop()
                self._observer.join(_STOP_PATIENCE_S)
            self._report.clear()

    def _wait(self, next_check: float) -> None:
        now = time.monotonic()
        moments = [next_check - now, *(root.next_look - now for root in self._roots.values())]
        due = self._changed.due_in(now)
        if due is not None:
            moments.append(due)
        with self._condition:
            if self._is_settled and not self._is_stopped:
                # Events do not wake this thread, a storm would keep it busy: it looks itself.
                self._condition.wait(max(0.01, min([self._pace.quiet_s, *moments])))

    def _follow(self, wanted: Sequence[Folder]) -> None:
        """Begin and end watches until they are those that are wanted."""
        paths = {folder.path for folder in wanted}
        for path in self._roots.keys() - paths:
            self._unwatch(self._roots.pop(path))
        for folder in wanted:
            if folder.path not in self._roots:
                self._roots[folder.path] = root = _Root(folder)
                self._begin(root)
            self._roots[folder.path].folder = folder

    def _notice_rules(self) -> None:
        """Somebody else, as `visita exclude` in a terminal, changed what is left out."""
        rules = self._current_rules()
        if rules.patterns != self._rules.patterns:
            log.info("what is left out has changed")
            self._rules = rules
            for root in self._roots.values():
                root.next_look = 0.0

    def _begin(self, root: _Root) -> None:
        folder = root.folder
        root.is_connected = is_reachable(folder.path, folder.is_mount_point)
        root.state = self._expect(folder)
        if not root.is_connected:
            root.state = WatchState(folder.path, "periodic", NOT_CONNECTED)
        elif root.state.reason == NOT_CONNECTED:  # as the catalogue has it: it came back
            root.state = WatchState(folder.path, "watched")
        if root.state.mode == "watched":
            self._schedule(root)
        # Whoever looked through the folder before did so unwatched: what changed behind his back
        # is seen by one look that begins now.
        root.next_look = 0.0

    def _schedule(self, root: _Root) -> None:
        handler = _Handler(root.folder.path, self._data_dir, lambda: self._rules, self._changed)
        try:
            if self._observer is None:
                observer = self._make_observer()
                observer.start()
                self._observer = observer
            root.watch = self._observer.schedule(
                handler, str(root.folder.path), recursive=True, event_filter=_EVENTS
            )
            self._probe()
        except OSError as error:
            log.warning("%s is not watched: %s", root.folder.path, error)
            self._unwatch(root)
            # 28, 24: ENOSPC and EMFILE, inotify's words for its limits
            reason = LIMIT_REACHED if error.errno in (28, 24) else f"{error.strerror or error}"
            root.state = WatchState(root.folder.path, "periodic", reason)

    def _probe(self) -> None:
        """Whether one more folder could be watched.

        A watch passes over, without a word, the sub-folders that the system's limit leaves no
        room for; where there is room for one more, none was passed over.

        Raises:
            OSError: there is no room.
        """
        observer = self._make_observer()
        observer.start()
        try:
            observer.schedule(FileSystemEventHandler(), str(self._data_dir), event_filter=_EVENTS)
        finally:
            observer.stop()
            observer.join(_STOP_PATIENCE_S)

    def _unwatch(self, root: _Root) -> None:
        watch, root.watch = root.watch, None
        if watch is None or self._observer is None:
            return
        try:
            self._observer.unschedule(watch)
        except KeyError:  # it ended by itself when its folder went away
            log.debug("watch had ended: %s", root.folder.path)

    def _check(self) -> None:
        """Notice folders that came or went, and watches that died."""
        for root in self._roots.values():
            is_connected = is_reachable(root.folder.path, root.folder.is_mount_point)
            came_or_went = is_connected != root.is_connected
            if came_or_went or (root.watch is not None and not self._is_alive(root.watch)):
                self._unwatch(root)
                self._begin(root)

    def _is_alive(self, watch: ObservedWatch) -> bool:
        if self._observer is None:
            return False
        return any(e.watch == watch and e.is_alive() for e in self._observer.emitters.copy())

    def _period(self, root: _Root) -> float:
        return self._pace.safety_s if root.state.mode == "watched" else self._pace.period_s

    def _tell_states(self, wanted: Sequence[Folder]) -> None:
        states = tuple(self._roots[path].state for path in sorted(self._roots))
        with self._condition:
            is_news = states != self._told
            self._told = states
            self._is_settled = wanted == self._wanted
            self._condition.notify_all()
        if is_news:
            self._report.write(states)
            self._on_states(states)

    def _tell_changes(self) -> None:
        now = time.monotonic()
        changed: set[Path] = set()
        due = self._changed.due_in(now)
        if due == 0.0:
            everything = self._changed.was_storm()
            changed.update(self._roots if everything else ())
            changed.update(self._changed.take())
        for path, root in self._roots.items():
            if root.next_look <= now:
                changed.add(path)
                root.look_in(self._period(root))
        changed = {path for path in changed if not changed.intersection(path.parents)}
        if changed:
            log.debug("%d folders changed", len(changed))
            self._on_change(tuple(sorted(changed)))


class _Root:
    """One folder, and how it is watched. Lives on the watcher's thread."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.state = WatchState(folder.path, "periodic", NOT_CONNECTED)
        self.watch: ObservedWatch | None = None
        self.is_connected = False
        self.next_look = 0.0

    def look_in(self, seconds: float) -> None:
        """Have it looked through after so long."""
        self.next_look = time.monotonic() + seconds


class _Handler(FileSystemEventHandler):
    """Turns events into folders. Called on watchdog's thread."""

    def __init__(
        self,
        root: Path,
        data_dir: Path,
        rules: Callable[[], ExclusionRules],
        changed: ChangedFolders,
    ) -> None:
        self._root = root
        self._data_dir = data_dir
        self._rules = rules
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note the folder in which something happened; of a move, both."""
        for name in (event.src_path, event.dest_path):
            if name:
                self._note(Path(os.fsdecode(name)), event.is_directory)

    def _note(self, path: Path, is_folder: bool) -> None:
        if path != self._root and self._root not in path.parents:
            return  # moved out of, or into, the root
        if path.is_relative_to(self._data_dir) and not path.is_relative_to(
            self._data_dir / DEMO_FOLDER
        ):
            return
        relative = path.relative_to(self._root).as_posix()
        if path.name != IGNORE_FILE and path != self._root:
            # As a file: the rule of a folder's own name may be about to change.
            inner = f"{relative}/x" if is_folder else relative
            if self._rules().leaves_out_below(inner, self._root.name):
                return
        folder = path if is_folder else path.parent
        self._changed.note(self._root, folder, time.monotonic())
