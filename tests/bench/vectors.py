"""Embeddings as a model gives them, generated: clusters, and directions of very different use."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_ROWS = 10_000
_KNEE = 12.0
_PHOTOS_PER_CLUSTER = 200

SUBJECTS = ("a dog", "two children", "an old man", "a red car", "a white cat", "a sailing boat")
SCENES = ("on a beach", "in the snow", "in a kitchen", "on a mountain", "at night", "in a park")
MANNERS = ("", " seen from above", " in black and white", " in bright light", " far away")


def texts() -> list[str]:
    """180 different queries."""
    return [f"{a} {b}{c}" for a in SUBJECTS for b in SCENES for c in MANNERS]


def clustered_vectors(
    count: int, centres: NDArray[np.float32], seed: int
) -> Iterator[NDArray[np.float32]]:
    """Unit vectors in clusters of very different sizes, as photos of one life are.

    The energies of their directions fall as 1 / (1 + i / 12)^2, a little slower than those of
    the shipped model's embeddings of 2,500 photos (97 % in 192 of 512 directions; there 128).

    Args:
        count: how many in all.
        centres: (c, dim) unit rows; two thirds of each cluster's centre is random, one third
            is one of these, so that queries from the same place have an answer.
        seed: of the random numbers.

    Yields:
        (n, dim) float32, unit rows of half precision numbers, as the catalogue keeps them.
    """
    random = np.random.default_rng(seed)
    dim = centres.shape[1]
    turned = np.linalg.qr(random.normal(size=(dim, dim)))[0]
    shape = np.asarray(turned / (1 + np.arange(dim) / _KNEE)[:, None], np.float32)

    def draw(rows: int) -> NDArray[np.float32]:
        return _unit(random.standard_normal((rows, dim), np.float32) @ shape)

    clusters = max(20, count // _PHOTOS_PER_CLUSTER)
    picked = centres[random.integers(len(centres), size=clusters)]
    hearts = _unit(draw(clusters) + 0.5 * picked)
    share = np.arange(1, clusters + 1) ** -0.8
    for begin in range(0, count, _ROWS):
        rows = min(_ROWS, count - begin)
        cluster = random.choice(clusters, size=rows, p=share / share.sum())
        exact = _unit(hearts[cluster] + 0.7 * draw(rows))
        yield _unit(exact.astype(np.float16).astype(np.float32))


class BestSoFar:
    """The k best rows for each of some queries, of blocks that are shown one after the other."""

    def __init__(self, queries: NDArray[np.float32], k: int) -> None:
        self._queries = queries
        self._k = k
        self.ids = np.zeros((len(queries), 0), np.int64)
        self._scores = np.zeros((len(queries), 0), np.float32)

    def show(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """One block: ids (n,) and unit rows (n, dim)."""
        scores = np.hstack([self._scores, self._queries @ vectors.T])
        all_ids = np.hstack([self.ids, np.broadcast_to(ids, (len(self._queries), len(ids)))])
        k = min(self._k, scores.shape[1])
        chosen = np.argpartition(-scores, k - 1, axis=1)[:, :k]
        self._scores = np.take_along_axis(scores, chosen, 1)
        self.ids = np.take_along_axis(all_ids, chosen, 1)


def _unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, np.float32)
