"""The index against exact search, through restarts, damage and change."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.errors import DiskFull
from desktop_app.library import hnsw_graph
from desktop_app.library.exact_vectors import ExactVectors, best
from desktop_app.library.hnsw_graph import HnswGraph, SavedGraph
from desktop_app.library.left_overs import temporary_name
from desktop_app.library.records import Changes, IndexState
from desktop_app.library.vector_index import VectorIndex

DIM = 32
MODEL = "model"


class ChangeLog:
    """The part of the catalogue that an index follows, kept in plain lists."""

    def __init__(self) -> None:
        self.seq = 0
        self.live: dict[int, tuple[int, NDArray[np.float32]]] = {}
        self.gone: dict[int, int] = {}
        self.state: IndexState | None = None

    def put(self, photo_id: int, vector: NDArray[np.float32]) -> None:
        self.seq += 1
        self.gone.pop(photo_id, None)
        self.live[photo_id] = (self.seq, vector)

    def remove(self, photo_id: int) -> None:
        self.seq += 1
        del self.live[photo_id]
        self.gone[photo_id] = self.seq

    def change_seq(self) -> int:
        return self.seq

    def count(self, model_id: str, limit: int) -> int:
        return min(len(self.live), limit)

    def changes_after(self, seq: int, model_id: str, limit: int) -> Changes:
        events = sorted(
            [(s, i) for i, (s, _) in self.live.items() if s > seq]
            + [(s, i) for i, s in self.gone.items() if s > seq]
        )
        taken = events[:limit]
        added = [i for _, i in taken if i in self.live]
        vectors = [self.live[i][1] for i in added]
        return Changes(
            ids=np.array(added, np.int64),
            vectors=np.array(vectors, np.float32) if vectors else np.zeros((0, 0), np.float32),
            removed=np.array([i for _, i in taken if i in self.gone], np.int64),
            last_seq=taken[-1][0] if taken else self.seq,
            more=len(events) > limit,
        )

    def vectors(
        self, photo_ids: list[int], model_id: str
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        ids = sorted(set(photo_ids) & self.live.keys())
        return np.array(ids, np.int64), np.array([self.live[i][1] for i in ids], np.float32)

    def sample_vectors(self, model_id: str, limit: int) -> NDArray[np.float32]:
        return np.array([vector for _, vector in self.live.values()][:limit], np.float32)

    def index_state(self, model_id: str) -> IndexState | None:
        is_of_model = self.state is not None and self.state.model_id == model_id
        return self.state if is_of_model else None

    def index_states(self) -> list[IndexState]:
        return [] if self.state is None else [self.state]

    def replace_index_state(self, state: IndexState, previous_generation: int) -> bool:
        known = self.index_state(state.model_id)
        current = known.generation if known is not None else 0
        if current != previous_generation:
            return False
        self.state = state
        return True

    def exact(self, query: NDArray[np.float32], k: int) -> list[int]:
        """The obvious way: score everything, sort."""
        ids = np.array(list(self.live), np.int64)
        vectors = np.array([vector for _, vector in self.live.values()])
        return best(ids, vectors @ query, k)[0].tolist()


def unit(rng: np.random.Generator, count: int) -> NDArray[np.float32]:
    vectors = rng.standard_normal((count, DIM)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def log(rng: np.random.Generator) -> ChangeLog:
    filled = ChangeLog()
    for photo_id, vector in enumerate(unit(rng, 600), 1):
        filled.put(photo_id, vector)
    return filled


def open_index(log: ChangeLog, folder: Path, exact_up_to: int = 0) -> VectorIndex:
    return VectorIndex(log, folder, MODEL, DIM, exact_up_to, publish_every=200)  # type: ignore[arg-type]


def drain(index: VectorIndex) -> None:
    while index.catch_up(0.01):
        pass


def recall(index: VectorIndex, log: ChangeLog, rng: np.random.Generator, k: int = 10) -> float:
    found = 0
    queries = unit(rng, 20)
    for query in queries:
        found += len(set(index.search(query, k)[0].tolist()) & set(log.exact(query, k)))
    return found / (k * len(queries))


@pytest.mark.parametrize("caught_up", [False, True])
@pytest.mark.parametrize("exact_up_to", [0, 10_000])
def test_answers_are_those_of_exact_search(
    log: ChangeLog, tmp_path: Path, rng: np.random.Generator, caught_up: bool, exact_up_to: int
) -> None:
    index = open_index(log, tmp_path, exact_up_to)
    if caught_up:
        drain(index)
    assert recall(index, log, rng) >= 0.99


def test_scores_are_cosines_best_first(log: ChangeLog, tmp_path: Path) -> None:
    index = open_index(log, tmp_path)
    drain(index)
    ids, scores = index.search(log.live[5][1], 8)
    assert ids[0] == 5
    assert scores[0] == pytest.approx(1.0, abs=1e-5)
    assert (np.diff(scores) <= 0).all()


def test_photos_that_went_since_the_graph_was_built_leave_no_gap(
    log: ChangeLog, tmp_path: Path, rng: np.random.Generator
) -> None:
    index = open_index(log, tmp_path)
    drain(index)
    query = unit(rng, 1)[0]
    for photo_id in log.exact(query, 30):
        log.remove(photo_id)
    assert index.search(query, 10)[0].tolist() == log.exact(query, 10)


@pytest.mark.parametrize("exact_up_to", [0, 10_000])
def test_changes_are_seen_before_and_after_catching_up(
    log: ChangeLog, tmp_path: Path, rng: np.random.Generator, exact_up_to: int
) -> None:
    index = open_index(log, tmp_path, exact_up_to)
    drain(index)
    fresh, replaced = unit(rng, 2)
    log.put(1000, fresh)
    log.put(7, replaced)
    log.remove(9)
    for _ in range(2):
        assert index.search(fresh, 1)[0].tolist() == [1000]
        assert index.search(replaced, 1)[0].tolist() == [7]
        assert 9 not in index.search(unit(rng, 1)[0], 600)[0]
        assert recall(index, log, rng) >= 0.99
        drain(index)


def test_a_snapshot_is_loaded_and_followed(
    log: ChangeLog, tmp_path: Path, rng: np.random.Generator
) -> None:
    first = open_index(log, tmp_path)
    drain(first)
    first.publish()
    log.remove(3)
    assert log.state is not None
    assert log.state.applied_seq == 600
    again = open_index(log, tmp_path)
    assert recall(again, log, rng) >= 0.99
    assert len(again._followed._current.graph) == 600  # loaded, not rebuilt


@pytest.mark.parametrize("damage", ["truncate", "flip", "remove", "foreign model", "other dim"])
def test_a_bad_snapshot_is_rebuilt(
    log: ChangeLog, tmp_path: Path, rng: np.random.Generator, damage: str
) -> None:
    index = open_index(log, tmp_path)
    drain(index)
    index.publish()
    assert log.state is not None
    path = tmp_path / log.state.file
    content = bytearray(path.read_bytes())
    if damage == "truncate":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "flip":
        content[len(content) // 2] ^= 0xFF
        path.write_bytes(content)
    elif damage == "remove":
        path.unlink()
    else:
        changes = {"model_id": "other"} if damage == "foreign model" else {"dim": DIM * 2}
        log.state = IndexState(**{**log.state.__dict__, **changes})
    again = open_index(log, tmp_path)
    assert recall(again, log, rng) >= 0.99
    drain(again)
    again.publish()
    assert recall(again, log, rng) >= 0.99
    assert (log.state.model_id, log.state.dim, log.state.count) == (MODEL, DIM, 600)
    assert [p.name for p in tmp_path.iterdir()] == [log.state.file]


def test_publishing_leaves_one_file_and_nothing_when_empty(tmp_path: Path, log: ChangeLog) -> None:
    empty = open_index(ChangeLog(), tmp_path)
    drain(empty)
    empty.publish()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "visita-9-1.hnsw.tmp").write_bytes(b"left by a crash")
    index = open_index(log, tmp_path)
    drain(index)
    index.publish()
    log.remove(1)
    drain(index)
    index.publish()
    assert log.state is not None
    assert log.state.generation >= 2
    assert [p.name for p in tmp_path.glob("*.hnsw")] == [log.state.file]


def test_the_slower_of_two_programs_drops_its_snapshot(log: ChangeLog, tmp_path: Path) -> None:
    ours, theirs = open_index(log, tmp_path), open_index(log, tmp_path)
    for index in (ours, theirs):
        index.catch_up(10)
        log.put(2000, log.live[1][1])
    assert log.state is not None
    winner = log.state
    theirs._followed._generation = 0
    assert theirs._followed._current is not None
    theirs._followed._current.unpublished = 1
    theirs.publish()
    assert log.state == winner
    assert (tmp_path / winner.file).exists()


def test_many_tombstones_are_compacted(log: ChangeLog, tmp_path: Path) -> None:
    index = open_index(log, tmp_path)
    drain(index)
    for photo_id in range(1, 301):
        log.remove(photo_id)
    drain(index)
    graph = index._followed._current.graph
    assert graph is not None
    assert (len(graph), graph.tombstones) == (300, 0)


def test_small_and_empty_libraries_answer_what_they_have(tmp_path: Path) -> None:
    query = np.eye(DIM, dtype=np.float32)[0]
    for exact_up_to in (0, 100):
        log = ChangeLog()
        index = open_index(log, tmp_path, exact_up_to)
        assert len(index.search(query, 10)[0]) == 0
        drain(index)
        assert len(index.search(query, 10)[0]) == 0
        log.put(1, query)
        drain(index)
        assert index.search(query, 10)[0].tolist() == [1]
        log.remove(1)
        assert len(index.search(query, 10)[0]) == 0
        drain(index)
        assert len(index.search(query, 10)[0]) == 0


def test_an_outgrown_exact_index_hands_over(
    log: ChangeLog, tmp_path: Path, rng: np.random.Generator
) -> None:
    index = open_index(log, tmp_path, exact_up_to=605)
    assert index.search(log.live[1][1], 1)[0].tolist() == [1]
    for photo_id, vector in enumerate(unit(rng, 20), 700):
        log.put(photo_id, vector)
    for _ in range(2):
        assert index.search(log.live[710][1], 1)[0].tolist() == [710]
    assert index._exact is None


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    if os.system(f"mount -t tmpfs -o size=64k tmpfs '{folder}' 2>/dev/null"):
        pytest.skip("no tmpfs can be mounted here")
    yield folder
    os.system(f"umount '{folder}'")


def test_a_full_disk_is_noticed_and_costs_no_answer(
    log: ChangeLog, full_disk: Path, rng: np.random.Generator
) -> None:
    index = VectorIndex(log, full_disk, MODEL, DIM, 0, publish_every=10**6)  # type: ignore[arg-type]
    drain(index)
    with pytest.raises(DiskFull):
        index.publish()
    assert log.state is None
    assert list(full_disk.iterdir()) == []
    assert recall(index, log, rng) >= 0.99


def test_graph_refuses_a_file_that_is_not_the_saved_one(tmp_path: Path) -> None:
    assert HnswGraph.load(tmp_path, SavedGraph("nowhere", 1, 1, 1), DIM) is None


def test_exact_vectors_swap_rows_when_one_is_removed(rng: np.random.Generator) -> None:
    exact, log = ExactVectors(DIM), ChangeLog()
    for photo_id, vector in enumerate(unit(rng, 50)):
        log.put(photo_id, vector)
    exact.apply(log.changes_after(0, MODEL, 1000))
    for photo_id in (0, 49, 20):
        log.remove(photo_id)
    exact.apply(log.changes_after(50, MODEL, 1000))
    query = unit(rng, 1)[0]
    assert exact.search(query, 47)[0].tolist() == log.exact(query, 47)


def test_what_another_program_is_just_saving_is_left_alone(log: ChangeLog, tmp_path: Path) -> None:
    at_work = temporary_name(tmp_path / "visita-9-aa.hnsw")
    left = at_work.with_name("visita-8-bb.hnsw.99999999.tmp")  # no process has this number
    for path in (at_work, left):
        path.write_bytes(b"half of it")
    drain(open_index(log, tmp_path))
    assert at_work.exists()
    assert not left.exists()


def test_a_snapshot_that_another_program_replaces_while_it_is_read(
    log: ChangeLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = open_index(log, tmp_path)
    drain(theirs)
    theirs.publish()
    older, check = log.state, hnsw_graph._crc32

    def checked_too_late(path: Path) -> int:
        crc = check(path)
        monkeypatch.setattr(hnsw_graph, "_crc32", check)
        log.remove(1)
        drain(theirs)
        theirs.publish()
        assert not path.exists()
        return crc

    monkeypatch.setattr(hnsw_graph, "_crc32", checked_too_late)
    ours = open_index(log, tmp_path)
    ours.catch_up(0)
    assert ours._followed._current is not None
    assert log.state is not None
    assert log.state != older
    assert len(ours._followed._current.graph) == 599  # loaded, not rebuilt
    assert ours._followed._generation == log.state.generation


@pytest.mark.skipif(os.name == "nt", reason="Windows itself is what this imitates")
def test_a_snapshot_is_flushed_as_windows_demands(
    log: ChangeLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl  # there is none on Windows

    flush = os.fsync

    def fsync(descriptor: int) -> None:
        may_write = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY
        if stat.S_ISREG(os.fstat(descriptor).st_mode) and not may_write:
            raise OSError(errno.EBADF, "Bad file descriptor")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    index = open_index(log, tmp_path)
    drain(index)
    index.publish()
    assert log.state is not None


def test_all_of_many_equal_embeddings_can_be_asked_for(rng: np.random.Generator) -> None:
    # hnswlib finds no way to some of them, and raises
    vectors = np.repeat(unit(rng, 20), 200, axis=0)
    graph = HnswGraph.empty(DIM)
    ids = np.arange(1, len(vectors) + 1)
    graph.apply(Changes(ids, vectors, np.zeros(0, np.int64), last_seq=1, more=False))
    found, scores = graph.search(vectors[0], len(vectors))
    assert len(found) >= 500
    assert set(found[:200].tolist()) <= set(range(1, 201))
    assert (np.diff(scores) <= 1e-6).all()
