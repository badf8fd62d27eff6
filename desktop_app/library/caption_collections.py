"""Captions that the user has: imported files, and what his photos carry, made searchable."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import UsageError
from desktop_app.inference.encoders import TextEncoder
from desktop_app.library.caption_files import distinct, read_captions
from desktop_app.library.caption_rows import PHOTOS_COLLECTION, CaptionCollection
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.index_control import IndexControl

OWN_COLLECTION = "my captions"
"""Where captions go that the user writes or keeps, one at a time."""
_BATCH = 64
"""Captions that are embedded between two commits."""
_LONGEST_NAME = 100


@dataclass(frozen=True)
class ImportedCaptions:
    """What came of reading a file."""

    name: str
    """Of the collection."""
    found: int
    """Different captions in the file."""
    added: int
    """Of those, how many the collection did not have."""


@dataclass(frozen=True)
class EmbeddingProgress:
    """How far the embedding of captions is."""

    done: int
    total: int


class CaptionCollections:
    """The collections of one library. Lives on the thread of its catalogue."""

    def __init__(
        self, catalogue: Catalogue, model_id: str, text_encoder: Callable[[], TextEncoder]
    ) -> None:
        self._catalogue = catalogue
        self._rows = catalogue.captions
        self._model_id = model_id
        self._text_encoder = text_encoder

    def all(self) -> list[CaptionCollection]:
        """Every collection, that of the photos' own captions among them, by name."""
        self._follow()
        return self._rows.collections(self._model_id)

    def import_file(self, path: Path, name: str | None = None) -> ImportedCaptions:
        """Add a file's captions to a collection, by default of the file's name.

        They can be found once they are embedded.

        Raises:
            UsageError: the file holds no captions, or the name cannot be used.
        """
        wanted = " ".join((name if name is not None else path.stem).split())[:_LONGEST_NAME]
        if not wanted or not wanted.isprintable():
            raise UsageError("A collection needs a name that can be read.", "Choose one: --name.")
        _refuse_own(wanted)
        captions = read_captions(path)
        return ImportedCaptions(wanted, len(captions), self._rows.add(wanted, captions))

    def keep(self, caption: str, name: str = OWN_COLLECTION) -> bool:
        """Add one caption to a collection; False if it has it already.

        Raises:
            UsageError: it has no letter, or the collection is that of the photos.
        """
        _refuse_own(name)
        texts = list(distinct([caption]))
        if not texts:
            raise UsageError("The caption is empty.", "Type what the photo shows.")
        return self._rows.add(name, texts) > 0

    def remove(self, name: str) -> None:
        """Forget a collection; captions that others have too stay with them.

        Raises:
            UsageError: there is none of this name, or it is that of the photos.
        """
        _refuse_own(name)
        if not self._rows.remove(name):
            raise UsageError(
                f'There is no collection "{name}".', "`visita captions list` shows them."
            )

    def embed(
        self, control: IndexControl | None = None, limit_s: float | None = None
    ) -> Iterator[EmbeddingProgress]:
        """Embed the captions that have no embedding of this model, and tell how far it is.

        What is done stays when it is stopped, and the next call goes on there.

        Args:
            control: may stop it.
            limit_s: seconds after which it ends by itself.

        Raises:
            ModelError: the text encoder cannot be used.
        """
        self._follow()
        total, done = self._rows.lacking_count(self._model_id), 0
        until = None if limit_s is None else time.monotonic() + limit_s
        while done < total and (batch := self._rows.lacking(self._model_id, _BATCH)):
            vectors = self._text_encoder().encode([text for _, text in batch])
            self._rows.store([caption_id for caption_id, _ in batch], self._model_id, vectors)
            done += len(batch)
            yield EmbeddingProgress(min(done, total), total)
            if control is not None and control.is_stopped:
                return
            if until is not None and time.monotonic() > until:
                return

    def nearest(self, embedding: NDArray[np.float32], k: int) -> list[str]:
        """The k embedded captions that fit a photo (dim,) best, the best first."""
        return self._rows.nearest(embedding, self._model_id, k)

    def _follow(self) -> None:
        self._rows.follow_photos(self._catalogue.change_seq())


def _refuse_own(name: str) -> None:
    if name.casefold() == PHOTOS_COLLECTION:
        raise UsageError(
            f'The collection "{PHOTOS_COLLECTION}" is what your photos carry.',
            "It follows them by itself; choose another name.",
        )
