"""Folders are watched where the system can, and looked through where it cannot."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from desktop_app.library.changed_folders import MOST_FOLDERS, STORM, ChangedFolders
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.index_control import IndexControl
from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.records import Folder, IndexSummary
from desktop_app.library.stored_rules import StoredRules
from desktop_app.library.watch_report import (
    NOT_CONNECTED,
    WatchReport,
    WatchState,
    expected_state,
)
from desktop_app.library.watching import LIMIT_REACHED, FolderWatcher, WatchPace
from desktop_app.settings import Settings
from tests.library.conftest import Workbench

PATIENCE_S = 60.0
QUICK = WatchPace(quiet_s=0.05, longest_s=5.0, period_s=3600, safety_s=3600, check_s=0.05)


class Told:
    """What a watcher said, and waiting for it."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self.changes: list[tuple[Path, ...]] = []
        self.states: list[tuple[WatchState, ...]] = []

    def on_change(self, folders: tuple[Path, ...]) -> None:
        with self._news:
            self.changes.append(folders)
            self._news.notify_all()

    def on_states(self, states: tuple[WatchState, ...]) -> None:
        with self._news:
            self.states.append(states)
            self._news.notify_all()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(condition, PATIENCE_S), (self.changes, self.states)

    def wait_for_folder(self, folder: Path) -> None:
        self.wait_for(lambda: any(folder in folders for folders in self.changes))

    def wait_for_first_look(self, folders: Sequence[Path]) -> None:
        """A folder wants one as soon as its watch stands; that is forgotten here."""
        for folder in folders:
            self.wait_for_folder(folder)
        self.changes.clear()

    @property
    def folders(self) -> set[Path]:
        return {folder for folders in self.changes for folder in folders}


@pytest.fixture
def told() -> Told:
    return Told()


Watch = Callable[..., FolderWatcher]


@pytest.fixture
def watch(tmp_path: Path, told: Told) -> Iterator[Watch]:
    """Start a watcher on folders; it is stopped after the test."""
    watchers: list[FolderWatcher] = []
    data = tmp_path / "data"
    data.mkdir()

    def start(*folders: Path, pace: WatchPace = QUICK, **options: Any) -> FolderWatcher:
        stored = StoredRules(data / "settings.json")
        report = WatchReport(data / "watching.json")
        watcher = FolderWatcher(
            data, stored.current, told.on_change, told.on_states, report, pace, **options
        )
        watchers.append(watcher)
        watcher.watch([folder_of(path) for path in folders])
        assert watcher.wait_until_settled(PATIENCE_S)
        told.wait_for_first_look(folders)
        return watcher

    yield start
    for watcher in watchers:
        watcher.stop()
    assert not [t for t in threading.enumerate() if t.name == "watcher"]


