"""Zero-shot classification: the class whose texts are nearest to the photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ZeroShotMetrics:
    """Accuracies in percent: over photos, and over classes (each class counts the same)."""

    top1: float
    top5: float
    mean_class_top1: float
    classes: int
    photos: int

    def to_json(self) -> dict[str, Any]:
        """``{"top1", "top5", "mean_class_top1", "classes", "photos"}``."""
        return {
            "top1": round(self.top1, 2),
            "top5": round(self.top5, 2),
            "mean_class_top1": round(self.mean_class_top1, 2),
            "classes": self.classes,
            "photos": self.photos,
        }


def class_embeddings(texts: NDArray[np.float32], owners: NDArray[np.int64]) -> NDArray[np.float32]:
    """One unit vector a class: the mean of the unit vectors of its texts, made unit again.

    (Prompt ensembling in embedding space, Radford et al., arXiv 2103.00020, section 3.1.4.)

    Args:
        texts: (t, dim) unit rows.
        owners: (t,) the class of each text, 0 to classes - 1.

    Returns:
        (classes, dim) float32; a class without a direction (texts that cancel out) is zero.
    """
    sums = np.zeros((int(owners.max()) + 1, texts.shape[1]), np.float64)
    np.add.at(sums, owners, texts)
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return (sums / np.where(norms > 0, norms, 1)).astype(np.float32)


def zero_shot(
    photos: NDArray[np.float32],
    classes: NDArray[np.float32],
    truths: Sequence[frozenset[int]],
) -> ZeroShotMetrics:
    """Classify every photo; of equal scores half (rounded down) count as better.

    Args:
        photos: (n, dim) unit rows.
        classes: (k, dim) unit rows, see ``class_embeddings``.
        truths: n sets of right classes; a photo is right if any of them comes first.

    Raises:
        ValueError: a photo has no class, or there are no photos.
    """
    if not len(photos) or len(photos) != len(truths) or not all(truths):
        raise ValueError("every photo needs a class, and there must be one")
    scores = photos @ classes.T
    right = np.zeros(scores.shape, np.bool_)
    for row, own in enumerate(truths):
        right[row, sorted(own)] = True
    best = np.where(right, scores, -np.inf).max(1)[:, None]
    ranks = 1 + (scores > best).sum(1) + ((scores == best) & ~right).sum(1) // 2
    first = ranks == 1
    by_class = [first[right[:, column]].mean() for column in np.flatnonzero(right.any(0))]
    return ZeroShotMetrics(
        float(first.mean() * 100),
        float((ranks <= 5).mean() * 100),
        float(np.mean(by_class) * 100),
        len(classes),
        len(photos),
    )
