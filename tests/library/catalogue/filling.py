"""Files in a catalogue, without any file on disk."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.library.catalogue import Catalogue
from desktop_app.library.records import FoundFile, PhotoFacts, ReadPhoto, ScanDelta, Scope

MODEL = "model-1"
DIM = 16


def vector(seed: int) -> NDArray[np.float32]:
    row = np.random.default_rng(seed).normal(size=DIM).astype(np.float32)
    return row / np.linalg.norm(row)


def content(seed: int) -> bytes:
    return seed.to_bytes(32, "big")


class Filler:
    """Puts files into a catalogue as the indexer does, without any file on disk."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        self.catalogue = catalogue
        self.ledger = catalogue.ledger
        self.folder = catalogue.add_folder(folder)
        self.root = self.folder.path

    def file_id(self, name: str) -> int:
        known = self.ledger.known_files(Scope(self.folder.folder_id))
        return known[os.fsencode(name)].file_id

    def find(self, name: str, mtime_ns: int = 10**18) -> int:
        file = FoundFile(os.fsencode(name), 1, mtime_ns)
        self.ledger.apply_scan(self.folder.folder_id, ScanDelta(added=(file,)))
        return self.file_id(name)

    def index(
        self,
        name: str,
        seed: int,
        *,
        taken_at: str | None = None,
        mtime_ns: int = 10**18,
        model_id: str = MODEL,
    ) -> int:
        """A new file with this content; the photo's id."""
        return self.store(self.find(name, mtime_ns), seed, taken_at=taken_at, model_id=model_id)

    def store(
        self, file_id: int, seed: int, *, taken_at: str | None = None, model_id: str = MODEL
    ) -> int:
        facts = PhotoFacts(640, 480, "JPEG", taken_at)
        read = ReadPhoto(file_id, content(seed), facts, vector(seed))
        assert self.ledger.store([read], model_id) == ["indexed"]
        return self.ledger.contents(model_id)[content(seed)][0]

    def lose(self, *names: str) -> None:
        gone = tuple(self.file_id(name) for name in names)
        self.ledger.apply_scan(self.folder.folder_id, ScanDelta(missing=gone))

    def find_again(self, *names: str) -> None:
        back = tuple(self.file_id(name) for name in names)
        self.ledger.apply_scan(self.folder.folder_id, ScanDelta(returned=back))
