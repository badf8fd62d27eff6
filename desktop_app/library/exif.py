"""What a camera wrote beside the pixels: which way is up, and when it was."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PIL import ExifTags, Image

log = logging.getLogger(__name__)

_TURN = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FIRST_SIDEWAYS = 5


@dataclass(frozen=True)
class Exif:
    """The two facts that VisITA reads."""

    orientation: int = 1
    taken_at: str | None = None
    """ISO 8601: local time, with an offset if the camera gave one."""

    @classmethod
    def of(cls, image: Image.Image) -> Exif:
        """Read them from an image that is loaded; damaged EXIF is as good as none."""
        return cls.read(image.getexif)

    @classmethod
    def read(cls, open_exif: Callable[[], Image.Exif]) -> Exif:
        """Read them from EXIF that is parsed here; damaged EXIF is as good as none."""
        try:
            tags = open_exif()
            camera = tags.get_ifd(ExifTags.IFD.Exif)
        except Exception as error:  # Pillow's parser raises nearly anything on damaged EXIF
            log.debug("EXIF ignored: %r", error)
            return cls()
        orientation = tags.get(ExifTags.Base.Orientation, 1)
        return cls(
            orientation=orientation if orientation in _TURN else 1,
            taken_at=_date(
                camera.get(ExifTags.Base.DateTimeOriginal),
                camera.get(ExifTags.Base.OffsetTimeOriginal),
            ),
        )

    @property
    def swaps_sides(self) -> bool:
        """Whether the upright photo is as wide as the stored one is high."""
        return self.orientation >= _FIRST_SIDEWAYS

    def upright(self, image: Image.Image) -> Image.Image:
        """The image turned as the photographer held the camera."""
        turn = _TURN.get(self.orientation)
        return image if turn is None else image.transpose(turn)


def _date(taken: object, offset: object) -> str | None:
    text = _text(taken)
    if not text:
        return None
    try:
        date = datetime.strptime(text, "%Y:%m:%d %H:%M:%S").isoformat()
    except ValueError:
        log.debug("EXIF date ignored: %r", taken)  # "0000:00:00 00:00:00" is common
        return None
    zone = _text(offset)
    return date + zone if re.fullmatch(r"[+-]\d\d:\d\d", zone) else date


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.strip("\0 ") if isinstance(value, str) else ""
