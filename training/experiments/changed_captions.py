"""The same photos with other captions, or without: fewer pairs, wrong pairs.

The photos stay in their places and keep their names, so the features of frozen trunks that are
cached for the whole set serve every variant; a photo without captions is not trained on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from training.data.source import PhotoSet, PhotoSource


class ChangedCaptions(PhotoSet):
    """A photo set whose photos have the captions that are given here."""

    def __init__(self, photos: PhotoSource, captions: Sequence[tuple[str, ...]]) -> None:
        """Give every photo its captions, in the order of the photos."""
        records = (
            replace(photo, captions=own) for photo, own in zip(photos.photos, captions, strict=True)
        )
        super().__init__(photos.source, photos.split, records)
        self._inner = photos

    @property
    def sampling_weights(self) -> NDArray[np.float64]:
        """(photos,) float64: those of the set within."""
        return self._inner.sampling_weights

    def read(self, index: int) -> bytes:
        """The encoded bytes of one photo."""
        return self._inner.read(index)

    def open(self, index: int) -> Image.Image:
        """Decode one photo to RGB."""
        return self._inner.open(index)

    def pixels(self, index: int, image_size: int) -> NDArray[np.float32]:
        """One photo as the app would feed it: (3, image_size, image_size) float32 in [0, 1]."""
        return self._inner.pixels(index, image_size)


def captioned_rows(photos: PhotoSource) -> list[int]:
    """The photos that have captions."""
    return [row for row, photo in enumerate(photos.photos) if photo.captions]


def kept_count(photos: PhotoSource, share: float) -> int:
    """How many photos keep their captions, at least one.

    Raises:
        ValueError: the share is not above zero and at most one.
    """
    if not 0 < share <= 1:
        raise ValueError(f"a share is above 0 and at most 1, not {share}")
    return max(1, round(share * len(captioned_rows(photos))))


def with_share(photos: PhotoSource, share: float, seed: int) -> PhotoSource:
    """Take their captions from all but a share of the photos.

    The photos of a smaller share are among those of a larger one.
    """
    if share == 1:
        return photos
    kept = set(_drawn(photos, seed)[: kept_count(photos, share)].tolist())
    return only(photos, [row in kept for row in range(len(photos))])


def with_wrong(photos: PhotoSource, share: float, seed: int) -> PhotoSource:
    """Give a share of the photos the captions of another photo among them.

    None keeps its own: they are passed on in a circle. With one photo there is none to swap with.
    """
    rows = _drawn(photos, seed)
    rows = rows[: round(share * len(rows))]
    captions = [photo.captions for photo in photos.photos]
    for row, other in zip(rows, np.roll(rows, 1), strict=True):
        captions[row] = photos.photos[other].captions
    return ChangedCaptions(photos, captions) if len(rows) else photos


def only(photos: PhotoSource, kept: Sequence[bool]) -> PhotoSource:
    """Take their captions from the photos that are not kept."""
    captions = [p.captions if own else () for p, own in zip(photos.photos, kept, strict=True)]
    return ChangedCaptions(photos, captions)


def _drawn(photos: PhotoSource, seed: int) -> NDArray[np.int64]:
    """The captioned photos in a random order that the seed decides."""
    rows = np.array(captioned_rows(photos), np.int64)
    return np.random.default_rng([seed, 20]).permutation(rows)
