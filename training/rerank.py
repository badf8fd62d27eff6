"""Retrieval with the matcher's second look at the best candidates, as the app does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from training.evaluate import Evaluation, score
from training.metrics import summary
from training.model.visita import VisitaModel

_PAIRS = 2048
DEPTH = 50
"""Candidates that are looked at again."""

Array = NDArray[np.float32]


class PairScorer(Protocol):
    """Judges pairs of photos and texts by their numbers."""

    def __call__(self, photos: NDArray[np.int64], texts: NDArray[np.int64], /) -> Array:
        """(p,) photo rows and (p,) text rows -> (p,) logits."""


def reranked(
    model: VisitaModel,
    photos: Array,
    regions: Array,
    texts: Array,
    states: Sequence[NDArray[np.float16]],
    owners: NDArray[np.int64],
    depth: int = 20,
) -> tuple[Evaluation, Evaluation]:
    """Retrieval without and with the matcher of a torch model.

    Args:
        model: has a matcher.
        photos: (n, dim) embeddings.
        regions: (n, regions, width) compact tokens.
        texts: (c, dim) embeddings.
        states: per caption its (l, text width) token states.
        owners: (c,) the photo of each caption.
        depth: candidates that the matcher looks at.
    """
    matcher = model.matcher
    if matcher is None:
        raise ValueError("this model has no matcher")
    device = next(matcher.parameters()).device

    @torch.no_grad()
    def judge(photo_rows: NDArray[np.int64], text_rows: NDArray[np.int64]) -> Array:
        longest = max(len(states[row]) for row in text_rows)
        padded = np.zeros((len(text_rows), longest, states[0].shape[1]), np.float32)
        mask = np.zeros((len(text_rows), longest), np.int64)
        for place, row in enumerate(text_rows):
            padded[place, : len(states[row])] = states[row]
            mask[place, : len(states[row])] = 1
        arrays = (regions[photo_rows], photos[photo_rows], padded, mask, texts[text_rows])
        with torch.autocast(device.type, torch.bfloat16):
            logits, _ = matcher(*(torch.from_numpy(array).to(device) for array in arrays))
        found: Array = logits.float().cpu().numpy()
        return found

    return score(photos, texts, owners), score_again(photos, texts, owners, judge, depth)


def score_again(
    photos: Array, texts: Array, owners: NDArray[np.int64], judge: PairScorer, depth: int = DEPTH
) -> Evaluation:
    """Rank by cosine, then the first ``depth`` of each query by the judge.

    Args:
        photos: (n, dim) unit rows.
        texts: (c, dim) unit rows.
        owners: (c,) the photo of each caption.
        judge: scores pairs.
        depth: candidates of each query that are scored again; the others stay behind them.
    """
    scores = texts @ photos.T
    to_image = _ranks(scores, owners[:, None] == np.arange(len(photos)), judge, depth, False)
    asking = np.unique(owners)
    is_own = asking[:, None] == owners
    to_text = _ranks(scores.T[asking], is_own, judge, depth, True, asking)
    return Evaluation(len(photos), len(texts), summary(to_image), summary(to_text))


def _ranks(
    scores: Array,
    is_own: NDArray[np.bool_],
    judge: PairScorer,
    depth: int,
    asks_with_photo: bool,
    numbers: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """(q,) rank of the best right answer of each query."""
    depth = min(depth, scores.shape[1])
    order = np.argsort(-scores, 1, kind="stable")
    first = order[:, :depth]
    asking = np.arange(len(scores)) if numbers is None else numbers
    queries = np.repeat(asking, depth)
    candidates = first.ravel()
    logits = np.empty(len(queries), np.float32)
    for start in range(0, len(queries), _PAIRS):
        rows = slice(start, start + _PAIRS)
        pair = (queries[rows], candidates[rows])
        logits[rows] = judge(*pair) if asks_with_photo else judge(pair[1], pair[0])
    again = np.argsort(-logits.reshape(first.shape), 1, kind="stable")
    order[:, :depth] = np.take_along_axis(first, again, 1)
    right = np.take_along_axis(is_own, order, 1)
    ranks: NDArray[np.int64] = 1 + right.argmax(1)
    return ranks
