"""Where an answer stops being about the query. Pure functions on scores.

A fixed score cannot say: every query has its own level and spread in a library, and every model
its own scale. So two bars are set for each query, by queries that mean nothing in particular:

* the *rise*: measured in spreads above the query's own middle, a likely hit rises nearly as high
  as the best percent of the library does for a query without meaning;
* the *level*: it scores as well as that percent. Without it, the best of a library that has
  nothing to the point would stand out and look likely.

Middle and spread are taken from the lower half of the scores, where photos that fit hardly are:
a query that fits a third of the library does not raise its own bar.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEUTRAL_TEXTS = (
    "a photo",
    "an image",
    "a picture of something",
    "a thing",
    "something that can be seen",
    "a place somewhere",
    "some object",
    "this is what it looks like",
    "part of a scene",
    "a snapshot",
    "a view",
    "an example",
    "untitled",
    "a moment",
    "miscellaneous",
    "nothing special",
)
"""Texts that fit every photo, and therefore none in particular."""

CHANCE = 0.01
"""The share of a library that a query without meaning lifts above the level."""
SPREADS_PER_STRICTNESS = 1.5
"""How far a person may move the bar: at 1 so many spreads up, at -1 as many down."""
BINS = 40
RISE_SHARE = 0.8
"""Of that rise: with 360 photos and their captions, 0.8 keeps nine in ten of the right photos."""
_LOW = 0.1
_SPREADS_TO_LOW = 1.2816  # of a normal distribution: its 10 % quantile lies so far below
_LEAST_SPREAD = 1e-6


@dataclass(frozen=True)
class Background:
    """How queries without meaning score in a library."""

    rise: float
    """Spreads from their middle to where their best ``CHANCE`` begins."""
    level: float
    """The score where it begins."""

    @classmethod
    def of(cls, scores: NDArray[np.float32]) -> Background:
        """From the scores (t, n), n > 0, of t such queries against n photos."""
        # medians: one of the queries may have a meaning in this library after all
        levels = np.quantile(scores, 1 - CHANCE, axis=1)
        rises = []
        for row, level in zip(scores, levels, strict=True):
            middle, spread = _middle_and_spread(row)
            rises.append((level - middle) / spread)
        return cls(float(np.median(rises)), float(np.median(levels)))


@dataclass(frozen=True)
class ScorePicture:
    """How a library scores for one query: what a slider for the bar shows."""

    likely_from: float
    """The score from which on a hit is likely."""
    neutral_level: float
    """The score that queries without meaning reach with their best ``CHANCE``."""
    lowest: float
    """Where the first bin begins."""
    highest: float
    """Where the last bin ends."""
    counts: tuple[int, ...]
    """Photos of the sample in ``BINS`` bins of equal width."""
    photos: int
    """In the sample; 0 in an empty library, whose numbers mean nothing."""
    per_strictness: float
    """How far a strictness of 1 moves the bar up, and one of -1 moves it down."""

    @classmethod
    def of(
        cls, scores: NDArray[np.float32], background: Background, likely_from: float
    ) -> ScorePicture:
        """From the scores (n,), n > 0, of a sample."""
        counts, edges = np.histogram(scores, BINS)
        return cls(
            likely_from,
            background.level,
            float(edges[0]),
            float(edges[-1]),
            tuple(int(count) for count in counts),
            len(scores),
            SPREADS_PER_STRICTNESS * _middle_and_spread(scores)[1],
        )


def least_likely_score(
    scores: NDArray[np.float32],
    background: Background,
    *,
    is_mixed: bool = False,
    strictness: float = 0.0,
) -> float:
    """The score from which on a hit is likely.

    Args:
        scores: (n,), n > 0, of the query against the photos of the library or a sample of them.
        background: of the same photos.
        is_mixed: the query is a sum, whose scale is nobody's: its level says nothing.
        strictness: -1 to 1, how far a person moved the bar down or up.
    """
    middle, spread = _middle_and_spread(scores)
    risen = middle + RISE_SHARE * background.rise * spread
    least = risen if is_mixed else max(risen, background.level)
    return least + strictness * SPREADS_PER_STRICTNESS * spread


def _middle_and_spread(scores: NDArray[np.float32]) -> tuple[float, float]:
    low, middle = np.quantile(scores, [_LOW, 0.5])
    return float(middle), max(float(middle - low) / _SPREADS_TO_LOW, _LEAST_SPREAD)
