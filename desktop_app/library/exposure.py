"""How a photo was exposed, as its camera wrote it down."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PIL import ExifTags, Image

log = logging.getLogger(__name__)

_FLASH_FIRED = 1


@dataclass(frozen=True)
class Exposure:
    """What a file says about it; None where it says nothing sensible."""

    seconds: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_mm: float | None = None
    focal_35_mm: float | None = None
    """The focal length that shows as much on 35 mm film."""
    flash: bool | None = None
    """Whether it fired."""

    @classmethod
    def read(cls, open_exif: Callable[[], Image.Exif]) -> Exposure:
        """Read EXIF that is parsed here; damaged EXIF is as good as none."""
        try:
            tags = dict(open_exif().get_ifd(ExifTags.IFD.Exif))
        except Exception as error:  # Pillow's parser raises nearly anything on damaged EXIF
            log.debug("EXIF ignored: %r", error)
            return cls()
        iso = _number(tags, ExifTags.Base.ISOSpeedRatings)
        flash = _number(tags, ExifTags.Base.Flash, least=0)
        return cls(
            seconds=_number(tags, ExifTags.Base.ExposureTime),
            f_number=_number(tags, ExifTags.Base.FNumber),
            iso=None if iso is None else round(iso),
            focal_mm=_number(tags, ExifTags.Base.FocalLength),
            focal_35_mm=_number(tags, ExifTags.Base.FocalLengthIn35mmFilm),
            flash=None if flash is None else bool(int(flash) & _FLASH_FIRED),
        )


def _number(tags: Mapping[int, object], tag: int, least: float = 1e-6) -> float | None:
    value = tags.get(tag)
    if isinstance(value, tuple) and value:  # the ISO number may be a list
        value = value[0]
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= least else None
