"""Whatever happens to files, in any order: the catalogue agrees with a plain dictionary."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from desktop_app.library.catalogue import Catalogue
from desktop_app.library.ledger import DECODER_CRASHED, MAX_ATTEMPTS
from desktop_app.library.photo_file import PERMISSION_DENIED
from desktop_app.library.records import (
    Counts,
    FailedFile,
    FoundFile,
    Photo,
    PhotoFacts,
    ReadPhoto,
    ScanDelta,
    Scope,
)
from tests.library.catalogue.filling import MODEL, Filler, content, vector
from tests.library.catalogue.test_following import Follower

Rule = TypeVar("Rule", bound=Callable[..., object])

DAMAGED = "damaged"
ROOTS = ("one", "two")
FILES = (("one", "a"), ("one", "b"), ("two", "a"))
"""So few that one of them has a long history."""


@dataclass
class Known:
    """What is to be known of one file."""

    file_id: int
    state: str = "pending"
    content: int | None = None
    """What it showed when it was read last; a number that stands for it."""
    failure: str | None = None
    size: int = 1
    is_stale: bool = False
    """It got another size since it was read: what it showed then is not what it shows."""
    attempts: int = 0

    @property
    def has_trouble(self) -> bool:
        return self.state == "indexed" and self.failure is not None

    @property
    def is_live(self) -> bool:
        return self.content is not None and self.state != "missing"


def is_any(known: Known) -> bool:
    return True


def is_here(known: Known) -> bool:
    return known.state != "missing"


def is_missing(known: Known) -> bool:
    return known.state == "missing"


def is_pending(known: Known) -> bool:
    return known.state == "pending"


def is_problem(known: Known) -> bool:
    return known.state == "failed" or known.has_trouble


def some(wanted: Callable[[Known], bool], at_least: int = 1) -> Callable[[Rule], Rule]:
    """A rule for when there are such files."""
    return precondition(lambda self: len(self._fitting(wanted)) >= at_least)


File = tuple[str, str]
picks = st.integers(0, 2)
contents = st.integers(1, 3)


class AnyHistory(RuleBasedStateMachine):
    """The rules are what the indexer, the watcher and the user do."""

    def __init__(self) -> None:
        super().__init__()
        self._place = tempfile.TemporaryDirectory()
        place = Path(self._place.name).resolve()
        self.catalogue = Catalogue.open(place / "library" / "catalogue.sqlite")
        self.ledger = self.catalogue.ledger
        self.roots = {name: Filler(self.catalogue, place / name) for name in ROOTS}
        self.offline: set[str] = set()
        self.files: dict[File, Known] = {}
        self.follower = Follower(self.catalogue)
        self.time = 0
        """Every change of a file has one of its own."""

    def teardown(self) -> None:
        self.catalogue.close()
        self._place.cleanup()

    def _fitting(self, wanted: Callable[[Known], bool]) -> list[File]:
        return sorted(file for file, known in self.files.items() if wanted(known))

    def _chosen(self, pick: int, wanted: Callable[[Known], bool]) -> File:
        fitting = self._fitting(wanted)
        return fitting[pick % len(fitting)]

    def _scanned(self, root: str, **delta: tuple[object, ...]) -> None:
        self.ledger.apply_scan(
            self.roots[root].folder.folder_id,
            ScanDelta(**delta),  # type: ignore[arg-type]
        )

    # -- what a scan finds -----------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        """Three photos, two of them equal."""
        self.find()
        for number in (1, 2, 1):
            self.read(0, number)

    @precondition(lambda self: len(self.files) < len(FILES))
    @rule()
    def find(self) -> None:
        for file in FILES:
            if file not in self.files:
                self.files[file] = Known(self.roots[file[0]].find(file[1]))

    @some(is_any)
    @rule(pick=picks, size=st.integers(1, 2))
    def change(self, pick: int, size: int) -> None:
        """It has another time, and perhaps another size; one that was missed is back."""
        file = self._chosen(pick, is_any)
        known = self.files[file]
        self.time += 1
        found = FoundFile(os.fsencode(file[1]), size, self.time)
        self._scanned(file[0], changed=((known.file_id, found),))
        known.is_stale |= known.content is not None and size != known.size
        known.state, known.size, known.attempts, known.failure = "pending", size, 0, None

    @some(is_here)
    @rule(pick=picks)
    def lose(self, pick: int) -> None:
        file = self._chosen(pick, is_here)
        known = self.files[file]
        self._scanned(file[0], missing=(known.file_id,))
        if known.content is None:
            del self.files[file]
        else:
            known.state, known.attempts = "missing", 0

    @some(is_any, 3)
    @rule(pick=picks)
    def leave_out(self, pick: int) -> None:
        """The user's patterns leave it out from now on."""
        file = self._chosen(pick, is_any)
        self._scanned(file[0], excluded=(self.files.pop(file).file_id,))

    # -- what reading it gives -------------------------------------------------------------

    @some(is_pending)
    @rule(pick=picks, number=contents)
    def read(self, pick: int, number: int) -> None:
        """A file shows a photo; with a content that went missing elsewhere, it was moved."""
        file = self._chosen(pick, is_pending)
        known = self.files[file]
        missed = self._fitting(lambda other: is_missing(other) and other.content == number)
        gone = missed[pick % len(missed)] if missed else None
        result = ReadPhoto(
            known.file_id,
            content(number),
            PhotoFacts(640, 480, "JPEG", None),
            vector(number),
            replaces=None if gone is None else self.files[gone].file_id,
        )
        [outcome] = self.ledger.store([result], MODEL)
        assert outcome == ("indexed" if gone is None else "moved")
        if gone is not None:
            del self.files[gone]
        known.state, known.content, known.failure, known.attempts = "indexed", number, None, 0
        known.is_stale = False

    @some(is_pending)
    @rule(pick=picks, reason=st.sampled_from([DAMAGED, PERMISSION_DENIED]))
    def fail(self, pick: int, reason: str) -> None:
        """A photo that only could not be read just now stays one, unless its size is another."""
        file = self._chosen(pick, is_pending)
        known = self.files[file]
        is_as_read = known.content is not None and not known.is_stale
        stays = is_as_read and reason == PERMISSION_DENIED
        assert self.ledger.store([FailedFile(known.file_id, reason)], MODEL) == ["failed"]
        known.failure, known.attempts = reason, 0
        known.state = "indexed" if stays else "failed"
        if not stays:
            known.content, known.is_stale = None, False

    @some(is_pending)
    @rule(pick=picks)
    def crash(self, pick: int) -> None:
        """The program dies while a file is read; after the third time it is given up."""
        file = self._chosen(pick, is_pending)
        known = self.files[file]
        self.ledger.begin([known.file_id])
        known.attempts += 1
        given_up = self.ledger.fail_crashing(Scope(self.roots[file[0]].folder.folder_id))
        assert given_up == (known.attempts == MAX_ATTEMPTS)
        if given_up:
            known.state, known.content, known.failure = "failed", None, DECODER_CRASHED
            known.attempts, known.is_stale = 0, False

    @some(is_any)
    @rule(pick=picks)
    def retry(self, pick: int) -> None:
        file = self._chosen(pick, is_any)
        known = self.files[file]
        was_problem = is_problem(known)
        assert self.ledger.retry([known.file_id]) == was_problem
        if was_problem:
            known.state, known.failure, known.attempts = "pending", None, 0

    # -- what the user and the disks do ----------------------------------------------------

    @some(is_missing)
    @rule(pick=picks)
    def forget(self, pick: int) -> None:
        file = self._chosen(pick, is_missing)
        known = self.files.pop(file)
        is_last = all(other.content != known.content for other in self.files.values())
        assert self.catalogue.forget_missing([known.file_id]) == (1, is_last)
        assert self.catalogue.forget_missing([known.file_id]) == (0, 0)

    @rule(root=st.sampled_from(ROOTS))
    def unplug(self, root: str) -> None:
        self.ledger.set_offline(self.roots[root].folder.folder_id)
        self.offline.add(root)

    @precondition(lambda self: self.offline)
    @rule(root=st.sampled_from(ROOTS))
    def plug_in(self, root: str) -> None:
        self.ledger.set_online(self.roots[root].folder.folder_id, False)
        self.offline.discard(root)

    @precondition(lambda self: len(self.files) > 2)
    @rule(root=st.sampled_from(ROOTS))
    def remove_folder(self, root: str) -> None:
        filler = self.roots[root]
        mine = [file for file in self.files if file[0] == root]
        assert self.catalogue.remove_folder(filler.folder.folder_id) == len(mine)
        for file in mine:
            del self.files[file]
        self.roots[root] = Filler(self.catalogue, filler.root)
        self.offline.discard(root)

    # -- what is seen ----------------------------------------------------------------------

    def _path(self, file: File) -> Path:
        return self.roots[file[0]].root / file[1]

    def _ids(self) -> dict[int, int]:
        """Photo ids by content."""
        held = {known.content for known in self.files.values()} - {None}
        ids = self.ledger.contents(MODEL)
        assert ids.keys() == {content(number) for number in held if number is not None}
        assert all(is_embedded for _, is_embedded in ids.values())
        return {number: ids[content(number)][0] for number in held if number is not None}

    @invariant()
    def counts_agree(self) -> None:
        known = self.files.values()
        assert self.catalogue.counts() == Counts(
            photos=len({one.content for one in known if one.is_live}),
            indexed=sum(one.state == "indexed" and not one.has_trouble for one in known),
            pending=sum(one.state == "pending" for one in known),
            failed=sum(map(is_problem, known)),
            missing=sum(one.state == "missing" for one in known),
        )

    @invariant()
    def lists_agree(self) -> None:
        problems = {
            self._path(file): one.failure for file, one in self.files.items() if is_problem(one)
        }
        assert {f.path: f.reason for f in self.catalogue.failures()} == problems
        missing = {self._path(file) for file, one in self.files.items() if one.state == "missing"}
        assert {one.path for one in self.catalogue.missing_files()} == missing
        for name, filler in self.roots.items():
            waiting = [
                (one.attempts, one.file_id)
                for (root, _), one in self.files.items()
                if root == name and one.state == "pending"
            ]
            assert self.ledger.pending(Scope(filler.folder.folder_id)) == sorted(waiting)

    @invariant()
    def photos_agree(self) -> None:
        ids = self._ids()
        photos = self.catalogue.photos(list(ids.values()))
        live = {one.content for one in self.files.values() if one.is_live}
        assert photos.keys() == {ids[number] for number in live if number is not None}
        for number in live:
            assert number is not None
            self._photo_agrees(photos[ids[number]], number)
        newest = self.catalogue.newest_photos(100)
        assert {photo.photo_id for photo in newest} == photos.keys()

    def _photo_agrees(self, photo: Photo, number: int) -> None:
        places = [f for f, one in self.files.items() if one.is_live and one.content == number]
        best = min(
            places,
            key=lambda f: (
                f[0] in self.offline,
                self.files[f].has_trouble,
                self.files[f].file_id,
            ),
        )
        assert photo.content_hash == content(number).hex()
        assert {photo.path, *photo.other_paths} == {self._path(file) for file in places}
        assert len(photo.other_paths) == len(places) - 1
        assert photo.path == self._path(best)
        assert photo.offline == (best[0] in self.offline)
        assert photo.trouble == (self.files[best].failure if self.files[best].has_trouble else None)

    @invariant()
    def an_index_that_follows_holds_what_can_be_found(self) -> None:
        self.follower.catch_up(2)
        ids = self._ids()
        live = {one.content for one in self.files.values() if one.is_live}
        assert self.follower.rows.keys() == {ids[n] for n in live if n is not None}
        for number in live:
            assert number is not None
            assert self.follower.rows[ids[number]] @ vector(number) > 0.999


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=30, stateful_step_count=40)
