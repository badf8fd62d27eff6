"""What a photo's file says in words and numbers: camera, lens, place, rating, caption, keywords.

Read from EXIF, XMP and IPTC, in this order of trust. All of it was written by others: what is
damaged, or makes no sense, counts as not there, and never costs the photo.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import pairwise

from PIL import ExifTags, Image, IptcImagePlugin

from desktop_app.library.records import Metadata
from desktop_app.library.xmp import Xmp

log = logging.getLogger(__name__)

METADATA_VERSION = 2
"""Of this reader: photos that an older one read are read again at the next index run."""
LONGEST_TEXT = 2000
MOST_KEYWORDS = 200

_XMP_NAMES = ("xmp", "XML:com.adobe.xmp")
"""Where Pillow puts the packet, by format."""
_XMP_TAG = 700
_RATING_TAG = 0x4746
_IPTC_TITLE, _IPTC_KEYWORDS = (2, 5), (2, 25)
_IPTC_HEADLINE, _IPTC_CAPTION = (2, 105), (2, 120)
_XP_TITLE, _XP_COMMENT, _XP_KEYWORDS, _XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F
_ENCODINGS = {b"ASCII\0\0\0": "utf-8", b"\0" * 8: "utf-8", b"UNICODE\0": "utf-16"}
# What cameras write as a caption into every photo; nobody looks for that.
_NO_CAPTIONS = ("olympus digital camera", "minolta digital camera", "sony dsc", "exif_jpeg_picture")

Tags = Mapping[int, object]
Iptc = Mapping[tuple[int, int], object]


def read_metadata(image: Image.Image) -> Metadata:
    """What the file of an opened image says; empty fields where it says nothing."""
    exif = _exif(image.getexif)
    xmp = Xmp.parse(_xmp_packet(image.info, exif[0]))
    return _together(exif, xmp, _iptc(image))


def read_exif_metadata(open_exif: Callable[[], Image.Exif]) -> Metadata:
    """What the tags of a file say that Pillow cannot open; empty fields as ``read_metadata``."""
    exif = _exif(open_exif)
    return _together(exif, Xmp.parse(_xmp_packet({}, exif[0])), {})


def read_xmp_metadata(packet: bytes) -> Metadata:
    """What an XMP packet alone says; empty fields as ``read_metadata``."""
    return _together(({}, {}, {}), Xmp.parse(packet), {})


def _together(exif: tuple[Tags, Tags, Tags], xmp: Xmp, iptc: Iptc) -> Metadata:
    tags, camera, gps = exif
    latitude, longitude = _place(gps)
    if latitude is None or longitude is None:
        latitude, longitude = _sensible(xmp.latitude, xmp.longitude)
    captions = (
        tags.get(ExifTags.Base.ImageDescription),
        tags.get(_XP_TITLE),
        tags.get(_XP_SUBJECT),
        tags.get(_XP_COMMENT),
        _user_comment(camera.get(ExifTags.Base.UserComment)),
        *xmp.captions,
        *(iptc.get(key) for key in (_IPTC_TITLE, _IPTC_HEADLINE, _IPTC_CAPTION)),
    )
    keywords = (
        *xmp.keywords,
        *_listed(iptc.get(_IPTC_KEYWORDS)),
        *_text(tags.get(_XP_KEYWORDS)).split(";"),
    )
    return Metadata(
        camera=_camera(tags),
        lens=_text(camera.get(ExifTags.Base.LensModel)) or _text(xmp.lens),
        latitude=latitude,
        longitude=longitude,
        rating=_rating(tags.get(_RATING_TAG)) or _rating(xmp.rating),
        caption="\n".join(c for c in _distinct(captions) if not _is_no_caption(c)),
        keywords=_distinct(keywords)[:MOST_KEYWORDS],
    )


def _exif(open_exif: Callable[[], Image.Exif]) -> tuple[Tags, Tags, Tags]:
    """The main, the camera's and the GPS tags."""
    try:
        exif = open_exif()
        camera = exif.get_ifd(ExifTags.IFD.Exif)
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        # read here, where damage may show: Pillow parses a tag when it is asked for
        return dict(exif), dict(camera), dict(gps)
    except Exception as error:  # Pillow's parser raises nearly anything on damaged EXIF
        log.debug("EXIF ignored: %r", error)
        return {}, {}, {}


def _iptc(image: Image.Image) -> Iptc:
    try:
        return IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    except Exception as error:  # as above
        log.debug("IPTC ignored: %r", error)
        return {}


def _xmp_packet(info: Mapping[str | tuple[int, int], object], tags: Tags) -> bytes:
    for found in (*(info.get(name) for name in _XMP_NAMES), tags.get(_XMP_TAG)):
        if isinstance(found, bytes) and found:
            return found
        if isinstance(found, str) and found:
            return found.encode("utf-8", "replace")
    return b""


def _camera(tags: Tags) -> str:
    make, model = _text(tags.get(ExifTags.Base.Make)), _text(tags.get(ExifTags.Base.Model))
    if not make or not model:
        return make or model
    # "Canon" + "Canon EOS 5D", "NIKON CORPORATION" + "NIKON D90"
    brand = make.split()[0].casefold()
    return model if model.casefold().startswith(brand) else f"{make} {model}"


def _place(gps: Tags) -> tuple[float | None, float | None]:
    """Degrees north and east, both or none."""
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef))
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef))
    return _sensible(latitude, longitude)


def _sensible(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    if latitude == longitude == 0:  # what a camera writes that found no satellite
        return None, None
    return latitude, longitude


def _degrees(value: object, reference: object) -> float | None:
    if not isinstance(value, tuple | list) or not 1 <= len(value) <= 3:
        return None
    try:
        degrees = sum(float(part) / (1, 60, 3600)[i] for i, part in enumerate(value))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if not math.isfinite(degrees):
        return None
    return -degrees if _text(reference).upper() in ("S", "W") else degrees


def _rating(value: object) -> int | None:
    try:
        stars = round(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return stars if 0 <= stars <= 5 else None  # -1 is "rejected"


def _user_comment(value: object) -> str:
    """A text that begins with the name of its encoding."""
    if not isinstance(value, bytes):
        return _text(value)
    encoding = _ENCODINGS.get(value[:8])
    return _text(value[8:].decode(encoding, "ignore")) if encoding else _text(value)


def _listed(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _is_no_caption(caption: str) -> bool:
    # the last: a name on the camera's own card
    return caption.casefold().startswith((*_NO_CAPTIONS, "dcim\\"))


def _distinct(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values if (text := _text(value))))


def _text(value: object) -> str:
    """One clean line, whatever a program made of it; empty where it is no text."""
    if isinstance(value, tuple) and all(isinstance(v, int) and 0 <= v < 256 for v in value):
        value = bytes(value)
    if isinstance(value, bytes):
        value = _decoded(value)
    elif isinstance(value, str):
        with suppress(UnicodeError):
            # Pillow takes every text for Latin-1, today's programs write UTF-8
            value = value.encode("latin-1").decode("utf-8")
    if not isinstance(value, str):
        return ""
    printable = "".join(c if c.isprintable() else " " for c in value[: 2 * LONGEST_TEXT])
    return " ".join(printable.split())[:LONGEST_TEXT]


def _decoded(value: bytes) -> str:
    value = value[: 4 * LONGEST_TEXT]
    # the XP tags are UTF-16: in Latin letters every second byte is zero
    if len(value) > 1 and any(second == 0 for _, second in list(pairwise(value[:16]))[::2]):
        return value.decode("utf-16-le", "ignore")
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
