"""Captioned photos: ``metadata.jsonl`` beside the photos, in a folder or in a zip."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.inference.preprocess import preprocess

METADATA_NAME = "metadata.jsonl"


@dataclass(frozen=True)
class CaptionedPhoto:
    """One line of ``metadata.jsonl``."""

    file: str
    captions: tuple[str, ...]
    labels: tuple[str, ...]
    split: str | None


class PhotoDataset:
    """The photos of one split with their captions, in the order of the metadata."""

    def __init__(self, source: Path, split: str | None = None) -> None:
        """Read the metadata of a folder or a zip.

        Args:
            source: a folder or a zip file that holds ``metadata.jsonl``.
            split: keep only this split; None keeps everything.

        Raises:
            FileNotFoundError: there is no such source, or no metadata in it.
            ValueError: a line is no photo, or the split has none.
        """
        self.source = source
        self.split = split
        self._archive = zipfile.ZipFile(source) if source.is_file() else None
        self.photos: tuple[CaptionedPhoto, ...] = tuple(
            photo for photo in self._read_metadata() if split is None or photo.split == split
        )
        if not self.photos:
            raise ValueError(f"{source} has no photos of the split {split!r}")

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

    def open(self, index: int) -> Image.Image:
        """Decode one photo to RGB."""
        file = self.photos[index].file
        if self._archive is not None:
            with Image.open(io.BytesIO(self._archive.read(file))) as image:
                return image.convert("RGB")
        with Image.open(self.source / file) as image:
            return image.convert("RGB")

    def pixels(self, index: int, image_size: int) -> NDArray[np.float32]:
        """One photo as the app would feed it: (3, image_size, image_size) float32 in [0, 1]."""
        return preprocess(self.open(index), image_size)

    def _read_metadata(self) -> Iterator[CaptionedPhoto]:
        if self._archive is not None:
            if METADATA_NAME not in self._archive.namelist():
                raise FileNotFoundError(f"{self.source} holds no {METADATA_NAME}")
            text = self._archive.read(METADATA_NAME).decode("utf-8")
        else:
            text = (self.source / METADATA_NAME).read_text("utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            try:
                stored = json.loads(line)
                yield CaptionedPhoto(
                    stored["file"],
                    tuple(stored.get("captions") or ()),
                    tuple(stored.get("labels") or ()),
                    stored.get("split"),
                )
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{METADATA_NAME} line {number}: {error!r}") from error
