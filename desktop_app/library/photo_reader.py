"""One file -> the model's input and a thumbnail, on a worker thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import PhotoError
from desktop_app.inference.model_input import ImageInput
from desktop_app.inference.preprocess import preprocess
from desktop_app.library.decoder import MODEL_SPARE, Decoder
from desktop_app.library.records import PendingFile, PhotoFacts
from desktop_app.library.sidecar import with_sidecar
from desktop_app.library.thumbnails import ThumbnailWriter


@dataclass(frozen=True)
class NewContent:
    """A content to be encoded; its thumbnail is written."""

    file: PendingFile
    content_hash: bytes
    facts: PhotoFacts
    pixels: NDArray[np.float32]
    """(3, s, s) float32 in [0, 1]."""


@dataclass(frozen=True)
class KnownContent:
    """A content that needs no encoding."""

    file: PendingFile
    content_hash: bytes


@dataclass(frozen=True)
class NotRead:
    """A file that cannot be used."""

    file: PendingFile
    reason: str
    by_system: bool
    """The operating system refused the file, not the decoder: it, or its disk, may be gone."""


Reading = NewContent | KnownContent | NotRead


class PhotoReader:
    """Reads files. Any number of threads may use one."""

    def __init__(
        self,
        decoder: Decoder,
        thumbnails: ThumbnailWriter,
        image_size: int,
        complete: set[bytes],
        way: ImageInput | None = None,
    ) -> None:
        """Collaborators, and the contents that need no decoding.

        Args:
            decoder: opens the files.
            thumbnails: takes that of every content that is decoded.
            image_size: side of the model's input.
            complete: hashes of the contents that have an embedding and a thumbnail; the owner
                may add and discard meanwhile.
            way: how the model's square is made of a photo; None: as VisITA's own models take it.
        """
        self._decoder = decoder
        self._thumbnails = thumbnails
        self._image_size = image_size
        self._way = way or ImageInput()
        self._complete = complete

    def read(
        self, file: PendingFile, begin_decoding: Callable[[int], None] = lambda size_bytes: None
    ) -> Reading:
        """Read one file; a PhotoError becomes ``NotRead``, everything else is raised.

        ``begin_decoding`` is told the file's size once its bytes are read, if it is decoded.
        """
        try:
            with self._decoder.room_for(file.path):
                content = self._decoder.read(file.path)
                if content.content_hash in self._complete:
                    return KnownContent(file, content.content_hash)
                begin_decoding(len(content.data))
                photo = self._decoder.decode_file(
                    content, self._way.side(self._image_size), MODEL_SPARE
                )
        except PhotoError as error:
            return NotRead(file, error.message, isinstance(error.__cause__, OSError))
        self._thumbnails.write(photo.content_hash.hex(), photo.image)
        return NewContent(
            file,
            photo.content_hash,
            PhotoFacts(
                photo.width,
                photo.height,
                photo.format,
                photo.taken_at,
                with_sidecar(file.path, photo.metadata),
            ),
            preprocess(photo.image, self._image_size, self._way),
        )
