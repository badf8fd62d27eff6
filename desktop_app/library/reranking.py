"""A second look at the best hits: the matcher sees words and regions together, cosine does not."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from desktop_app.errors import ModelMismatch
from desktop_app.inference.encoders import Array, TextEncoder
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.heads import Heads
from desktop_app.library.query import Query, TextPart

if TYPE_CHECKING:  # which itself uses this module
    from desktop_app.library.search import SearchHit

DEPTH = 20
"""Hits that are looked at again. What is right lies seldom deeper: looking at 50 puts no more right
photos among the first ten (docs/benchmarks.md), and each hit costs 0.2 ms."""
LOGITS_PER_COSINE = 20.0
"""The matcher's scale of a cosine when its training begins: what a bonus upon a cosine is worth."""


class Reranker:
    """Orders hits by the matcher. Lives on the thread of its catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        heads: Heads,
        text_encoder: Callable[[], TextEncoder],
        negative_weight: float,
    ) -> None:
        """Collaborators; ``negative_weight`` is what a text to push away counts."""
        self._catalogue = catalogue
        self._heads = heads
        self._text_encoder = text_encoder
        self._negative_weight = negative_weight

    @property
    def is_possible(self) -> bool:
        """Whether the model has a matcher."""
        return self._heads.has_matcher

    def applies_to(self, query: Query) -> bool:
        """Whether there is something to do: texts alone, and hits in the order of relevance."""
        return (
            self.is_possible
            and bool(query.parts)
            and query.order == "relevance"
            and all(isinstance(part, TextPart) for part in query.parts)
        )

    def reranked(
        self, hits: Sequence[SearchHit], query: Query, bonuses: Mapping[int, float]
    ) -> list[SearchHit]:
        """The same hits, the first ``DEPTH`` of them in the order of the matcher.

        Likely hits stay in front of the others, because cosine alone knows the whole library. A
        photo without image tokens keeps its place.

        Args:
            hits: the best first, by cosine.
            query: one that this applies to.
            bonuses: by photo, what its words added to its cosine.

        Raises:
            ModelError: text encoder or matcher cannot be used.
        """
        texts = [part for part in query.parts if isinstance(part, TextPart)]
        logits = self.logits([hit.photo.photo_id for hit in hits[:DEPTH]], texts)
        merits = {i: logit + LOGITS_PER_COSINE * bonuses.get(i, 0.0) for i, logit in logits.items()}
        ranked: list[SearchHit] = []
        for is_likely in (True, False):
            group = [hit for hit in hits[:DEPTH] if hit.likely is is_likely]
            judged = [hit for hit in group if hit.photo.photo_id in logits]
            best = iter(sorted(judged, key=lambda hit: -merits[hit.photo.photo_id]))
            ranked += [next(best) if hit.photo.photo_id in logits else hit for hit in group]
        return [
            replace(hit, rank=rank, match=_probability(logits.get(hit.photo.photo_id)))
            for rank, hit in enumerate((*ranked, *hits[DEPTH:]), 1)
        ]

    def logits(self, photo_ids: Sequence[int], texts: Sequence[TextPart]) -> dict[int, float]:
        """By photo that has image tokens: how well the texts together describe it.

        The weighted mean of the wanted texts' logits. A text to push away costs softplus(logit),
        which is -log(1 - probability): much where it fits, nothing where it does not, however
        clearly it does not. Without any wanted text, the weighted mean of the negated logits.

        Raises:
            ModelError: text encoder or matcher cannot be used.
        """
        embeddings, tokens, ids = self._photos(photo_ids)
        if not ids:
            return {}
        scale = sum(part.weight for part in texts if part.sign > 0)
        total = np.zeros(len(ids), np.float64)
        for part in texts:
            text = self._text_encoder().encode_all(part.text)
            logit = self._heads.matcher().score(text, embeddings, tokens).logits.astype(np.float64)
            if part.sign > 0:
                total += part.weight / scale * logit
            elif scale:
                total -= self._negative_weight * part.weight / scale * np.logaddexp(0, logit)
            else:
                total -= part.weight / sum(other.weight for other in texts) * logit
        return dict(zip(ids, total.tolist(), strict=True))

    def _photos(self, photo_ids: Sequence[int]) -> tuple[Array, Array, list[int]]:
        """(n, dim), (n, regions, width) and the ids of those photos that have both."""
        manifest, shape = self._heads.manifest, self._heads.tokens_shape
        if shape is None:
            raise ModelMismatch("This model bundle makes no image tokens.")
        tokens = self._catalogue.tokens.of(photo_ids, manifest.model_id, shape)
        ids, embeddings = self._catalogue.embeddings.vectors(list(tokens), manifest.model_id)
        stacked = np.zeros((len(ids), *shape), np.float32)
        for row, photo_id in enumerate(ids.tolist()):
            stacked[row] = tokens[photo_id]
        return embeddings, stacked, ids.tolist()


def _probability(logit: float | None) -> float | None:
    # tanh form: no overflow for large negative logits
    return None if logit is None else 0.5 * (1 + math.tanh(0.5 * logit))
