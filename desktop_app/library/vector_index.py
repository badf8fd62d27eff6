"""Nearest photos: exact in memory for small libraries, an HNSW cache on disk for large ones.

The catalogue is the truth. The HNSW file is disposable: it says up to which change_seq it has
followed, and what came later is always searched exactly, so an old, missing or damaged file costs
speed and never an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.library.embedding_rows import EmbeddingRows
from desktop_app.library.exact_vectors import ExactVectors, best
from desktop_app.library.followed_graph import PUBLISH_EVERY, FollowedGraph
from desktop_app.library.hnsw_graph import HnswGraph
from desktop_app.library.selection import Selection

EXACT_UP_TO = 20_000
"""Photos that are searched exactly: 40 MB and 3 ms at 512 dimensions."""
_SCAN = 4_096
"""Photos of one step when the catalogue itself is searched."""
_ASKED = 512
"""Neighbours that are asked at a time whether they are allowed."""
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


class VectorIndex:
    """The index of one model's embeddings. Lives on one thread, with its catalogue."""

    def __init__(
        self,
        embeddings: EmbeddingRows,
        folder: Path,
        model_id: str,
        dim: int,
        exact_up_to: int = EXACT_UP_TO,
        publish_every: int = PUBLISH_EVERY,
    ) -> None:
        self._embeddings = embeddings
        self._model_id = model_id
        self._dim = dim
        self._exact_up_to = exact_up_to
        self._exact: ExactVectors | None = None
        self._is_large = False
        self._followed = FollowedGraph(
            embeddings, folder, model_id, dim, exact_up_to // 2, publish_every
        )

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
            found, vectors = self._embeddings.vectors(some, self._model_id)
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
        everything = max(len(self._followed.current().graph), 1)
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
        current = self._followed.current()
        if self._embeddings.change_seq() < current.applied_seq:  # an older catalogue came back
            current = self._followed.start_anew()
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
            changes = self._embeddings.changes_after(seq, self._model_id, _SCAN)
            gone.update(changes.removed.tolist())
            if len(changes.ids):
                gone.update(changes.ids.tolist())
                found.append(best(changes.ids, changes.vectors @ query, k))
            seq, more = changes.last_seq, changes.more
        return _merge(found, k), gone

    def catch_up(self, slice_s: float) -> bool:
        """Follow the catalogue for about ``slice_s`` seconds; True while there is more to do."""
        return self._followed.catch_up(slice_s)

    def publish(self) -> None:
        """Save a snapshot that the next start can load.

        Raises:
            DiskFull: it could not be written; the older snapshot stays.
        """
        self._followed.publish()

    def sample(self, limit: int) -> NDArray[np.float32]:
        """Embeddings (n, dim) of at most ``limit`` photos from all over the library."""
        return self._embeddings.sample_vectors(self._model_id, limit)

    def status(self) -> IndexStatus:
        """Read from the catalogue; nothing is loaded."""
        state = self._embeddings.index_state(self._model_id)
        matches = state is not None and self._followed.is_ours(state)
        return IndexStatus(
            generation=state.generation if state is not None else 0,
            count=state.count if state is not None and matches else 0,
            applied_seq=state.applied_seq if state is not None and matches else 0,
            change_seq=self._embeddings.change_seq(),
            exact=not self._has_many(),
        )

    def _has_many(self) -> bool:
        count = self._embeddings.count(self._model_id, self._exact_up_to + 1)
        return count > self._exact_up_to

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
            changes = self._embeddings.changes_after(self._exact.applied_seq, self._model_id, _SCAN)
            if changes.last_seq < self._exact.applied_seq:  # an older catalogue came back
                self._exact = ExactVectors(self._dim)
                continue
            self._exact.apply(changes)
            more = changes.more
        if len(self._exact) > self._exact_up_to:
            self._exact, self._is_large = None, True  # outgrown: give the memory back
        return self._exact


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
