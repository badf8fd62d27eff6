"""The index of a large library: shorter vectors in its graph, the catalogue's in its answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.library.hnsw_graph import HnswGraph, SavedGraph
from desktop_app.library.projection import Projection, samples_for
from desktop_app.library.selection import Selection
from desktop_app.library.vector_index import VectorIndex
from tests.library.test_vector_index import MODEL, ChangeLog, drain

DIM = 128
COUNT = 2 * samples_for(DIM) + 300
K = 10


def alike(rng: np.random.Generator, count: int) -> NDArray[np.float32]:
    """Unit rows that differ in few directions, as a model's embeddings do."""
    shape = np.linalg.qr(np.random.default_rng(1).normal(size=(DIM, DIM)))[0]
    rows = rng.normal(size=(count, DIM)) / (1 + np.arange(DIM) / 8) ** 1.5 @ shape
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


@pytest.fixture
def log(rng: np.random.Generator) -> ChangeLog:
    filled = ChangeLog()
    for photo_id, vector in enumerate(alike(rng, COUNT), 1):
        filled.put(photo_id, vector)
    return filled


def open_index(log: ChangeLog, folder: Path) -> VectorIndex:
    return VectorIndex(log, folder, MODEL, DIM, 0)  # type: ignore[arg-type]


def graph_of(index: VectorIndex) -> HnswGraph:
    assert index._followed._current is not None
    return index._followed._current.graph


def assert_answers_are_exact(index: VectorIndex, log: ChangeLog, rng: np.random.Generator) -> None:
    for query in alike(rng, 5):
        ids, scores = index.search(query, K)
        assert ids.tolist() == log.exact(query, K)
        due = [log.live[i][1] @ query for i in ids.tolist()]
        assert scores == pytest.approx(due, abs=1e-5)


def test_a_projection_keeps_inner_products_and_survives_as_bytes(
    rng: np.random.Generator,
) -> None:
    vectors = alike(rng, samples_for(DIM))
    projection = Projection.of(vectors)
    assert projection is not None
    assert projection.dim <= DIM * 3 // 4
    assert projection.basis.T @ projection.basis == pytest.approx(np.eye(projection.dim), abs=1e-5)
    short = projection.reduce(vectors)
    assert (short**2).sum(axis=1).mean() >= 0.97
    again = Projection.from_bytes(projection.to_bytes(), DIM)
    assert (again.reduce(vectors) == short).all()


def test_there_is_no_projection_of_too_few_or_of_all_directions(rng: np.random.Generator) -> None:
    assert Projection.of(alike(rng, samples_for(DIM) - 1)) is None
    assert Projection.of(np.zeros((0, 0), np.float32)) is None
    everywhere = rng.normal(size=(samples_for(DIM), DIM)).astype(np.float32)
    assert Projection.of(everywhere) is None


def test_a_reduced_graph_gives_the_answers_of_exact_search(
    log: ChangeLog, tmp_path: Path, rng: np.random.Generator
) -> None:
    index = open_index(log, tmp_path)
    drain(index)
    assert graph_of(index).is_reduced
    assert_answers_are_exact(index, log, rng)
    log.put(10**6, alike(rng, 1)[0])
    log.put(5, alike(rng, 1)[0])
    log.remove(9)
    assert_answers_are_exact(index, log, rng)  # united with what the graph has not seen
    drain(index)
    assert_answers_are_exact(index, log, rng)


@pytest.mark.parametrize("damage", ["none", "flip", "cut", "remove", "swap"])
def test_what_shortens_the_vectors_is_checked_like_the_graph(
    log: ChangeLog, tmp_path: Path, rng: np.random.Generator, damage: str
) -> None:
    index = open_index(log, tmp_path)
    drain(index)
    index.publish()
    assert log.state is not None
    graph, basis = sorted(tmp_path.iterdir())
    assert (graph.name, basis.name) == (log.state.file, f"{log.state.file}.basis")
    content = bytearray(basis.read_bytes())
    if damage == "flip":
        content[100] ^= 0xFF
        basis.write_bytes(content)
    elif damage == "cut":
        basis.write_bytes(content[:-4])
    elif damage == "swap":  # as long as it was, and another one
        basis.write_bytes(content[4:] + content[:4])
    elif damage == "remove":
        basis.unlink()
    state = log.state
    saved = SavedGraph(state.file, state.size_bytes, state.crc32, state.count)
    loaded = HnswGraph.load(tmp_path, saved, DIM)
    assert (loaded is not None) == (damage == "none")
    again = open_index(log, tmp_path)
    assert_answers_are_exact(again, log, rng)
    log.put(1, alike(rng, 1)[0])
    drain(again)
    again.publish()
    assert log.state.generation == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        log.state.file,
        f"{log.state.file}.basis",
    ]


def test_a_graph_that_grew_is_rebuilt_shorter_and_answers_meanwhile(
    tmp_path: Path, rng: np.random.Generator
) -> None:
    log = ChangeLog()
    for photo_id, vector in enumerate(alike(rng, 200), 1):
        log.put(photo_id, vector)
    index = open_index(log, tmp_path)
    drain(index)
    before = graph_of(index)
    for photo_id, vector in enumerate(alike(rng, COUNT), 1000):
        log.put(photo_id, vector)
    while index._followed._successor is None:
        assert index.catch_up(0)
    assert index.catch_up(0)  # a slice, and it is not done yet
    assert graph_of(index) is before
    assert not before.is_reduced
    assert_answers_are_exact(index, log, rng)
    log.remove(1001)
    drain(index)
    assert graph_of(index).is_reduced
    assert len(graph_of(index)) == len(log.live)
    assert_answers_are_exact(index, log, rng)


def test_not_all_allowed_photos_are_looked_for_when_the_nearest_are_enough(
    log: ChangeLog, tmp_path: Path, rng: np.random.Generator
) -> None:
    index = open_index(log, tmp_path)
    drain(index)
    even = np.array([i for i in log.live if i % 2 == 0], np.int64)

    def not_to_be_asked() -> NDArray[np.int64]:
        raise AssertionError("all photos that pass were looked for")

    lazy = Selection(not_to_be_asked, lambda some: some[np.isin(some, even)])
    for query in alike(rng, 5):
        nearest = [i for i in log.exact(query, COUNT) if i % 2 == 0]
        assert index.search(query, 1, lazy)[0].tolist() == nearest[:1]
        assert index.search(query, K, Selection.of(even))[0].tolist() == nearest[:K]
