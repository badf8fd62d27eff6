"""Named files in a folder or in a zip: every layout of photo sets can lie in either."""

from __future__ import annotations

import posixpath
import zipfile
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol, cast

PHOTO_SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"))


class PhotoFiles(Protocol):
    """Where encoded photos come from."""

    def read(self, name: str) -> bytes:
        """All bytes of one photo."""


class FileTree(PhotoFiles, Protocol):
    """Named files; names are relative, with forward slashes."""

    @property
    def names(self) -> frozenset[str]:
        """Every file below the root; hidden ones and macOS' own are left out."""

    def open(self, name: str) -> BinaryIO:
        """A stream of one file, to be closed."""

    def read_range(self, name: str, start: int, size: int) -> bytes:
        """A part of one file."""


class FolderFiles:
    """The files below a folder."""

    def __init__(self, root: Path) -> None:
        """Serve a folder.

        Raises:
            FileNotFoundError: there is no such folder.
        """
        if not root.is_dir():
            raise FileNotFoundError(f"there is no folder {root}")
        self._root = root

    @cached_property
    def names(self) -> frozenset[str]:
        """Every file below the folder; hidden ones are left out."""
        found = (path for path in self._root.rglob("*") if path.is_file())
        return frozenset(filter(_is_shown, (p.relative_to(self._root).as_posix() for p in found)))

    def read(self, name: str) -> bytes:
        """All bytes of one file."""
        return (self._root / name).read_bytes()

    def open(self, name: str) -> BinaryIO:
        """A stream of one file, to be closed."""
        return (self._root / name).open("rb")

    def read_range(self, name: str, start: int, size: int) -> bytes:
        """A part of one file."""
        with self.open(name) as stream:
            stream.seek(start)
            return stream.read(size)


class ZipFiles:
    """The files of a zip. Not for several threads at once: zipfile shares one file position."""

    def __init__(self, path: Path) -> None:
        """Read the table of contents.

        Raises:
            ValueError: it is no zip.
        """
        try:
            self._archive = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise ValueError(f"{path} is no zip: {error}") from error
        self._streams: dict[str, BinaryIO] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """Every file of the zip; hidden ones and macOS' own are left out."""
        return frozenset(
            name for name in self._archive.namelist() if not name.endswith("/") and _is_shown(name)
        )

    def read(self, name: str) -> bytes:
        """All bytes of one file."""
        return self._archive.read(name)

    def open(self, name: str) -> BinaryIO:
        """A stream of one file, to be closed."""
        return cast(BinaryIO, self._archive.open(name))

    def read_range(self, name: str, start: int, size: int) -> bytes:
        """A part of one file; going back in a compressed one means reading it from its start."""
        # Kept: a stream that is opened anew has to unpack all that lies before.
        if name not in self._streams:
            self._streams[name] = self.open(name)
        self._streams[name].seek(start)
        return self._streams[name].read(size)


class PhotoIndex:
    """Finds the photo that an annotation means: annotations name files, seldom their folders."""

    def __init__(self, files: FileTree) -> None:
        self._names = files.names
        self._by_base: dict[str, list[str]] = defaultdict(list)
        for name in sorted(files.names):
            self._by_base[posixpath.basename(name)].append(name)

    def find(self, *wanted: str) -> str | None:
        """The file of the first of these names that exists: exactly so, or in some folder.

        Args:
            wanted: relative names, the most exact first; of files with equal names, the one with
                the longest common end is taken (``val2014/1.jpg`` is not ``train2014/1.jpg``).
        """
        for name in wanted:
            if name in self._names:
                return name
            candidates = self._by_base.get(posixpath.basename(name), [])
            if candidates:
                return max(candidates, key=lambda found: _common_end(found, name))
        return None


def is_photo(name: str) -> bool:
    """Whether a file name has the ending of a photo."""
    return posixpath.splitext(name)[1].lower() in PHOTO_SUFFIXES


def _is_shown(name: str) -> bool:
    return not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _common_end(one: str, other: str) -> int:
    common = 0
    for a, b in zip(reversed(one.split("/")), reversed(other.split("/")), strict=False):
        if a != b:
            break
        common += 1
    return common
