"""The best picture of a photo that is at hand: the photo itself, else its thumbnail."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from PIL import Image, UnidentifiedImageError

from desktop_app.errors import PhotoError
from desktop_app.gui.inspector.messages import Subject
from desktop_app.library.photo_details import DetailReader


class SubjectPictures:
    """Decodes what is looked at, once: panels show it and the heat is drawn over it.

    Threads of the pool may share one; all pictures are RGB, upright, and new copies.
    """

    def __init__(self, details: DetailReader) -> None:
        self._details = details
        self._lock = Lock()
        self._path: Path | None = None
        self._photo: Image.Image | None = None

    def thumbnail(self, subject: Subject) -> Image.Image | None:
        """What is there at once; None while there is none."""
        return None if subject.hit is None else _opened(subject.hit.thumbnail)

    def best(self, subject: Subject) -> Image.Image | None:
        """The photo, at most 960 pixels; its thumbnail where it cannot be read; None without.

        May take as long as decoding takes.
        """
        with self._lock:  # two who want the same photo: the second finds it decoded
            if subject.path != self._path:
                self._path, self._photo = subject.path, self._decoded(subject)
            photo = self._photo
        return self.thumbnail(subject) if photo is None else photo.copy()

    def _decoded(self, subject: Subject) -> Image.Image | None:
        if subject.hit is not None and subject.hit.photo.offline:
            return None  # asking for a drive that is not there may take its time
        try:
            return self._details.picture(subject.path)
        except PhotoError:  # the details say why
            return None


def _opened(thumbnail: Path) -> Image.Image | None:
    """A thumbnail, which we wrote ourselves; None while there is none."""
    try:
        with Image.open(thumbnail, formats=("JPEG",)) as stored:
            return stored.convert("RGB")
    except (OSError, UnidentifiedImageError, SyntaxError):
        return None
