"""Nearest photos: exact in memory for small libraries, an HNSW cache on disk for large ones.

The catalogue is the truth. The HNSW file is disposable: it says up to which change_seq it has
followed, and what came later is always searched exactly, so an old, missing or damaged file costs
speed and never an answer.
"""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.library.catalogue import Catalogue
from desktop_app.library.exact_vectors import ExactVectors, best
from desktop_app.library.hnsw_graph import (
    HnswGraph,
    SavedGraph,
    remove_graph,
    remove_other_graphs,
)
from desktop_app.library.left_overs import remove_left_overs
from desktop_app.library.narrow_path import FolderNotNameable
from desktop_app.library.projection import LEAST_DIM, Projection, samples_for
from desktop_app.library.records import IndexState
from desktop_app.library.selection import Selection

log = logging.getLogger(__name__)

EXACT_UP_TO = 20_000
"""Photos that are searched exactly: 40 MB and 3 ms at 512 dimensions."""
PUBLISH_EVERY = 5_000
"""Changes after which a snapshot is saved, in a library for which they are many."""
_PUBLISH_SHARE = 0.2
"""Of a larger one: or a million photos, followed from the start, would be saved 200 times."""
_SLICE = 128
"""Photos between two looks at the clock while catching up."""
_SCAN = 4_096
"""Photos of one step when the catalogue itself is searched."""
_ASKED = 512
"""Neighbours that are asked at a time whether they are allowed."""
_MOST_TOMBSTONES = 0.2
_FIRST_NEIGHBOURS = 16
"""As many times k are asked whether they are allowed, then four times as many, and so on, ..."""
_PHOTOS_PER_NEIGHBOUR = 16
"""... while this takes less time than to find all photos that are allowed."""
_COST_OF_A_NEIGHBOUR = 1
"""How many photos are read and compared in the time that the graph finds one neighbour and it is
asked whether it is allowed: 7 and 5 microseconds at 100,000 photos."""

Hits = tuple[NDArray[np.int64], NDArray[np.float32]]
_NOTHING: Hits = (np.zeros(0, np.int64), np.zeros(0, np.float32))


@dataclass(frozen=True)
class IndexStatus:
    """How far the index on disk has followed the catalogue."""

    generation: int
    count: int
    applied_seq: int
    change_seq: int
    exact: bool
    """True while queries are answered by exact search."""


@dataclass
class _Followed:
    """A graph, and how far it has followed the catalogue."""

    graph: HnswGraph
    applied_seq: int = 0
    unpublished: int = 0
    """Changes since it was saved last."""


