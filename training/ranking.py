"""Scores of every caption and photo of a set, however a system makes them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.evaluate import Evaluation
from training.metrics import summary
from training.metrics.retrieval import ranks_of
from training.rerank import PairScorer

_PAIRS = 2048

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Ranked:
    """How a system orders n photos for c captions, and the other way round."""

    to_photos: Array
    """(c, n): how well photos answer captions; higher is better."""
    to_texts: Array
    """(n, c): how well captions answer photos; the transpose, unless each query looks again at
    its own best hits."""
    photos: Array
    """(n, dim) one feature vector of each photo, unit rows."""
    texts: Array
    """(c, dim) one of each caption."""

    def evaluation(self, owners: NDArray[np.int64]) -> Evaluation:
        """R@k in both directions.

        Args:
            owners: (c,) the photo of each caption; photos without one ask nothing.
        """
        asking = np.unique(owners)
        to_photos = ranks_of(self.to_photos, owners[:, None] == np.arange(len(self.photos)))
        to_texts = ranks_of(self.to_texts[asking], asking[:, None] == owners)
        return Evaluation(len(self.photos), len(self.texts), summary(to_photos), summary(to_texts))


def by_cosine(photos: Array, texts: Array) -> Ranked:
    """What a dual encoder's unit rows give: (n, dim) photos and (c, dim) texts."""
    scores = texts @ photos.T
    return Ranked(scores, scores.T, photos, texts)


def looked_again(ranked: Ranked, judge: PairScorer, depth: int) -> Ranked:
    """The first ``depth`` hits of each query in the order of a judge; the others stay behind.

    Args:
        ranked: by the first look.
        judge: scores pairs; higher is better.
        depth: hits of each query that are judged.
    """

    def judge_photos(queries: NDArray[np.int64], answers: NDArray[np.int64]) -> Array:
        return judge(answers, queries)

    return Ranked(
        _lifted(ranked.to_photos, judge_photos, depth),
        _lifted(ranked.to_texts, judge, depth),
        ranked.photos,
        ranked.texts,
    )


def _lifted(scores: Array, judge: PairScorer, depth: int) -> Array:
    """(q, n) scores, those of the best hits above all others and in the judge's order."""
    depth = min(depth, scores.shape[1])
    if depth == 0:
        return scores
    best = np.argsort(-scores, 1, kind="stable")[:, :depth]
    queries, answers = np.repeat(np.arange(len(scores)), depth), best.ravel()
    judged = np.concatenate(
        [
            judge(queries[start : start + _PAIRS], answers[start : start + _PAIRS])
            for start in range(0, len(queries), _PAIRS)
        ]
    )
    lifted = scores.copy()
    # one shift for all queries, so that one threshold can still be laid through them
    lifted[queries, answers] = above(scores, judged)
    return lifted


def above(scores: Array, judged: Array) -> Array:
    """What a judge said, all of it shifted to stand before every score of the first look."""
    shifted: Array = judged - judged.min() + scores.max() + 1
    return shifted
