"""Captioned photos: ``metadata.jsonl`` beside the photos, in a folder or in a zip."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from training.data.photo_files import FileTree, FolderFiles, ZipFiles
from training.data.source import CaptionedPhoto, PhotoRecords

__all__ = ["METADATA_NAME", "CaptionedPhoto", "PhotoDataset"]

METADATA_NAME = "metadata.jsonl"


class PhotoDataset(PhotoRecords):
    """The photos of one split with their captions, in the order of the metadata."""

    def __init__(self, source: Path, split: str | None = None) -> None:
        """Read the metadata of a folder or a zip.

        Args:
            source: a folder or a zip file that holds ``metadata.jsonl``.
            split: keep only this split; None keeps everything.

        Raises:
            FileNotFoundError: there is no such source, or no metadata in it.
            ValueError: a line is no photo, or the split has none.
        """
        files: FileTree = ZipFiles(source) if source.is_file() else FolderFiles(source)
        super().__init__(source, split, read_metadata(files, source), files)


def read_metadata(files: FileTree, source: Path) -> Iterator[CaptionedPhoto]:
    """The records of ``metadata.jsonl``: an object a line with ``file``, ``captions``, ...

    Raises:
        FileNotFoundError: there is no metadata.
        ValueError: a line is no photo.
    """
    try:
        text = files.read(METADATA_NAME).decode("utf-8")
    except (KeyError, FileNotFoundError) as error:
        raise FileNotFoundError(f"{source} holds no {METADATA_NAME}") from error
    for number, line in enumerate(text.splitlines(), 1):
        try:
            stored = json.loads(line)
            yield CaptionedPhoto(
                stored["file"],
                tuple(stored.get("captions") or ()),
                tuple(stored.get("labels") or ()),
                stored.get("split"),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{METADATA_NAME} line {number}: {error!r}") from error
