"""A file that we did not make -> pixels and facts, or the reason why not."""

from __future__ import annotations

import logging
import math
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pillow_heif
from PIL import Image, UnidentifiedImageError

from desktop_app.errors import PhotoError, PhotoTooLarge, UnreadablePhoto, UnsupportedFormat
from desktop_app.library.decode_memory import (
    DEFAULT_DECODE_MEMORY,
    DecodeBudget,
    bytes_to_decode,
)
from desktop_app.library.exif import Exif
from desktop_app.library.exposure import Exposure
from desktop_app.library.metadata import read_metadata
from desktop_app.library.moving_picture import Frame, moving_frames
from desktop_app.library.photo_file import (
    DEFAULT_FILE_CAP_BYTES,
    NO_MEMORY,
    PhotoFile,
    read_photo_file,
)
from desktop_app.library.raw_facts import TURN_BY_FLIP, RawFacts, raw_exposure
from desktop_app.library.raw_preview import RAW_FORMAT, RawPicture, RawReader, Want
from desktop_app.library.records import Metadata
from desktop_app.library.to_rgb import reduced_to_rgb

log = logging.getLogger(__name__)

# Only these decoders ever see a file. EPS runs Ghostscript, others have a history of holes.
# Pillow opens MPO, several JPEGs in one file, by way of JPEG.
# fmt: off
FORMATS = (
    "JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "DIB", "AVIF", "PPM", "JPEG2000", "HEIF",
)
# fmt: on
DEFAULT_PIXEL_CAP = 1_000_000_000
"""Against bombs; what is below may still need more memory than there is."""
LARGE_FILE_BYTES = 48_000_000
"""Such files are read and decoded one at a time."""
LEAST_SIDE = 320
"""No image gets smaller than this on its shorter side: enough for a thumbnail."""
SPARE = 2.0
"""How many times the side of the square that is asked for an image keeps."""
MODEL_SPARE = 1.65
"""The same for the model's input. A photo that was averaged down to this much and is then resized
gives the embedding that all of its pixels give, as nearly as 8 bits tell (cosine 0.9990, where
halving all of them gives 0.9994); at 1.25 it does not (0.9970). A 12-MP JPEG can so be decoded at
1/8 for 224 pixels, one of 24 MP for 299."""
_RAW_PER_BYTE = 6
"""Memory that a raw file takes at most, usually, by its size; the child process knows exactly."""
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
        self,
        pixel_cap: int = DEFAULT_PIXEL_CAP,
        file_cap_bytes: int = DEFAULT_FILE_CAP_BYTES,
        memory: int = DEFAULT_DECODE_MEMORY,
        raw_reader: RawReader | None = None,
    ) -> None:
        """Set the caps.

        Args:
            pixel_cap: photos with more pixels are refused before a pixel is decoded.
            file_cap_bytes: larger files are refused before they are read.
            memory: bytes that all photos together may take that are decoded at the same time;
                one that needs more is refused, others wait for their turn.
            raw_reader: reads camera raw files; None makes one.
        """
        self._pixel_cap = pixel_cap
        self._file_cap_bytes = file_cap_bytes
        self._budget = DecodeBudget(memory)
        self._raw = raw_reader or RawReader()
        # Pillow's own guard, a setting of the whole module, stands behind ours and must not be
        # stricter than any decoder's.
        Image.MAX_IMAGE_PIXELS = max(self._pixel_cap, Image.MAX_IMAGE_PIXELS or 0)

    def room_for(self, path: Path) -> AbstractContextManager[None]:
        """To be held while a file is read and decoded: large ones take their turn alone.

        Its bytes are all in memory before anybody knows what decoding takes.
        """
        try:
            size = path.stat().st_size
        except OSError:  # whoever reads it says why
            size = 0
        return self._budget.alone() if size > LARGE_FILE_BYTES else nullcontext()

    def read(self, path: Path) -> PhotoFile:
        """Read and hash a file without decoding it; errors as ``decode``."""
        return read_photo_file(path, self._file_cap_bytes)

    def decode(self, path: Path, side: int, spare: float = SPARE) -> DecodedPhoto:
        """Read and decode a file.

        Args:
            path: the file.
            side: of the square that will be made of the photo.
            spare: the image keeps at least so many times ``side`` on both sides, where the photo
                has it, for a good last resize; and at least enough for a thumbnail.

        Raises:
            UnreadablePhoto: empty, damaged, not there, or may not be read.
            UnsupportedFormat: no photo, or of a format that is not decoded.
            PhotoTooLarge: more bytes or pixels than the caps allow.
        """
        with self.room_for(path):
            return self.decode_file(self.read(path), side, spare)

    def decode_file(self, file: PhotoFile, side: int, spare: float = SPARE) -> DecodedPhoto:
        """Decode what ``read`` gave; arguments and errors as ``decode``."""
        try:
            with _PILLOW_WARNINGS.ignored():
                return self._decode(file, max(math.ceil(spare * side), LEAST_SIDE))
        except PhotoError:
            raise
        except Exception as error:  # Pillow's decoders raise nearly anything on damaged files
            log.debug("not decoded: %r", error)
            raise self._explain(error) from error

    def frames(self, path: Path) -> Iterator[Frame]:
        """The frames of a picture that moves, again and again; none of one that stands still.

        Each is decoded when it is asked for; errors as ``decode``.
        """
        file = self.read(path)
        if file.is_raw:
            return
        try:
            with Image.open(BytesIO(file.data), formats=FORMATS) as image:
                self._require_fewer_pixels(image)
                yield from moving_frames(image, self._frame_room)
        except PhotoError:
            raise
        except Exception as error:  # as in ``decode_file``
            log.debug("frame not decoded: %r", error)
            raise self._explain(error) from error

    @contextmanager
    def _frame_room(self, image: Image.Image) -> Iterator[None]:
        need = bytes_to_decode(image, image.size)
        with _PILLOW_WARNINGS.ignored(), self._budget.reserved(need):
            yield

    def metadata(self, path: Path) -> Metadata:
        """What a file says about its photo, read without decoding pixels; errors as ``decode``."""
        file = self.read(path)
        try:
            with _PILLOW_WARNINGS.ignored():
                if file.is_raw:
                    return RawFacts.of(file.data, self._raw_picture(file, 1, "preview")).metadata
                with Image.open(BytesIO(file.data), formats=FORMATS) as image:
                    self._require_fewer_pixels(image)
                    return read_metadata(image)
        except PhotoError:
            raise
        except Exception as error:  # as in ``decode_file``
            log.debug("metadata not read: %r", error)
            raise self._explain(error) from error

    def exposure(self, path: Path) -> tuple[str, Exposure]:
        """A file's format and how it was exposed, without decoding pixels; errors as ``decode``."""
        file = self.read(path)
        if file.is_raw:
            return RAW_FORMAT, raw_exposure(file.data)
        try:
            with (
                _PILLOW_WARNINGS.ignored(),
                Image.open(BytesIO(file.data), formats=FORMATS) as image,
            ):
                self._require_fewer_pixels(image)
                return image.format or "", Exposure.read(image.getexif)
        except PhotoError:
            raise
        except Exception as error:  # as in ``decode_file``
            log.debug("exposure not read: %r", error)
            raise self._explain(error) from error

    def _decode(self, file: PhotoFile, keep: int) -> DecodedPhoto:
        if file.is_raw:
            return self._decode_raw(file, keep)
        with Image.open(BytesIO(file.data), formats=FORMATS) as image:
            width, height = image.size
            small = self._small(image, keep, len(file.data))
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

    def _small(self, image: Image.Image, keep: int, file_size: int) -> Image.Image:
        """RGB, both sides at least ``keep`` where the opened image has it, not yet upright."""
        self._require_fewer_pixels(image)
        full_size = image.size
        # JPEG decodes at 1/2, 1/4 or 1/8; HEIF takes an embedded thumbnail that is large enough
        image.draft("RGB", (keep, keep))
        with self._budget.reserved(file_size + bytes_to_decode(image, full_size)):
            return reduced_to_rgb(image, keep)

    # -- camera raw files ------------------------------------------------------------------

    def _decode_raw(self, file: PhotoFile, keep: int) -> DecodedPhoto:
        picture = self._raw_picture(file, keep, "picture")
        facts = RawFacts.of(file.data, picture)
        try:
            small = self._raw_image(picture, keep)
        except Exception as error:  # as in ``decode_file``
            if not picture.jpeg:
                raise
            log.debug("preview of a raw file not decoded: %r", error)
            picture = self._raw_picture(file, keep, "pixels")
            small = self._raw_image(picture, keep)
        turn = TURN_BY_FLIP.get(picture.flip)
        return DecodedPhoto(
            image=small if turn is None else small.transpose(turn),
            width=picture.width,
            height=picture.height,
            format=RAW_FORMAT,
            taken_at=facts.taken_at,
            content_hash=file.content_hash,
            metadata=facts.metadata,
        )

    def _raw_picture(self, file: PhotoFile, keep: int, want: Want) -> RawPicture:
        need = min(_RAW_PER_BYTE * len(file.data), self._budget.limit)
        with self._budget.reserved(need):
            return self._raw.read(file.data, keep, self._budget.limit, want)

    def _raw_image(self, picture: RawPicture, keep: int) -> Image.Image:
        if picture.jpeg:
            with Image.open(BytesIO(picture.jpeg), formats=("JPEG",)) as preview:
                return self._small(preview, keep, len(picture.jpeg))
        if not picture.rgb:
            raise UnreadablePhoto("a camera raw file without a picture that can be decoded")
        return Image.frombytes("RGB", picture.sides, picture.rgb)

    def _require_fewer_pixels(self, image: Image.Image) -> None:
        if image.width * image.height > self._pixel_cap:
            raise self._too_large(image.width * image.height)

    def _explain(self, error: Exception) -> PhotoError:
        if isinstance(error, Image.DecompressionBombError):
            found = re.search(r"\((\d+) pixels\)", str(error))
            return self._too_large(int(found[1]) if found else None)
        if isinstance(error, MemoryError):
            return PhotoTooLarge(NO_MEMORY)
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


def _megapixels(pixels: int) -> str:
    return f"{pixels / 1e6:.0f}" if pixels >= 10_000_000 else f"{pixels / 1e6:.1f}"


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
