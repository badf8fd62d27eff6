"""Precision, Recall and mAP as S1 uses them; the protocol, which S1 does not state, is this.

S1 gives Recall = TP / (TP + FN), Precision, and "mean Average Precision, the mean over classes",
but neither what a class is nor when a pair counts as matched. Here:

* **Pairs.** Every caption is scored against every photo of the split. A pair is positive if the
  photo is the caption's own.
* **Class.** Every caption is a query and a class of its own; its positives are its one photo.
* **Match.** A pair is predicted to match if its score is at least a threshold. The threshold is
  one number for all pairs: the one of best F1 on the pairs given, unless one chosen on another
  split is passed, which is the honest way for a test split.
* **Recall, Precision** (``per_class``): TP / (TP + FN) and TP / (TP + FP) of each class, and the
  mean over classes. A class for which nothing is predicted has precision 0. ``pooled``: the same
  from the sums of TP, FP and FN over all classes.
* **mAP.** Average precision of each class over its full ranking (the mean, over its positives, of
  the precision at their places; ties count against the positives), and the mean over classes.

S1's figures (above 90 %) cannot be had under this protocol with thousands of rivals for each
caption; they are reached when each caption meets few. ``rivals`` gives that: each caption is
scored against its own photo and that many others, drawn with a seed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class MatchingMetrics:
    """All in percent, but the threshold, which is a score."""

    precision: float
    recall: float
    mean_average_precision: float
    pooled_precision: float
    pooled_recall: float
    threshold: float

    def to_json(self) -> dict[str, Any]:
        """The fields by name, rounded."""
        digits = {"threshold": 6}
        return {name: round(v, digits.get(name, 2)) for name, v in asdict(self).items()}


def matching(
    scores: NDArray[np.float32], matches: NDArray[np.bool_], threshold: float | None = None
) -> MatchingMetrics:
    """Precision, Recall and mAP of (classes, items) scores.

    Args:
        scores: (c, n); a row is a class.
        matches: (c, n); what truly matches. Classes without any positive are left out.
        threshold: least score of a predicted match; None: the one of best pooled F1.

    Raises:
        ValueError: the shapes differ, or nothing matches.
    """
    if scores.shape != matches.shape or scores.ndim != 2:
        raise ValueError(f"scores {scores.shape} and matches {matches.shape} are no pair")
    kept = matches.any(1)
    if not kept.any():
        raise ValueError("no class has a positive")
    scores, matches = scores[kept], matches[kept]
    if threshold is None:
        threshold = best_threshold(scores, matches)
    predicted = scores >= threshold
    true = (predicted & matches).sum(1)
    claimed, positive = predicted.sum(1), matches.sum(1)
    return MatchingMetrics(
        precision=float((true / np.maximum(claimed, 1)).mean() * 100),
        recall=float((true / positive).mean() * 100),
        mean_average_precision=float(average_precision(scores, matches).mean() * 100),
        pooled_precision=float(true.sum() / max(int(claimed.sum()), 1) * 100),
        pooled_recall=float(true.sum() / positive.sum() * 100),
        threshold=float(threshold),
    )


def best_threshold(scores: NDArray[np.float32], matches: NDArray[np.bool_]) -> float:
    """The score at which pooled F1 is best; of several, the highest.

    Raises:
        ValueError: nothing matches.
    """
    if not matches.any():
        raise ValueError("no pair matches")
    # Only scores of positives can be best: in between, only false positives come in.
    candidates = np.unique(scores[matches])[::-1]
    positives = np.sort(scores[matches])
    everything = np.sort(scores, axis=None)
    true = len(positives) - np.searchsorted(positives, candidates, side="left")
    claimed = len(everything) - np.searchsorted(everything, candidates, side="left")
    f1 = 2 * true / (claimed + len(positives))
    return float(candidates[int(np.argmax(f1))])


def average_precision(
    scores: NDArray[np.float32], matches: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Average precision of each row; (c,) float64.

    Within a tie the others stand before the positives, so that equal scores earn nothing.
    """
    average = np.empty(len(scores))
    for row, (own, right) in enumerate(zip(scores, matches, strict=True)):
        hits = right[np.lexsort((right, -own))]
        places = np.flatnonzero(hits) + 1
        average[row] = (np.arange(1, len(places) + 1) / places).mean()
    return average


def caption_scores(
    photos: NDArray[np.float32],
    texts: NDArray[np.float32],
    owners: NDArray[np.int64],
    rivals: int | None = None,
    seed: int = 0,
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Scores and matches of every caption against all photos, or against its own and a few.

    Args:
        photos: (n, dim) unit rows.
        texts: (c, dim) unit rows.
        owners: (c,) the photo of each caption.
        rivals: how many other photos each caption meets; None: all.
        seed: draws the rivals.

    Returns:
        (c, n) or (c, rivals + 1) scores and matches; with rivals the own photo is in column 0.
    """
    return with_rivals(texts @ photos.T, owners, rivals, seed)


def with_rivals(
    scores: NDArray[np.float32], owners: NDArray[np.int64], rivals: int | None, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The same from the scores of all (captions, photos), however they were made."""
    photos = scores.shape[1]
    if rivals is None or rivals >= photos - 1:
        return scores, owners[:, None] == np.arange(photos)
    rng = np.random.default_rng(seed)
    columns = np.empty((len(scores), rivals + 1), np.int64)
    for row, owner in enumerate(owners):
        others = rng.choice(photos - 1, rivals, replace=False)
        columns[row] = [owner, *(others + (others >= owner))]
    matches = np.zeros(columns.shape, np.bool_)
    matches[:, 0] = True
    return np.take_along_axis(scores, columns, 1), matches
