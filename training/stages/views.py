"""Augmented views of photos, as a photo set: each view of a photo is always the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from training.data.augment import augment_photos
from training.data.source import PhotoSet, PhotoSource


class AugmentedPhotos(PhotoSet):
    """A photo set in which every photo is cropped and flipped by chance, once and for all."""

    def __init__(self, photos: PhotoSource, smallest_crop: float, seed: int) -> None:
        """Take the photos of a set.

        Args:
            photos: the set.
            smallest_crop: smallest share of the area kept, in (0, 1].
            seed: decides every view; its own view for every seed.
        """
        # other names: a cache must not take a view for the photo or for another view
        name = f"view {seed} of {smallest_crop:g}"
        super().__init__(
            photos.source,
            photos.split,
            (replace(photo, file=f"{photo.file}#{name}") for photo in photos.photos),
        )
        self._inner = photos
        self._smallest_crop = smallest_crop
        self._seed = seed

    def read(self, index: int) -> bytes:
        """The encoded bytes of the whole photo."""
        return self._inner.read(index)

    def pixels(self, index: int, image_size: int) -> NDArray[np.float32]:
        """One view: (3, image_size, image_size) float32 in [0, 1]."""
        photo = torch.from_numpy(self._inner.pixels(index, image_size))[None]
        generator = torch.Generator().manual_seed(self._seed * 1_000_003 + index)
        view: NDArray[np.float32] = augment_photos(photo, self._smallest_crop, generator)[0].numpy()
        return view
