"""Filters let through what they say, and a filtered search answers like an obvious one."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from desktop_app.errors import UsageError
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.query_parser import parse_query
from desktop_app.library.records import (
    FoundFile,
    Metadata,
    PhotoFacts,
    ReadPhoto,
    ScanDelta,
    Scope,
)
from desktop_app.library.selection import Selection
from desktop_app.library.vector_index import VectorIndex

MODEL = "model-1"
DIM = 32


class Shelf:
    """A catalogue with photos of chosen facts, without any file on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.catalogue = Catalogue.open(root / "library" / "catalogue.sqlite")
        self.folder = self.catalogue.add_folder(root / "my photos")
        self.ids: dict[str, int] = {}
        self._random = np.random.default_rng(5)

    def add(self, *names: str, facts: PhotoFacts | None = None) -> None:
        ledger = self.catalogue.ledger
        added = tuple(FoundFile(os.fsencode(name), 1, 10**18) for name in names)
        ledger.apply_scan(self.folder.folder_id, ScanDelta(added=added))
        known = ledger.known_files(Scope(self.folder.folder_id))
        reads = []
        for name in names:
            vector = self._random.normal(size=DIM).astype(np.float32)
            vector /= np.linalg.norm(vector)
            chosen = facts or PhotoFacts(640, 480, "JPEG", None)
            content = name.encode().ljust(32)
            reads.append(ReadPhoto(known[os.fsencode(name)].file_id, content, chosen, vector))
        ledger.store(reads, MODEL)
        contents = ledger.contents(MODEL)
        self.ids |= {name: contents[name.encode().ljust(32)][0] for name in names}

    def photo(
        self,
        name: str,
        size: tuple[int, int] = (640, 480),
        format_: str = "JPEG",
        taken_at: str | None = None,
        **metadata: object,
    ) -> None:
        self.add(name, facts=PhotoFacts(*size, format_, taken_at, Metadata(**metadata)))  # type: ignore[arg-type]

    def lose(self, name: str) -> None:
        known = self.catalogue.ledger.known_files(Scope(self.folder.folder_id))
        delta = ScanDelta(missing=(known[os.fsencode(name)].file_id,))
        self.catalogue.ledger.apply_scan(self.folder.folder_id, delta)

    def found(self, text: str) -> set[str]:
        ids = set(self.catalogue.selector.select(parse_query(text).filters).ids.tolist())
        return {name for name, photo_id in self.ids.items() if photo_id in ids}

    def first(self, text: str, limit: int = 100) -> list[str]:
        query = parse_query(text)
        names = {photo_id: name for name, photo_id in self.ids.items()}
        ids = self.catalogue.selector.first(query.filters, query.order, limit)
        return [names[photo_id] for photo_id in ids]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path)
    shelf.photo(
        "Trip 100%/beach.jpg",
        (4000, 3000),
        taken_at="2020-06-15T12:00:00+02:00",
        camera="Canon EOS 5D",
        lens="EF50mm f/1.8",
        latitude=48.8584,
        longitude=2.2945,
        rating=5,
        caption="Ann at the beach",
        keywords=("holiday", "sea side"),
    )
    shelf.photo(
        "Trip 100%/day 2/tower.heic",
        (3000, 4000),
        "HEIF",
        taken_at="2020-12-31T23:59:59",
        camera="Apple iPhone 12",
        latitude=48.8049,
        longitude=2.1204,
        rating=2,
        caption="the beach_house",
    )
    shelf.photo("square.png", (500, 500), "PNG", taken_at="2019-01-01T00:00:00", rating=0)
    shelf.photo("my photos.jpg", (640, 480), "MPO", taken_at="2021-01-01")
    return shelf


