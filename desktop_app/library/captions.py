"""Captions for a photo: sentences made for it, and the nearest that people wrote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from desktop_app.errors import ModelMismatch, UsageError
from desktop_app.inference.encoders import TextEncoder
from desktop_app.library.caption_collections import CaptionCollections
from desktop_app.library.heads import Heads
from desktop_app.library.photo_encodings import PhotoEncoding, PhotoEncodings

Source = Literal["generated", "collection"]
_BEAMS = 8
_LEAST_CANDIDATES = 8
"""Sentences, and captions by cosine, that the matcher chooses among."""
_SLICE_S = 0.2
"""Embedding captions that are new must not keep a window waiting."""


@dataclass(frozen=True)
class Caption:
    """One sentence about a photo."""

    text: str
    score: float
    """Probability that it describes the photo, by the matcher; without one the cosine."""
    source: Source


@dataclass(frozen=True)
class PhotoCaptions:
    """What a photo may be called, the best first."""

    path: Path
    captions: tuple[Caption, ...]


class PhotoCaptioner:
    """Finds captions. Lives on the thread of its catalogue."""

    def __init__(
        self,
        heads: Heads,
        text_encoder: Callable[[], TextEncoder],
        photos: PhotoEncodings,
        collections: CaptionCollections,
    ) -> None:
        self._heads = heads
        self._text_encoder = text_encoder
        self._photos = photos
        self._collections = collections

    def captions_of(self, path: Path, count: int = 3, photo_id: int | None = None) -> PhotoCaptions:
        """At most ``count`` captions of each source for a photo, which need not be indexed.

        The file of one that is given with its ``photo_id`` need not be there.

        Captions of collections that are not embedded yet are embedded first, for a moment; what
        remains is left out (``CaptionCollections.embed`` does them all).

        Raises:
            UsageError: count is not positive.
            PhotoError: the photo cannot be used; the message is a sentence.
            ModelError: the model has no captioner and there is no collection, or it cannot be
                used.
        """
        if count < 1:
            raise UsageError(f"{count} captions cannot be shown.", "Ask for at least one.")
        for _ in self._collections.embed(limit_s=_SLICE_S):
            pass
        if not self._heads.has_captioner and not self._collections.all():
            raise ModelMismatch(
                "This model bundle has no captioner, and there are no captions to choose from.",
                "`visita captions import FILE` adds some; --model chooses another model.",
            )
        photo = self._photos.of(path, photo_id)
        candidates = max(count, _LEAST_CANDIDATES)
        generated = self._generated(photo, candidates)
        known = {text.casefold().rstrip(".") for text in generated}
        collected = [
            text
            for text in self._collections.nearest(photo.embedding, candidates)
            if text.casefold().rstrip(".") not in known
        ]
        texts = [*generated, *collected]
        scores = self._scores(texts, photo)
        found = [
            Caption(text, score, "generated" if number < len(generated) else "collection")
            for number, (text, score) in enumerate(zip(texts, scores, strict=True))
        ]
        found.sort(key=lambda caption: -caption.score)
        best = [
            caption
            for source in ("generated", "collection")
            for caption in [c for c in found if c.source == source][:count]
        ]
        return PhotoCaptions(path, tuple(sorted(best, key=lambda caption: -caption.score)))

    def _generated(self, photo: PhotoEncoding, count: int) -> list[str]:
        if not self._heads.has_captioner:
            return []
        captioner = self._heads.captioner()
        found = captioner.captions(photo.embedding, photo.require_tokens(), _BEAMS, count)
        return [caption.text for caption in found]

    def _scores(self, texts: Sequence[str], photo: PhotoEncoding) -> list[float]:
        if not texts:
            return []
        encoder = self._text_encoder()
        if not self._heads.has_matcher:
            cosines: list[float] = (encoder.encode(texts) @ photo.embedding).tolist()
            return cosines
        encoded = [encoder.encode_all(text) for text in texts]
        n = len(texts)
        logits = self._heads.matcher().judge(
            encoded,
            np.repeat(photo.embedding[None], n, 0),
            np.repeat(photo.require_tokens()[None], n, 0),
        )
        probabilities: list[float] = (0.5 * (1 + np.tanh(0.5 * logits))).tolist()
        return probabilities
