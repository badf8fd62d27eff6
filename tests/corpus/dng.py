"""A small writer of DNG files: a Bayer sensor's values, and perhaps a preview, as cameras do it.

The tags are those of the DNG 1.4 specification that LibRaw asks for.
"""

from __future__ import annotations

import struct
from io import BytesIO

import numpy as np
from PIL import Image

_BYTE, _ASCII, _SHORT, _LONG, _RATIONAL, _SRATIONAL = 1, 2, 3, 4, 5, 10
_CODES = {_BYTE: "B", _ASCII: "B", _SHORT: "H", _LONG: "I", _RATIONAL: "I", _SRATIONAL: "i"}
_PARTS = {_RATIONAL: 2, _SRATIONAL: 2}
_WHITE = 4095
# XYZ to linear sRGB: the "camera" of these files sees as sRGB does
_MATRIX = (3.2405, -1.5371, -0.4985, -0.9693, 1.8760, 0.0416, 0.0556, -0.2040, 1.0572)

Tag = tuple[int, int, list[int] | bytes]
_CAMERA: list[Tag] = [
    (33434, _RATIONAL, [1, 125]),
    (33437, _RATIONAL, [18, 10]),
    (36867, _ASCII, b"2020:06:15 12:00:00\0"),
    (36881, _ASCII, b"+02:00\0"),
    (42036, _ASCII, b"Test 50mm F1.8\0"),
]


def write_dng(
    photo: Image.Image, orientation: int = 1, preview: bytes | None = None, xmp: bytes = b""
) -> bytes:
    """A photo as the sensor of a camera would have recorded it.

    Args:
        photo: as the camera held it, not upright.
        orientation: the EXIF number that turns it upright.
        preview: a JPEG; the sensor's values are then in a directory below the preview's.
        xmp: a packet.
    """
    values = _bayer(photo)
    body = BytesIO()
    body.write(b"II*\0\0\0\0\0")
    raw_at = _append(body, values.tobytes())
    raw_tags: list[Tag] = [
        *_picture(photo.size, raw_at, values.nbytes, [16], photometric=32803, compression=1),
        (33421, _SHORT, [2, 2]),  # the pattern of the colours: red green, green blue
        (33422, _BYTE, [0, 1, 1, 2]),
        (50714, _SHORT, [0]),
        (50717, _LONG, [_WHITE]),
    ]
    main: list[Tag] = [
        (271, _ASCII, b"Test Maker\0"),
        (272, _ASCII, b"Test Camera\0"),
        (274, _SHORT, [orientation]),
        (34665, _LONG, [_append_directory(body, _CAMERA)]),
        (50706, _BYTE, [1, 4, 0, 0]),
        (50707, _BYTE, [1, 1, 0, 0]),
        (50708, _ASCII, b"Test Camera\0"),
        (50721, _SRATIONAL, [part for v in _MATRIX for part in (round(v * 10000), 10000)]),
        (50728, _RATIONAL, [1, 1, 1, 1, 1, 1]),
        (50778, _SHORT, [21]),
    ]
    if xmp:
        main.append((700, _BYTE, xmp))
    if preview is None:
        main += [(254, _LONG, [0]), *raw_tags]
    else:
        with Image.open(BytesIO(preview)) as image:
            size = image.size
        preview_at = _append(body, preview)
        main += [
            (254, _LONG, [1]),
            *_picture(size, preview_at, len(preview), [8] * 3, photometric=6, compression=7),
            (330, _LONG, [_append_directory(body, [(254, _LONG, [0]), *raw_tags])]),
        ]
    return _finished(body, main)


def write_tiff(photo: Image.Image) -> bytes:
    """An RGB photo with the camera's tags in a directory of their own, as editors write it."""
    body = BytesIO()
    body.write(b"II*\0\0\0\0\0")
    pixels = photo.tobytes()
    at = _append(body, pixels)
    tags = _picture(photo.size, at, len(pixels), [8] * 3, photometric=2, compression=1)
    return _finished(body, [*tags, (34665, _LONG, [_append_directory(body, _CAMERA)])])


def _finished(body: BytesIO, main: list[Tag]) -> bytes:
    first = _append_directory(body, main)
    data = bytearray(body.getvalue())
    data[4:8] = struct.pack("<I", first)
    return bytes(data)


def _bayer(photo: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint16]]:
    """(h, w) little-endian: of each pixel the one colour that its place on the sensor sees."""
    rgb = np.asarray(photo.convert("RGB"), np.float64) / 255
    one = np.empty(rgb.shape[:2])
    for row, column, colour in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2)):
        one[row::2, column::2] = rgb[row::2, column::2, colour]
    return (one**2.2 * _WHITE).astype("<u2")


def _picture(
    size: tuple[int, int], at: int, length: int, bits: list[int], photometric: int, compression: int
) -> list[Tag]:
    return [
        (256, _LONG, [size[0]]),
        (257, _LONG, [size[1]]),
        (258, _SHORT, bits),
        (259, _SHORT, [compression]),
        (262, _SHORT, [photometric]),
        (273, _LONG, [at]),
        (277, _SHORT, [len(bits)]),
        (278, _LONG, [size[1]]),
        (279, _LONG, [length]),
        (284, _SHORT, [1]),
    ]


def _append(body: BytesIO, data: bytes) -> int:
    """Where it begins: at an even place, as TIFF wants it."""
    body.write(bytes(body.tell() % 2))
    at = body.tell()
    body.write(data)
    return at


def _append_directory(body: BytesIO, tags: list[Tag]) -> int:
    body.write(bytes(body.tell() % 2))
    at = body.tell()
    behind = at + 2 + 12 * len(tags) + 4
    entries, extra = [struct.pack("<H", len(tags))], b""
    for tag, kind, values in sorted(tags):
        data = bytes(values) if kind in (_BYTE, _ASCII) else _packed(kind, list(values))
        field = data.ljust(4, b"\0")
        if len(data) > 4:
            field = struct.pack("<I", behind + len(extra))
            extra += data + bytes(len(data) % 2)
        count = len(values) // _PARTS.get(kind, 1)
        entries.append(struct.pack("<HHI", tag, kind, count) + field)
    body.write(b"".join(entries) + bytes(4) + extra)
    return at


def _packed(kind: int, values: list[int]) -> bytes:
    return struct.pack(f"<{len(values)}{_CODES[kind]}", *values)
