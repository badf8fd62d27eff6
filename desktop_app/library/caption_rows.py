"""The catalogue's captions: named collections of texts that photos may be described by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.library.caption_files import distinct
from desktop_app.library.embedding_rows import VECTOR_DTYPE
from desktop_app.library.folder_list import now_text
from desktop_app.library.photo_rows import IS_IN, id_list
from desktop_app.library.schema import Database

PHOTOS_COLLECTION = "my photos"
"""What the photos of the library carry; it follows them by itself."""
_PAGE = 8192
"""Embeddings that are compared at once: 8 MB."""


@dataclass(frozen=True)
class CaptionCollection:
    """A named collection."""

    name: str
    count: int
    """Captions in it; one may be in several collections."""
    embedded: int
    """Of those, how many can be found with the model in use."""
    added_at: str
    """UTC, ISO 8601."""


class CaptionRows:
    """Collections of captions, as a part of the catalogue; shares its thread and its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._followed: int | None = None

    # -- collections -----------------------------------------------------------------------

    def collections(self, model_id: str) -> list[CaptionCollection]:
        """All collections by name."""
        rows = self._database.rows(
            "SELECT c.name, count(m.caption_id), count(e.caption_id), c.added_at "
            "FROM caption_collections c LEFT JOIN collected_captions m ON m.collection_id = c.id "
            "LEFT JOIN caption_embeddings e ON e.caption_id = m.caption_id AND e.model_id = ? "
            "GROUP BY c.id HAVING count(m.caption_id) > 0 ORDER BY c.name",
            (model_id,),
        )
        return [CaptionCollection(*row) for row in rows]

    def add(self, name: str, captions: Sequence[str]) -> int:
        """Add captions to a collection, which is made if need be; how many it did not have."""
        with self._database.transaction():
            return self._add(name, captions)

    def remove(self, name: str) -> bool:
        """Forget a collection and the captions that no other has; False if there is none."""
        with self._database.transaction():
            removed = self._database.run("DELETE FROM caption_collections WHERE name = ?", (name,))
            self._forget_uncollected()
        return removed > 0

    def follow_photos(self, change_seq: int) -> None:
        """Bring ``PHOTOS_COLLECTION`` in line with the captions that photos carry.

        A caption of a single word says no more than a keyword and is left out. Nothing is done
        while ``change_seq`` stays as it was at the last call.
        """
        if change_seq == self._followed:
            return
        rows = self._database.rows(
            "SELECT DISTINCT caption FROM photos WHERE caption <> '' ORDER BY id"
        )
        lines = distinct(line for row in rows for line in row[0].split("\n"))
        wanted = {line.casefold(): line for line in lines if len(line.split()) > 1}
        held = {
            text.casefold(): caption_id
            for caption_id, text in self._database.rows(
                "SELECT t.id, t.text FROM captions t "
                "JOIN collected_captions m ON m.caption_id = t.id "
                "JOIN caption_collections c ON c.id = m.collection_id WHERE c.name = ?",
                (PHOTOS_COLLECTION,),
            )
        }
        gone = [held[text] for text in held.keys() - wanted.keys()]
        new = [line for text, line in wanted.items() if text not in held]
        if gone or new:
            with self._database.transaction():
                self._add(PHOTOS_COLLECTION, new)
                self._take_out(PHOTOS_COLLECTION, gone)
        self._followed = change_seq

    # -- embeddings ------------------------------------------------------------------------

    def lacking(self, model_id: str, limit: int) -> list[tuple[int, str]]:
        """(id, text) of at most so many captions that have no embedding of this model."""
        return self._database.rows(
            "SELECT id, text FROM captions WHERE NOT EXISTS (SELECT 1 FROM caption_embeddings e "
            "WHERE e.caption_id = captions.id AND e.model_id = ?) ORDER BY id LIMIT ?",
            (model_id, limit),
        )

    def lacking_count(self, model_id: str) -> int:
        """How many captions have no embedding of this model."""
        return self._database.number(
            "SELECT count(*) FROM captions WHERE NOT EXISTS (SELECT 1 FROM caption_embeddings e "
            "WHERE e.caption_id = captions.id AND e.model_id = ?)",
            (model_id,),
        )

    def store(
        self, caption_ids: Sequence[int], model_id: str, vectors: NDArray[np.float32]
    ) -> None:
        """Write the embeddings (n, dim) of captions; those of other models stay."""
        packed = np.asarray(vectors, VECTOR_DTYPE)
        with self._database.transaction():
            # One that was removed meanwhile has nowhere to go.
            self._database.run_many(
                "INSERT OR REPLACE INTO caption_embeddings SELECT id, ?, ? FROM captions "
                "WHERE id = ?",
                ((model_id, row.tobytes(), i) for i, row in zip(caption_ids, packed, strict=True)),
            )

    def nearest(self, query: NDArray[np.float32], model_id: str, k: int) -> list[str]:
        """The k captions whose embeddings fit a unit vector (dim,) best, the best first.

        Exact: every embedding is compared, a page at a time, so memory stays small.
        """
        best: list[tuple[float, int]] = []
        last = -1
        while rows := self._database.rows(
            "SELECT caption_id, vector FROM caption_embeddings WHERE model_id = ? "
            "AND caption_id > ? AND length(vector) = ? ORDER BY caption_id LIMIT ?",
            (model_id, last, len(query) * np.dtype(VECTOR_DTYPE).itemsize, _PAGE),
        ):
            last = rows[-1][0]
            scores = _matrix([row[1] for row in rows]) @ query
            for place in np.argsort(-scores, kind="stable")[:k]:
                best.append((float(scores[place]), rows[place][0]))
            best = sorted(best, key=lambda found: (-found[0], found[1]))[:k]
        ids = [caption_id for _, caption_id in best]
        texts: dict[int, str] = dict(
            self._database.rows(f"SELECT id, text FROM captions WHERE id {IS_IN}", (id_list(ids),))
        )
        return [texts[caption_id] for caption_id in ids if caption_id in texts]

    def _add(self, name: str, captions: Sequence[str]) -> int:
        self._database.run(
            "INSERT OR IGNORE INTO caption_collections (name, added_at) VALUES (?, ?)",
            (name, now_text()),
        )
        collection = self._database.number(
            "SELECT id FROM caption_collections WHERE name = ?", (name,)
        )
        self._database.run_many(
            "INSERT OR IGNORE INTO captions (text) VALUES (?)", ((text,) for text in captions)
        )
        size = "SELECT count(*) FROM collected_captions WHERE collection_id = ?"
        before = self._database.number(size, (collection,))
        self._database.run_many(
            "INSERT OR IGNORE INTO collected_captions SELECT ?, id FROM captions WHERE text = ?",
            ((collection, text) for text in captions),
        )
        return self._database.number(size, (collection,)) - before

    def _take_out(self, name: str, caption_ids: Iterable[int]) -> None:
        self._database.run(
            f"DELETE FROM collected_captions WHERE caption_id {IS_IN} AND collection_id IN "
            "(SELECT id FROM caption_collections WHERE name = ?)",
            (id_list(caption_ids), name),
        )
        self._forget_uncollected()

    def _forget_uncollected(self) -> None:
        self._database.run(
            "DELETE FROM captions WHERE NOT EXISTS "
            "(SELECT 1 FROM collected_captions m WHERE m.caption_id = captions.id)"
        )


def _matrix(blobs: Sequence[bytes]) -> NDArray[np.float32]:
    rows = np.frombuffer(b"".join(blobs), VECTOR_DTYPE).reshape(len(blobs), -1)
    return rows.astype(np.float32)
