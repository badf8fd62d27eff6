"""Why a photo is a hit: what its score is made of, and which regions answer which word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import UsageError
from desktop_app.inference.bundle import ModelManifest
from desktop_app.inference.encoders import Array, TextEncoder
from desktop_app.library.explaining import Explainer, WordMap
from desktop_app.library.heads import Heads
from desktop_app.library.photo_encodings import PhotoEncodings
from desktop_app.library.query import PhotoPart, Query, TextPart

Parts = Sequence[TextPart | PhotoPart]


@dataclass(frozen=True)
class KernelShare:
    """What one kernel adds to a cosine."""

    name: str
    """As the bundle calls it: linear, polynomial, gaussian and its bandwidth."""
    weight: float
    """alpha, in [0, 1]: of all kernels together, how much this one can say."""
    share: float
    """alpha_m k_m(query, photo); the shares of all kernels sum to the cosine."""


@dataclass(frozen=True)
class MatchReasons:
    """What can be said about one photo and one query."""

    path: Path
    score: float
    """The hit's: ``cosine`` and ``bonus``, at most 1."""
    cosine: float
    bonus: float
    """For words that people wrote about the photo; 0 where there are none of the query's."""
    kernels: tuple[KernelShare, ...]
    """In the order of the embedding; empty where the bundle does not tell its parts."""
    words: tuple[WordMap, ...]
    """Of the texts that are looked for; empty without a matcher or without such texts."""
    match: float | None
    """Probability that the texts describe the photo, the least of several; None as ``words``."""


class MatchReasoner:
    """Gives reasons for hits. Lives on the thread of its catalogue."""

    def __init__(
        self,
        heads: Heads,
        text_encoder: Callable[[], TextEncoder],
        photos: PhotoEncodings,
        direction: Callable[[Parts], Array],
        bonuses: Callable[[Parts], Mapping[int, float]],
    ) -> None:
        """Collaborators.

        Args:
            heads: the matcher, where there is one.
            text_encoder: reads the texts for the matcher.
            photos: gives the photos' embeddings.
            direction: the unit vector (dim,) that a query's parts ask for.
            bonuses: by photo id, what its own words add to its cosine.
        """
        self.explainer = Explainer(heads, text_encoder, photos)
        self._heads = heads
        self._photos = photos
        self._direction = direction
        self._bonuses = bonuses
        # People look at one hit after the other: the query is encoded for the first of them.
        self._asked: tuple[Query, Array, Mapping[int, float]] | None = None

    def why(self, query: Query, path: Path, photo_id: int | None = None) -> MatchReasons:
        """Take apart the score of a photo, which need not be in the library.

        Args:
            query: has texts or photos.
            path: of the photo.
            photo_id: of the photo, where it is known; its file need not be there then.

        Raises:
            UsageError: the query has neither text nor photo, or its parts cancel out.
            PhotoError: a photo cannot be used; the message is a sentence.
            ModelError: the model cannot be used.
        """
        if not query.parts:
            raise UsageError("Filters alone give no score.", "Add words or a photo.")
        direction, bonuses = self._of_query(query)
        photo = self._photos.of(path, photo_id)
        cosine = float(direction @ photo.embedding)
        bonus = 0.0 if photo_id is None else bonuses.get(photo_id, 0.0)
        texts = [p.text for p in query.parts if isinstance(p, TextPart) and p.sign > 0]
        found = []
        if self._heads.has_matcher:
            found = [self.explainer.explain(text, path, None, photo_id) for text in texts]
        return MatchReasons(
            path=path,
            score=min(1.0, cosine + bonus) if bonus else cosine,
            cosine=cosine,
            bonus=bonus,
            kernels=kernel_shares(self._heads.manifest, direction, photo.embedding),
            words=tuple(word for explanation in found for word in explanation.words),
            match=min((explanation.match for explanation in found), default=None),
        )

    def _of_query(self, query: Query) -> tuple[Array, Mapping[int, float]]:
        if self._asked is None or self._asked[0] != query:
            self._asked = (query, self._direction(query.parts), self._bonuses(query.parts))
        return self._asked[1:]


def kernel_shares(
    manifest: ModelManifest, query: NDArray[np.float32], photo: NDArray[np.float32]
) -> tuple[KernelShare, ...]:
    """The cosine of two embeddings (dim,), by kernel.

    An embedding is concat_m sqrt(alpha_m) phi_m, so its inner product with another is the sum
    over m of alpha_m k_m, and each part of the numbers gives one of its terms.
    """
    return tuple(
        KernelShare(name, manifest.kernel_weights[name], float(query[part] @ photo[part]))
        for name, part in manifest.kernel_slices.items()
    )
