"""What becomes of files' rows, whether a scan or a read finds it out."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.library.photo_file import ONLY_IN_CLOUD
from desktop_app.library.photo_rows import IS_IN, id_list
from desktop_app.library.schema import Database

HAS_CHANGED = "has another size than when it was read"
"""Kept, while a photo's file waits to be read, in the place of a failure."""


def mark_missing(database: Database, file_ids: Sequence[int]) -> int:
    """Mark files missing, delete those that are no photo; how many were marked."""
    ids = id_list(file_ids)
    database.run(f"DELETE FROM files WHERE id {IS_IN} AND photo_id IS NULL", (ids,))
    # One that was to be read again is no longer what is known of it. No file is of that time:
    # when it comes back, it is read.
    return database.run(
        "UPDATE files SET attempts = 0, mtime_ns = CASE state WHEN 'pending' THEN -1 "
        f"ELSE mtime_ns END, state = 'missing' WHERE id {IS_IN}",
        (ids,),
    )


def leave_in_cloud(database: Database, file_ids: Sequence[int]) -> None:
    """Note that files cannot be read here now; those that were photos stay so."""
    # No file is of that time: as soon as it can be read, it is.
    database.run(
        "UPDATE files SET mtime_ns = -1, attempts = 0, "
        "state = CASE WHEN photo_id IS NULL THEN 'failed' ELSE 'indexed' END, "
        "failure = CASE WHEN photo_id IS NULL THEN ? END "
        f"WHERE id {IS_IN}",
        (ONLY_IN_CLOUD, id_list(file_ids)),
    )
