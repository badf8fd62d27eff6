"""SQLite's errors in words: translated once, for everything that talks to the catalogue."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.errors import (
    CatalogueBusy,
    CatalogueDamaged,
    CatalogueReadOnly,
    DiskFull,
    LibraryError,
)

_NEARLY_FULL_BYTES = 1 << 20


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Inside, SQLite's errors about the database at ``path`` become known errors.

    Raises:
        LibraryError: CatalogueBusy, CatalogueDamaged, CatalogueReadOnly, DiskFull, or itself.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = _known_error(error, path)
        if known is None:
            raise
        raise known from error


def busy() -> CatalogueBusy:
    """Another process is in the way."""
    return CatalogueBusy(
        "Another VisITA process is writing to the photo library.",
        "Wait until it has finished, then try again.",
    )


def disk_full(path: Path) -> DiskFull:
    """There is no space for the database."""
    return DiskFull(
        f"No space is left for the photo library in {path.parent}.",
        "Free some space; what was done so far is kept.",
    )


def read_only(path: Path) -> CatalogueReadOnly:
    """The database, or its folder, cannot be written."""
    return CatalogueReadOnly(
        f"The photo library in {path.parent} cannot be written.",
        "Check who may write there, or choose another folder with --data-dir.",
    )


def damaged(path: Path) -> CatalogueDamaged:
    """SQLite cannot make sense of the database."""
    return CatalogueDamaged(
        f"The catalogue {path} is damaged.",
        "`visita restore` goes back to the newest backup; your photos are not affected.",
    )


def _known_error(error: sqlite3.DatabaseError, path: Path) -> LibraryError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_IOERR and _free_bytes(path) < _NEARLY_FULL_BYTES:
        code = sqlite3.SQLITE_FULL  # no space for the shared memory file shows like this
    if code == sqlite3.SQLITE_FULL:
        return disk_full(path)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return read_only(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy()
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path)
    if code == sqlite3.SQLITE_IOERR:
        return LibraryError(f"The disk that holds {path} reports an error.", "Check the disk.")
    return None


def _free_bytes(path: Path) -> int:
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:  # the folder itself is gone: then space is not what is missing
        return _NEARLY_FULL_BYTES
