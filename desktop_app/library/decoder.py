"""A file that we did not make -> pixels and facts, or the reason why not."""

from __future__ import annotations

import logging
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pillow_heif
import psutil  # type: ignore[import-untyped]
from PIL import Image, UnidentifiedImageError

from desktop_app.errors import PhotoError, PhotoTooLarge, UnreadablePhoto, UnsupportedFormat
from desktop_app.library.exif import Exif
from desktop_app.library.metadata import read_metadata
from desktop_app.library.photo_file import DEFAULT_FILE_CAP_BYTES, PhotoFile, read_photo_file
from desktop_app.library.records import Metadata
from desktop_app.library.to_rgb import needs_all_pixels, to_rgb

log = logging.getLogger(__name__)

# Only these decoders ever see a file. EPS runs Ghostscript, others have a history of holes.
# Pillow opens MPO, several JPEGs in one file, by way of JPEG.
# fmt: off
FORMATS = (
    "JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "DIB", "AVIF", "PPM", "JPEG2000", "HEIF",
)
# fmt: on
LEAST_PIXEL_CAP = 89_478_485
"""Pillow's own limit; every camera of today stays below it."""
LEAST_SIDE = 320
"""No image gets smaller than this on its shorter side: enough for a thumbnail."""
_BYTES_PER_PIXEL = 12
_LARGE_PIXELS = 50_000_000
_GIANT_PATIENCE_S = 40.0
"""Less than a photo may take: to have waited is no reason to be given up."""
_ENDS_TOO_EARLY = "damaged: the file ends too early"

Image.init()  # all plug-ins now: Pillow would load them at the first photo, on several threads
pillow_heif.register_heif_opener()


@dataclass(frozen=True)
class DecodedPhoto:
    """A photo, small and upright, and what its file says."""

    image: Image.Image
    """RGB, upright, reduced."""
    width: int
    """Of the full photo, upright."""
    height: int
    format: str
    taken_at: str | None
    content_hash: bytes
    metadata: Metadata


