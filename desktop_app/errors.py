"""Every error that VisITA knows, in one tree.

AppError                      the environment's fault: one sentence and a hint, exit code 1
    UsageError                what was asked for makes no sense (an empty query)
        QuerySyntaxError      a typed query makes no sense; says where
    LibraryError
        CatalogueTooNew       written by a newer VisITA
        CatalogueDamaged      SQLite's own check failed
        CatalogueBusy         another process holds the write lock
        CatalogueReadOnly     the data folder cannot be written
        DiskFull
        FolderUnavailable     a folder is not there or cannot be read
        IndexerRunning        another indexer works on this library
        TransferRunning       files of this library are being copied or moved already
    ModelError
        ModelMissing          no bundle where one is expected
        ModelMismatch         a checksum, a size or a dimension does not hold
        ProviderUnavailable   ONNX Runtime cannot run the model as asked
    PhotoError                one photo's fault: recorded, the run goes on
        UnreadablePhoto
        PhotoTooLarge
        UnsupportedFormat
        LeftAlone             it was not copied or moved, and stays as it is
    IndexerError
        IndexerCrashed
        IndexerUnresponsive
    DemoPhotosMissing         the package with the demo photos is not installed

Anything else is a bug: it is logged with its traceback and ends in exit code 70.
"""

from __future__ import annotations

import errno
from pathlib import Path


class AppError(Exception):
    """A known error: ``message`` is a sentence for the user, ``hint`` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(AppError):
    """What was asked for makes no sense."""


class QuerySyntaxError(UsageError):
    """A typed query makes no sense; the characters from ``start`` to before ``end`` are why."""

    def __init__(self, message: str, text: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(message, hint)
        self.text = text
        self.start = start
        self.end = end


class LibraryError(AppError):
    """The photo library cannot do what was asked."""


class CatalogueTooNew(LibraryError):
    """The catalogue was written by a newer version."""


class CatalogueDamaged(LibraryError):
    """The catalogue fails SQLite's own check."""


class CatalogueBusy(LibraryError):
    """Another process holds the write lock for too long."""


class CatalogueReadOnly(LibraryError):
    """The catalogue, or the folder it lies in, cannot be written."""


class DiskFull(LibraryError):
    """No space is left where the library lies."""


class FolderUnavailable(LibraryError):
    """A folder is missing, is no folder, or cannot be read."""


class IndexerRunning(LibraryError):
    """Another indexer already works on this library."""


class TransferRunning(LibraryError):
    """Files of this library are being copied, moved or moved back already."""


class ModelError(AppError):
    """The model bundle cannot be used."""


class ModelMissing(ModelError):
    """There is no model bundle where one is expected."""


class ModelMismatch(ModelError):
    """The bundle is damaged or its parts do not belong together."""


class ProviderUnavailable(ModelError):
    """ONNX Runtime cannot run the model as asked."""


class PhotoError(AppError):
    """One photo cannot be used; the run goes on."""

    named: Path | None = None
    """The path that the message names; None where it is a bare reason."""


class UnreadablePhoto(PhotoError):
    """The file is empty, truncated, damaged, or may not be read."""


class PhotoTooLarge(PhotoError):
    """The file or its picture is larger than the cap."""


class UnsupportedFormat(PhotoError):
    """The file is no photo, or of a format that is not decoded."""


class LeftAlone(PhotoError):
    """A file was not copied, moved or moved back; ``why`` is a word that the surface explains."""

    def __init__(self, why: str, path: Path, detail: str = "") -> None:
        super().__init__(f"{path.name} stays as it is ({detail or why}).")
        self.why = why
        self.path = path
        self.detail = detail


class IndexerError(AppError):
    """The indexer process failed."""


class IndexerCrashed(IndexerError):
    """The indexer process ended without saying why."""


class IndexerUnresponsive(IndexerError):
    """The indexer process did not answer and was killed."""


class DemoPhotosMissing(AppError):
    """The package that carries the demo photos is not installed."""


def no_space_left(error: OSError) -> bool:
    """Whether a disk is full, or what one person may use of it."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
