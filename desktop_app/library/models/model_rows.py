"""What each model has made of the library's photos, as a part of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.library.photo_rows import IS_LIVE
from desktop_app.library.schema import Database

_MADE_BY_MODELS = ("embeddings", "image_tokens", "caption_embeddings", "index_state")
# A photo on a drive that is not connected, or that could not be read the last time, waits for
# its turn: no model would ever be complete otherwise.
_CAN_BE_READ = (
    "EXISTS (SELECT 1 FROM files f JOIN folders d ON d.id = f.folder_id "
    "WHERE f.photo_id = photos.id AND d.state = 'online' "
    "AND (f.state = 'pending' OR f.state = 'indexed' AND f.failure IS NULL))"
)


@dataclass(frozen=True)
class ModelUse:
    """What one model has made."""

    model_id: str
    photos: int
    """How many have an embedding, those that cannot be found now included."""
    findable: int
    """How many of them can be found now."""
    size_bytes: int
    """Embeddings and image tokens of photos, and embeddings of captions, in the catalogue."""


class ModelRows:
    """Counts and removes what models made; shares the catalogue's thread and its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self) -> list[str]:
        """Every model that has made anything."""
        union = " UNION ".join(f"SELECT model_id FROM {table}" for table in _MADE_BY_MODELS)
        return [row[0] for row in self._database.rows(f"{union} ORDER BY 1")]

    def use(self, model_id: str) -> ModelUse:
        """What a model has made; zeros of one that nobody knows."""
        photos, size = self._sum("embeddings", "vector", model_id)
        size += self._sum("image_tokens", "tokens", model_id)[1]
        size += self._sum("caption_embeddings", "vector", model_id)[1]
        findable = self._database.number(
            "SELECT count(*) FROM embeddings e JOIN photos ON photos.id = e.photo_id "
            f"WHERE e.model_id = ? AND {IS_LIVE}",
            (model_id,),
        )
        return ModelUse(model_id, photos, findable, size)

    def lacking(self, model_id: str, with_tokens: bool = False) -> int:
        """How many photos that can be read now have no embedding of this model.

        ``with_tokens``: one without image tokens counts as having none.
        """
        return self._database.number(
            "SELECT count(*) FROM photos WHERE NOT (EXISTS (SELECT 1 FROM embeddings e "
            "WHERE e.photo_id = photos.id AND e.model_id = ?1) AND (NOT ?2 OR EXISTS "
            "(SELECT 1 FROM image_tokens t WHERE t.photo_id = photos.id AND t.model_id = ?1))) "
            f"AND {_CAN_BE_READ}",
            (model_id, with_tokens),
        )

    def forget(self, model_ids: Iterable[str]) -> int:
        """Remove all that these models have made; how many embeddings of photos that were.

        The room in the file is used again; ``compact`` gives it back.
        """
        forgotten = 0
        with self._database.transaction():
            for model_id in model_ids:
                for table in _MADE_BY_MODELS:
                    gone = self._database.run(
                        f"DELETE FROM {table} WHERE model_id = ?", (model_id,)
                    )
                    forgotten += gone if table == "embeddings" else 0
        return forgotten

    def compact(self) -> None:
        """Give free room in the catalogue's file back to the disk; takes as much meanwhile.

        Raises:
            DiskFull: there is not as much.
            CatalogueBusy: another process writes.
        """
        self._database.run("VACUUM")

    def _sum(self, table: str, column: str, model_id: str) -> tuple[int, int]:
        row = self._database.row(
            f"SELECT count(*), coalesce(sum(length({column})), 0) FROM {table} WHERE model_id = ?",
            (model_id,),
        )
        return (0, 0) if row is None else (row[0], row[1])
