"""Runs the real indexer as a process that may be killed: DATA_DIR FOLDER [KILLER]."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import Decoder
from desktop_app.library.index_control import IndexControl
from desktop_app.library.indexer import Indexer, IndexerOptions
from desktop_app.library.photo_file import PhotoFile
from desktop_app.library.records import IndexSummary
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.paths import DataPaths
from tests.fakes import ColourEncoder

CRASH = 71


class CrashingDecoder(Decoder):
    """Takes the whole process down on one file, as a decoder written in C may."""

    def __init__(self, killer: str) -> None:
        super().__init__()
        self._killer = killer

    def read(self, path: Path) -> PhotoFile:
        if path.name == self._killer:
            os._exit(CRASH)
        return super().read(path)


class TellingEncoder(ColourEncoder):
    """Tells of every batch, and takes a while for it as a model does: something to aim at."""

    def encode(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        print("encoding", flush=True)
        time.sleep(0.02)
        return super().encode(pixels)


def main() -> None:
    data_dir, folder, *killer = sys.argv[1:]
    paths = DataPaths(Path(data_dir))
    paths.create()
    with Catalogue.open(paths.catalogue) as catalogue:
        indexer = Indexer(
            catalogue,
            CrashingDecoder(killer[0]) if killer else Decoder(),
            TellingEncoder(),
            ThumbnailStore(paths.thumbnails_dir),
            IndexerOptions(paths, decode_workers=2, batch_size=4, batches_ahead=2),
        )
        print("started", flush=True)
        for event in indexer.run([Path(folder)], IndexControl()):
            if isinstance(event, IndexSummary):
                print("finished", event.indexed, event.unchanged, event.failed, flush=True)


if __name__ == "__main__":
    main()
