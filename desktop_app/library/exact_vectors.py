"""Exact search: every embedding in one matrix. Right by construction, quick for small libraries."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop_app.library.records import Changes

_FIRST_CAPACITY = 1024


class ExactVectors:
    """Embeddings in memory, found by one matrix product."""

    def __init__(self, dim: int) -> None:
        self.applied_seq = 0
        self._ids = np.zeros(_FIRST_CAPACITY, np.int64)
        self._vectors = np.zeros((_FIRST_CAPACITY, dim), np.float32)
        self._row_of: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._row_of)

    def apply(self, changes: Changes) -> None:
        """Follow the catalogue; applying the same changes twice does no harm."""
        for photo_id in changes.removed.tolist():
            self._remove(photo_id)
        for photo_id, vector in zip(changes.ids.tolist(), changes.vectors, strict=True):
            row = self._row_of.get(photo_id)
            if row is None:
                row = self._append(photo_id)
            self._vectors[row] = vector
        self.applied_seq = changes.last_seq

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The k best by inner product, best first.

        Args:
            query: (dim,) float32, unit.
            k: how many.
            allowed: (m,) only these photos; None allows all.

        Returns:
            ids (min(k, n),) and scores of the same shape.
        """
        count = len(self)
        if allowed is not None:
            known = (self._row_of.get(photo_id) for photo_id in allowed.tolist())
            rows = np.array([row for row in known if row is not None], np.int64)
            # gathering a row costs about as much as four in their order
            if 4 * len(rows) < count:
                return best(self._ids[rows], self._vectors[rows] @ query, k)
            return best(self._ids[rows], (self._vectors[:count] @ query)[rows], k)
        return best(self._ids[:count], self._vectors[:count] @ query, k)

    def _append(self, photo_id: int) -> int:
        row = len(self)
        if row == len(self._ids):
            self._ids = np.concatenate([self._ids, np.zeros_like(self._ids)])
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        self._ids[row] = photo_id
        self._row_of[photo_id] = row
        return row

    def _remove(self, photo_id: int) -> None:
        row = self._row_of.pop(photo_id, None)
        if row is None:
            return
        last = len(self)
        if row != last:  # the last row fills the gap
            moved = int(self._ids[last])
            self._ids[row] = moved
            self._vectors[row] = self._vectors[last]
            self._row_of[moved] = row


def best(
    ids: NDArray[np.int64], scores: NDArray[np.float32], k: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The k highest scores, best first; equal scores in the order of their ids."""
    if k < len(ids):
        chosen = np.argpartition(-scores, k - 1)[:k]
        ids, scores = ids[chosen], scores[chosen]
    order = np.lexsort((ids, -scores))
    return ids[order], scores[order]
