"""Whatever happens in a folder between two runs: the catalogue then holds what lies on the disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from PIL import Image

from desktop_app.library.photo_file import hash_content
from tests.library.conftest import Workbench

NAMES = ("a.png", "b.png", "c.jpg")
FOLDERS = ("", "x", "x/deep", "y")
BROKEN = -1
"""A content that is no photo."""

picks = st.integers(0, 11)
places = st.builds(Path, st.sampled_from(FOLDERS), st.sampled_from(NAMES))
contents = st.sampled_from([0, 1, 2, BROKEN])


class AnyTree(RuleBasedStateMachine):
    """Files are made, changed, copied, moved, deleted and restored; folders are renamed; the disk
    goes and comes back.

    The model is the tree itself, and what was known of each content before.
    """

    def __init__(self) -> None:
        super().__init__()
        self._place = tempfile.TemporaryDirectory()
        self.place = place = Path(self._place.name).resolve()
        self.trash: tuple[Path, int] | None = None
        self.bench = Workbench(place / "library")
        self.root, self.unplugged = place / "photos", place / "unplugged"
        self.root.mkdir()
        self.files: dict[Path, int] = {}
        """On the disk: path relative to the root -> content."""
        self.known: dict[Path, int] = {}
        """What the last run has read, and is not missing."""
        self.missing: Counter[int] = Counter()
        """How many places of a content were missing after the last run."""
        self.lost: dict[Path, int] = {}
        self.time = 10**18
        self.changes = 0
        """Since the last run."""
        self.data = [self._photo(place / "new.png", shade) for shade in (40, 130, 220)]

    def teardown(self) -> None:
        self.bench.verify()
        self.bench.catalogue.close()
        self._place.cleanup()

    @staticmethod
    def _photo(path: Path, shade: int) -> bytes:
        Image.new("RGB", (8, 8), (shade, 255 - shade, shade // 2)).save(path)
        return path.read_bytes()

    def _chosen(self, pick: int) -> Path:
        return sorted(self.files)[pick % len(self.files)]

    @property
    def is_plugged_in(self) -> bool:
        return self.root.exists()

    @precondition(lambda self: self.is_plugged_in)
    @rule(path=places, content=contents)
    def write(self, path: Path, content: int) -> None:
        """A new file, or another content in the place of one."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"no photo" if content == BROKEN else self.data[content])
        self.time += 10**9
        os.utime(target, ns=(self.time, self.time))
        self.files[path] = content
        self.changes += 1

    @precondition(lambda self: self.is_plugged_in and self.files)
    @rule(pick=picks, path=places)
    def move(self, pick: int, path: Path) -> None:
        source = self._chosen(pick)
        if source == path:
            return
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / source).replace(self.root / path)
        self.files[path] = self.files.pop(source)
        self.changes += 1

    @precondition(lambda self: self.is_plugged_in and self.files)
    @rule(pick=picks, path=places)
    def copy(self, pick: int, path: Path) -> None:
        self.write(path, self.files[self._chosen(pick)])

    @precondition(lambda self: self.is_plugged_in and self.files)
    @rule(pick=picks)
    def delete(self, pick: int) -> None:
        path = self._chosen(pick)
        self.trash = (path, self.files.pop(path))
        (self.root / path).replace(self.place / "trash")
        self.changes += 2

    @precondition(lambda self: self.is_plugged_in and self.trash)
    @rule()
    def restore(self) -> None:
        """What was deleted last comes back to its place, with its time."""
        assert self.trash is not None
        path, content = self.trash
        self.files[path] = content
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.place / "trash").replace(self.root / path)
        self.trash = None
        self.changes += 2

    @precondition(lambda self: self.is_plugged_in and (self.root / "x").exists())
    @rule()
    def rename_folder(self) -> None:
        """All of x becomes y; what was in y is gone."""
        shutil.rmtree(self.root / "y", ignore_errors=True)
        (self.root / "x").rename(self.root / "y")
        self.files = {path: c for path, c in self.files.items() if path.parts[0] != "y"}
        self.files = {
            Path("y", *path.parts[1:]) if path.parts[0] == "x" else path: c
            for path, c in self.files.items()
        }
        self.changes += 1

    @rule()
    def plug(self) -> None:
        """The disk goes, or comes back."""
        if self.is_plugged_in:
            self.root.rename(self.unplugged)
        else:
            self.unplugged.rename(self.root)
        self.changes += 1

    @initialize()
    def begin(self) -> None:
        """A tree with doubles, which the library knows."""
        for number, name in enumerate(("a.png", "b.png", "x/a.png", "x/deep/b.png", "y/c.jpg")):
            self.write(Path(name), number % len(self.data))
        self.index()

    @invariant()
    def index_now_and_then(self) -> None:
        if self.changes > 1:
            self.index()

    @rule()
    def index(self) -> None:
        self.changes = 0
        if not self.is_plugged_in:
            if self.bench.catalogue.folders():
                summary = self.bench.run(self.root)
                assert summary.offline == 1
                self._look(is_offline=True)
            return
        self._expect()
        self.bench.run(self.root)
        self._look(is_offline=False)

    def _expect(self) -> None:
        """What is to be known after a run that sees all of the tree."""
        before = {**self.lost, **self.known}
        found: Counter[int] = Counter()
        for path, content in self.files.items():
            if before.get(path) != content and content != BROKEN:
                found[content] += 1
        gone = Counter(c for path, c in before.items() if path not in self.files)
        self.missing = gone - found  # each new place takes over one that went
        self.known = {path: c for path, c in self.files.items() if c != BROKEN}

    def _look(self, is_offline: bool) -> None:
        catalogue, bench = self.bench.catalogue, self.bench
        seen: dict[Path, int] = {}
        missing: Counter[int] = Counter()
        self.lost = {}
        contents = bench.catalogue.ledger.contents(bench.encoder.manifest.model_id)
        ids = [photo_id for photo_id, _ in contents.values()]
        gone = {one.path for one in catalogue.missing_files()}
        for photo in catalogue.photos(ids, even_missing=True).values():
            assert photo.offline == is_offline
            content = self._content_of(photo.content_hash)
            for path in (photo.path, *photo.other_paths):
                relative = path.relative_to(self.root)
                if path in gone:
                    missing[content] += 1
                    self.lost[relative] = content
                else:
                    assert relative not in seen
                    seen[relative] = content
        assert seen == self.known
        assert missing == self.missing
        broken = {path.name for path, content in self.files.items() if content == BROKEN}
        if not is_offline:
            assert set(bench.failures()) == broken
        live = {photo.photo_id for photo in bench.photos()}
        assert bench.followed() == live
        assert catalogue.counts().photos == len(set(self.known.values())) == len(live)
        for content in set(self.known.values()) | set(self.missing):
            assert bench.thumbnails.path(self._hash(content)).exists()

    def _hash(self, content: int) -> str:
        return hash_content(self.data[content]).hex()

    def _content_of(self, content_hash: str) -> int:
        return [self._hash(number) for number in range(len(self.data))].index(content_hash)


TestAnyTree = AnyTree.TestCase
TestAnyTree.settings = settings(max_examples=15, stateful_step_count=25)
