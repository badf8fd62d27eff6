"""The catalogue: what it promises its readers, and how it refuses a bad file."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.errors import (
    CatalogueBusy,
    CatalogueDamaged,
    CatalogueReadOnly,
    CatalogueTooNew,
    DiskFull,
)
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.records import (
    Counts,
    FailedFile,
    Failure,
    FoundFile,
    IndexState,
    PhotoFacts,
    ReadPhoto,
    ScanDelta,
    Scope,
)
from desktop_app.library.schema import MIGRATIONS, Database
from tests.library.conftest import mounted_tmpfs

MODEL = "model-1"
DIM = 16


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library" / "catalogue.sqlite"


@pytest.fixture
def catalogue(path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(path) as opened:
        yield opened


def vector(seed: int) -> NDArray[np.float32]:
    row = np.random.default_rng(seed).normal(size=DIM).astype(np.float32)
    return row / np.linalg.norm(row)


def content(seed: int) -> bytes:
    return seed.to_bytes(32, "big")


class Filler:
    """Puts files into a catalogue as the indexer does, without any file on disk."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        self.catalogue = catalogue
        self.ledger = catalogue.ledger
        self.folder = catalogue.add_folder(folder)
        self.root = self.folder.path

    def file_id(self, name: str) -> int:
        known = self.ledger.known_files(Scope(self.folder.folder_id))
        return known[os.fsencode(name)].file_id

    def find(self, name: str, mtime_ns: int = 10**18) -> int:
        file = FoundFile(os.fsencode(name), 1, mtime_ns)
        self.ledger.apply_scan(self.folder.folder_id, ScanDelta(added=(file,)))
        return self.file_id(name)

    def index(
        self,
        name: str,
        seed: int,
        *,
        taken_at: str | None = None,
        mtime_ns: int = 10**18,
        model_id: str = MODEL,
    ) -> int:
        """A new file with this content; the photo's id."""
        return self.store(self.find(name, mtime_ns), seed, taken_at=taken_at, model_id=model_id)

    def store(
        self, file_id: int, seed: int, *, taken_at: str | None = None, model_id: str = MODEL
    ) -> int:
        facts = PhotoFacts(640, 480, "JPEG", taken_at)
        read = ReadPhoto(file_id, content(seed), facts, vector(seed))
        assert self.ledger.store([read], model_id) == ["indexed"]
        return self.ledger.contents(model_id)[content(seed)][0]

    def lose(self, *names: str) -> None:
        gone = tuple(self.file_id(name) for name in names)
        self.ledger.apply_scan(self.folder.folder_id, ScanDelta(missing=gone))

    def find_again(self, *names: str) -> None:
        back = tuple(self.file_id(name) for name in names)
        self.ledger.apply_scan(self.folder.folder_id, ScanDelta(returned=back))


@pytest.fixture
def filler(catalogue: Catalogue, tmp_path: Path) -> Filler:
    return Filler(catalogue, tmp_path / "photos")


# -- the file ------------------------------------------------------------------------------


def test_a_new_catalogue_is_empty_and_private(catalogue: Catalogue, path: Path) -> None:
    assert catalogue.counts() == Counts(0, 0, 0, 0, 0)
    assert catalogue.folders() == []
    assert catalogue.newest_photos(10) == []
    assert catalogue.change_seq() == 0
    assert catalogue.embeddings.index_state() is None
    catalogue.check()
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        for beside in path.parent.iterdir():
            assert stat.S_IMODE(beside.stat().st_mode) == 0o600, beside


def test_what_is_written_is_there_after_opening_again(path: Path, tmp_path: Path) -> None:
    with Catalogue.open(path) as catalogue:
        photo_id = Filler(catalogue, tmp_path / "photos").index("a.jpg", 1)
    with Catalogue.open(path) as catalogue:
        assert catalogue.photos([photo_id])[photo_id].path == tmp_path / "photos" / "a.jpg"


def test_a_newer_catalogue_is_refused_and_left_alone(path: Path) -> None:
    Catalogue.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CatalogueTooNew):
        Catalogue.open(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CatalogueDamaged, match="not a VisITA catalogue"):
        Catalogue.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", [b"no database" * 999, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_catalogue_is_refused(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    with pytest.raises(CatalogueDamaged):
        Catalogue.open(path)


