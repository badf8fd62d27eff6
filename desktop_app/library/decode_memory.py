"""How much memory decoding takes, and who may take it: a budget that all threads share."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, JpegImagePlugin

from desktop_app.errors import PhotoTooLarge
from desktop_app.library.photo_file import TOO_MUCH_MEMORY

DEFAULT_DECODE_MEMORY = 550_000_000
"""Bytes; with what the indexer needs besides, it stays below 800 MB."""
PATIENCE_S = 40.0
"""Less than a photo may take: to have waited is no reason to be given up."""

# fmt: off
_PER_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2, "I;16N": 2}
_RGB_PER_PIXEL = 4
# Beside Pillow's own pixels, while a photo is decoded at its full size (measured by
# `python -m tests.corpus.memory`): what libwebp, libavif and libheif hold, and copies on the way.
_DECODER_PER_PIXEL = {"WEBP": 12.0, "AVIF": 5.5, "HEIF": 3.8, "JPEG2000": 12.0, "GIF": 5.0}
# fmt: on
_COEFFICIENT = 2
_ROWS_PER_STRIP, _COMPRESSION = 278, 259


def bytes_to_decode(image: Image.Image, full_size: tuple[int, int]) -> int:
    """What decoding an opened image takes at most, without the bytes of its file.

    Args:
        image: opened, and told by ``draft`` how small it may come.
        full_size: its width and height before ``draft``.
    """
    pixels = image.width * image.height
    need = pixels * (_PER_PIXEL.get(image.mode, _RGB_PER_PIXEL))
    need += int(pixels * _DECODER_PER_PIXEL.get(image.format or "", 0.0))
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        need += _jpeg_coefficients(image, full_size)
    if image.format == "TIFF":
        need += _tiff_strip(image)
    return need


def _jpeg_coefficients(image: JpegImagePlugin.JpegImageFile, full_size: tuple[int, int]) -> int:
    """A progressive JPEG is kept whole, as 16-bit coefficients, however small it comes out."""
    if not image.info.get("progressive"):
        return 0
    samples = [(horizontal, vertical) for _, horizontal, vertical, _ in image.layer]
    most_h = max((h for h, _ in samples), default=1) or 1
    most_v = max((v for _, v in samples), default=1) or 1
    share = sum(h * v for h, v in samples) / (most_h * most_v)
    return int(full_size[0] * full_size[1] * share * _COEFFICIENT)


def _tiff_strip(image: Image.Image) -> int:
    """A compressed strip is unpacked whole; some programs write one for the whole photo."""
    tags = getattr(image, "tag_v2", {})
    rows = tags.get(_ROWS_PER_STRIP, image.height)
    is_packed = tags.get(_COMPRESSION, 1) != 1
    if not is_packed or not isinstance(rows, int):
        return 0
    return image.width * min(rows, image.height) * _RGB_PER_PIXEL


def needs_too_much(need: int | None, limit: int) -> PhotoTooLarge:
    """The error for a photo that takes more than the limit; None: nobody knows how much."""
    size = "more memory" if need is None else f"{_size(need)} to decode"
    return PhotoTooLarge(
        f"{TOO_MUCH_MEMORY}{size}, the limit is {_size(limit)} (setting decode_memory_mb)"
    )


class DecodeBudget:
    """Bytes that photos may take together while they are decoded; for any number of threads.

    A photo waits until what it needs is free. One that needs more than there is altogether is
    refused at once.
    """

    def __init__(self, limit: int = DEFAULT_DECODE_MEMORY, patience_s: float = PATIENCE_S) -> None:
        """Set the limit in bytes, and how long a photo waits before it thinks others hung."""
        self.limit = limit
        self._patience_s = patience_s
        self._free = threading.Condition()
        self._taken: dict[object, int] = {}
        self._has_all: int | None = None

    @contextmanager
    def reserved(self, need: int) -> Iterator[None]:
        """Inside, so many bytes are this photo's.

        Raises:
            PhotoTooLarge: no budget is that large.
        """
        if need > self.limit:
            raise needs_too_much(need, self.limit)
        if self._has_all == threading.get_ident():
            yield
            return
        claim = object()
        with self._free:
            deadline = time.monotonic() + self._patience_s
            while sum(self._taken.values()) + need > self.limit:
                if not self._free.wait(deadline - time.monotonic()):
                    # Whoever has it hangs in a decoder, and will be given up: forgotten here,
                    # so that one photo does not hold up all others.
                    self._taken.clear()
            self._taken[claim] = need
        try:
            yield
        finally:
            with self._free:
                self._taken.pop(claim, None)
                self._free.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Inside, this thread has the whole budget: what it reserves there is part of it.

        For a file that is so large that its bytes count before anybody knows what decoding takes.
        """
        with self.reserved(self.limit):
            self._has_all = threading.get_ident()
            try:
                yield
            finally:
                if self._has_all == threading.get_ident():
                    self._has_all = None


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1_000_000_000 else f"{count / 1e6:.0f} MB"
