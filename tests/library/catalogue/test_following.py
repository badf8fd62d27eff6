"""What an index follows: changes in order, and one published snapshot."""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.library.catalogue import Catalogue
from desktop_app.library.records import (
    FailedFile,
    FoundFile,
    IndexState,
    PhotoFacts,
    ReadPhoto,
    ScanDelta,
)
from tests.library.catalogue.filling import DIM, MODEL, Filler, content, vector


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


def test_only_one_of_two_publishers_wins(catalogue: Catalogue) -> None:
    first = IndexState(1, "index-1.bin", 10, 2**32 - 1, 3, MODEL, DIM, 5)
    second = IndexState(2, "index-2.bin", 20, 7, 4, MODEL, DIM, 9)
    assert not catalogue.embeddings.replace_index_state(second, previous_generation=1)
    assert catalogue.embeddings.index_state(MODEL) is None
    assert catalogue.embeddings.replace_index_state(first, previous_generation=0)
    assert not catalogue.embeddings.replace_index_state(second, previous_generation=0)
    assert catalogue.embeddings.index_state(MODEL) == first
    assert catalogue.embeddings.replace_index_state(second, previous_generation=1)
    assert catalogue.embeddings.index_state(MODEL) == second
