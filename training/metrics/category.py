"""Category retrieval (S2): an answer is right if it shares a category with the query.

P@K = right answers among the first K, divided by K (by the number of answers there are, when
those are fewer). AP@K = the mean of P@i over the places i <= K that hold a right answer, divided
by min(K, number of right answers there are): Manning, Raghavan and Schütze, Introduction to
Information Retrieval, 8.4, cut at K. mAP@K is its mean over the queries that have any right
answer at all; queries without one are left out of both means and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_CHUNK = 512


@dataclass(frozen=True)
class CategoryMetrics:
    """P@K and mAP@K in percent, by K, and how many queries were asked."""

    precision: dict[int, float]
    mean_average_precision: dict[int, float]
    queries: int
    without_answer: int

    def to_json(self) -> dict[str, Any]:
        """``{"P@1": .., "mAP@1": .., ..., "queries": .., "without_answer": ..}``."""
        named = {f"P@{k}": round(value, 2) for k, value in self.precision.items()}
        named |= {f"mAP@{k}": round(v, 2) for k, v in self.mean_average_precision.items()}
        return {**named, "queries": self.queries, "without_answer": self.without_answer}


def category_retrieval(
    queries: NDArray[np.float32],
    answers: NDArray[np.float32],
    query_categories: Sequence[frozenset[str]],
    answer_categories: Sequence[frozenset[str]],
    ks: Sequence[int] = (1, 10, 50),
    same_set: bool = False,
) -> CategoryMetrics:
    """Rank all answers for each query by inner product; ties keep the order of the answers.

    Args:
        queries: (q, dim) unit rows.
        answers: (n, dim) unit rows.
        query_categories: q sets of category names.
        answer_categories: n sets of category names.
        ks: the cuts.
        same_set: the queries are the answers (photo -> similar photos): none answers itself.

    Raises:
        ValueError: a cut is below one, or there is nothing to rank.
    """
    if min(ks, default=0) < 1:
        raise ValueError("a cut K is one or more")
    if not len(queries) or not len(answers):
        raise ValueError("category retrieval needs queries and answers")
    names = sorted(frozenset().union(*query_categories, *answer_categories))
    asked, held = _flags(query_categories, names), _flags(answer_categories, names)
    precision, average, lost = [], [], 0
    for start in range(0, len(queries), _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, len(queries)))
        scores = queries[rows] @ answers.T
        right = (asked[rows] @ held.T) > 0
        places = len(answers)
        if same_set:
            scores[np.arange(len(rows)), rows] = -np.inf
            right[np.arange(len(rows)), rows] = False
            places -= 1
        total = right.sum(1)
        lost += int((total == 0).sum())
        depth = min(max(ks), places)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :depth]
        hits = np.take_along_axis(right, order, 1)[total > 0]
        precision.append(_precision(hits, ks))
        average.append(average_precision_at(hits, total[total > 0], ks))
    asked_count = len(queries) - lost
    if not asked_count:
        return CategoryMetrics(dict.fromkeys(ks, 0.0), dict.fromkeys(ks, 0.0), 0, lost)
    return CategoryMetrics(
        dict(zip(ks, (np.concatenate(precision).mean(0) * 100).tolist(), strict=True)),
        dict(zip(ks, (np.concatenate(average).mean(0) * 100).tolist(), strict=True)),
        asked_count,
        lost,
    )


def mean_average_precision(
    scores: NDArray[np.float32], is_right: NDArray[np.bool_], ks: Sequence[int] = (1, 5, 10)
) -> dict[int, float]:
    """mAP@K in percent, of queries whose answers are known to be right or wrong.

    Args:
        scores: (q, n), higher is better; ties keep the order of the answers.
        is_right: (q, n), at least one True in each row.
        ks: the cuts.
    """
    order = np.argsort(-scores, 1, kind="stable")[:, : max(ks)]
    hits = np.take_along_axis(is_right, order, 1)
    average = average_precision_at(hits, is_right.sum(1), ks).mean(0) * 100
    return dict(zip(ks, average.tolist(), strict=True))


def _flags(categories: Sequence[frozenset[str]], names: list[str]) -> NDArray[np.float32]:
    columns = {name: column for column, name in enumerate(names)}
    flags = np.zeros((len(categories), len(names)), np.float32)
    for row, own in enumerate(categories):
        flags[row, [columns[name] for name in own]] = 1
    return flags


def _precision(hits: NDArray[np.bool_], ks: Sequence[int]) -> NDArray[np.float64]:
    return np.stack([hits[:, :k].sum(1) / max(1, min(k, hits.shape[1])) for k in ks], 1)


def average_precision_at(
    hits: NDArray[np.bool_], total: NDArray[np.int64], ks: Sequence[int]
) -> NDArray[np.float64]:
    """AP@K as defined above.

    Args:
        hits: (q, depth), which of the first answers are right, best answer first.
        total: (q,) right answers that there are, at least one.
        ks: the cuts.

    Returns:
        (q, len(ks)) in [0, 1].
    """
    at_place = hits.cumsum(1) / np.arange(1, hits.shape[1] + 1) * hits
    return np.stack([at_place[:, :k].sum(1) / np.minimum(total, k) for k in ks], 1)