BEACH, TOWER, SQUARE, OTHER = (
    "Trip 100%/beach.jpg",
    "Trip 100%/day 2/tower.heic",
    "square.png",
    "my photos.jpg",
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("date:2020", {BEACH, TOWER}),
        ("date:2020-06", {BEACH}),
        ("date:2020-06-15", {BEACH}),
        ("date:2020-12-31..", {TOWER, OTHER}),
        ("date:..2019", {SQUARE}),
        ("-date:2020", {SQUARE, OTHER}),
        ("camera:canon", {BEACH}),
        ("camera:canon camera:iphone", {BEACH, TOWER}),
        ("-camera:canon -camera:iphone", {SQUARE, OTHER}),
        ("camera:%", set()),
        ("camera:canon lens:50MM", {BEACH}),
        ("keyword:holidays", {BEACH}),
        ('keyword:"sea side"', {BEACH}),
        ("keyword:beach", set()),
        ("keyword:*", set()),
        ("folder:trip", {BEACH, TOWER}),
        ('folder:"100%"', {BEACH, TOWER}),
        ('folder:"day 2"', {TOWER}),
        ("-folder:trip", {SQUARE, OTHER}),
        ('folder:"my photos"', {BEACH, TOWER, SQUARE, OTHER}),
        ("folder:tower", set()),
        ("type:jpeg", {BEACH, OTHER}),
        ("type:heic type:png", {TOWER, SQUARE}),
        ("orientation:portrait", {TOWER}),
        ("orientation:square", {SQUARE}),
        ("orientation:landscape", {BEACH, OTHER}),
        ("size:>12mp", set()),
        ("size:>=12mp", {BEACH, TOWER}),
        ("size:12mp -type:jpeg", {TOWER}),
        ("size:<1mp", {SQUARE, OTHER}),
        ("rating:5", {BEACH}),
        ("rating:<3", {TOWER, SQUARE}),
        ("rating:2..5", {BEACH, TOWER}),
        ("has:gps", {BEACH, TOWER}),
        ("-has:gps", {SQUARE, OTHER}),
        ("near:48.8584,2.2945,1", {BEACH}),
        ("near:48.8584,2.2945,13.5", {BEACH}),
        ("near:48.8584,2.2945,14.5", {BEACH, TOWER}),
        ("near:-48,-178,20000", {BEACH, TOWER}),
        ("in:offline", set()),
    ],
)
def test_each_filter(shelf: Shelf, text: str, names: set[str]) -> None:
    assert shelf.found(text) == names


def test_near_reaches_across_the_date_line(shelf: Shelf) -> None:
    shelf.photo("fiji.jpg", latitude=-17.0, longitude=179.99)
    assert shelf.found("near:-17,-179.99,5") == {"fiji.jpg"}


def test_a_folder_by_its_full_path(shelf: Shelf) -> None:
    assert shelf.found(f'folder:"{shelf.root / "my photos" / "Trip 100%"}"') == {BEACH, TOWER}
    assert shelf.found(f'folder:"{shelf.root / "my"}"') == set()


def test_orders_without_words(shelf: Shelf) -> None:
    assert shelf.first("has:gps") == [TOWER, BEACH]
    assert shelf.first("sort:date", 1) == [OTHER]
    assert shelf.first("sort:name") == [BEACH, OTHER, SQUARE, TOWER]


def test_missing_and_offline_photos_are_found_on_request(shelf: Shelf) -> None:
    shelf.lose(BEACH)
    assert shelf.found("date:2020") == {TOWER}
    assert shelf.found("in:missing") == {BEACH}
    assert shelf.found("-in:missing") == {TOWER, SQUARE, OTHER}
    shelf.catalogue.ledger.set_offline(shelf.folder.folder_id)
    assert shelf.found("in:offline type:jpeg") == {OTHER}
    assert shelf.found("in:offline in:missing type:jpeg") == {OTHER, BEACH}
    with pytest.raises(UsageError, match="no picture"):
        shelf.found("in:failed")
    assert shelf.found("-in:failed type:heic") == {TOWER}


def test_words_of_people_are_found(shelf: Shelf) -> None:
    selector = shelf.catalogue.selector
    assert set(selector.with_words("the beaches", 9)) == {shelf.ids[BEACH], shelf.ids[TOWER]}
    assert len(selector.with_words("the beaches", 1)) == 1
    assert selector.with_words("Ann on holiday", 9) == [shelf.ids[BEACH]]
    assert selector.with_words("Ann and Bob", 9) == []
    assert selector.with_words("the of a", 9) == []
    assert selector.with_words('" OR * NOT (', 9) == []


@pytest.mark.parametrize("exact_up_to", [10_000, 0])
@pytest.mark.parametrize("share", [1, 3, 40, 600])
def test_a_filtered_search_is_a_full_search_filtered(
    tmp_path: Path, exact_up_to: int, share: int
) -> None:
    shelf = Shelf(tmp_path)
    shelf.add(*(f"{number}.jpg" for number in range(1200)))
    index = VectorIndex(shelf.catalogue.embeddings, tmp_path, MODEL, DIM, exact_up_to=exact_up_to)
    while index.catch_up(1):
        pass
    shelf.add(*(f"late {number}.jpg" for number in range(50)))
    changes = shelf.catalogue.embeddings.changes_after(0, MODEL, 10**6)
    allowed = np.sort(changes.ids[::share])
    is_allowed = np.isin(changes.ids, allowed)
    for query in np.random.default_rng(7).normal(size=(5, DIM)).astype(np.float32):
        query /= np.linalg.norm(query)
        order = np.argsort(-(changes.vectors[is_allowed] @ query))[:10]
        ids, scores = index.search(query, 10, Selection.of(allowed))
        assert ids.tolist() == changes.ids[is_allowed][order].tolist()
        assert scores == pytest.approx((changes.vectors[is_allowed] @ query)[order], abs=1e-5)
        assert index.search_stored(query, 10, allowed)[0].tolist() == ids.tolist()


