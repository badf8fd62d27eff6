"""Systems of every kind behind one face: photos and captions in, scores and prices out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from training.baselines.baseline import Encoded
from training.baselines.encoder import BaselineEncoder
from training.cost import graph_parameters, parameters
from training.data.source import PhotoSource
from training.evaluate import BundleEncoder, CheckpointEncoder, DualEncoder, embed, open_encoder
from training.ranking import Ranked, above, by_cosine, looked_again
from training.rerank import DEPTH
from training.second_look import MatchingEncoder, read_texts, see_photos

_MIB = 2**20
_BATCH = 32
_TOWERS = ("image_tower.", "text_tower.", "image_kernels.", "text_kernels.", "kernel_weights.")
_MAPS = ("linear_map.",)
_HEADS = ("matcher.",)

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """What an answer needs, and no more: neither captioner nor momentum model."""

    parameters: int
    mib: float
    """Of the bundle's files; of what is no bundle, its weights in float32."""


class Contender(Protocol):
    """A system that is measured."""

    image_size: int
    weights: Weights

    def see(self, pixels: Array) -> object:
        """(n, 3, s, s) float32 in [0, 1] -> all that it keeps of n photos."""

    def read(self, texts: Sequence[str]) -> object:
        """n texts -> all that it makes of them before it meets a photo."""

    def rank(self, dataset: PhotoSource) -> Ranked:
        """Every caption with every photo of a set, from pixels and words."""

    def answer(self, text: str) -> Array:
        """(n,) scores of the photos that were ranked last, as one query of a user gets them."""


class DualContender:
    """Embeddings and their inner products."""

    def __init__(self, encoder: DualEncoder) -> None:
        self._encoder = encoder
        self.image_size = encoder.image_size
        self.weights = _weights(encoder, with_matcher=False)
        self._photos: Array = np.zeros((0, 0), np.float32)

    def see(self, pixels: Array) -> object:
        """(n, 3, s, s) -> (n, dim)."""
        return self._encoder.encode_photos(pixels)

    def read(self, texts: Sequence[str]) -> object:
        """n texts -> (n, dim)."""
        return self._encoder.encode_texts(texts)

    def rank(self, dataset: PhotoSource) -> Ranked:
        """By cosine."""
        embedded = embed(self._encoder, dataset)
        self._photos = embedded.photos
        return by_cosine(embedded.photos, embedded.texts)

    def answer(self, text: str) -> Array:
        """One query: its embedding, and a product with all photos'."""
        scores: Array = self._photos @ self._encoder.encode_texts([text])[0]
        return scores


class MatchingContender:
    """Embeddings first, then the matcher looks again at the best hits."""

    def __init__(self, encoder: MatchingEncoder, depth: int = DEPTH) -> None:
        """Take an encoder with a matcher.

        Raises:
            ValueError: it has none.
        """
        if not encoder.can_match:
            raise ValueError("this model has no matcher")
        self._encoder = encoder
        self._depth = depth
        self.image_size = encoder.image_size
        self.weights = _weights(encoder, with_matcher=True)
        self._photos: Array = np.zeros((0, 0), np.float32)
        self._tokens: Array = np.zeros((0, 0, 0), np.float32)

    def see(self, pixels: Array) -> object:
        """(n, 3, s, s) -> embeddings and tokens."""
        return self._encoder.see(pixels)

    def read(self, texts: Sequence[str]) -> object:
        """n texts -> embeddings and states."""
        return self._encoder.read(texts)

    def rank(self, dataset: PhotoSource) -> Ranked:
        """By cosine, then the best hits of each query by the matcher."""
        self._photos, self._tokens = see_photos(self._encoder, dataset)
        read = read_texts(self._encoder, dataset.captions)
        first = by_cosine(self._photos, np.stack([text.embedding for text in read]))

        def judge(photos: NDArray[np.int64], texts: NDArray[np.int64]) -> Array:
            asked = [read[row] for row in texts]
            return self._encoder.match(asked, self._photos[photos], self._tokens[photos])

        return looked_again(first, judge, self._depth)

    def answer(self, text: str) -> Array:
        """One query, both looks."""
        (read,) = self._encoder.read([text])
        scores: Array = self._photos @ read.embedding
        best = np.argsort(-scores, kind="stable")[: self._depth]
        judged = self._encoder.match([read] * len(best), self._photos[best], self._tokens[best])
        scores[best] = above(scores, judged)
        return scores


class BaselineContender:
    """A baseline, whatever its scores are made of."""

    def __init__(self, encoder: BaselineEncoder) -> None:
        self._encoder = encoder
        self.image_size = encoder.image_size
        count = encoder.model.answering()
        self.weights = Weights(count, count * 4 / _MIB)
        self._photos: Encoded | None = None

    def see(self, pixels: Array) -> object:
        """(n, 3, s, s) -> what it keeps of photos."""
        return self._encoder.see(pixels)

    def read(self, texts: Sequence[str]) -> object:
        """n texts -> what it makes of them."""
        return self._encoder.read(texts)

    def rank(self, dataset: PhotoSource) -> Ranked:
        """Every pair by the baseline's own scores, its second look included."""
        seen = []
        for start in range(0, len(dataset), _BATCH):
            rows = range(start, min(start + _BATCH, len(dataset)))
            pixels = np.stack([dataset.pixels(row, self.image_size) for row in rows])
            seen.append(self._encoder.see(pixels))
        self._photos = Encoded.joined(seen)
        return self._encoder.ranked(self._photos, self._encoder.read(dataset.captions))

    def answer(self, text: str) -> Array:
        """One query with all photos."""
        assert self._photos is not None
        return self._encoder.answer(self._encoder.read([text]), self._photos)


def open_contender(folder: Path, looks_again: bool) -> Contender:
    """A bundle, a checkpoint, or a run.

    Args:
        folder: of any of them.
        looks_again: with the matcher, where that is a choice.

    Raises:
        FileNotFoundError: it is none of these.
        ValueError: there is no matcher.
    """
    encoder = open_encoder(folder)
    if not looks_again:
        return DualContender(encoder)
    if not isinstance(encoder, MatchingEncoder):
        raise ValueError("this model has no matcher")
    return MatchingContender(encoder)


def _weights(encoder: DualEncoder, with_matcher: bool) -> Weights:
    if isinstance(encoder, BundleEncoder):
        manifest = encoder.bundle.manifest
        graphs = [manifest.image_encoder.file, manifest.text_encoder.file]
        if with_matcher and manifest.matcher is not None:
            graphs.append(manifest.matcher.file)
        count = sum(graph_parameters(encoder.bundle.path(file)) for file in graphs)
        files = [*graphs, manifest.tokenizer]
        return Weights(count, sum(manifest.files[file].size_bytes for file in files) / _MIB)
    if isinstance(encoder, CheckpointEncoder):
        parts = (*_TOWERS, *_MAPS, *(_HEADS if with_matcher else ()))
        count = sum(parameters(encoder.model, part) for part in parts)
        if not with_matcher:
            count -= parameters(encoder.model, "image_tower.compact_tokens.")
        return Weights(count, count * 4 / _MIB)
    raise ValueError(f"the weights of a {type(encoder).__name__} cannot be counted")
