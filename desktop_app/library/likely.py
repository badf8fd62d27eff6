"""The bar that a hit must pass to be likely, kept for one library while it changes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from desktop_app.library.relevance import BINS, Background, ScorePicture, least_likely_score

SAMPLE = 4096
"""Photos that stand for a library: they are compared with each query in less than 1 ms."""
_NEUTRAL_PHOTOS = 16
_GROWTH = 1.1


class LikelyBar:
    """Knows how this library scores. Lives on the thread of its catalogue.

    A sample of the library is taken at the first query, and anew when the catalogue has changed
    by a tenth.
    """

    def __init__(
        self,
        sample: Callable[[int], NDArray[np.float32]],
        change_seq: Callable[[], int],
        neutral_texts: Callable[[], NDArray[np.float32]],
    ) -> None:
        """Where the numbers come from.

        Args:
            sample: at most so many embeddings (n, dim) of the library.
            change_seq: counts the changes of the library.
            neutral_texts: embeddings (t, dim) of texts that mean nothing in particular.
        """
        self._sample = sample
        self._change_seq = change_seq
        self._neutral_texts = neutral_texts
        self._photos: NDArray[np.float32] | None = None
        self._sampled_at = 0
        self._for_texts: Background | None = None
        self._for_photos: Background | None = None

    def least_score(
        self,
        query: NDArray[np.float32],
        *,
        is_text: bool,
        is_mixed: bool = False,
        strictness: float = 0.0,
    ) -> float:
        """The score from which on a hit of this query is likely; -1 in an empty library.

        Args:
            query: (dim,) float32, unit.
            is_text: it is made of texts alone; photos resemble photos more than texts do.
            is_mixed: it is a sum of several parts.
            strictness: -1 to 1, how far a person moved the bar down or up.
        """
        photos = self._library()
        if not len(photos):
            return -1.0
        background = self._background(photos, is_text)
        return least_likely_score(
            photos @ query, background, is_mixed=is_mixed, strictness=strictness
        )

    def picture(
        self,
        query: NDArray[np.float32],
        *,
        is_text: bool,
        is_mixed: bool = False,
        strictness: float = 0.0,
    ) -> ScorePicture:
        """How the library scores for this query, and where the bar is; as ``least_score``."""
        photos = self._library()
        if not len(photos):
            return ScorePicture(-1.0, -1.0, -1.0, 1.0, (0,) * BINS, 0, 0.0)
        background, scores = self._background(photos, is_text), photos @ query
        least = least_likely_score(scores, background, is_mixed=is_mixed, strictness=strictness)
        return ScorePicture.of(scores, background, least)

    def _library(self) -> NDArray[np.float32]:
        seq = self._change_seq()
        photos = self._photos
        was_empty = photos is not None and not len(photos) and seq != self._sampled_at
        if photos is None or was_empty or seq > _GROWTH * self._sampled_at + 1:
            self._photos = photos = self._sample(SAMPLE)
            self._sampled_at = seq
            self._for_texts = self._for_photos = None
        return photos

    def _background(self, photos: NDArray[np.float32], is_text: bool) -> Background:
        if is_text:
            if self._for_texts is None:
                self._for_texts = Background.of(self._neutral_texts() @ photos.T)
            return self._for_texts
        if self._for_photos is None:
            chosen = np.unique(np.linspace(0, len(photos) - 1, _NEUTRAL_PHOTOS).astype(int))
            scores = photos[chosen] @ photos.T
            if len(photos) > 1:  # that a photo resembles itself is no measure
                others = np.arange(len(photos)) != chosen[:, None]
                scores = scores[others].reshape(len(chosen), -1)
            self._for_photos = Background.of(scores)
        return self._for_photos
