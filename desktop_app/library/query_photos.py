"""The photos of a query: their embeddings, while somebody types on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.inference.encoders import ImageEncoder
from desktop_app.inference.preprocess import preprocess
from desktop_app.library.decoder import MODEL_SPARE, Decoder

Vector = NDArray[np.float32]

MOST_KEPT = 16


class QueryPhotos:
    """Embeds photos to search by. The last ones are kept until their files change.

    A query is asked again with every letter that is typed beside its photo.
    """

    def __init__(self, decoder: Decoder, encoder: Callable[[], ImageEncoder]) -> None:
        """Collaborators; ``encoder`` is called when a photo has to be encoded."""
        self._decoder = decoder
        self._encoder = encoder
        self._kept: OrderedDict[tuple[Path, int, int], Vector] = OrderedDict()

    def vector(self, path: Path) -> Vector:
        """(dim,) float32, unit: the embedding of a photo.

        Raises:
            PhotoError: the photo cannot be decoded; its message is a bare reason.
            ModelError: the image encoder cannot be used.
        """
        key = self._key(path)
        if key is not None and key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        encoder = self._encoder()
        manifest = encoder.manifest
        decoded = self._decoder.decode(path, manifest.photo_side, MODEL_SPARE)
        pixels = preprocess(decoded.image, manifest.image_size, manifest.image_input)
        vector: Vector = encoder.encode(pixels[None])[0]
        if key is not None:
            self._kept[key] = vector
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return vector

    @staticmethod
    def _key(path: Path) -> tuple[Path, int, int] | None:
        try:
            found = path.stat()
        except (OSError, ValueError):
            return None  # the decoder says in words what is wrong with it
        return path, found.st_size, found.st_mtime_ns
