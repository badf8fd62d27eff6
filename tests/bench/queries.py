"""Queries in a large library: how long they take, and whether they find what is nearest."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil

from desktop_app.composition import open_search_service
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.encoders import TextEncoder
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.library.catalogue import Catalogue
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.bench.material import clustered_vectors, fill_catalogue, texts

Row = tuple[str, str]
_K = 20
_RECALL_K = 10


def measure(folder: Path, model_dir: Path, embeddings: int, seed: int) -> Iterator[Row]:
    """Yield the rows of the table on queries."""
    bundle = ModelBundle.open(model_dir)
    paths = DataPaths(folder / "library")
    paths.create()
    queries = texts()
    encoder = TextEncoder(bundle, RuntimeOptions())
    # One by one, as a search does it: a quantised encoder's answer depends on its batch a little.
    encoded = np.concatenate([encoder.encode([text]) for text in queries])

    began = time.perf_counter()
    vectors = list(clustered_vectors(embeddings, encoded, seed))
    with Catalogue.open(paths.catalogue) as catalogue:
        ids = fill_catalogue(catalogue, folder / "photos", bundle.manifest.model_id, iter(vectors))
    matrix = np.concatenate(vectors)
    yield "library", f"{len(ids)} embeddings of {matrix.shape[1]} numbers"
    yield "writing them", f"{time.perf_counter() - began:.1f} s"

    service = open_search_service(paths, model_dir, Settings())
    began = time.perf_counter()
    while service.catch_up():
        pass
    service.close()  # publishes
    yield "building and saving the index", f"{time.perf_counter() - began:.1f} s"

    began = time.perf_counter()
    service = open_search_service(paths, model_dir, Settings())
    service.warm_up()
    service.search_text("a first query", _K)
    yield "open to first answer", f"{time.perf_counter() - began:.2f} s"

    took, found_of = [], []
    for text in queries:
        began = time.perf_counter()
        hits = service.search_text(text, _K)
        took.append((time.perf_counter() - began) * 1000)
        found_of.append({hit.photo.photo_id for hit in hits[:_RECALL_K]})
    p50, p99 = np.percentile(took, [50, 99])
    yield f"text query, {_K} hits", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms"

    recall = np.mean(
        [
            len(found & set(ids[np.argsort(-(matrix @ query))[:_RECALL_K]].tolist())) / _RECALL_K
            for query, found in zip(encoded, found_of, strict=True)
        ]
    )
    yield f"recall@{_RECALL_K} against exact", f"{recall:.3f}"
    status = service.status()
    yield "searched by", "exact search" if status.exact else "HNSW"
    yield "index file", f"{_megabytes(paths.index_dir):.0f} MB"
    yield "catalogue", f"{paths.catalogue.stat().st_size / 1e6:.0f} MB"
    yield "memory (RSS)", f"{_rss_without(matrix, vectors):.0f} MB"
    service.close()


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def _rss_without(matrix: np.ndarray, vectors: list[np.ndarray]) -> float:
    """What the search itself holds: the benchmark's own copies are taken off."""
    own = matrix.nbytes + sum(rows.nbytes for rows in vectors)
    return (psutil.Process().memory_info().rss - own) / 1e6
