"""Walk a folder and compare it with what the catalogue remembers of it."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.library.photo_file import may_pass
from desktop_app.library.records import FoundFile, KnownFile, ScanDelta

log = logging.getLogger(__name__)

DEMO_FOLDER = "demo photos"
"""The one sub-folder of VisITA's own data folder that holds photos."""
# fmt: off
_SKIPPED_FOLDERS = frozenset((
    "@eadir", "$recycle.bin", "lost+found", "system volume information", "__macosx",
))
# fmt: on
_SKIPPED_FILES = frozenset(("thumbs.db", "desktop.ini"))
_SIDE_CARS = (".xmp", ".aae", ".thm")
_MAX_INT64 = (1 << 63) - 1

Identity = tuple[int, int]


@dataclass(frozen=True)
class Listing:
    """The candidates in one folder."""

    prefix: bytes
    """Of the relative paths in it: empty for the root, else ends in a separator."""
    files: tuple[FoundFile, ...]
    is_readable: bool = True
    """False: nobody knows what is in it or below."""


def is_reachable(root: Path, was_mount_point: bool = False) -> bool:
    """Whether a root is there and can be listed.

    A mount point whose disk is unplugged is still a folder, an empty one: not reachable.
    """
    try:
        with os.scandir(root):
            pass
    except OSError as error:
        log.debug("not reachable: %s", error)
        return False
    return not was_mount_point or root.is_mount()


class Scanner:
    """Walks folders; touches no file, only its directory entry."""

    def __init__(self, data_dir: Path) -> None:
        """Leave out VisITA's own folder, whose thumbnails would be found as photos."""
        self._data_dir = data_dir

    def walk(self, root: Path, sub_folder: str = "") -> Iterator[Listing]:
        """List the candidates below a root, one folder at a time.

        Every regular file is one, unless it is hidden, a side-car, or in a folder of the
        system's. Links are followed; each folder is listed once, under its own name if that is
        below the root.

        Args:
            root: the folder that the relative paths start from.
            sub_folder: of the root, to list only what lies in it.
        """
        own = _identity(self._data_dir)
        inside_own = (root / sub_folder).resolve()
        demo = (self._data_dir / DEMO_FOLDER).resolve()
        if inside_own.is_relative_to(self._data_dir.resolve()) and not (
            inside_own.is_relative_to(demo) or demo.is_relative_to(inside_own)
        ):
            return
        seen: set[Identity] = set()
        # Links wait until all real folders are listed, or a photo's path would depend on which
        # of its two names came first.
        folders, links = [sub_folder], list[str]()
        while folders or links:
            folder = folders.pop() if folders else links.pop()
            identity = _identity(root / folder)
            if identity is not None and identity in seen:
                continue
            if identity is not None:
                seen.add(identity)
            if identity is not None and identity == own:
                folders.append(os.path.join(folder, DEMO_FOLDER))  # noqa: PTH118
                continue
            listing, inner, linked = _list(root, folder)
            folders.extend(reversed(inner))
            links.extend(reversed(linked))
            if listing is not None:
                yield listing


class Comparison:
    """What a walk finds against what is known: new, changed, back, missing, unchanged."""

    def __init__(self, known: dict[bytes, KnownFile]) -> None:
        """``known``: the catalogue's files of the scope; emptied by the comparison."""
        self._known = known
        self._added: list[FoundFile] = []
        self._changed: list[tuple[int, FoundFile]] = []
        self._returned: list[int] = []
        self._unreadable: list[bytes] = []
        self.seen = 0
        self.unchanged = 0
        self.failed = 0

    def take(self, listing: Listing) -> None:
        """Compare one folder."""
        if not listing.is_readable:
            self._unreadable.append(listing.prefix)
        for file in listing.files:
            self._take_file(file)
        self.seen += len(listing.files)

    @property
    def size(self) -> int:
        """How many rows ``drain`` would write."""
        return len(self._added) + len(self._changed) + len(self._returned)

    def drain(self) -> ScanDelta:
        """What is to be written so far; once."""
        delta = ScanDelta(tuple(self._added), tuple(self._changed), tuple(self._returned))
        self._added, self._changed, self._returned = [], [], []
        return delta

    def missing(self) -> list[KnownFile]:
        """After the whole walk: the known files that were not found.

        What lies in a folder that could not be listed is left as it is, and counted so.
        """
        gone: list[KnownFile] = []
        unreadable = tuple(self._unreadable)
        for path, known in self._known.items():
            if not path.startswith(unreadable):
                gone.append(known)
            elif known.state == "failed":
                self.failed += 1
            elif known.state == "indexed":
                self.unchanged += 1
        return gone

    def _take_file(self, file: FoundFile) -> None:
        known = self._known.pop(file.relative_path, None)
        if known is None:
            self._added.append(file)
        elif (known.size_bytes, known.mtime_ns) != (file.size_bytes, file.mtime_ns):
            self._changed.append((known.file_id, file))
        elif known.state == "indexed":
            self.unchanged += 1
        elif known.state == "missing":
            self._returned.append(known.file_id)
            self.unchanged += 1
        elif may_pass(known.failure):  # a permission or a setting shows in no time stamp
            self._changed.append((known.file_id, file))
        elif known.state == "failed":
            self.failed += 1


def _list(root: Path, folder: str) -> tuple[Listing | None, list[str], list[str]]:
    """One folder's candidates, its sub-folders, and those that are links."""
    prefix = os.path.join(folder, "") if folder else ""  # noqa: PTH118
    stored_prefix = os.fsencode(prefix)
    files: list[FoundFile] = []
    inner: list[str] = []
    linked: list[str] = []
    try:
        with os.scandir(root / folder) as entries:
            for entry in entries:
                if _is_folder(entry):
                    if not _is_skipped_folder(entry.name):
                        (linked if entry.is_symlink() else inner).append(prefix + entry.name)
                elif not _is_skipped_file(entry.name) and (found := _found(entry, stored_prefix)):
                    files.append(found)
    except (FileNotFoundError, NotADirectoryError):
        return None, [], []  # gone since its parent was listed: what was in it is missing
    except OSError as error:
        log.warning("folder not listed: %s", error)
        return Listing(stored_prefix, (), is_readable=False), [], []
    return Listing(stored_prefix, tuple(sorted(files))), sorted(inner), sorted(linked)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, or to where we may not look: _found says which
        return False


def _found(entry: os.DirEntry[str], prefix: bytes) -> FoundFile | None:
    try:
        status = entry.stat()
    except OSError as error:  # a link to nothing, or gone since the folder was opened
        log.debug("skipped: %s", error)
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    mtime_ns = max(-_MAX_INT64, min(status.st_mtime_ns, _MAX_INT64))  # SQLite's largest integer
    return FoundFile(prefix + os.fsencode(entry.name), status.st_size, mtime_ns)


def _is_skipped_folder(name: str) -> bool:
    return name.startswith(".") or name.lower() in _SKIPPED_FOLDERS


def _is_skipped_file(name: str) -> bool:
    lower = name.lower()
    return name.startswith(".") or lower in _SKIPPED_FILES or lower.endswith(_SIDE_CARS)


def _identity(folder: Path) -> Identity | None:
    try:
        status = os.stat(folder)  # noqa: PTH116
    except OSError:
        return None
    return (status.st_dev, status.st_ino)
