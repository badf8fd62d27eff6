"""The log: a file in the data folder, and stderr for those who ask."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.errors import CatalogueReadOnly

LARGEST_LOG_BYTES = 1_000_000
_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


@contextmanager
def opened_log(path: Path, verbose: bool) -> Iterator[None]:
    """Log to a file, and to stderr too when ``verbose``, until the block is left.

    Raises:
        CatalogueReadOnly: the file cannot be written.
    """
    _set_aside_if_large(path)
    try:
        handlers: list[logging.Handler] = [
            logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
        ]
    except OSError as error:
        raise CatalogueReadOnly(
            f"The log {path} cannot be written: {error.strerror}.",
            "Choose another folder with --data-dir.",
        ) from error
    if verbose and sys.stderr is not None:
        handlers.append(logging.StreamHandler())
    root, ours = logging.getLogger(), logging.getLogger("desktop_app")
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(handler)
    ours.setLevel(logging.DEBUG if verbose else logging.INFO)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


def _set_aside_if_large(path: Path) -> None:
    # Only when a program starts: the window and its indexer write one file, and a rotation in
    # mid-run would pull it from under the other process.
    try:
        if path.stat().st_size > LARGEST_LOG_BYTES:
            os.replace(path, path.with_suffix(".old.log"))
    except OSError:
        return  # there is none yet, or Windows has it open elsewhere: then it grows until next time
