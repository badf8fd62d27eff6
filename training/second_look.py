"""Measure retrieval without and with the matcher's second look, for bundles and checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from desktop_app.inference.encoders import EncodedText
from training.data.source import PhotoSource
from training.evaluate import DualEncoder, Evaluation, score
from training.rerank import DEPTH, score_again

_BATCH = 32

Array = NDArray[np.float32]


@runtime_checkable
class MatchingEncoder(DualEncoder, Protocol):
    """An encoder that also judges pairs."""

    can_match: bool

    def see(self, pixels: Array) -> tuple[Array, Array]:
        """(n, 3, s, s) -> embeddings (n, dim) and compact tokens (n, regions, width)."""

    def read(self, texts: Sequence[str]) -> list[EncodedText]:
        """Texts -> what the matcher looks at."""

    def match(self, texts: Sequence[EncodedText], embeddings: Array, tokens: Array) -> Array:
        """n pairs -> (n,) logits, higher = better."""


@dataclass(frozen=True)
class BothEvaluations:
    """Retrieval by embeddings alone, and with the best hits ranked again."""

    plain: Evaluation
    reranked: Evaluation
    depth: int

    def to_json(self) -> dict[str, Any]:
        """The plain figures, and ``reranked`` with the same keys and the depth."""
        again = self.reranked.to_json()
        kept = {name: again[name] for name in ("text_to_image", "image_to_text")}
        return {**self.plain.to_json(), "reranked": {"depth": self.depth, **kept}}


def evaluate_again(
    encoder: DualEncoder, dataset: PhotoSource, depth: int = DEPTH
) -> BothEvaluations:
    """Rank every caption against every photo and back, then the best hits by the matcher.

    Args:
        encoder: has a matcher.
        dataset: captioned photos.
        depth: hits of each query that are judged again.

    Raises:
        ValueError: there is no matcher, or there are no captions.
    """
    if not isinstance(encoder, MatchingEncoder) or not encoder.can_match:
        raise ValueError("this model has no matcher")
    captions = dataset.captions
    if not captions:
        raise ValueError(f"{dataset.source} has no captions in the split {dataset.split!r}")
    photos, tokens = see_photos(encoder, dataset)
    texts = read_texts(encoder, captions)
    embeddings = np.stack([text.embedding for text in texts])
    pairs = min(depth, len(photos)) * len(captions) + min(depth, len(captions)) * len(photos)
    with tqdm(total=pairs, desc="judging pairs", unit="pair", disable=None) as progress:

        def judge(photo_rows: NDArray[np.int64], text_rows: NDArray[np.int64]) -> Array:
            asked = [texts[row] for row in text_rows]
            logits = encoder.match(asked, photos[photo_rows], tokens[photo_rows])
            progress.update(len(logits))
            return logits

        owners = dataset.caption_owners
        again = score_again(photos, embeddings, owners, judge, depth)
    return BothEvaluations(score(photos, embeddings, owners), again, depth)


def read_texts(encoder: MatchingEncoder, captions: Sequence[str]) -> list[EncodedText]:
    """Captions -> what the matcher looks at, batch by batch."""
    texts: list[EncodedText] = []
    for start in tqdm(range(0, len(captions), _BATCH), desc="reading captions", disable=None):
        texts += encoder.read(captions[start : start + _BATCH])
    return texts


def see_photos(encoder: MatchingEncoder, dataset: PhotoSource) -> tuple[Array, Array]:
    """Photos -> (n, dim) embeddings and (n, regions, width) compact tokens, batch by batch."""
    embeddings, tokens = [], []
    for start in tqdm(range(0, len(dataset), _BATCH), desc="seeing photos", disable=None):
        rows = range(start, min(start + _BATCH, len(dataset)))
        pixels = np.stack([dataset.pixels(row, encoder.image_size) for row in rows])
        seen = encoder.see(pixels)
        embeddings.append(seen[0])
        tokens.append(seen[1])
    return np.concatenate(embeddings), np.concatenate(tokens)
