"""Answers queries: text or photo in, ranked photos out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import UsageError
from desktop_app.inference.encoders import ImageEncoder, TextEncoder
from desktop_app.inference.preprocess import preprocess
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import Decoder
from desktop_app.library.records import Photo
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.library.vector_index import IndexStatus, VectorIndex


@dataclass(frozen=True)
class SearchHit:
    """One photo of an answer."""

    rank: int
    """1 is the best."""
    score: float | None
    """Cosine between query and photo; None where nothing was asked."""
    photo: Photo
    thumbnail: Path
    """Where its thumbnail lies, if it has been made."""


class SearchService:
    """Search in one library. Lives on one thread, which also owns catalogue and index.

    Encoders are loaded on first use: showing the newest photos needs none.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        index: VectorIndex,
        thumbnails: ThumbnailStore,
        decoder: Decoder,
        load_text_encoder: Callable[[], TextEncoder],
        load_image_encoder: Callable[[], ImageEncoder],
    ) -> None:
        self.catalogue = catalogue
        self._index = index
        self._thumbnails = thumbnails
        self._decoder = decoder
        self._load_text_encoder = load_text_encoder
        self._load_image_encoder = load_image_encoder
        self._text_encoder: TextEncoder | None = None
        self._image_encoder: ImageEncoder | None = None

    def search_text(self, text: str, k: int) -> list[SearchHit]:
        """The k photos that fit a sentence best.

        Raises:
            UsageError: the text is empty or k is not positive.
            ModelError: the text encoder cannot be used.
        """
        if not text.strip():
            raise UsageError("The query is empty.", "Type what the photo shows.")
        return self._nearest(self._text().encode([text.strip()])[0], k)

    def search_photo(self, path: Path, k: int) -> list[SearchHit]:
        """The k photos most similar to a photo, which need not be in the library.

        Raises:
            PhotoError: the photo cannot be decoded; its message is a bare reason.
            UsageError: k is not positive.
            ModelError: the image encoder cannot be used.
        """
        encoder = self._image()
        size = encoder.manifest.image_size
        decoded = self._decoder.decode(path, size)
        pixels = preprocess(decoded.image, size)
        return self._nearest(encoder.encode(pixels[None])[0], k)

    def newest(self, limit: int) -> list[SearchHit]:
        """The newest photos, newest first."""
        photos = self.catalogue.newest_photos(limit)
        return [self._hit(rank, None, photo) for rank, photo in enumerate(photos, 1)]

    def catch_up(self, slice_s: float = 0.05) -> bool:
        """Let the index follow the catalogue for a moment; True while there is more to do."""
        return self._index.catch_up(slice_s)

    def warm_up(self) -> None:
        """Load the text encoder and run it once, so that the first query is quick."""
        self._text().encode(["a photo"])

    def release_image_encoder(self) -> None:
        """Give back the memory of the image encoder; the next photo query loads it again."""
        self._image_encoder = None

    def status(self) -> IndexStatus:
        """How far the index on disk is."""
        return self._index.status()

    def close(self) -> None:
        """Publish the index and close the catalogue."""
        try:
            self._index.publish()
        finally:
            self.catalogue.close()

    def _text(self) -> TextEncoder:
        if self._text_encoder is None:
            self._text_encoder = self._load_text_encoder()
        return self._text_encoder

    def _image(self) -> ImageEncoder:
        if self._image_encoder is None:
            self._image_encoder = self._load_image_encoder()
        return self._image_encoder

    def _nearest(self, query: NDArray[np.float32], k: int) -> list[SearchHit]:
        if k < 1:
            raise UsageError(f"{k} results cannot be shown.", "Ask for at least one.")
        wanted = k
        while True:
            ids, scores = self._index.search(query, wanted)
            photos = self.catalogue.photos(ids.tolist())
            if len(photos) >= k or len(ids) < wanted:
                break
            wanted *= 2  # some of the nearest are missing now: look further
        found = [(i, s) for i, s in zip(ids.tolist(), scores.tolist(), strict=True) if i in photos]
        return [self._hit(rank, s, photos[i]) for rank, (i, s) in enumerate(found[:k], 1)]

    def _hit(self, rank: int, score: float | None, photo: Photo) -> SearchHit:
        return SearchHit(rank, score, photo, self._thumbnails.path(photo.content_hash))
