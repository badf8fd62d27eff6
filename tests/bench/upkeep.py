"""What one more photo costs in a library that has many: scanned, committed, followed, saved.

Both work on a copy that the parent made: they change it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from desktop_app.composition import open_search_service
from desktop_app.inference.bundle import ModelBundle
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.records import (
    FileResult,
    FoundFile,
    Metadata,
    PhotoFacts,
    ReadPhoto,
    ScanDelta,
    Scope,
)
from desktop_app.settings import Settings
from tests.bench.clock import Clock, Figures
from tests.bench.library import Library
from tests.bench.vectors import clustered_vectors

NEW_PHOTOS = 2000
_BATCH = 8
_FACTS = PhotoFacts(4000, 3000, "JPEG", "2025-05-01T12:00:00+02:00", Metadata(camera="Pixel 8"))


def commit(library: Library, model_dir: Path) -> Figures:
    """Everything that the indexer writes for new photos, in batches of its size."""
    manifest = ModelBundle.open(model_dir).manifest
    names = [f"2025/new {i // 200:02d}/IMG_{i:05d}.jpg".encode() for i in range(NEW_PHOTOS)]
    found = tuple(FoundFile(name, 4_000_000, 1_750_000_000_000_000_000) for name in names)
    centres = np.load(library.folder / "queries.npy")
    vectors = np.concatenate(list(clustered_vectors(NEW_PHOTOS, centres, seed=99)))
    with Catalogue.open(library.paths.catalogue) as catalogue:
        ledger, folder = catalogue.ledger, catalogue.folders()[0]
        clock = Clock()
        for start in range(0, NEW_PHOTOS, 1000):
            ledger.apply_scan(folder.folder_id, ScanDelta(added=found[start : start + 1000]))
        pending = [file_id for _, file_id in ledger.pending(Scope(folder.folder_id))]
        if len(pending) != NEW_PHOTOS:
            raise RuntimeError(f"{len(pending)} files are to be read instead of {NEW_PHOTOS}")
        for start in range(0, NEW_PHOTOS, _BATCH):
            files = ledger.begin(pending[start : start + _BATCH])
            hashes = [_hash(file.file_id) for file in files]
            for content_hash in hashes:
                ledger.places_of(content_hash)
            results: list[FileResult] = [
                ReadPhoto(file.file_id, content_hash, _FACTS, vector)
                for file, content_hash, vector in zip(
                    files, hashes, vectors[start : start + _BATCH], strict=True
                )
            ]
            ledger.store(results, manifest.model_id)
        return clock.figures(1000 / NEW_PHOTOS)


def follow(library: Library, model_dir: Path) -> Figures:
    """The index takes in what ``commit`` wrote, and is saved."""
    service = open_search_service(library.paths, model_dir, Settings())
    service.catch_up(0.0)  # loads the graph, and takes in the first of them
    clock = Clock()
    while service.catch_up():
        pass
    followed = clock.figures(1000 / NEW_PHOTOS)
    clock = Clock()
    service.close()
    return followed | {"publish": clock.wall}


def _hash(file_id: int) -> bytes:
    return hashlib.blake2b(b"new %d" % file_id, digest_size=32).digest()
