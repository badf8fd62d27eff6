"""What travels between the panels and the threads that work for them: frozen, safe to share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL.Image import Image
from PySide6.QtGui import QImage

from desktop_app.library.captions import Caption
from desktop_app.library.match_reasons import MatchReasons
from desktop_app.library.search import SearchHit


@dataclass(frozen=True)
class Subject:
    """The photo that a panel is about."""

    path: Path
    hit: SearchHit | None = None
    """None: a file that was dropped; it need not be in the library."""

    @property
    def photo_id(self) -> int | None:
        """Of the library; None for a dropped file."""
        return None if self.hit is None else self.hit.photo.photo_id


@dataclass(frozen=True)
class FoundCaptions:
    """Captions for a photo, the best first."""

    captions: tuple[Caption, ...]
    is_judged: bool
    """Whether their scores are a matcher's probabilities; else they are cosines."""
    can_write: bool
    """Whether the model has a captioner; without one they are all from collections."""


@dataclass(frozen=True)
class ShownReasons:
    """Why a photo matched, and the photo under the heat of the words."""

    why: MatchReasons
    can_point: bool
    """Whether the model has a matcher, which knows what regions answer a word."""
    together: QImage
    """All words; null where there are none."""
    layers: tuple[QImage, ...]
    """One for each of ``why.words``."""


@dataclass(frozen=True)
class SimilarPhotos:
    """The photos of the library that are most like one."""

    hits: tuple[SearchHit, ...]
    pictures: tuple[QImage, ...]
    """A square picture of each; null where there is no thumbnail."""


def to_qimage(photo: Image) -> QImage:
    """A Pillow image (RGB) as one of Qt's, with pixels of its own."""
    pixels = photo.tobytes()
    size = (photo.width, photo.height, photo.width * 3)
    # QImage only borrows the bytes
    return QImage(pixels, *size, QImage.Format.Format_RGB888).copy()
