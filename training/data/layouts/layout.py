"""What a reader of one layout is given, and how it collects photos."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.data.photo_files import FileTree, PhotoFiles, PhotoIndex
from training.data.source import CaptionedPhoto

log = logging.getLogger(__name__)

SPLIT_NAMES = {
    "train": "train",
    "training": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "dev": "val",
    "test": "test",
    "testing": "test",
}
"""Folder and column values that mean a split, and what we call it."""


@dataclass(frozen=True)
class PhotoTree:
    """The files of a photo set before anybody knows its layout."""

    files: FileTree
    source: Path
    annotation: str | None = None
    """The one annotation file to use; None: look for it."""

    def annotations(self, matches: Callable[[str], bool]) -> list[str]:
        """Files whose base name matches, sorted; only the named one when one was named."""
        names = self.files.names if self.annotation is None else {self.annotation}
        return sorted(name for name in names if matches(posixpath.basename(name)))

    def lines(self, name: str) -> Iterator[str]:
        """The lines of a UTF-8 text file without their ends; empty ones are left out."""
        for line in self.files.read(name).decode("utf-8-sig").splitlines():
            if line.strip():
                yield line


@dataclass(frozen=True)
class Listing:
    """What a layout holds: the records, and where their bytes come from."""

    photos: list[CaptionedPhoto]
    files: PhotoFiles


@dataclass(frozen=True)
class Layout:
    """One layout: what it is called, whether a tree has it, how to read it."""

    name: str
    recognises: Callable[[PhotoTree], bool]
    read: Callable[[PhotoTree], Listing]


class Collector:
    """Gathers what annotations say of each photo, in the order of first mention."""

    def __init__(self, tree: PhotoTree) -> None:
        self._tree = tree
        self._index = PhotoIndex(tree.files)
        self._captions: dict[str, list[str]] = {}
        self._labels: dict[str, list[str]] = {}
        self._splits: dict[str, str | None] = {}
        self._missing: set[str] = set()

    def add(
        self,
        names: Iterable[str],
        captions: Iterable[str] = (),
        labels: Iterable[str] = (),
        split: str | None = None,
    ) -> None:
        """Add to the photo that has one of these names; a photo that is not there is counted."""
        wanted = tuple(names)
        file = self._index.find(*wanted)
        if file is None:
            self._missing.add(wanted[0])
            return
        known = self._captions.setdefault(file, [])
        known += [stripped for c in captions if (stripped := c.strip())]
        tags = self._labels.setdefault(file, [])
        tags += [label for label in dict.fromkeys(labels) if label and label not in tags]
        self._splits[file] = split or self._splits.get(file)

    def listing(self) -> Listing:
        """All of them.

        Raises:
            ValueError: not one of the photos that the annotations name is there.
        """
        if self._missing:
            example = min(self._missing)
            if not self._captions:
                raise ValueError(
                    f"{self._tree.source} has annotations, but none of their "
                    f"{len(self._missing)} photos (such as {example}) lies beside them"
                )
            log.warning(
                "%s: %d photos that the annotations name are not there, such as %s",
                self._tree.source,
                len(self._missing),
                example,
            )
        photos = [
            CaptionedPhoto(file, tuple(found), tuple(self._labels[file]), self._splits[file])
            for file, found in self._captions.items()
        ]
        return Listing(photos, self._tree.files)
