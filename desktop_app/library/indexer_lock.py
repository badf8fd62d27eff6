"""One indexer at a time: the lock of whoever changes the library as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from desktop_app.errors import CatalogueReadOnly, IndexerRunning
from desktop_app.paths import DataPaths


@contextmanager
def only_indexer(paths: DataPaths) -> Iterator[None]:
    """Inside, no other process indexes, restores or repairs this library.

    The lock ends with the process that holds it, however that ends.

    Raises:
        IndexerRunning: another process holds the lock.
        CatalogueReadOnly: the lock's file cannot be written.
    """
    lock = FileLock(paths.indexer_lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexerRunning(
            "Another VisITA process is already indexing this library.",
            "Wait until it has finished, or stop it.",
        ) from error
    except OSError as error:
        raise CatalogueReadOnly(
            f"The photo library in {paths.root} cannot be written: {error.strerror}.",
            "Choose another folder with --data-dir.",
        ) from error
    try:
        yield
    finally:
        lock.release()
