"""What every photo set is to the rest of the training: records, and a way to open each photo."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.inference.preprocess import preprocess
from training.data.photo_files import PhotoFiles


@dataclass(frozen=True)
class CaptionedPhoto:
    """One photo of a set: where it lies and what is known of it."""

    file: str
    """Name inside the set: a path with forward slashes, or the id of a Base64 row."""
    captions: tuple[str, ...]
    labels: tuple[str, ...]
    """Classes or categories; the first one is the main one."""
    split: str | None


class PhotoSource(Protocol):
    """A photo set that can be trained on and measured; every loader yields one."""

    @property
    def source(self) -> Path:
        """The path that it was opened from."""

    @property
    def split(self) -> str | None:
        """The split that was asked for; None means everything."""

    @property
    def photos(self) -> tuple[CaptionedPhoto, ...]:
        """The records, in a fixed order."""

    @property
    def captions(self) -> list[str]:
        """Every caption of every photo, photo by photo."""

    @property
    def caption_owners(self) -> NDArray[np.int64]:
        """(captions,) int64: which photo each caption belongs to."""

    @property
    def sampling_weights(self) -> NDArray[np.float64]:
        """(photos,) float64: how often an epoch shows each photo, on average."""

    def __len__(self) -> int: ...

    def read(self, index: int) -> bytes:
        """The encoded bytes of one photo."""

    def open(self, index: int) -> Image.Image:
        """Decode one photo to RGB."""

    def pixels(self, index: int, image_size: int) -> NDArray[np.float32]:
        """One photo as the app would feed it: (3, image_size, image_size) float32 in [0, 1]."""


class PhotoSet(ABC):
    """The part of a ``PhotoSource`` that follows from its records; the bytes are a subclass's."""

    def __init__(self, source: Path, split: str | None, photos: Iterable[CaptionedPhoto]) -> None:
        self.source = source
        self.split = split
        self.photos: tuple[CaptionedPhoto, ...] = tuple(photos)

    def __len__(self) -> int:
        return len(self.photos)

    @property
    def captions(self) -> list[str]:
        """Every caption of every photo, photo by photo."""
        return [caption for photo in self.photos for caption in photo.captions]

    @property
    def caption_owners(self) -> NDArray[np.int64]:
        """(captions,) int64: which photo each caption belongs to."""
        counts = [len(photo.captions) for photo in self.photos]
        return np.repeat(np.arange(len(self.photos)), counts)

    @property
    def sampling_weights(self) -> NDArray[np.float64]:
        """(photos,) float64: an epoch shows each photo once."""
        return np.ones(len(self.photos))

    @abstractmethod
    def read(self, index: int) -> bytes:
        """The encoded bytes of one photo."""

    def open(self, index: int) -> Image.Image:
        """Decode one photo to RGB."""
        with Image.open(io.BytesIO(self.read(index))) as image:
            return image.convert("RGB")

    def pixels(self, index: int, image_size: int) -> NDArray[np.float32]:
        """One photo as the app would feed it: (3, image_size, image_size) float32 in [0, 1]."""
        return preprocess(self.open(index), image_size)


class PhotoRecords(PhotoSet):
    """Records of one split, whose photos are files."""

    def __init__(
        self, source: Path, split: str | None, photos: Iterable[CaptionedPhoto], files: PhotoFiles
    ) -> None:
        """Keep the photos of one split.

        Raises:
            ValueError: the split has none.
        """
        kept = (photo for photo in photos if split is None or photo.split == split)
        super().__init__(source, split, kept)
        self._files = files
        if not self.photos:
            raise ValueError(f"{source} has no photos of the split {split!r}")

    def read(self, index: int) -> bytes:
        """The encoded bytes of one photo."""
        return self._files.read(self.photos[index].file)
