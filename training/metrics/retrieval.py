"""R@k and ranks of retrieval in both directions, from embeddings.

A rank is 1 plus the number of better answers, plus half of those that tie with the right one
(rounded down): what a random order of ties gives. Without that half, a collapsed model that
gives every photo the same embedding would have every right answer in the first place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_CHUNK = 1024


@dataclass(frozen=True)
class RetrievalMetrics:
    """R@k in percent, the median and the mean rank (1 = first) of one direction."""

    recall: dict[int, float]
    median_rank: float
    mean_rank: float

    def to_json(self) -> dict[str, Any]:
        """``{"R@1": .., "R@5": .., "R@10": .., "median_rank": .., "mean_rank": ..}``."""
        named = {f"R@{k}": round(value, 2) for k, value in self.recall.items()}
        return {**named, "median_rank": self.median_rank, "mean_rank": round(self.mean_rank, 2)}


def text_to_image(
    photos: NDArray[np.float32], texts: NDArray[np.float32], owners: NDArray[np.int64]
) -> RetrievalMetrics:
    """Each caption queries all photos; its rank is that of its own photo.

    Args:
        photos: (n, dim) unit rows.
        texts: (c, dim) unit rows.
        owners: (c,) the photo of each caption.
    """
    ranks = []
    for start in range(0, len(texts), _CHUNK):
        rows = slice(start, start + _CHUNK)
        is_own = owners[rows, None] == np.arange(len(photos))
        ranks.append(ranks_of(texts[rows] @ photos.T, is_own))
    return summary(np.concatenate(ranks))


def image_to_text(
    photos: NDArray[np.float32], texts: NDArray[np.float32], owners: NDArray[np.int64]
) -> RetrievalMetrics:
    """Each photo queries all captions; its rank is that of the best of its own captions."""
    ranks = []
    for start in range(0, len(photos), _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, len(photos)))
        ranks.append(ranks_of(photos[rows] @ texts.T, owners[None] == rows[:, None]))
    return summary(np.concatenate(ranks))


def ranks_of(scores: NDArray[np.float32], is_right: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Rank of the best right answer of each query, ties counted as said above.

    Args:
        scores: (q, n), higher is better.
        is_right: (q, n), at least one True in each row.

    Returns:
        (q,) int64, 1 = first.
    """
    best = np.where(is_right, scores, -np.inf).max(1)[:, None]
    ties = ((scores == best) & ~is_right).sum(1)
    ranks: NDArray[np.int64] = 1 + (scores > best).sum(1) + ties // 2
    return ranks


def caption_to_caption(
    captions: NDArray[np.float32], owners: NDArray[np.int64]
) -> dict[int, float]:
    """R@k in percent: each caption queries all others, any of the same photo is right."""
    ranks = []
    for start in range(0, len(captions), _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, len(captions)))
        scores = captions[rows] @ captions.T
        scores[np.arange(len(rows)), rows] = -np.inf
        own = np.where(owners[None] == owners[rows, None], scores, -np.inf).max(1)
        ranks.append(1 + (scores > own[:, None]).sum(1))
    return summary(np.concatenate(ranks)).recall


def recall_sum(*directions: RetrievalMetrics) -> float:
    """Sum of all R@k: the usual single number to select a checkpoint by."""
    return sum(sum(direction.recall.values()) for direction in directions)


def summary(ranks: NDArray[np.int64]) -> RetrievalMetrics:
    """R@1, R@5, R@10 and the median of (q,) ranks, 1 = first."""
    recall = {k: float((ranks <= k).mean() * 100) for k in (1, 5, 10)}
    return RetrievalMetrics(recall, float(np.median(ranks)), float(ranks.mean()))
