"""Small JPEGs of the photos, named by content: safe to delete, made again by the next run."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from io import BytesIO
from pathlib import Path
from typing import Protocol

from PIL import Image

from desktop_app.errors import CatalogueReadOnly, DiskFull, no_space_left

log = logging.getLogger(__name__)

LONGEST_SIDE = 320
SHOWN_S = 3600.0
"""A thumbnail that was on a screen so short a time ago is not deleted for want of space."""
_QUALITY = 85
# What is near the thumbnail's size is resized at once, by a filter of half bicubic's reach that is
# as good for making smaller (Pillow's handbook): together half the time.
_FILTER = Image.Resampling.HAMMING
_REDUCING_GAP = 1.5
_SUFFIX = ".jpg"
_ROOM = 0.9
"""Of a cap, how much is filled again: not every new photo is worth a look at all thumbnails."""


class ThumbnailWriter(Protocol):
    """Takes the thumbnails of photos that are read."""

    def write(self, content_hash: str, image: Image.Image) -> None:
        """Take that of a decoded photo; called on any thread."""


class NoThumbnails:
    """Takes thumbnails where they have all been written before."""

    def write(self, content_hash: str, image: Image.Image) -> None:
        """Write nothing."""


def encoded_thumbnail(image: Image.Image) -> bytes:
    """The JPEG of a decoded photo (RGB, upright), made small; the photo is not changed."""
    small = image.copy()
    # Averaged to less than twice the size before it is resized: a third of the time.
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), _FILTER, _REDUCING_GAP)
    stream = BytesIO()
    small.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def note_shown(path: Path) -> None:
    """A thumbnail is on a screen. Any thread; a file that is gone is none of it."""
    try:
        now = time.time()
        if now - path.stat().st_mtime > SHOWN_S / 2:
            os.utime(path, (now, now))
    except OSError as error:
        log.debug("not noted as shown: %s", error)


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
        data = encoded_thumbnail(image)
        target = self.path(content_hash)
        temporary = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}.tmp")
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                temporary.write_bytes(data)
                # Nobody has seen it: it must not outlive one that is on the screen.
                unseen = time.time() - SHOWN_S
                os.utime(temporary, (unseen, unseen))
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

    def shrink(self, cap_bytes: int, kept_longest: AbstractSet[str]) -> int:
        """Delete thumbnails where they take more than a cap, the longest unseen first.

        Those that were on a screen within ``SHOWN_S`` stay, whatever the cap.

        Args:
            cap_bytes: what all may take together; a little room is made below it.
            kept_longest: hashes of those that go after all others, because nobody could make
                them again.

        Returns:
            how many were deleted.
        """
        found: list[tuple[bool, float, int, Path]] = []
        for entry in self._entries():
            try:
                status = entry.stat()
            except OSError:  # another process deleted it just now
                continue
            is_kept = Path(entry.name).stem in kept_longest
            found.append((is_kept, status.st_mtime, status.st_size, Path(entry.path)))
        total = sum(size for _, _, size, _ in found)
        if total <= cap_bytes:
            return 0
        deleted = 0
        shown_since = time.time() - SHOWN_S
        for _, seen_at, size, path in sorted(found):
            if total <= _ROOM * cap_bytes:
                break
            if seen_at <= shown_since:
                path.unlink(missing_ok=True)
                total -= size
                deleted += 1
        log.info("%d thumbnails deleted, %d MB left", deleted, total // 1_000_000)
        return deleted

    def has_room(self, count: int, cap_bytes: int) -> bool:
        """Whether so many more stay under a cap, with some room; what lacks was lost then.

        Else some lack because they were deleted for want of space.
        """
        sizes = [entry.stat().st_size for entry in self._entries()]
        mean = sum(sizes) / len(sizes) if sizes else 0.0
        return sum(sizes) + count * mean <= _ROOM * cap_bytes

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

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        for folder in self._folder.glob("??/"):
            with os.scandir(folder) as entries:
                yield from (e for e in entries if e.name.endswith(_SUFFIX))

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
