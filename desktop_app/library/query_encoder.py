"""What a query's texts and photos ask for: one direction among the embeddings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import UsageError
from desktop_app.inference.encoders import ImageEncoder, TextEncoder
from desktop_app.library.decoder import Decoder
from desktop_app.library.photo_file import named_errors
from desktop_app.library.query import PhotoPart, TextPart
from desktop_app.library.query_paths import photo_path
from desktop_app.library.query_photos import QueryPhotos

NEGATIVE_WEIGHT = 0.5
"""What is pushed away counts half: subtracted whole it would outweigh what is looked for."""
_LEAST_LENGTH = 1e-3

Vector = NDArray[np.float32]


class QueryEncoder:
    """Embeds queries. Lives on one thread; an encoder is loaded when it is first needed."""

    def __init__(
        self,
        decoder: Decoder,
        load_text_encoder: Callable[[], TextEncoder],
        load_image_encoder: Callable[[], ImageEncoder],
    ) -> None:
        self._load_text_encoder = load_text_encoder
        self._load_image_encoder = load_image_encoder
        self._text_encoder: TextEncoder | None = None
        self._image_encoder: ImageEncoder | None = None
        self._photos = QueryPhotos(decoder, self.image)

    @property
    def has_text(self) -> bool:
        """Whether the text encoder is loaded."""
        return self._text_encoder is not None

    @property
    def has_image(self) -> bool:
        """Whether the image encoder is loaded."""
        return self._image_encoder is not None

    def text(self) -> TextEncoder:
        """The text encoder.

        Raises:
            ModelError: it cannot be used.
        """
        if self._text_encoder is None:
            self._text_encoder = self._load_text_encoder()
        return self._text_encoder

    def image(self) -> ImageEncoder:
        """The image encoder.

        Raises:
            ModelError: it cannot be used.
        """
        if self._image_encoder is None:
            self._image_encoder = self._load_image_encoder()
        return self._image_encoder

    def release_image(self) -> None:
        """Give back the memory of the image encoder; the next photo loads it again."""
        self._image_encoder = None

    def of_photo(self, path: Path) -> Vector:
        """(dim,) float32, unit: the embedding of a photo, which need not be in the library.

        Raises:
            PhotoError: the photo cannot be decoded; its message is a bare reason.
            ModelError: the image encoder cannot be used.
        """
        return self._photos.vector(path)

    def direction(self, parts: Sequence[TextPart | PhotoPart]) -> Vector:
        """(dim,) float32, unit: what the parts ask for together.

        The sum of their unit embeddings, each by its weight, those that push away by
        ``NEGATIVE_WEIGHT`` and subtracted.

        Raises:
            UsageError: the parts cancel out.
            PhotoError: one of the photos cannot be used; the message is a sentence.
            ModelError: an encoder cannot be used.
        """
        weights = np.array([p.weight if p.sign > 0 else -NEGATIVE_WEIGHT * p.weight for p in parts])
        weights /= np.abs(weights).max()
        summed = np.sum([w * self._embedding(p) for w, p in zip(weights, parts, strict=True)], 0)
        length = np.linalg.norm(summed)
        if length < _LEAST_LENGTH:
            raise UsageError("The parts of this query cancel each other out.")
        unit: Vector = (summed / length).astype(np.float32)
        return unit

    def _embedding(self, part: TextPart | PhotoPart) -> Vector:
        if isinstance(part, TextPart):
            vector: Vector = self.text().encode([part.text])[0]
            return vector
        path = photo_path(part.path)
        with named_errors(path):
            return self.of_photo(path)
