"""The HNSW graph (Malkov, Yashunin 2016, arXiv 1603.09320) with the care that hnswlib leaves out.

hnswlib writes a file in place, tells nobody when the disk is full, and loads damaged or foreign
files without complaint (or crashes on them). So a graph is saved under a temporary name, checked
for size, flushed and renamed, and is loaded only when its size and CRC are those that were noted.
The graph of a large library holds shorter vectors; what shortened them lies beside its file and
is part of that size and CRC.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import hnswlib
import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import DiskFull, LibraryError, no_space_left
from desktop_app.library.left_overs import remove_quietly, temporary_name
from desktop_app.library.narrow_path import FolderNotNameable, bytes_for_hnswlib
from desktop_app.library.projection import Projection
from desktop_app.library.records import Changes

log = logging.getLogger(__name__)

M = 16
EF_CONSTRUCTION = 128
_EF_SEARCH = 1000
_EF_ENOUGH_FOR = 100_000
_FIRST_CAPACITY = 4096
_HINT = "Free some disk space; nothing is lost, the index is rebuilt from the library."
_UNTOUCHED = b"?"
"""No graph is so small, nor what a full disk leaves of one, which comes in blocks."""
_BASIS_SUFFIX = ".basis"
_TOO_MANY_WANTED = "Cannot return the results"
_NOTHING_TO_REMOVE = ("Label not found", "already deleted")


@dataclass(frozen=True)
class SavedGraph:
    """A graph file and what must hold before it is loaded again."""

    file: str
    size_bytes: int
    """Of the graph's file and the projection's together."""
    crc32: int
    """Of the one, then the other."""
    count: int


class HnswGraph:
    """Embeddings by photo id in an approximate nearest-neighbour graph. Lives on one thread."""

    def __init__(self, index: hnswlib.Index, live: int, projection: Projection | None) -> None:
        self._index = index
        self._live = live
        self._projection = projection

    @classmethod
    def empty(cls, dim: int, projection: Projection | None = None) -> HnswGraph:
        """A graph of embeddings of ``dim`` dimensions that holds none yet."""
        index = hnswlib.Index(space="ip", dim=projection.dim if projection else dim)
        index.init_index(_FIRST_CAPACITY, M=M, ef_construction=EF_CONSTRUCTION)
        return cls(index, 0, projection)

    @classmethod
    def load(cls, folder: Path, saved: SavedGraph, dim: int) -> HnswGraph | None:
        """Load a graph, or None when the files are not exactly those that were saved."""
        path = folder / saved.file
        try:
            basis = _read_basis(path)
            if path.stat().st_size + len(basis) != saved.size_bytes:
                return None
            if zlib.crc32(basis, _crc32(path)) != saved.crc32:
                return None
        except OSError:
            return None
        projection = Projection.from_bytes(basis, dim) if basis else None
        index = hnswlib.Index(space="ip", dim=projection.dim if projection else dim)
        try:
            # Without max_elements the capacity would be the count, and a resize from 0 crashes.
            index.load_index(bytes_for_hnswlib(path), max_elements=_capacity_for(saved.count))
        except (RuntimeError, FolderNotNameable) as error:
            # Not nameable, or deleted just now by a process that has published another.
            log.info("the search index was not loaded: %s", error)
            return None
        return cls(index, saved.count, projection)

    def __len__(self) -> int:
        """How many embeddings can be found."""
        return self._live

    @property
    def is_reduced(self) -> bool:
        """Whether scores are those of shortened embeddings: near the cosines, not the cosines."""
        return self._projection is not None

    @property
    def tombstones(self) -> int:
        """Removed embeddings that still take up room."""
        return int(self._index.get_current_count()) - self._live

    def ids(self) -> set[int]:
        """The photos that can be found."""
        found: set[int] = set()
        for label in self._index.get_ids_list():
            try:  # there is no other way to ask
                self._index.mark_deleted(label)
            except RuntimeError as error:
                if "already deleted" not in str(error):
                    raise
            else:
                self._index.unmark_deleted(label)
                found.add(int(label))
        return found

    def apply(self, changes: Changes) -> None:
        """Follow the catalogue; applying the same changes twice does no harm."""
        for photo_id in changes.removed.tolist():
            self._remove(photo_id)
        if not len(changes.ids):
            return
        for photo_id in changes.ids.tolist():
            # counted out before it is counted in again: an embedding may be replaced
            self._remove(photo_id)
        needed = int(self._index.get_current_count()) + len(changes.ids)
        if needed > self._index.get_max_elements():
            self._index.resize_index(_capacity_for(needed))
        self._index.add_items(self._reduced(changes.vectors), changes.ids, num_threads=1)
        self._live += len(changes.ids)

    def search(
        self, query: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """About the k best by inner product, best first.

        Args:
            query: (dim,) float32, unit and finite.

        Returns:
            ids (at most k,) and scores of the same shape; see ``is_reduced``.
        """
        k = min(k, self._live)
        if k == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        reduced = self._reduced(query)[None]
        while True:
            # more than k: the last of many neighbours matter little, only the first are shown
            self._index.set_ef(max(_ef_for(self._live), k + k // 2))
            try:
                labels, distances = self._index.knn_query(reduced, k, num_threads=1)
            except RuntimeError as error:
                # No path leads to some of them, as among hundreds of equal embeddings.
                if _TOO_MANY_WANTED not in str(error) or k == 1:
                    raise
                k = max(1, 3 * k // 4)
            else:
                return labels[0].astype(np.int64), (1 - distances[0]).astype(np.float32)

    def save(self, folder: Path, file: str) -> SavedGraph:
        """Write the graph as ``folder/file``: whole and flushed, or not at all.

        Raises:
            DiskFull: it could not be written completely.
            LibraryError: the folder cannot be written, or hnswlib cannot be told of it.
        """
        temporary = temporary_name(folder / file)
        temporary_basis = temporary_name(folder / f"{file}{_BASIS_SUFFIX}")
        try:
            # hnswlib says nothing when it cannot open a file: then this one stays as it is.
            temporary.write_bytes(_UNTOUCHED)
            self._index.save_index(bytes_for_hnswlib(temporary))
            expected, written = int(self._index.index_file_size()), temporary.stat().st_size
            if written == len(_UNTOUCHED):
                raise FolderNotNameable.of(folder)
            if written != expected:
                raise DiskFull("The search index could not be saved completely.", _HINT)
            with temporary.open("rb+") as stream:  # Windows flushes only what may be written
                os.fsync(stream.fileno())
            crc32, size_bytes = _crc32(temporary), expected
            if self._projection is not None:
                basis = self._projection.to_bytes()
                _write(temporary_basis, basis)
                crc32, size_bytes = zlib.crc32(basis, crc32), size_bytes + len(basis)
                os.replace(temporary_basis, folder / f"{file}{_BASIS_SUFFIX}")
            os.replace(temporary, folder / file)
            _sync_folder(folder)
        except OSError as error:
            if no_space_left(error):
                raise DiskFull("No space is left to save the search index.", _HINT) from error
            raise LibraryError(
                f"The search index cannot be saved: {error.strerror}.", _HINT
            ) from error
        finally:
            remove_quietly(temporary)
            remove_quietly(temporary_basis)
        return SavedGraph(file, size_bytes, crc32, self._live)

    def _reduced(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return self._projection.reduce(vectors) if self._projection is not None else vectors

    def _remove(self, photo_id: int) -> None:
        try:
            self._index.mark_deleted(photo_id)
        except RuntimeError as error:
            # the catalogue may tell of photos that never came this far
            if not any(words in str(error) for words in _NOTHING_TO_REMOVE):
                raise
        else:
            self._live -= 1


def remove_graph(folder: Path, file: str) -> None:
    """Delete a saved graph, if it is there, and what belongs to it."""
    remove_quietly(folder / file)
    remove_quietly(folder / f"{file}{_BASIS_SUFFIX}")


def graph_name(model_id: str, generation: int) -> str:
    """A new name for a graph's file; the random part keeps two programs from writing the same."""
    return f"visita-{_tag(model_id)}-{generation}-{secrets.token_hex(4)}.hnsw"


