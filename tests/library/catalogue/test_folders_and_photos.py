"""Folders never nest; photos have places, dates and reasons."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop_app.library.catalogue import Catalogue
from desktop_app.library.photo_file import PERMISSION_DENIED
from desktop_app.library.records import (
    Counts,
    FailedFile,
    Failure,
    FoundFile,
    ScanDelta,
    Scope,
)
from tests.library.catalogue.filling import MODEL, Filler, content


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


def test_a_photo_that_changed_is_not_shown_as_it_was_when_it_cannot_be_read(
    filler: Filler,
) -> None:
    filler.index("a.jpg", 1)
    file_id = filler.file_id("a.jpg")
    larger = ScanDelta(changed=((file_id, FoundFile(b"a.jpg", 2, 5)),))
    filler.ledger.apply_scan(filler.folder.folder_id, larger)
    filler.lose("a.jpg")  # before it was read: it goes, and comes back as it went
    filler.ledger.apply_scan(filler.folder.folder_id, larger)
    filler.ledger.store([FailedFile(file_id, PERMISSION_DENIED)], MODEL)
    assert filler.catalogue.counts() == Counts(0, 0, 0, 1, 0)
