"""One indexer at a time: the lock of whoever changes the library as a whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from desktop_app.errors import CatalogueReadOnly, IndexerRunning
from desktop_app.paths import DataPaths

_POLL_S = 0.5


@contextmanager
def only_indexer(paths: DataPaths, may_wait: Callable[[], bool] | None = None) -> Iterator[None]:
    """Inside, no other process indexes, restores or repairs this library.

    The lock ends with the process that holds it, however that ends. While ``may_wait`` says so,
    another holder is waited for.

    Raises:
        IndexerRunning: another process holds the lock.
        CatalogueReadOnly: the lock's file cannot be written.
    """
    lock = FileLock(paths.indexer_lock)
    try:
        while True:
            try:
                lock.acquire(timeout=0)
                break
            except Timeout:
                if may_wait is None or not may_wait():
                    raise
                time.sleep(_POLL_S)
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
