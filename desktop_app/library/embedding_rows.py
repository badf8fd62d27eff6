"""The embeddings, and what an index needs to follow them: the change counter and its snapshot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import CatalogueDamaged
from desktop_app.library.photo_rows import IS_IN, IS_LIVE, id_list
from desktop_app.library.records import Changes, IndexState
from desktop_app.library.schema import Database

VECTOR_DTYPE = "<f2"
"""Cosines of unit vectors keep four digits at half the size."""


class EmbeddingRows:
    """The photos' embeddings, as a part of the catalogue; shares its thread and its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def change_seq(self) -> int:
        """Counts every change of what a search may return."""
        return self._database.number("SELECT change_seq FROM counter")

    def count(self, model_id: str, limit: int = -1) -> int:
        """How many photos can be found with this model; with a limit, no more are counted."""
        return self._database.number(
            "SELECT count(*) FROM (SELECT 1 FROM embeddings e "
            f"JOIN photos ON photos.id = e.photo_id WHERE e.model_id = ? AND {IS_LIVE} LIMIT ?)",
            (model_id, limit),
        )

    def vectors(
        self, photo_ids: Sequence[int], model_id: str
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The embeddings of those photos that have one: ids (n,) and unit rows (n, dim)."""
        rows = self._database.rows(
            f"SELECT photo_id, vector FROM embeddings WHERE photo_id {IS_IN} AND model_id = ? "
            "ORDER BY photo_id",
            (id_list(photo_ids), model_id),
        )
        return np.array([row[0] for row in rows], np.int64), unit_rows([row[1] for row in rows])

    def sample_vectors(self, model_id: str, limit: int) -> NDArray[np.float32]:
        """Unit rows (n, dim) of at most ``limit`` photos from all over the library."""
        last = self._database.number("SELECT max(photo_id) FROM embeddings")
        ids = np.unique(np.linspace(1, max(last, 1), limit).astype(np.int64))
        found = self.vectors(ids.tolist(), model_id)[1]
        if last <= limit or 2 * len(found) >= limit:
            return found
        # Few of these ids are photos, where many were removed: chosen among those that are.
        rows = self._database.rows(
            "SELECT photo_id FROM embeddings WHERE model_id = ? ORDER BY photo_id", (model_id,)
        )
        places = np.unique(np.linspace(0, max(len(rows) - 1, 0), limit).astype(np.int64))
        return self.vectors([rows[place][0] for place in places if rows], model_id)[1]

    def changes_after(self, seq: int, model_id: str, limit: int) -> Changes:
        """What changed after ``seq``, in order, about ``limit`` photos at a time.

        All photos of one change_seq are told in one answer, so ``last_seq`` is a place to go on
        from: an answer is longer than ``limit`` where one change was. Repeating is harmless.
        """
        with self._database.snapshot():
            bound = self._bound(seq, limit)
            last_seq = self.change_seq() if bound is None else bound
            window = (seq, last_seq)
            found = self._database.rows(
                "SELECT photos.id, e.vector FROM photos "
                "JOIN embeddings e ON e.photo_id = photos.id AND e.model_id = ? "
                f"WHERE change_seq > ? AND change_seq <= ? AND {IS_LIVE} ORDER BY change_seq, id",
                (model_id, *window),
            )
            removed = self._database.rows(
                "SELECT photo_id FROM tombstones WHERE change_seq > ? AND change_seq <= ? "
                "UNION ALL SELECT id FROM photos "
                f"WHERE change_seq > ? AND change_seq <= ? AND NOT {IS_LIVE}",
                (*window, *window),
            )
        return Changes(
            ids=np.array([row[0] for row in found], np.int64),
            vectors=unit_rows([row[1] for row in found]),
            removed=np.array([row[0] for row in removed], np.int64),
            last_seq=last_seq,
            more=bound is not None,
        )

    def _bound(self, seq: int, limit: int) -> int | None:
        """The change_seq to stop at, or None when everything fits."""
        row = self._database.row(
            "SELECT change_seq FROM ("
            "SELECT change_seq FROM photos WHERE change_seq > ? UNION ALL "
            "SELECT change_seq FROM tombstones WHERE change_seq > ?) "
            "ORDER BY change_seq LIMIT 1 OFFSET ?",
            (seq, seq, limit - 1),
        )
        if row is None:
            return None
        later = self._database.row(
            "SELECT 1 FROM photos WHERE change_seq > ? UNION ALL "
            "SELECT 1 FROM tombstones WHERE change_seq > ? LIMIT 1",
            (row[0], row[0]),
        )
        return int(row[0]) if later is not None else None

    def index_state(self, model_id: str) -> IndexState | None:
        """The published snapshot of a model's index, if there is one."""
        return next((s for s in self.index_states() if s.model_id == model_id), None)

    def index_states(self) -> list[IndexState]:
        """The published snapshots of all models' indexes."""
        rows = self._database.rows(
            "SELECT generation, file, size_bytes, crc32, count, model_id, dim, applied_seq "
            "FROM index_state ORDER BY model_id"
        )
        return [IndexState(*row) for row in rows]

    def replace_index_state(self, state: IndexState, previous_generation: int) -> bool:
        """Publish a snapshot in one statement; False when another process was faster.

        ``previous_generation`` is that of the state which this one is built upon, 0 for none.
        """
        changed = self._database.run(
            "INSERT INTO index_state SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 "
            "WHERE ?9 = coalesce((SELECT generation FROM index_state WHERE model_id = ?1), 0) "
            "ON CONFLICT (model_id) DO UPDATE SET generation = excluded.generation, "
            "file = excluded.file, size_bytes = excluded.size_bytes, crc32 = excluded.crc32, "
            "count = excluded.count, dim = excluded.dim, applied_seq = excluded.applied_seq",
            (
                state.model_id,
                state.generation,
                state.file,
                state.size_bytes,
                state.crc32,
                state.count,
                state.dim,
                state.applied_seq,
                previous_generation,
            ),
        )
        return changed == 1


def stored_vector(vector: NDArray[np.float32]) -> bytes:
    """(dim,) float32 -> as it is stored."""
    return np.asarray(vector, VECTOR_DTYPE).tobytes()


def unit_rows(blobs: Sequence[bytes]) -> NDArray[np.float32]:
    """Unit rows (n, dim) of stored embeddings.

    Raises:
        CatalogueDamaged: they are not of one length.
    """
    if not blobs:
        return np.zeros((0, 0), np.float32)
    if len({len(blob) for blob in blobs}) != 1:
        raise CatalogueDamaged(
            "The photo library holds embeddings of a wrong length.",
            "`visita check --repair` removes them, `visita index` makes them again.",
        )
    vectors = np.frombuffer(b"".join(blobs), VECTOR_DTYPE).reshape(len(blobs), -1)
    rows = vectors.astype(np.float32)
    # Rounding to half precision moved the lengths a little away from 1.
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows
