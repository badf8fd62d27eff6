"""What a camera raw file says beside its picture: most are TIFF files, which EXIF is, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image

from desktop_app.library.exif import Exif
from desktop_app.library.exposure import Exposure
from desktop_app.library.metadata import read_exif_metadata, read_metadata
from desktop_app.library.raw_preview import RawPicture
from desktop_app.library.records import Metadata

TURN_BY_FLIP = {
    3: Image.Transpose.ROTATE_180,
    5: Image.Transpose.ROTATE_90,
    6: Image.Transpose.ROTATE_270,
}
"""LibRaw's numbers; Pillow turns to the left."""
_HEADER = b"Exif\0\0"
_MAGIC_SIZE = 4
_BIG, _LITTLE = b"MM\0*", b"II*\0"
# Olympus, Panasonic: TIFF files with a magic number of their own
_TIFF_IN_DISGUISE = {b"IIRO": _LITTLE, b"IIRS": _LITTLE, b"IIU\0": _LITTLE, b"MMOR": _BIG}


@dataclass(frozen=True)
class RawFacts:
    """When it was taken, and what else is written in it."""

    taken_at: str | None
    metadata: Metadata

    @classmethod
    def of(cls, data: bytes, picture: RawPicture) -> RawFacts:
        """From the tags of the file; where it is no TIFF, from its preview's, then LibRaw's."""
        open_exif = _tiff_tags(data)
        if open_exif is not None:
            taken_at = Exif.read(open_exif).taken_at
            metadata = read_exif_metadata(open_exif)
        else:
            taken_at, metadata = _of_preview(picture.jpeg)
        lens = metadata.lens or " ".join(picture.lens.split())
        return cls(taken_at or picture.taken_at or None, replace(metadata, lens=lens))


def raw_exposure(data: bytes) -> Exposure:
    """How a raw file was exposed, by its own tags; nothing where it is no TIFF."""
    open_exif = _tiff_tags(data)
    return Exposure() if open_exif is None else Exposure.read(open_exif)


def _tiff_tags(data: bytes) -> Callable[[], Image.Exif] | None:
    magic = data[:_MAGIC_SIZE]
    magic = _TIFF_IN_DISGUISE.get(magic, magic)
    if magic not in (_BIG, _LITTLE):
        return None

    def read() -> Image.Exif:
        exif = Image.Exif()
        exif.load(_HEADER + magic + data[_MAGIC_SIZE:])
        return exif

    return read


def _of_preview(jpeg: bytes) -> tuple[str | None, Metadata]:
    if not jpeg:
        return None, Metadata()
    try:
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as preview:
            return Exif.of(preview).taken_at, read_metadata(preview)
    except (OSError, ValueError, SyntaxError):  # no picture is no reason to lose the photo
        return None, Metadata()