def remove_other_graphs(folder: Path, model_id: str, named: Collection[str]) -> None:
    """Delete the saved graphs of a model that nothing names, and what belonged to them.

    Those of other models stay: another process may be about to name one.
    """
    for path in (*folder.glob(f"*.hnsw{_BASIS_SUFFIX}"), *folder.glob("*.hnsw")):
        file = path.name.removesuffix(_BASIS_SUFFIX)
        # before there were several models, a name told of none
        is_of_model = file.split("-")[1:2] == [_tag(model_id)] or file.count("-") <= 2
        if is_of_model and file not in named:
            remove_quietly(path)


def _tag(model_id: str) -> str:
    # an id from a foreign manifest may be no part of a name
    return hashlib.sha256(model_id.encode()).hexdigest()[:8]


def _ef_for(count: int) -> int:
    """The width of a search that finds 99 % of the 50 best: at a million 4800 does (benchmarks)."""
    return int(_EF_SEARCH * max(1.0, (count / _EF_ENOUGH_FOR) ** 0.75))


def _read_basis(path: Path) -> bytes:
    """The projection beside a graph's file; empty when it has none."""
    try:
        return path.with_name(f"{path.name}{_BASIS_SUFFIX}").read_bytes()
    except FileNotFoundError:
        return b""


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _capacity_for(count: int) -> int:
    # hnswlib takes the memory at once, 2 kB an embedding: a little ahead, not twice as much
    return max(count + count // 8, _FIRST_CAPACITY)


def _crc32(path: Path) -> int:
    crc = 0
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            crc = zlib.crc32(block, crc)
    return crc


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and its rename is durable without
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