def test_check_finds_a_damaged_page(path: Path, tmp_path: Path) -> None:
    Catalogue.open(path).close()
    first = path.stat().st_size // 4096  # the schema itself stays whole
    with Catalogue.open(path) as catalogue:
        filler = Filler(catalogue, tmp_path / "photos")
        for number in range(60):
            filler.index(f"{number}.jpg", number)
        catalogue.check()
    data = bytearray(path.read_bytes())
    for page in range(first, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = os.urandom(200)
    path.write_bytes(data)
    with Catalogue.open(path) as catalogue, pytest.raises(CatalogueDamaged):
        catalogue.check()


def test_two_processes_may_open_it_but_only_one_may_write(path: Path, tmp_path: Path) -> None:
    one, two = Database(path), Database(path)
    two.run("PRAGMA busy_timeout = 20")
    with one.transaction():
        one.run("UPDATE counter SET change_seq = 7")
        assert two.number("SELECT change_seq FROM counter") == 0  # readers go on, unaware
        with pytest.raises(CatalogueBusy), two.transaction():
            pass
    assert two.number("SELECT change_seq FROM counter") == 7
    with two.transaction():
        two.run("UPDATE counter SET change_seq = 8")
    one.close()
    two.close()


def test_a_transaction_that_fails_leaves_nothing(filler: Filler) -> None:
    first, second = filler.find("a.jpg"), filler.find("b.jpg")
    before = filler.catalogue.change_seq()
    good = ReadPhoto(first, content(1), PhotoFacts(1, 1, "JPEG", None), vector(1))
    bad = ReadPhoto(second, content(2), PhotoFacts(1, 1, None, None), vector(2))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        filler.ledger.store([good, bad], MODEL)
    assert filler.catalogue.counts() == Counts(0, 0, 2, 0, 0)
    assert filler.catalogue.change_seq() == before
    assert filler.ledger.store([good], MODEL) == ["indexed"]


def test_a_place_that_cannot_be_written_is_told(forbidding: Path) -> None:
    locked = forbidding / "locked"
    locked.mkdir()
    Catalogue.open(locked / "catalogue.sqlite").close()
    locked.chmod(0o500)
    for name in ("catalogue.sqlite", "new.sqlite", "new/catalogue.sqlite"):
        with pytest.raises(CatalogueReadOnly):
            Catalogue.open(locked / name)
    locked.chmod(0o700)
    (locked / "catalogue.sqlite").chmod(0o400)
    with pytest.raises(CatalogueReadOnly):
        Catalogue.open(locked / "catalogue.sqlite")


def test_a_disk_that_turns_read_only_is_told(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    with mounted_tmpfs(place, "8m") as remount:
        Catalogue.open(place / "catalogue.sqlite").close()
        remount("ro")
        with pytest.raises(CatalogueReadOnly):
            Catalogue.open(place / "catalogue.sqlite")


def test_a_full_disk_is_told_and_what_was_written_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    with mounted_tmpfs(place, "800k") as remount:
        with Catalogue.open(place / "catalogue.sqlite") as catalogue:
            filler = Filler(catalogue, tmp_path / "photos")
            stored: list[int] = []
            with pytest.raises(DiskFull):
                stored.extend(filler.index(f"{number}.jpg", number) for number in range(9999))
            assert len(stored) > 5
            assert catalogue.counts().photos == len(stored)  # still readable
        remount("size=8m")
        with Catalogue.open(place / "catalogue.sqlite") as catalogue:
            catalogue.check()
            assert catalogue.counts().photos == len(stored)
            Filler(catalogue, tmp_path / "photos").index("one more.jpg", 10**6)


# -- folders -------------------------------------------------------------------------------


def test_roots_never_nest(catalogue: Catalogue, tmp_path: Path) -> None:
    inner = catalogue.add_folder(tmp_path / "a" / "b")
    assert inner.path == tmp_path / "a" / "b"
    assert (inner.state, inner.last_scan_at) == ("online", None)
    assert catalogue.add_folder(tmp_path / "a" / "b") == inner
    assert catalogue.add_folder(tmp_path / "a" / "b" / "c") == inner
    assert catalogue.add_folder(tmp_path / "a" / "x" / ".." / "b") == inner
    beside = catalogue.add_folder(tmp_path / "a" / "bb")
    assert catalogue.folders() == [inner, beside]


def test_a_root_takes_over_those_inside_it(catalogue: Catalogue, tmp_path: Path) -> None:
    year = Filler(catalogue, tmp_path / "all" / "2019")
    other = Filler(catalogue, tmp_path / "all" / "2020" / "trip")
    ids = [year.index("a.jpg", 1), other.index("deep/b.jpg", 2), other.index("c.jpg", 1)]
    before = catalogue.photos(ids)
    changes = catalogue.embeddings.changes_after(0, MODEL, 99)
    root = catalogue.add_folder(tmp_path / "all")
    assert catalogue.folders() == [root]
    assert catalogue.photos(ids) == before
    assert before[ids[0]].other_paths == (tmp_path / "all" / "2020" / "trip" / "c.jpg",)
    after = catalogue.embeddings.changes_after(0, MODEL, 99)
    assert after.ids.tolist() == changes.ids.tolist()
    known = catalogue.ledger.known_files(Scope(root.folder_id, b"2020/trip/"))
    assert set(known) == {b"2020/trip/deep/b.jpg", b"2020/trip/c.jpg"}


def test_a_removed_folder_takes_only_its_own_photos(catalogue: Catalogue, tmp_path: Path) -> None:
    one, two = Filler(catalogue, tmp_path / "one"), Filler(catalogue, tmp_path / "two")
    lost, shared = one.index("a.jpg", 1), one.index("b.jpg", 2)
    two.index("copy of b.jpg", 2)
    seq = catalogue.change_seq()
    assert catalogue.remove_folder(one.folder.folder_id) == 2
    assert set(catalogue.photos([lost, shared])) == {shared}
    assert catalogue.photos([shared])[shared].path == tmp_path / "two" / "copy of b.jpg"
    assert catalogue.folders() == [two.folder]
    changes = catalogue.embeddings.changes_after(seq, MODEL, 99)
    assert (changes.ids.tolist(), changes.removed.tolist()) == ([], [lost])


# -- photos --------------------------------------------------------------------------------


def test_a_photo_has_all_its_places(catalogue: Catalogue, tmp_path: Path) -> None:
    disk, home = Filler(catalogue, tmp_path / "disk"), Filler(catalogue, tmp_path / "home")
    photo_id = disk.index("a.jpg", 1, taken_at="2019-07-14T09:05:01+02:00")
    home.index("b.jpg", 1)
    home.index("c.jpg", 1)
    photo = catalogue.photos([photo_id, 999])[photo_id]
    assert photo.path == tmp_path / "disk" / "a.jpg"
    assert photo.other_paths == (tmp_path / "home" / "b.jpg", tmp_path / "home" / "c.jpg")
    assert photo.content_hash == content(1).hex()
    assert (photo.width, photo.height, photo.offline) == (640, 480, False)
    assert photo.taken_at == "2019-07-14T09:05:01+02:00"
    # The first place is one that can be opened.
    catalogue.ledger.set_offline(disk.folder.folder_id)
    photo = catalogue.photos([photo_id])[photo_id]
    assert (photo.path, photo.offline) == (tmp_path / "home" / "b.jpg", False)
    home.lose("b.jpg")
    assert catalogue.photos([photo_id])[photo_id].path == tmp_path / "home" / "c.jpg"
    catalogue.ledger.set_offline(home.folder.folder_id)
    assert catalogue.photos([photo_id])[photo_id].offline
    assert catalogue.counts() == Counts(photos=1, indexed=2, pending=0, failed=0, missing=1)


def test_newest_first_by_date_taken_else_by_the_files_time(filler: Filler) -> None:
    day_ns = 86_400 * 10**9
    filler.index("2001.jpg", 1, mtime_ns=11_400 * day_ns)
    filler.index("2019.jpg", 2, taken_at="2019-07-14T09:05:01", mtime_ns=0)
    filler.index("2018.jpg", 3, taken_at="2018-01-01T00:00:00+14:00", mtime_ns=10**18)
    filler.index("far future.jpg", 4, taken_at="1999-01-01T00:00:00", mtime_ns=(1 << 63) - 1)
    filler.index("2010.jpg", 5, mtime_ns=14_700 * day_ns)
    names = [photo.path.name for photo in filler.catalogue.newest_photos(99)]
    assert names == ["2019.jpg", "2018.jpg", "2010.jpg", "2001.jpg", "far future.jpg"]
    assert len(filler.catalogue.newest_photos(2)) == 2
    filler.lose("2018.jpg")
    assert "2018.jpg" not in [p.path.name for p in filler.catalogue.newest_photos(99)]


def test_failures_have_their_reasons(filler: Filler) -> None:
    results = [FailedFile(filler.find(name), "empty file") for name in ("b.jpg", "a.jpg")]
    assert filler.ledger.store(results, MODEL) == ["failed", "failed"]
    assert filler.catalogue.failures() == [
        Failure(filler.root / name, "empty file", filler.file_id(name), name)
        for name in ("a.jpg", "b.jpg")
    ]
    assert filler.catalogue.counts() == Counts(0, 0, 0, 2, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux")
def test_a_name_that_is_no_text_survives(filler: Filler) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    photo_id = filler.index(name, 1)
    assert os.fsencode(filler.catalogue.photos([photo_id])[photo_id].path.name) == b"caf\xe9.jpg"


# -- what an index follows -----------------------------------------------------------------


class Follower:
    """The simplest index: a dictionary."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.seq = 0
        self.rows: dict[int, NDArray[np.float32]] = {}

    def catch_up(self, limit: int) -> None:
        while True:
            changes = self.catalogue.embeddings.changes_after(self.seq, MODEL, limit)
            assert changes.last_seq >= self.seq
            assert len(changes.vectors) == len(changes.ids)
            for photo_id in changes.removed.tolist():
                self.rows.pop(photo_id, None)
            self.rows |= dict(zip(changes.ids.tolist(), changes.vectors, strict=True))
            self.seq = changes.last_seq
            if not changes.more:
                break
        assert self.seq == self.catalogue.change_seq()


def test_changes_carry_unit_vectors_in_order(filler: Filler) -> None:
    ids = [filler.index(f"{n}.jpg", n) for n in range(1, 6)]
    changes = filler.catalogue.embeddings.changes_after(0, MODEL, 99)
    assert changes.ids.dtype == np.int64
    assert changes.removed.dtype == np.int64
    assert changes.vectors.dtype == np.float32
    assert changes.ids.tolist() == ids
    assert not changes.more
    expected = np.stack([vector(n) for n in range(1, 6)])
    assert np.abs(changes.vectors - expected).max() < 1e-3
    assert np.abs(np.linalg.norm(changes.vectors, axis=1) - 1).max() < 1e-6
    assert filler.catalogue.embeddings.changes_after(0, "another model", 99).ids.tolist() == []
    nothing = filler.catalogue.embeddings.changes_after(changes.last_seq, MODEL, 99)
    assert (len(nothing.ids), nothing.vectors.shape, nothing.more) == (0, (0, 0), False)


def test_one_change_is_never_split(filler: Filler) -> None:
    facts = PhotoFacts(1, 1, "JPEG", None)
    for batch in range(3):
        files = [filler.find(f"{batch}-{n}.jpg") for n in range(5)]
        reads = [ReadPhoto(f, content(f), facts, vector(f)) for f in files]
        filler.ledger.store(reads, MODEL)
    seq, sizes, more = 0, [], True
    while more:
        changes = filler.catalogue.embeddings.changes_after(seq, MODEL, 7)
        sizes.append(len(changes.ids))
        seq, more = changes.last_seq, changes.more
    assert sizes == [10, 5]
    singles = [filler.index(f"{n}.jpg", 500 + n) for n in range(3)]
    assert filler.catalogue.embeddings.changes_after(seq, MODEL, 2).ids.tolist() == singles[:2]
    seq = filler.catalogue.change_seq()
    filler.lose(*(f"{batch}-{n}.jpg" for batch in range(3) for n in range(5)))
    changes = filler.catalogue.embeddings.changes_after(seq, MODEL, 2)
    assert (len(changes.removed), changes.more) == (15, False)


@pytest.mark.parametrize("seed", range(6))
def test_a_follower_always_holds_what_can_be_found(
    seed: int, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Whatever happens, in whatever slices it is followed."""
    chance = random.Random(seed)
    fillers = [Filler(catalogue, tmp_path / name) for name in ("one", "two")]
    follower = Follower(catalogue)
    present: dict[tuple[int, str], int] = {}
    lost: dict[tuple[int, str], int] = {}
    for step in range(120):
        number = chance.randrange(2)
        kind = chance.choice(
            ["index", "index", "index", "lose", "return", "change", "fail", "drop"]
        )
        filler = fillers[number]
        here = [key for key in present if key[0] == number]
        gone = [key for key in lost if key[0] == number]
        if kind == "index":
            key = (number, f"{step}.jpg")
            present[key] = chance.randrange(25)
            filler.index(key[1], present[key])
        elif kind == "lose" and here:
            key = chance.choice(here)
            lost[key] = present.pop(key)
            filler.lose(key[1])
        elif kind == "return" and gone:
            key = chance.choice(gone)
            present[key] = lost.pop(key)
            filler.find_again(key[1])
        elif kind == "change" and here + gone:
            key = chance.choice(here + gone)
            lost.pop(key, None)
            present[key] = chance.randrange(25)
            file_id = filler.file_id(key[1])
            changed = FoundFile(os.fsencode(key[1]), 2, step)
            delta = ScanDelta(changed=((file_id, changed),))
            filler.ledger.apply_scan(filler.folder.folder_id, delta)
            filler.store(file_id, present[key])
        elif kind == "fail" and here:
            key = chance.choice(here)
            del present[key]
            filler.ledger.store([FailedFile(filler.file_id(key[1]), "damaged")], MODEL)
        elif kind == "drop" and chance.random() < 0.2:
            catalogue.remove_folder(filler.folder.folder_id)
            fillers[number] = Filler(catalogue, filler.root)
            present = {key: value for key, value in present.items() if key[0] != number}
            lost = {key: value for key, value in lost.items() if key[0] != number}
        if chance.random() < 0.3:
            follower.catch_up(chance.choice([1, 2, 5, 100]))
            ids_by_content = catalogue.ledger.contents(MODEL)
            expected = {ids_by_content[content(c)][0]: c for c in present.values()}
            assert set(follower.rows) == set(expected)
            assert set(catalogue.photos(list(range(1, 500)))) == set(expected)
            assert catalogue.embeddings.count(MODEL) == len(expected)
            assert catalogue.counts().photos == len(expected)
            for photo_id, seed_of_content in expected.items():
                assert follower.rows[photo_id] @ vector(seed_of_content) > 0.999
    fresh = Follower(catalogue)
    fresh.catch_up(3)
    follower.catch_up(100)
    assert set(fresh.rows) == set(follower.rows)


def test_an_id_is_never_used_again(filler: Filler) -> None:
    first = filler.index("a.jpg", 1)
    filler.catalogue.remove_folder(filler.folder.folder_id)
    again = Filler(filler.catalogue, filler.root).index("a.jpg", 1)
    assert again > first


# -- the published index -------------------------------------------------------------------


def test_only_one_of_two_publishers_wins(catalogue: Catalogue) -> None:
    first = IndexState(1, "index-1.bin", 10, 2**32 - 1, 3, MODEL, DIM, 5)
    second = IndexState(2, "index-2.bin", 20, 7, 4, MODEL, DIM, 9)
    assert not catalogue.embeddings.replace_index_state(second, previous_generation=1)
    assert catalogue.embeddings.index_state() is None
    assert catalogue.embeddings.replace_index_state(first, previous_generation=0)
    assert not catalogue.embeddings.replace_index_state(second, previous_generation=0)
    assert catalogue.embeddings.index_state() == first
    assert catalogue.embeddings.replace_index_state(second, previous_generation=1)
    assert catalogue.embeddings.index_state() == second


# -- models --------------------------------------------------------------------------------


def test_old_embeddings_stay_until_every_photo_has_a_new_one(filler: Filler) -> None:
    filler.index("a.jpg", 1)
    filler.index("b.jpg", 2)
    assert filler.ledger.discard_other_embeddings(MODEL) == 0
    filler.store(filler.file_id("a.jpg"), 1, model_id="model-2")
    assert filler.ledger.discard_other_embeddings("model-2") == 0
    assert filler.catalogue.embeddings.count(MODEL) == 2
    assert filler.catalogue.embeddings.count("model-2") == 1
    filler.store(filler.file_id("b.jpg"), 2, model_id="model-2")
    assert filler.ledger.discard_other_embeddings("model-2") == 2
    assert filler.catalogue.embeddings.count(MODEL) == 0
    assert filler.catalogue.embeddings.count("model-2") == 2


def test_a_sample_is_of_the_photos_that_are_left(filler: Filler, path: Path) -> None:
    filler.index("first.jpg", 0)
    database = Database(path)
    # as if many had been added, and removed again
    database.run("UPDATE sqlite_sequence SET seq = 100000 WHERE name = 'photos'")
    database.close()
    for seed in range(1, 41):
        filler.index(f"{seed}.jpg", seed)
    assert len(filler.catalogue.embeddings.sample_vectors(MODEL, 64)) == 41
    assert len(filler.catalogue.embeddings.sample_vectors(MODEL, 16)) == 16
    assert len(filler.catalogue.embeddings.sample_vectors("another", 16)) == 0
