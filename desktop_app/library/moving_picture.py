"""The frames of pictures that move: GIF, WebP, PNG and AVIF, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from desktop_app.library.exif import Exif
from desktop_app.library.to_rgb import to_rgb

MOVING_SUFFIXES = frozenset((".gif", ".webp", ".png", ".apng", ".avif", ".avifs"))
"""Names of files that may move; other formats hold several pictures for other reasons."""
_MOVING_FORMATS = frozenset(("GIF", "WEBP", "PNG", "AVIF"))
_LEAST_MS = 20
_USUAL_MS = 100
"""What browsers take for a frame that does not say, or says less than a screen can show."""


@dataclass(frozen=True)
class Frame:
    """One frame."""

    image: Image.Image
    """RGB, upright, whole: what it leaves as it was is in it too."""
    duration_ms: int


class Room(Protocol):
    """What is held while a frame is decoded."""

    def __call__(self, image: Image.Image) -> AbstractContextManager[None]:
        """Claim the memory that it takes."""


def moving_frames(image: Image.Image, room: Room) -> Iterator[Frame]:
    """The frames of an opened picture, again and again; none of one that stands still.

    Each is decoded when it is asked for, so that a long one takes no more memory than a short one.
    """
    if image.format not in _MOVING_FORMATS or not getattr(image, "is_animated", False):
        return
    number = 0
    while True:
        try:
            with room(image):
                image.seek(number)
                image.load()
                picture = Exif.of(image).upright(to_rgb(image))
        except EOFError:
            if number < 2:  # one that cannot be read to its second frame would turn for ever
                return
            number = 0
            continue
        yield Frame(picture, _duration(image))
        number += 1


def _duration(image: Image.Image) -> int:
    told = image.info.get("duration", 0)
    is_told = isinstance(told, int | float) and told >= _LEAST_MS
    return round(told) if is_told else _USUAL_MS
