"""Which regions of a photo answer which words of a text, in numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from desktop_app.inference.encoders import EncodedText
from desktop_app.inference.matcher import MatchScores
from training.evaluate import CheckpointEncoder, DualEncoder

_SHARPNESS = 10.0
"""The matcher's own weight of a word's cosine to its best region."""

Array = NDArray[np.float32]


@runtime_checkable
class LookingEncoder(DualEncoder, Protocol):
    """An encoder whose matcher shows where it looks."""

    can_match: bool

    def see(self, pixels: Array) -> tuple[Array, Array]:
        """(n, 3, s, s) -> embeddings (n, dim) and compact tokens (n, regions, width)."""

    def read(self, texts: Sequence[str]) -> list[EncodedText]:
        """Texts -> what the matcher looks at."""

    def look(self, text: EncodedText, embeddings: Array, tokens: Array) -> MatchScores:
        """One text and n photos -> how well they match, and which region answers which word."""


@dataclass(frozen=True, eq=False)
class WordHeat:
    """How well each region of a photo fits one word in its sentence."""

    word: str
    grid: Array
    """(side, side) cosines in [-1, 1], from the top left."""

    @property
    def best(self) -> float:
        """The cosine of the region that fits best."""
        return float(self.grid.max())

    @property
    def entropy(self) -> float:
        """Of softmax(10 * cosine) over the regions; 1 = all regions fit alike."""
        weights = np.exp(_SHARPNESS * (self.grid.ravel() - self.grid.max()).astype(np.float64))
        weights /= weights.sum()
        return float(-(weights * np.log(weights)).sum() / math.log(weights.size))


@dataclass(frozen=True, eq=False)
class Look:
    """What the matcher saw when it compared a text with a photo."""

    match: float
    """Probability that the text describes the photo."""
    words: tuple[WordHeat, ...]
    layer_entropy: tuple[float, ...]
    """Of each layer's attention of words to regions, 1 = uniform; empty for a bundle."""


def require_looking(encoder: DualEncoder) -> LookingEncoder:
    """The encoder, if it has a matcher.

    Raises:
        ValueError: it has none.
    """
    if not isinstance(encoder, LookingEncoder) or not encoder.can_match:
        raise ValueError(
            "this model has no matcher, so it has no attention between words and photo"
        )
    return encoder


def look_at(encoder: LookingEncoder, pixels: Array, text: str, words: Sequence[str]) -> Look:
    """Compare a text with a photo.

    Args:
        encoder: has a matcher.
        pixels: (3, s, s) float32 in [0, 1].
        text: what may be in the photo.
        words: those of its words that are asked for.

    Raises:
        ValueError: the text does not have one of the words.
    """
    embeddings, tokens = encoder.see(pixels[None])
    (read,) = encoder.read([text])
    scores = encoder.look(read, embeddings, tokens)
    entropies: Sequence[float] = ()
    if isinstance(encoder, CheckpointEncoder):
        entropies = encoder.attention_entropy(read, embeddings[0], tokens[0])
    heats = tuple(_heat(word, read, scores.word_regions[0]) for word in words)
    return Look(float(scores.probability[0]), heats, tuple(entropies))


def _heat(word: str, text: EncodedText, token_regions: Array) -> WordHeat:
    """The mean over the word's pieces."""
    if word not in text.words:
        raise ValueError(f"the text has no word {word!r}, only {', '.join(text.words)}")
    rows = token_regions[text.word_of_token == text.words.index(word)]
    side = math.isqrt(rows.shape[1])
    return WordHeat(word, rows.mean(0).reshape(side, side))