def test_both_ways_of_a_filtered_search_agree_when_the_nearest_are_not_allowed(
    tmp_path: Path,
) -> None:
    shelf = Shelf(tmp_path)
    shelf.add(*(f"{number}.jpg" for number in range(1500)))
    index = VectorIndex(shelf.catalogue.embeddings, tmp_path, MODEL, DIM, exact_up_to=0)
    while index.catch_up(1):
        pass
    query = np.ones(DIM, np.float32) / np.float32(np.sqrt(DIM))
    far = np.sort(index.search_stored(query, 1500, np.arange(1600))[0][700:])
    expected = index.search_stored(query, 5, far)[0].tolist()
    assert index.search(query, 5, Selection.of(far))[0].tolist() == expected


def test_a_kept_selection_is_found_anew_when_anybody_writes(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(40):
        shelf.photo(f"{number}.jpg", camera="Nikon" if number < 2 else "Canon")
    filters = parse_query("camera:nikon").filters
    selector = shelf.catalogue.selector
    everything = np.array(sorted(shelf.ids.values()), np.int64)
    first = selector.select(filters)
    for _ in range(3):
        assert first.among(everything).sum() == 2
    assert not first.is_listed
    again = selector.select(filters)
    assert again is first
    assert again.is_listed  # asked often, and few passed
    assert again.among(everything).sum() == 2

    shelf.photo("new.jpg", camera="Nikon")
    assert len(selector.select(filters).ids) == 3
    with Catalogue.open(shelf.catalogue.path) as other:  # as the indexer writes
        known = other.ledger.known_files(Scope(shelf.folder.folder_id))
        delta = ScanDelta(missing=(known[b"new.jpg"].file_id,))
        other.ledger.apply_scan(shelf.folder.folder_id, delta)
    assert len(selector.select(filters).ids) == 2


def test_many_that_pass_are_not_listed(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.add(*(f"{number}.jpg" for number in range(20)))
    filters = parse_query("type:jpeg").filters
    everything = np.array(sorted(shelf.ids.values()), np.int64)
    for _ in range(5):
        assert shelf.catalogue.selector.select(filters).among(everything).all()
    assert not shelf.catalogue.selector.select(filters).is_listed


def test_a_folder_where_a_copy_was_once_does_not_count(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.add("kept/x.jpg")
    ledger, root = shelf.catalogue.ledger, shelf.folder.folder_id
    ledger.apply_scan(root, ScanDelta(added=(FoundFile(b"deleted/x.jpg", 1, 10**18),)))
    known = {name: file.file_id for name, file in ledger.known_files(Scope(root)).items()}
    same_content = b"kept/x.jpg".ljust(32)
    ledger.store([ReadPhoto(known[b"deleted/x.jpg"], same_content, None, None)], MODEL)

    def found(text: str) -> list[int]:
        return shelf.catalogue.selector.select(parse_query(text).filters).ids.tolist()

    photo = [shelf.ids["kept/x.jpg"]]
    assert found("folder:deleted") == photo
    ledger.apply_scan(root, ScanDelta(missing=(known[b"deleted/x.jpg"],)))
    assert (found("folder:deleted"), found("folder:kept")) == ([], photo)
    assert found("-folder:deleted") == photo
    ledger.apply_scan(root, ScanDelta(missing=(known[b"kept/x.jpg"],)))
    assert found("folder:deleted in:missing") == photo
    shelf.catalogue.close()


@pytest.mark.skipif(os.name == "nt", reason="a whole disk has another name there")
def test_a_folder_of_a_root_that_is_a_whole_disk(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.folder = shelf.catalogue.add_folder(Path("/"))
    shelf.add("home/me/x.jpg")
    for text in ("folder:/home/me", "folder:/home", "folder:me"):
        selection = shelf.catalogue.selector.select(parse_query(text).filters)
        assert selection.ids.tolist() == [shelf.ids["home/me/x.jpg"]], text
    shelf.catalogue.close()


def test_photos_that_are_known_by_number_need_not_be_found() -> None:
    # else a graph is asked for their neighbours, in vain
    assert Selection.of(np.array([3, 5])).is_listed
