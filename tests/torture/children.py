"""The processes that are killed: the real indexer, and a real owner of the index."""

from __future__ import annotations

import functools
import logging
import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import AppError
from desktop_app.library import indexer as indexer_module
from desktop_app.library.backups import Backups
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import Decoder
from desktop_app.library.index_control import IndexControl
from desktop_app.library.indexer import Indexer, IndexerOptions
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.library.vector_index import VectorIndex
from desktop_app.paths import DataPaths
from tests.fakes import ColourEncoder

KNOWN_ERROR = 3
"""Exit code of a child that met a full disk, or a library that cannot be written."""
PUBLISH_EVERY = 7


class UnhurriedEncoder(ColourEncoder):
    """Takes a moment for a batch, as a model does: something to aim at."""

    def encode(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        time.sleep(0.015)
        return super().encode(pixels)


def index(data_dir: Path, folder: Path, clock_days: int) -> None:
    """Index the folder; the clock goes wrong by so many days."""
    _set_clock(clock_days)
    paths = DataPaths(data_dir)
    with _known_errors():
        paths.create()
        with Catalogue.open(paths.catalogue) as catalogue:
            options = IndexerOptions(paths, decode_workers=2, batch_size=4, batches_ahead=2)
            thumbnails = ThumbnailStore(paths.thumbnails_dir)
            run = Indexer(catalogue, Decoder(), UnhurriedEncoder(), thumbnails, options).run
            for _ in run([folder], IndexControl()):
                pass


def own_index(data_dir: Path, seconds: float) -> None:
    """Follow the catalogue, publish all the time, and search in between."""
    paths = DataPaths(data_dir)
    manifest = ColourEncoder().manifest
    query = np.full(manifest.dim, manifest.dim**-0.5, np.float32)
    ends = time.monotonic() + seconds
    with _known_errors():
        paths.create()
        with Catalogue.open(paths.catalogue) as catalogue:
            own = VectorIndex(
                catalogue.embeddings,
                paths.index_dir,
                manifest.model_id,
                manifest.dim,
                0,
                PUBLISH_EVERY,
            )
            while time.monotonic() < ends:
                own.catch_up(0.02)
                own.publish()
                own.search(query, 10)
                time.sleep(0.002)


class _known_errors:  # noqa: N801
    """Ends the process with a code of its own when the library says that it cannot go on."""

    def __enter__(self) -> None:
        logging.getLogger().addHandler(logging.NullHandler())  # the parent looks for itself

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, AppError):
            sys.stdout.flush()
            os._exit(KNOWN_ERROR)


def _set_clock(days: int) -> None:
    def now() -> datetime:
        return datetime.now() + timedelta(days=days)

    indexer_module.Backups = functools.partial(Backups, now=now)  # type: ignore[misc,assignment]
