"""The rules that the catalogue's rows obey at every moment, and what to do where one does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.library.photo_rows import IS_IN, id_list, next_change_seq, settle_photos
from desktop_app.library.schema import Database

_READ_AGAIN = "UPDATE files SET photo_id = NULL, state = 'pending', attempts = 0, failure = NULL"


@dataclass(frozen=True)
class RowRule:
    """What must not be there."""

    table: str
    words: str
    """For the user, after the number: "... files of no folder"."""
    find: str
    """SQL that gives the ids of the rows that break the rule."""
    mend: Callable[[Database, Sequence[int]], None]
    """Called inside a transaction."""


def _delete_files(database: Database, ids: Sequence[int]) -> None:
    database.run(f"DELETE FROM files WHERE id {IS_IN}", (id_list(ids),))


def _read_files_again(database: Database, ids: Sequence[int]) -> None:
    database.run(f"{_READ_AGAIN} WHERE id {IS_IN}", (id_list(ids),))


def _delete_embeddings(database: Database, ids: Sequence[int]) -> None:
    database.run(f"DELETE FROM embeddings WHERE photo_id {IS_IN}", (id_list(ids),))


def _delete_tokens(database: Database, ids: Sequence[int]) -> None:
    database.run(f"DELETE FROM image_tokens WHERE photo_id {IS_IN}", (id_list(ids),))


def _delete_photos(database: Database, ids: Sequence[int]) -> None:
    settle_photos(database, ids, next_change_seq(database))


def _delete_tombstones(database: Database, ids: Sequence[int]) -> None:
    database.run(f"DELETE FROM tombstones WHERE photo_id {IS_IN}", (id_list(ids),))
    seq = next_change_seq(database)
    database.run(f"UPDATE photos SET change_seq = ? WHERE id {IS_IN}", (seq, id_list(ids)))


def encode_again(database: Database, photo_ids: Sequence[int]) -> None:
    """Have the next run read the files of these photos; what lies nowhere now stays as it is."""
    database.run(
        f"UPDATE files SET state = 'pending', attempts = 0 WHERE photo_id {IS_IN} "
        "AND state = 'indexed'",
        (id_list(photo_ids),),
    )


def _advance_counter(database: Database, ids: Sequence[int]) -> None:
    database.run(
        "UPDATE counter SET change_seq = (SELECT max(change_seq) FROM "
        "(SELECT change_seq FROM photos UNION ALL SELECT change_seq FROM tombstones))"
    )


# In the order in which they are mended: a later rule cleans up after an earlier one.
RULES: tuple[RowRule, ...] = (
    RowRule(
        "files",
        "files of no folder",
        "SELECT id FROM files WHERE folder_id NOT IN (SELECT id FROM folders)",
        _delete_files,
    ),
    RowRule(
        "files",
        "files of a photo that is not there",
        "SELECT id FROM files WHERE photo_id IS NOT NULL "
        "AND photo_id NOT IN (SELECT id FROM photos)",
        _read_files_again,
    ),
    RowRule(
        "files",
        "files that count as read, without a photo",
        "SELECT id FROM files WHERE state IN ('indexed', 'missing') AND photo_id IS NULL",
        _read_files_again,
    ),
    RowRule(
        "files",
        "files that cannot be used, with a photo",
        "SELECT id FROM files WHERE state = 'failed' AND photo_id IS NOT NULL",
        _read_files_again,
    ),
    RowRule(
        "embeddings",
        "embeddings of no photo",
        "SELECT DISTINCT photo_id FROM embeddings WHERE photo_id NOT IN (SELECT id FROM photos)",
        _delete_embeddings,
    ),
    RowRule(
        "image_tokens",
        "image tokens of no photo",
        "SELECT DISTINCT photo_id FROM image_tokens WHERE photo_id NOT IN (SELECT id FROM photos)",
        _delete_tokens,
    ),
    # The usual length of a model's tokens is the right one.
    RowRule(
        "image_tokens",
        "image tokens of a wrong length",
        "WITH sizes AS (SELECT model_id, length(tokens) AS size, count(*) AS number "
        "FROM image_tokens GROUP BY 1, 2), "
        "usual AS (SELECT model_id, size, max(number) FROM sizes GROUP BY model_id) "
        "SELECT DISTINCT photo_id FROM image_tokens JOIN usual USING (model_id) "
        "WHERE length(tokens) <> size",
        _delete_tokens,
    ),
    RowRule(
        "photos",
        "photos that also count as removed",
        "SELECT photo_id FROM tombstones WHERE photo_id IN (SELECT id FROM photos)",
        _delete_tombstones,
    ),
    RowRule(
        "photos",
        "photos that lie nowhere",
        "SELECT id FROM photos WHERE NOT EXISTS "
        "(SELECT 1 FROM files f WHERE f.photo_id = photos.id)",
        _delete_photos,
    ),
    RowRule(
        "photos",
        "photos without an embedding that no run would make",
        "SELECT id FROM photos WHERE id NOT IN (SELECT photo_id FROM embeddings) "
        "AND EXISTS (SELECT 1 FROM files f WHERE f.photo_id = photos.id AND f.state = 'indexed') "
        "AND NOT EXISTS (SELECT 1 FROM files f "
        "WHERE f.photo_id = photos.id AND f.state = 'pending')",
        encode_again,
    ),
    RowRule(
        "counter",
        "changes that the change counter has not counted",
        "SELECT change_seq FROM (SELECT change_seq FROM photos UNION "
        "SELECT change_seq FROM tombstones) WHERE change_seq > (SELECT change_seq FROM counter)",
        _advance_counter,
    ),
)
