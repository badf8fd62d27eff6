"""Small JPEGs of the photos, named by content: safe to delete, made again by the next run."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from desktop_app.errors import CatalogueReadOnly, DiskFull, no_space_left

log = logging.getLogger(__name__)

LONGEST_SIDE = 320
_QUALITY = 85
_REDUCING_GAP = 1.5
_SUFFIX = ".jpg"


class ThumbnailStore:
    """The thumbnails' folder. Any number of threads and processes may use it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, content_hash: str) -> Path:
        """Where the thumbnail of a content lies, once it is written."""
        return self._folder / content_hash[:2] / f"{content_hash}{_SUFFIX}"

    def write(self, content_hash: str, image: Image.Image) -> None:
        """Write the thumbnail of a decoded photo (RGB, upright), whole or not at all.

        Raises:
            DiskFull: there is no space.
            CatalogueReadOnly: the folder cannot be written.
        """
        small = image.copy()
        # Averaged to less than twice the size before it is resized: a third of the time.
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=_REDUCING_GAP)
        target = self.path(content_hash)
        temporary = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}.tmp")
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                small.save(temporary, "JPEG", quality=_QUALITY)
                os.replace(temporary, target)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
        except OSError as error:
            if no_space_left(error):
                raise DiskFull(
                    f"No space is left for thumbnails in {self._folder}.",
                    "Free some space; what was done so far is kept.",
                ) from error
            raise CatalogueReadOnly(
                f"Thumbnails cannot be written in {self._folder}: {error.strerror}.",
                "Check who may write there, or choose another folder with --data-dir.",
            ) from error

    def discard(self, content_hashes: Iterable[str]) -> None:
        """Delete the thumbnails of photos that are forgotten; one that cannot be is swept later."""
        for content_hash in content_hashes:
            try:
                self.path(content_hash).unlink(missing_ok=True)
            except OSError as error:
                log.info("a thumbnail is left: %s", error)

    def sweep(self, wanted: Iterable[str]) -> set[str]:
        """Delete what belongs to no photo, left-overs of a crash too; the hashes that lack one.

        To be called by the process that writes thumbnails, and by it alone.
        """
        lacking, strays = self._compare(wanted)
        for path in strays:
            path.unlink(missing_ok=True)
        return lacking

    def strays(self, wanted: Iterable[str]) -> list[Path]:
        """What ``sweep`` would delete."""
        return self._compare(wanted)[1]

    def _compare(self, wanted: Iterable[str]) -> tuple[set[str], list[Path]]:
        lacking = set(wanted)
        strays: list[Path] = []
        for folder in self._folder.glob("??/"):
            for entry in os.scandir(folder):
                stem, suffix = os.path.splitext(entry.name)  # noqa: PTH122
                if suffix == _SUFFIX and stem in lacking:
                    lacking.discard(stem)
                else:
                    strays.append(Path(entry.path))
        return lacking, strays