def folder_of(path: Path) -> Folder:
    return Folder(hash(path), path, "online", "2026-01-01T00:00:00+00:00", None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "photos"
    (path / "trip").mkdir(parents=True)
    (path / ".git").mkdir()
    return path


def leave_out(tmp_path: Path, *patterns: str) -> ExclusionRules:
    """What another program does: the settings are written."""
    Settings(exclude=patterns).save(tmp_path / "data" / "settings.json")
    return ExclusionRules(patterns)


def test_rules_that_change_hold_at_once(
    tmp_path: Path, root: Path, told: Told, watch: Watch
) -> None:
    (root / "drafts").mkdir()
    watcher = watch(root)
    watcher.follow_rules(leave_out(tmp_path, "drafts/"))
    (root / "drafts" / "a.jpg").write_bytes(b"x")
    (root / "trip" / "a.jpg").write_bytes(b"x")  # told after it, so the first was passed over
    told.wait_for_folder(root / "trip")
    assert root / "drafts" not in told.folders
    watcher.follow_rules(leave_out(tmp_path))
    (root / "drafts" / "b.jpg").write_bytes(b"x")
    told.wait_for_folder(root / "drafts")


def test_rules_that_another_program_changes_are_noticed(
    tmp_path: Path, root: Path, told: Told, watch: Watch
) -> None:
    (root / "drafts").mkdir()
    watch(root)
    leave_out(tmp_path, "drafts/")
    told.wait_for_folder(root)  # all of it: what is left out now is to be forgotten
    told.changes.clear()
    (root / "drafts" / "a.jpg").write_bytes(b"x")
    (root / "trip" / "a.jpg").write_bytes(b"x")
    told.wait_for_folder(root / "trip")
    assert told.folders == {root / "trip"}
    leave_out(tmp_path)
    told.wait_for_folder(root)


def test_settings_that_change_otherwise_ask_for_nothing(
    tmp_path: Path, root: Path, told: Told, watch: Watch
) -> None:
    leave_out(tmp_path, "*.gif")
    watch(root)
    Settings(exclude=("*.gif",), theme="dark").save(tmp_path / "data" / "settings.json")
    (root / "trip" / "a.jpg").write_bytes(b"x")
    told.wait_for_folder(root / "trip")
    assert told.folders == {root / "trip"}


def test_stored_rules_are_read_when_the_file_is_another(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    stored = StoredRules(file)
    assert stored.current().patterns == ()
    Settings(exclude=("*.gif",)).save(file)
    rules = stored.current()
    assert rules.patterns == ("*.gif",)
    assert stored.current() is rules
    Settings(exclude=("*.png",)).save(file)  # of the same size, perhaps within one tick
    assert stored.current().patterns == ("*.png",)
    file.unlink()
    assert stored.current().patterns == ()


def test_what_happens_is_told_by_its_folder(root: Path, told: Told, watch: Watch) -> None:
    watcher = watch(root)
    assert watcher.states() == (WatchState(root, "watched"),)
    (root / "trip" / "a.jpg").write_bytes(b"x")
    told.wait_for_folder(root / "trip")
    (root / "new" / "deep").mkdir(parents=True)
    told.wait_for(lambda: bool(told.folders & {root / "new", root / "new" / "deep"}))
    told.changes.clear()
    (root / "trip").rename(root / "moved")
    told.wait_for(lambda: {root / "trip", root / "moved"} <= told.folders)
    (root / "moved" / "a.jpg").unlink()
    told.changes.clear()
    told.wait_for_folder(root / "moved")


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux")
def test_names_that_are_no_text_are_told(tmp_path: Path, told: Told, watch: Watch) -> None:
    odd = tmp_path / os.fsdecode(b"ph\xffotos") / os.fsdecode(b"d\xfe")
    odd.mkdir(parents=True)
    watch(odd.parent)
    (odd / os.fsdecode(b"\xe9.jpg")).write_bytes(b"x")
    told.wait_for_folder(odd)
    states = WatchReport(tmp_path / "data" / "watching.json").read()
    assert states == {odd.parent: WatchState(odd.parent, "watched")}


def test_what_is_left_out_and_what_is_only_read_is_not_told(
    root: Path, told: Told, watch: Watch
) -> None:
    (root / "a.jpg").write_bytes(b"x")
    watch(root)
    (root / ".git" / "index").write_bytes(b"x")
    (root / "a.jpg").read_bytes()
    os.listdir(root)  # noqa: PTH208
    (root / "trip" / "last.jpg").write_bytes(b"x")
    told.wait_for_folder(root / "trip")
    assert told.folders == {root / "trip"}


def test_a_new_file_of_rules_is_told(root: Path, told: Told, watch: Watch) -> None:
    watch(root)
    (root / "trip" / ".visitaignore").write_text("*.gif")
    told.wait_for_folder(root / "trip")


def test_visitas_own_folder_is_not_told(tmp_path: Path, told: Told, watch: Watch) -> None:
    (tmp_path / "z").mkdir()
    watch(tmp_path)
    (tmp_path / "data" / "catalogue.sqlite").write_bytes(b"x")
    (tmp_path / "z" / "last.jpg").write_bytes(b"x")
    told.wait_for_folder(tmp_path / "z")
    assert told.folders == {tmp_path / "z"}


def test_a_folder_that_goes_and_comes_back(root: Path, told: Told, watch: Watch) -> None:
    watcher = watch(root)
    away = root.with_name("unplugged")
    root.rename(away)
    told.wait_for(lambda: watcher.states() == (WatchState(root, "periodic", NOT_CONNECTED),))
    told.wait_for_folder(root)
    away.rename(root)
    told.wait_for(lambda: told.states[-1] == (WatchState(root, "watched"),))
    told.changes.clear()
    (root / "trip" / "a.jpg").write_bytes(b"x")
    told.wait_for(lambda: bool(told.folders & {root, root / "trip"}))


def test_a_network_drive_is_looked_through(root: Path, told: Told, watch: Watch) -> None:
    slow = WatchState(root, "periodic", "a drive that reports no changes (nfs4)")
    pace = WatchPace(quiet_s=0.05, period_s=0.1, check_s=3600)
    watcher = watch(root, pace=pace, expect=lambda folder: slow)
    assert watcher.states() == (slow,)
    told.wait_for(lambda: told.changes.count((root,)) >= 2)


class FullObserver(Observer):  # type: ignore[valid-type,misc]
    """A system that watches no folder more."""

    def schedule(self, *arguments: Any, **options: Any) -> ObservedWatch:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")


class NearlyFullObserver:
    """The first observer gets its watch; there is no room for the probe after it."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> BaseObserver:
        self.made += 1
        return Observer() if self.made == 1 else FullObserver()


@pytest.mark.parametrize("make", [FullObserver, NearlyFullObserver()])
def test_where_the_system_watches_no_more_folders(
    make: Callable[[], BaseObserver], root: Path, told: Told, watch: Watch
) -> None:
    pace = WatchPace(quiet_s=0.05, period_s=0.1, check_s=3600)
    watcher = watch(root, pace=pace, make_observer=make)
    assert watcher.states() == (WatchState(root, "periodic", LIMIT_REACHED),)
    told.wait_for(lambda: (root,) in told.changes)


def test_folders_are_added_and_removed(
    tmp_path: Path, root: Path, told: Told, watch: Watch
) -> None:
    watcher = watch(root)
    other = tmp_path / "other"
    other.mkdir()
    watcher.watch([folder_of(other)])
    assert watcher.wait_until_settled(PATIENCE_S)
    told.wait_for_first_look([other])
    assert watcher.states() == (WatchState(other, "watched"),)
    (root / "a.jpg").write_bytes(b"x")
    (other / "b.jpg").write_bytes(b"x")
    told.wait_for_folder(other)
    assert told.folders == {other}


def test_the_report_holds_while_its_writer_lives(tmp_path: Path) -> None:
    report = WatchReport(tmp_path / "watching.json")
    assert report.read() is None
    state = WatchState(tmp_path, "periodic", "why")
    report.write([state])
    assert report.read() == {tmp_path: state}
    text = (tmp_path / "watching.json").read_text()
    (tmp_path / "watching.json").write_text(text.replace(str(os.getpid()), "1"))
    assert report.read() is None  # another process that happens to have the number
    report.clear()
    assert (tmp_path / "watching.json").exists()  # it is not ours
    report.write([state])
    report.clear()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "watching.json").write_text("[1]")
    assert report.read() is None


def test_an_offline_folder_is_not_expected_to_be_watched(tmp_path: Path) -> None:
    gone = Folder(1, tmp_path, "offline", "", None)
    assert expected_state(gone) == WatchState(tmp_path, "periodic", NOT_CONNECTED)


# -- collecting ----------------------------------------------------------------------------


def test_changes_wait_for_a_quiet_time_but_not_for_ever() -> None:
    changed = ChangedFolders(quiet_s=2, longest_s=10)
    root = Path("/r")
    assert changed.due_in(0) is None
    changed.note(root, root / "a", 0)
    assert changed.due_in(0) == 2
    changed.note(root, root / "a", 1.5)
    assert changed.due_in(2) == 1.5
    for second in range(2, 10):
        changed.note(root, root / "a", second)
    assert changed.due_in(9.5) == 0.5
    assert changed.take() == (root / "a",)
    assert (changed.due_in(10), changed.take()) == (None, ())


FOLDERS = st.lists(st.sampled_from("ab"), max_size=4).map(lambda parts: Path("/r", *parts))


@given(st.lists(FOLDERS))
def test_nothing_is_lost_and_nothing_is_told_twice(folders: list[Path]) -> None:
    changed = ChangedFolders(1, 1)
    for folder in folders:
        changed.note(Path("/r"), folder, 0)
    told = changed.take()
    for folder in folders:
        assert sum(folder.is_relative_to(one) for one in told) == 1
    assert set(told) <= set(folders)


def test_a_storm_never_grows() -> None:
    changed = ChangedFolders(1, 1)
    root, other = Path("/r"), Path("/other")
    changed.note(other, other / "x", 0)
    for number in range(STORM):
        changed.note(root, root / str(number), 0)
        assert changed.size <= MOST_FOLDERS + 1
    assert changed.was_storm()
    assert changed.take() == (other, root)
    assert not changed.was_storm()


# -- what the indexer makes of it ----------------------------------------------------------


def run_known(bench: Workbench, *folders: Path) -> IndexSummary:
    summary = list(bench.indexer().run(folders, bench.control, only_known=True))[-1]
    assert isinstance(summary, IndexSummary)
    return summary


def test_changed_parts_of_the_library_are_indexed_and_nothing_else(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    bench.run(folder)
    shutil.copyfile(folder / "rocket.jpg", folder / "trip" / "moved.jpg")
    shutil.rmtree(folder / "trip", ignore_errors=False)
    (folder / "never there").mkdir()
    (folder / "never there").rmdir()
    removed = tmp_path / "no root any more"
    removed.mkdir()
    shutil.copyfile(folder / "rocket.jpg", removed / "a.jpg")
    summary = run_known(bench, folder / "trip", folder / "never there", removed)
    assert (summary.missing, summary.indexed, summary.unchanged) == (1, 0, 0)
    assert [one.path for one in bench.catalogue.folders()] == [folder]
    assert run_known(bench, removed) == IndexSummary(0, 0, 0, 0, 0, pytest.approx(0, abs=60), False)


def test_a_watchers_run_waits_for_another_indexer_until_it_is_stopped(
    bench: Workbench, folder: Path
) -> None:
    bench.run(folder)
    control = IndexControl()
    answers: list[bool] = []

    def may_wait() -> bool:
        answers.append(True)
        if len(answers) == 2:
            control.stop()
        return not control.is_stopped

    from desktop_app.errors import IndexerRunning

    with (
        only_indexer(bench.paths),
        pytest.raises(IndexerRunning),
        only_indexer(bench.paths, may_wait),
    ):
        pass
    assert len(answers) == 2
