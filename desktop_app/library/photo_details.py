"""Everything that can be told about one photo without a model: of the library, or any file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from desktop_app.errors import PhotoError, UnreadablePhoto
from desktop_app.library.decoder import Decoder
from desktop_app.library.exposure import Exposure
from desktop_app.library.records import Metadata, Photo
from desktop_app.library.sidecar import with_sidecar

_SIDE = 320
"""Of the square that a picture must at least fill; see ``Decoder.decode``."""
_LONGEST_SIDE = 640
_LARGE_SIDE = 960
"""What a panel shows on a screen that is twice as fine."""


@dataclass(frozen=True)
class PhotoDetails:
    """File facts, and what the file says."""

    path: Path
    other_paths: tuple[Path, ...]
    """Where else the same content lies."""
    width: int
    """Of the photo, upright, in pixels."""
    height: int
    format: str
    """As Pillow calls it (JPEG, HEIF, ...); empty where the file could not be read."""
    size_bytes: int | None
    changed_at: float | None
    """Seconds since 1970; None together with ``size_bytes`` where the file is not there."""
    taken_at: str | None
    """ISO 8601, local time, with an offset if the camera gave one."""
    metadata: Metadata
    exposure: Exposure
    trouble: str = ""
    """Why the file cannot be read now, as a bare reason; empty where it was read."""


class DetailReader:
    """Reads details from files. Any number of threads may use one."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder

    def of_library(self, photo: Photo, known: Metadata | None) -> PhotoDetails:
        """Details of a photo of the library; what is known of it does not need its file."""
        size, changed = _stat(photo.path)
        kind, exposure, trouble = "", Exposure(), ""
        try:
            kind, exposure = self._decoder.exposure(photo.path)
        except PhotoError as error:
            trouble = error.message
        return PhotoDetails(
            path=photo.path,
            other_paths=photo.other_paths,
            width=photo.width,
            height=photo.height,
            format=kind,
            size_bytes=size,
            changed_at=changed,
            taken_at=photo.taken_at,
            metadata=known if known is not None else Metadata(),
            exposure=exposure,
            trouble=trouble,
        )

    def picture(self, path: Path) -> Image.Image:
        """The photo itself, RGB and upright, at most 960 pixels: enough for a panel.

        Raises:
            PhotoError: as ``of_file``.
        """
        photo = self._decoder.decode(path, _LARGE_SIDE // 2).image
        photo.thumbnail((_LARGE_SIDE, _LARGE_SIDE))
        return photo

    def of_file(self, path: Path) -> tuple[PhotoDetails, Image.Image]:
        """Details of any photo, and the photo itself (RGB, upright, at most 640 pixels).

        Raises:
            PhotoError: there is no such photo, or it cannot be used; the message is a bare reason.
        """
        if not os.path.exists(path):  # noqa: PTH110 - Path raises at a name that is too long
            raise UnreadablePhoto("not there any more")
        decoded = self._decoder.decode(path, _SIDE)
        _, exposure = self._decoder.exposure(path)
        size, changed = _stat(path)
        picture = decoded.image
        picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        details = PhotoDetails(
            path=path,
            other_paths=(),
            width=decoded.width,
            height=decoded.height,
            format=decoded.format,
            size_bytes=size,
            changed_at=changed,
            taken_at=decoded.taken_at,
            metadata=with_sidecar(path, decoded.metadata),
            exposure=exposure,
        )
        return details, picture


def _stat(path: Path) -> tuple[int | None, float | None]:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None, None
    return found.st_size, found.st_mtime
