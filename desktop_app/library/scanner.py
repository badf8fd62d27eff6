"""Walk a folder: which files may be photos."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.library.exclusion import Exclusion, ExclusionRules
from desktop_app.library.file_system import is_in_cloud, stubbed_name
from desktop_app.library.records import FoundFile

log = logging.getLogger(__name__)

DEMO_FOLDER = "demo photos"
"""The one sub-folder of VisITA's own data folder that holds photos."""
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
    in_cloud: tuple[FoundFile, ...] = ()
    """Candidates that cannot be read here: their data is only in the cloud."""


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
    return not was_mount_point or is_mount_point(root)


def is_mount_point(folder: Path) -> bool:
    """Whether a disk, or a drive of the network, begins at a folder."""
    return os.path.ismount(folder)  # Path.is_mount is not made for Windows


class Scanner:
    """Walks folders; touches no file, only its directory entry."""

    def __init__(self, data_dir: Path, rules: ExclusionRules | None = None) -> None:
        """Prepare, look at nothing.

        Args:
            data_dir: VisITA's own folder, whose thumbnails would be found as photos.
            rules: what is left out besides; None: the defaults.
        """
        self._data_dir = data_dir
        self._rules = ExclusionRules() if rules is None else rules

    def exclusion(self, root: Path) -> Exclusion:
        """What is left out below a root, as its files of rules say now."""
        return Exclusion(self._rules, root)

    def walk(self, root: Path, sub_folder: str = "") -> Iterator[Listing]:
        """List the candidates below a root, one folder at a time.

        Every regular file is one, unless the rules leave it out. Links are followed: a link to a
        file is one more place of it; each folder is listed once, under its own name if that is
        below the root, so a loop of links ends.

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
        exclusion = self.exclusion(root)
        if is_left_out(exclusion, sub_folder):
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
            if sub_folder and _has_another_name(root, folder, exclusion):
                continue
            if identity is not None:
                seen.add(identity)
            if identity is not None and identity == own:
                folders.append(os.path.join(folder, DEMO_FOLDER))  # noqa: PTH118
                continue
            listing, inner, linked = _list(root, folder, exclusion)
            folders.extend(reversed(inner))
            links.extend(reversed(linked))
            if listing is not None:
                yield listing


def _list(
    root: Path, folder: str, exclusion: Exclusion
) -> tuple[Listing | None, list[str], list[str]]:
    """One folder's candidates, its sub-folders, and those that are links."""
    prefix = os.path.join(folder, "") if folder else ""  # noqa: PTH118
    stored_prefix = os.fsencode(prefix)
    files: list[FoundFile] = []
    in_cloud: list[FoundFile] = []
    inner: list[str] = []
    linked: list[str] = []
    try:
        with os.scandir(root / folder) as entries:
            for entry in entries:
                if _is_folder(entry):
                    if not exclusion.leaves_out(prefix + entry.name, True):
                        (linked if entry.is_symlink() else inner).append(prefix + entry.name)
                    continue
                stubbed = stubbed_name(entry.name)
                name = prefix + (stubbed or entry.name)
                if exclusion.leaves_out(name, False) or (status := _status(entry)) is None:
                    continue
                # SQLite's largest integer
                mtime_ns = max(-_MAX_INT64, min(status.st_mtime_ns, _MAX_INT64))
                found = FoundFile(os.fsencode(name), status.st_size, mtime_ns)
                is_placeholder = stubbed is not None or is_in_cloud(entry.path, status)
                (in_cloud if is_placeholder else files).append(found)
    except (FileNotFoundError, NotADirectoryError):
        return None, [], []  # gone since its parent was listed: what was in it is missing
    except OSError as error:
        log.warning("folder not listed: %s", error)
        return Listing(stored_prefix, (), is_readable=False), [], []
    here = {file.relative_path for file in files}
    away = sorted({file.relative_path: file for file in in_cloud}.values())
    listing = Listing(
        stored_prefix,
        tuple(sorted(files)),
        in_cloud=tuple(file for file in away if file.relative_path not in here),
    )
    return listing, sorted(inner), sorted(linked)


def _has_another_name(root: Path, folder: str, exclusion: Exclusion) -> bool:
    """Whether links led to a folder that a walk of the whole root lists under its own name."""
    home, place = root.resolve(), (root / folder).resolve()
    if place == home / folder or not place.is_relative_to(home):
        return False
    own_name = "" if place == home else str(place.relative_to(home))
    return not is_left_out(exclusion, own_name)


def is_left_out(exclusion: Exclusion, folder: str) -> bool:
    """Whether the rules leave a folder out; where they cannot be read, they do not."""
    try:
        return exclusion.leaves_out_folder(folder)
    except OSError as error:  # the walk meets the same error, and says so
        log.debug("rules not read: %s", error)
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, or to where we may not look: _status says which
        return False


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    """What the system says of a regular file; None for everything else."""
    try:
        status = entry.stat()
    except OSError as error:  # a link to nothing, or gone since the folder was opened
        log.debug("skipped: %s", error)
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _identity(folder: Path) -> Identity | None:
    try:
        status = os.stat(folder)  # noqa: PTH116
    except OSError:
        return None
    return (status.st_dev, status.st_ino)
