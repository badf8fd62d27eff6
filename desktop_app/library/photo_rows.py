"""The rules that every write to photos obeys: the change counter, orphans, tombstones."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from desktop_app.library.schema import Database

IS_LIVE = "EXISTS (SELECT 1 FROM files f WHERE f.photo_id = photos.id AND f.state <> 'missing')"
"""A photo can be found while one of its files is there; ``pending`` counts, because what was
known about a changed file serves until it is read again."""
HAS_TROUBLE = "(failure IS NOT NULL AND photo_id IS NOT NULL AND state = 'indexed')"
"""A file that was read once, and could not be read the last time: what it was then still serves."""
IS_IN = "IN (SELECT value FROM json_each(?))"
"""Any number of ids as one argument, made by ``id_list``."""


def id_list(ids: Iterable[int]) -> str:
    """The argument for ``IS_IN``."""
    return json.dumps([int(i) for i in ids])


def path_of(root: bytes, relative_path: bytes) -> Path:
    """The full path of a file from its stored halves."""
    # joined as text: pathlib takes each half apart, for every photo that is shown
    return Path(os.path.join(os.fsdecode(root), os.fsdecode(relative_path)))  # noqa: PTH118


def next_change_seq(database: Database) -> int:
    """Count one change; to be called inside the transaction that makes it."""
    database.run("UPDATE counter SET change_seq = change_seq + 1")
    return database.number("SELECT change_seq FROM counter")


def touch_photos(database: Database, photo_ids: Iterable[int], change_seq: int) -> None:
    """Have the index follow these photos."""
    database.run(
        f"UPDATE photos SET change_seq = ? WHERE id {IS_IN}", (change_seq, id_list(photo_ids))
    )


def settle_photos(database: Database, photo_ids: Iterable[int], change_seq: int) -> list[str]:
    """Bring photos in line after their files changed.

    A photo without any file is deleted and leaves a tombstone; one whose files are all missing
    keeps its embedding but is told to the index as removed.

    Returns:
        the content hashes of those that were deleted.
    """
    ids = id_list(photo_ids)
    is_orphan = f"id {IS_IN} AND NOT EXISTS (SELECT 1 FROM files f WHERE f.photo_id = photos.id)"
    database.run(
        f"INSERT INTO tombstones SELECT id, ? FROM photos WHERE {is_orphan}", (change_seq, ids)
    )
    deleted = database.rows(f"DELETE FROM photos WHERE {is_orphan} RETURNING content_hash", (ids,))
    database.run(
        f"UPDATE photos SET change_seq = ? WHERE id {IS_IN} AND NOT {IS_LIVE}", (change_seq, ids)
    )
    return [row[0].hex() for row in deleted]