class Decoder:
    """Decodes photos. Any number of threads may use one."""

    def __init__(
        self, pixel_cap: int | None = None, file_cap_bytes: int = DEFAULT_FILE_CAP_BYTES
    ) -> None:
        """Set the caps.

        Args:
            pixel_cap: photos with more pixels are refused before a pixel is decoded; None takes
                what a quarter of the free memory can hold, at least 89 megapixels.
            file_cap_bytes: larger files are refused before they are read.
        """
        self._pixel_cap = pixel_cap if pixel_cap is not None else _affordable_pixels()
        self._file_cap_bytes = file_cap_bytes
        # Only one giant at a time: memory stays flat however many threads decode.
        self._one_giant = threading.Lock()
        # Pillow's own guard, a setting of the whole module, stands behind ours and must not be
        # stricter than any decoder's.
        Image.MAX_IMAGE_PIXELS = max(self._pixel_cap, Image.MAX_IMAGE_PIXELS or 0)

    def read(self, path: Path) -> PhotoFile:
        """Read and hash a file without decoding it; errors as ``decode``."""
        return read_photo_file(path, self._file_cap_bytes)

    def decode(self, path: Path, side: int) -> DecodedPhoto:
        """Read and decode a file.

        Args:
            path: the file.
            side: of the square that will be made of the photo. The image keeps at least twice
                as much on both sides, where the photo has it, for a good last resize; and at
                least enough for a thumbnail.

        Raises:
            UnreadablePhoto: empty, damaged, not there, or may not be read.
            UnsupportedFormat: no photo, or of a format that is not decoded.
            PhotoTooLarge: more bytes or pixels than the caps allow.
        """
        return self.decode_file(self.read(path), side)

    def decode_file(self, file: PhotoFile, side: int) -> DecodedPhoto:
        """Decode what ``read`` gave; ``side`` and errors as ``decode``."""
        try:
            with _PILLOW_WARNINGS.ignored():
                return self._decode(file, side)
        except PhotoError:
            raise
        except Exception as error:  # Pillow's decoders raise nearly anything on damaged files
            log.debug("not decoded: %r", error)
            raise self._explain(error) from error

    def metadata(self, path: Path) -> Metadata:
        """What a file says about its photo, read without decoding pixels; errors as ``decode``."""
        data = self.read(path).data
        try:
            with (
                _PILLOW_WARNINGS.ignored(),
                Image.open(BytesIO(data), formats=FORMATS) as image,
            ):
                if image.width * image.height > self._pixel_cap:
                    raise self._too_large(image.width * image.height)
                return read_metadata(image)
        except PhotoError:
            raise
        except Exception as error:  # as in ``decode_file``
            log.debug("metadata not read: %r", error)
            raise self._explain(error) from error

    def _decode(self, file: PhotoFile, side: int) -> DecodedPhoto:
        with Image.open(BytesIO(file.data), formats=FORMATS) as image:
            if image.width * image.height > self._pixel_cap:
                raise self._too_large(image.width * image.height)
            width, height = image.size
            keep = max(2 * side, LEAST_SIDE)
            image.draft("RGB", (keep, keep))  # JPEG only: decodes at 1/2, 1/4 or 1/8
            if image.width * image.height > _LARGE_PIXELS:
                with self._as_the_only_giant():
                    small = _reduced(image, keep)
            else:
                small = _reduced(image, keep)
            # Asked for only now: a TIFF is turned upright, and its tag dropped, while it loads.
            exif = Exif.of(image)
            upright = exif.upright(small)
            if exif.swaps_sides:
                width, height = height, width
            return DecodedPhoto(
                image=upright,
                width=width,
                height=height,
                format=image.format or "",
                taken_at=exif.taken_at,
                content_hash=file.content_hash,
                metadata=read_metadata(image),
            )

    @contextmanager
    def _as_the_only_giant(self) -> Iterator[None]:
        turn = self._one_giant
        if not turn.acquire(timeout=_GIANT_PATIENCE_S):
            # Whoever has the turn hangs, and will be given up. The next ones need not wait.
            self._one_giant = turn = threading.Lock()
            turn.acquire()
        try:
            yield
        finally:
            turn.release()

    def _explain(self, error: Exception) -> PhotoError:
        if isinstance(error, Image.DecompressionBombError):
            found = re.search(r"\((\d+) pixels\)", str(error))
            return self._too_large(int(found[1]) if found else None)
        if isinstance(error, MemoryError):
            return PhotoTooLarge("larger than the memory that is free")
        if isinstance(error, EOFError) or re.search(
            r"truncated|ends? too early|incomplete|unexpected end|not enough (image )?data",
            str(error),
            re.IGNORECASE,
        ):
            return UnreadablePhoto(_ENDS_TOO_EARLY)
        if re.search("unsupported|not supported", str(error), re.IGNORECASE):
            return UnsupportedFormat("of a kind that cannot be decoded")
        if isinstance(error, UnidentifiedImageError):
            return UnreadablePhoto("damaged, or of a kind that cannot be decoded")
        return UnreadablePhoto("damaged: the picture cannot be decoded")

    def _too_large(self, pixels: int | None) -> PhotoTooLarge:
        this = f" (this one has {_megapixels(pixels)})" if pixels is not None else ""
        return PhotoTooLarge(f"larger than {_megapixels(self._pixel_cap)} megapixels{this}")


def _reduced(image: Image.Image, keep: int) -> Image.Image:
    """RGB, both sides at least ``keep`` where the image has it, not yet upright."""
    image.load()
    small = to_rgb(image) if needs_all_pixels(image) else image
    factor = min(small.size) // keep
    if factor > 1:
        # By the class: a JPEG 2000 image has a number of that name.
        small = Image.Image.reduce(small, factor)
    return to_rgb(small)


def _megapixels(pixels: int) -> str:
    return f"{pixels / 1e6:.0f}" if pixels >= 10_000_000 else f"{pixels / 1e6:.1f}"


def _affordable_pixels() -> int:
    available: int = psutil.virtual_memory().available
    return max(LEAST_PIXEL_CAP, available // 4 // _BYTES_PER_PIXEL)


class _PillowWarnings:
    """Silences Pillow's warnings (a bomb, truncated EXIF): what matters becomes a PhotoError.

    ``warnings.catch_warnings`` is not made for threads: two that overlap may leave the filters
    of one for ever. Here the first one in sets the filter and the last one out takes it away.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._silence = warnings.catch_warnings()

    @contextmanager
    def ignored(self) -> Iterator[None]:
        """Inside, no thread's Pillow warns."""
        with self._lock:
            if self._users == 0:
                self._silence = warnings.catch_warnings()
                self._silence.__enter__()
                warnings.filterwarnings("ignore", module=r"PIL\.|pillow_heif")
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if self._users == 0:
                    self._silence.__exit__(None, None, None)


_PILLOW_WARNINGS = _PillowWarnings()
"""One for the process, because the filters of ``warnings`` are."""
