"""Whole libraries, generated once and kept: rows as an indexer would have written them.

The files lie in a tree of four folders. Up to ``_REAL_FILES`` each is a file of its own; of a
larger library, the files of one sub-folder are hard links to one, which a scan cannot tell.
Thumbnails are hard links to one small JPEG: a scan lists them, the window shows them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.inference.bundle import ModelBundle, ModelManifest
from desktop_app.inference.encoders import TextEncoder
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.metadata import METADATA_VERSION
from desktop_app.library.schema import Database
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.paths import DataPaths
from tests.bench.vectors import BestSoFar, clustered_vectors, texts

FORMAT = 2
"""Of what is generated: kept libraries of another are made anew."""
K = 50
_REAL_FILES = 200_000
_ROOTS = ("Pictures", "Phone", "Archive", "Scans")
_FILES_PER_FOLDER = 200
_BATCH = 8
_MTIME_NS = 1_700_000_000_000_000_000
_FIRST_DAY = datetime(2004, 1, 1)
_CAMERAS = ("Pixel 8", "iPhone 15", "Nikon D90", "Canon EOS R6", "Fujifilm X-T5", "")
_CAMERA_SHARES = (0.4, 0.25, 0.2, 0.1, 0.01, 0.04)
_KEYWORDS = ("holiday", "birthday", "garden", "family", "work", "snow", "beach", "concert")

_PHOTO = (
    "INSERT INTO photos (id, content_hash, width, height, format, taken_at, sort_date, "
    "change_seq, camera, lens, latitude, longitude, rating, caption, keywords, metadata_version) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_FILE = (
    "INSERT INTO files (folder_id, relative_path, size_bytes, mtime_ns, state, photo_id) "
    "VALUES (?, ?, ?, ?, 'indexed', ?)"
)


@dataclass(frozen=True)
class Library:
    """A generated library on disk."""

    folder: Path
    count: int

    @property
    def paths(self) -> DataPaths:
        return DataPaths(self.folder / "data")

    @property
    def queries(self) -> NDArray[np.float32]:
        """(t, dim) the embeddings of ``texts()``."""
        return np.asarray(np.load(self.folder / "queries.npy"))

    @property
    def truth(self) -> NDArray[np.int64]:
        """(t, K) the ids of the photos that exact search finds for them, in no order."""
        return np.asarray(np.load(self.folder / "truth.npy"))


def library(cache: Path, count: int, model_dir: Path, seed: int) -> Library:
    """A library of so many photos; it is kept in ``cache`` and made when it is not there."""
    bundle = ModelBundle.open(model_dir)
    kind = f"{FORMAT}-{bundle.manifest.model_id}-{count}-{seed}"
    folder = cache / kind
    if not folder.exists():
        unfinished = cache / f"{kind}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        _make(Library(unfinished, count), folder, bundle, seed)
        os.replace(unfinished, folder)
    return Library(folder, count)


def _make(made: Library, final: Path, bundle: ModelBundle, seed: int) -> None:
    made.paths.create()
    encoder = TextEncoder(bundle, RuntimeOptions())
    queries = encoder.encode(texts())
    best = BestSoFar(queries, K)
    Catalogue.open(made.paths.catalogue).close()
    database = Database(made.paths.catalogue)
    thumbnails = ThumbnailStore(made.paths.thumbnails_dir)
    small = BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(small, "JPEG", quality=85)
    random = np.random.default_rng(seed + 1)
    with database.transaction():
        for root in _ROOTS:
            database.run(
                "INSERT INTO folders (path, added_at) VALUES (?, '2024-01-01T00:00:00Z')",
                (os.fsencode(final / "photos" / root),),
            )
    first = 1
    links = LinkedFiles(made.count > _REAL_FILES)
    for vectors in clustered_vectors(made.count, queries, seed):
        ids = np.arange(first, first + len(vectors))
        best.show(ids, vectors)
        hashes = [hashlib.blake2b(b"%d" % i, digest_size=32).digest() for i in ids.tolist()]
        places = [_place(i) for i in ids.tolist()]
        with database.transaction():
            database.run_many(_PHOTO, _photo_rows(ids, hashes, random))
            database.run_many(
                "INSERT INTO embeddings VALUES (?, ?, ?)",
                (
                    (i, bundle.manifest.model_id, row.tobytes())
                    for i, row in zip(ids.tolist(), vectors.astype("<f2"), strict=True)
                ),
            )
            database.run_many(
                "INSERT INTO image_tokens VALUES (?, ?, ?)",
                _token_rows(ids, bundle.manifest, random),
            )
            database.run_many(
                _FILE,
                (
                    (root + 1, os.fsencode(name), 1, _MTIME_NS, i)
                    for i, (root, name) in zip(ids.tolist(), places, strict=True)
                ),
            )
        for content_hash, (root, name) in zip(hashes, places, strict=True):
            path = made.folder / "photos" / _ROOTS[root] / name
            links.write(path, b"x", path.parent if links.are_shared else None)
            thumbnail = thumbnails.path(content_hash.hex())
            links.write(thumbnail, small.getvalue(), thumbnail.parent)
        first += len(vectors)
    database.run("UPDATE counter SET change_seq = ?", (made.count // _BATCH + 1,))
    database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    np.save(made.folder / "queries.npy", queries)
    np.save(made.folder / "truth.npy", best.ids)
    (made.folder / "about.json").write_text(json.dumps({"photos": made.count, "seed": seed}))


class LinkedFiles:
    """Writes files, or links to the first of each group where the disk can."""

    def __init__(self, are_shared: bool) -> None:
        self.are_shared = are_shared
        self._first: dict[Path, Path] = {}

    def write(self, path: Path, data: bytes, group: Path | None) -> None:
        """Write a file; of a group, only the first is more than a link."""
        if group is not None and group in self._first:
            os.link(self._first[group], path)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, ns=(_MTIME_NS, _MTIME_NS))
        if group is not None:
            self._first[group] = path


def _place(photo_id: int) -> tuple[int, str]:
    """The number of its root, and where it lies below."""
    event = photo_id // _FILES_PER_FOLDER
    year, month = 2004 + event % 21, 1 + event % 12
    return event % len(_ROOTS), f"{year}/{month:02d} event {event:05d}/IMG_{photo_id:07d}.jpg"


def _token_rows(
    ids: NDArray[np.int64], manifest: ModelManifest, random: np.random.Generator
) -> Iterator[tuple[object, ...]]:
    """What a matcher wants to know of each photo: without them an indexer would read it again."""
    if manifest.image_tokens is None:
        return
    size = manifest.image_tokens.regions * manifest.image_tokens.width
    for i in ids.tolist():
        yield i, manifest.model_id, random.bytes(size)


def _photo_rows(
    ids: NDArray[np.int64], hashes: list[bytes], random: np.random.Generator
) -> Iterator[tuple[object, ...]]:
    cameras = random.choice(_CAMERAS, size=len(ids), p=_CAMERA_SHARES)
    chances = random.random((len(ids), 5))
    for i, content_hash, camera, chance in zip(
        ids.tolist(), hashes, cameras.tolist(), chances.tolist(), strict=True
    ):
        taken = _FIRST_DAY + timedelta(seconds=int(chance[0] * 21 * 365 * 86400))
        date = taken.isoformat()
        has_gps = chance[1] < 0.3
        has_words = chance[2] < 0.05
        word = _KEYWORDS[int(chance[3] * len(_KEYWORDS))] if has_words else ""
        yield (
            *(i, content_hash, 4000, 3000, "PNG" if chance[4] < 0.02 else "JPEG"),
            *(f"{date}+01:00", date, 1 + i // _BATCH, camera, f"{camera} lens" if camera else ""),
            47.0 + chance[3] if has_gps else None,
            8.0 + chance[4] if has_gps else None,
            5 if chance[4] > 0.999 else None,
            *("", word, METADATA_VERSION),
        )