class VectorIndex:
    """The index of one model's embeddings. Lives on one thread, with its catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        folder: Path,
        model_id: str,
        dim: int,
        exact_up_to: int = EXACT_UP_TO,
        publish_every: int = PUBLISH_EVERY,
    ) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._model_id = model_id
        self._dim = dim
        self._exact_up_to = exact_up_to
        self._publish_every = publish_every
        self._exact: ExactVectors | None = None
        self._is_large = False
        self._current: _Followed | None = None
        self._successor: _Followed | None = None
        """Built anew while the current one answers."""
        self._generation = 0
        self._may_reduce = dim > LEAST_DIM

    def search(self, query: NDArray[np.float32], k: int, allowed: Selection | None = None) -> Hits:
        """The k nearest photos, best first.

        Args:
            query: (dim,) float32, unit.
            k: how many.
            allowed: photos that can be found now; only they are; None allows all.

        Returns:
            ids (at most k,) and cosine scores of the same shape.
        """
        exact = self._follow_exact()
        if exact is not None:
            return exact.search(query, k, allowed.ids if allowed is not None else None)
        if allowed is not None:
            return self._search_allowed(query, k, allowed)
        return self._search_graph(query, k)

    def search_stored(
        self, query: NDArray[np.float32], k: int, photo_ids: NDArray[np.int64]
    ) -> Hits:
        """The k nearest of these photos, missing ones too, read from the catalogue itself."""
        ids, scores = _NOTHING
        for start in range(0, len(photo_ids), _SCAN):
            some = photo_ids[start : start + _SCAN].tolist()
            found, vectors = self._catalogue.vectors(some, self._model_id)
            if len(found):
                ids, scores = best(
                    np.concatenate([ids, found]), np.concatenate([scores, vectors @ query]), k
                )
        return ids, scores

    def _search_allowed(self, query: NDArray[np.float32], k: int, allowed: Selection) -> Hits:
        """Whichever is quicker: every allowed photo, or more neighbours than are wanted.

        Few that are found through an index are listed at once. Else, to ask of some neighbours
        whether they are allowed is quicker than to find all that are.
        Where too few of them are, all are found: with m of n photos allowed, the graph must give
        about k * n / m neighbours for k of them, and each costs it as much as some photos that
        are read and compared.
        """
        everything = max(len(self._open().graph), 1)
        allowed.list_if_few(everything // _PHOTOS_PER_NEIGHBOUR)
        wanted = _FIRST_NEIGHBOURS * k
        while not allowed.is_listed and wanted < everything // _PHOTOS_PER_NEIGHBOUR:
            ids, scores = self._search_graph(query, k, wanted, allowed)
            if len(ids) >= k:
                return ids, scores
            wanted *= 4
        m = max(len(allowed.ids), 1)
        # half as many again as are asked for: to look twice costs more
        wanted = 3 * k * everything // m + k
        if m > _COST_OF_A_NEIGHBOUR * wanted:
            while wanted < everything // 4:
                ids, scores = self._search_graph(query, k, wanted, allowed)
                if len(ids) >= k:
                    return ids, scores
                wanted *= 2  # the allowed ones are far from this query
        return self.search_stored(query, k, allowed.ids)

    def _search_graph(
        self,
        query: NDArray[np.float32],
        k: int,
        wanted: int = 0,
        allowed: Selection | None = None,
    ) -> Hits:
        """The k best, allowed ones, of the graph's ``wanted`` nearest and what it lacks.

        Nothing when so few of them are allowed that the answer could be wrong.
        """
        current = self._open()
        if self._catalogue.change_seq() < current.applied_seq:  # an older catalogue came back
            current = self._start_anew()
        is_reduced = current.graph.is_reduced
        enough, least = (3 * k + 50, 2 * k) if is_reduced else (k, k)
        wanted = max(wanted, enough)
        newer, gone = self._newer(query, wanted, current.applied_seq)
        ids, scores = _search_without(current.graph, query, wanted, gone)
        if allowed is not None:
            kept = _first_allowed(ids, enough, allowed)
            if len(kept) < least and len(ids) == wanted:
                return _NOTHING
            ids, scores = ids[kept], scores[kept]
            kept = _first_allowed(newer[0], enough, allowed)
            newer = newer[0][kept], newer[1][kept]
        if is_reduced:
            return _merge([self.search_stored(query, k, ids), newer], k)
        return _merge([(ids, scores), newer], k)

    def _newer(self, query: NDArray[np.float32], k: int, seq: int) -> tuple[Hits, set[int]]:
        """The k best of what changed after ``seq``, and all for which the graph is out of date."""
        found: list[Hits] = [_NOTHING]
        gone: set[int] = set()
        more = True
        while more:
            changes = self._catalogue.changes_after(seq, self._model_id, _SCAN)
            gone.update(changes.removed.tolist())
            if len(changes.ids):
                gone.update(changes.ids.tolist())
                found.append(best(changes.ids, changes.vectors @ query, k))
            seq, more = changes.last_seq, changes.more
        return _merge(found, k), gone

    def catch_up(self, slice_s: float) -> bool:
        """Follow the catalogue for about ``slice_s`` seconds; True while there is more to do."""
        current = self._open()
        followed = self._successor or current
        deadline = time.monotonic() + slice_s
        more = True
        while more:
            changes = self._catalogue.changes_after(followed.applied_seq, self._model_id, _SLICE)
            if changes.last_seq < followed.applied_seq:  # an older catalogue came back
                followed = self._start_anew()
                continue
            followed.graph.apply(changes)
            followed.unpublished += len(changes.ids) + len(changes.removed)
            followed.applied_seq, more = changes.last_seq, changes.more
            if time.monotonic() > deadline:
                break
        if not more:
            self._current, self._successor = followed, None
            more = self._is_renewed(followed)
        count = len(followed.graph)
        if followed.unpublished >= max(self._publish_every, int(_PUBLISH_SHARE * count)):
            self.publish()
        return more

    def _is_renewed(self, current: _Followed) -> bool:
        """Begin a better graph where that is worth while; the current one answers meanwhile."""
        graph = current.graph
        if graph.tombstones > _MOST_TOMBSTONES * max(len(graph), 1):
            log.info("index rebuilt: %d of %d are tombstones", graph.tombstones, len(graph))
        elif (
            self._may_reduce
            and not graph.is_reduced
            # while exact search still answers
            and len(graph) >= max(self._exact_up_to // 2, 2 * samples_for(self._dim))
        ):
            self._may_reduce = False  # asked once: embeddings of all directions stay as they are
            if self._projection() is None:
                return False
            log.info("index rebuilt: there are enough photos for a smaller one")
        else:
            return False
        if not len(graph):  # nothing is left
            self._start_anew()
            return False
        self._successor = self._empty()
        return True

    def publish(self) -> None:
        """Save a snapshot that the next start can load.

        Raises:
            DiskFull: it could not be written; the older snapshot stays.
        """
        current = self._current
        if current is None or not current.unpublished or not len(current.graph):
            return
        generation = self._generation + 1
        # the random part keeps two programs on one library from writing the same file
        file = f"visita-{generation}-{secrets.token_hex(4)}.hnsw"
        try:
            saved = current.graph.save(self._folder, file)
        except FolderNotNameable as error:  # nothing that the user does is lost by it
            log.warning("%s %s", error.message, error.hint)
            current.unpublished = 0
            return
        state = IndexState(
            generation=generation,
            file=saved.file,
            size_bytes=saved.size_bytes,
            crc32=saved.crc32,
            count=saved.count,
            model_id=self._model_id,
            dim=self._dim,
            applied_seq=current.applied_seq,
        )
        current.unpublished = 0
        if not self._catalogue.replace_index_state(state, self._generation):
            log.info("another program published an index first, this one is dropped")
            remove_graph(self._folder, file)
            theirs = self._catalogue.index_state()
            self._generation = theirs.generation if theirs is not None else 0
            return
        self._generation = generation
        remove_other_graphs(self._folder, file)

    def sample(self, limit: int) -> NDArray[np.float32]:
        """Embeddings (n, dim) of at most ``limit`` photos from all over the library."""
        return self._catalogue.sample_vectors(self._model_id, limit)

    def status(self) -> IndexStatus:
        """Read from the catalogue; nothing is loaded."""
        state = self._catalogue.index_state()
        matches = state is not None and self._is_ours(state)
        return IndexStatus(
            generation=state.generation if state is not None else 0,
            count=state.count if state is not None and matches else 0,
            applied_seq=state.applied_seq if state is not None and matches else 0,
            change_seq=self._catalogue.change_seq(),
            exact=not self._has_many(),
        )

    def _has_many(self) -> bool:
        count = self._catalogue.embedding_count(self._model_id, self._exact_up_to + 1)
        return count > self._exact_up_to

    def _is_ours(self, state: IndexState) -> bool:
        return state.model_id == self._model_id and state.dim == self._dim

    def _follow_exact(self) -> ExactVectors | None:
        """All embeddings in memory; None once there are too many, until the next start."""
        if self._is_large:
            return None
        if self._exact is None:
            if self._has_many():
                self._is_large = True
                return None
            self._exact = ExactVectors(self._dim)
        more = True
        while more:
            changes = self._catalogue.changes_after(self._exact.applied_seq, self._model_id, _SCAN)
            if changes.last_seq < self._exact.applied_seq:  # an older catalogue came back
                self._exact = ExactVectors(self._dim)
                continue
            self._exact.apply(changes)
            more = changes.more
        if len(self._exact) > self._exact_up_to:
            self._exact, self._is_large = None, True  # outgrown: give the memory back
        return self._exact

    def _open(self) -> _Followed:
        if self._current is not None:
            return self._current
        remove_left_overs(self._folder)
        state = self._catalogue.index_state()
        tried: IndexState | None = None
        # Once more where another process published, and deleted this file, while it was read.
        while state is not None and state != tried and self._is_ours(state):
            saved = SavedGraph(state.file, state.size_bytes, state.crc32, state.count)
            graph = HnswGraph.load(self._folder, saved, self._dim)
            if graph is not None:
                self._current = _Followed(graph, state.applied_seq)
                self._generation = state.generation
                return self._current
            state, tried = self._catalogue.index_state(), state
        if tried is not None:
            log.warning("the search index is missing or damaged and is rebuilt")
        self._generation = state.generation if state is not None else 0
        return self._start_anew()

    def _start_anew(self) -> _Followed:
        self._current, self._successor = self._empty(), None
        return self._current

    def _empty(self) -> _Followed:
        return _Followed(HnswGraph.empty(self._dim, self._projection()))

    def _projection(self) -> Projection | None:
        if self._dim <= LEAST_DIM:
            return None
        return Projection.of(self.sample(2 * samples_for(self._dim)))


def _search_without(graph: HnswGraph, query: NDArray[np.float32], k: int, gone: set[int]) -> Hits:
    """The k nearest of a graph that are not gone: it is asked for more until there are k."""
    unwanted = np.fromiter(gone, np.int64, len(gone))
    wanted = k
    while True:
        ids, scores = graph.search(query, wanted)
        kept = ~np.isin(ids, unwanted)
        if np.count_nonzero(kept) >= k or len(ids) < wanted:
            return ids[kept][:k], scores[kept][:k]
        wanted *= 2


def _merge(found: list[Hits], k: int) -> Hits:
    return best(np.concatenate([p[0] for p in found]), np.concatenate([p[1] for p in found]), k)


def _first_allowed(ids: NDArray[np.int64], enough: int, allowed: Selection) -> NDArray[np.int64]:
    """The places of the first ``enough`` that are allowed; no more than needed are asked for."""
    kept: list[int] = []
    for start in range(0, len(ids), _ASKED):
        some = ids[start : start + _ASKED]
        kept += (start + np.flatnonzero(allowed.among(some))).tolist()
        if len(kept) >= enough:
            break
    return np.array(kept[:enough], np.int64)
