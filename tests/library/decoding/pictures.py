"""Pictures to compare with, and bytes of files in the making."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.library.decoder import DecodedPhoto

SIDE = 96


# What a format loses, as the mean difference of 255 levels from the source.
FORMATS: dict[str, tuple[str, dict[str, object], float]] = {
    ".jpg": ("JPEG", {"quality": 95}, 2),
    ".png": ("PNG", {}, 0.6),
    ".webp": ("WEBP", {"lossless": True}, 0.6),
    ".tif": ("TIFF", {"compression": "tiff_lzw"}, 0.6),
    ".bmp": ("BMP", {}, 0.6),
    ".ppm": ("PPM", {}, 0.6),
    ".gif": ("GIF", {}, 9),
    ".avif": ("AVIF", {"quality": 95}, 2),
    ".jp2": ("JPEG2000", {}, 0.6),
    ".heic": ("HEIF", {"quality": 95}, 2),
}


def pixels(image: Image.Image) -> NDArray[np.float32]:
    return np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BICUBIC), np.float32)


def difference(photo: DecodedPhoto, expected: Image.Image) -> float:
    assert photo.image.mode == "RGB"
    return float(np.abs(pixels(photo.image) - pixels(expected)).mean())


def png_16_bit(rgb: NDArray[np.uint16]) -> bytes:
    """Pillow reads such files and cannot write them."""
    header = struct.pack(">IIBBBBB", rgb.shape[1], rgb.shape[0], 16, 2, 0, 0, 0)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in rgb)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def jpeg(source: Image.Image) -> bytes:
    stream = BytesIO()
    source.save(stream, "JPEG")
    return stream.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG of any size in 70 bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


PIXEL_CAP = 89_000_000
