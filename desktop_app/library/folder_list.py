"""The roots that the user added: they never nest."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.library.file_kind import NO_PHOTO
from desktop_app.library.photo_rows import (
    HAS_TROUBLE,
    IS_IN,
    id_list,
    next_change_seq,
    path_of,
    settle_photos,
)
from desktop_app.library.records import Folder, FolderCounts, MissingFile
from desktop_app.library.schema import Database


def now_text() -> str:
    """The time as the catalogue stores it: UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class FolderList:
    """The table of roots, as a part of the catalogue."""

    def __init__(self, database: Database, on_forgotten: Callable[[Sequence[str]], object]) -> None:
        """``on_forgotten`` is told the content hashes of forgotten photos, after the commit."""
        self._database = database
        self._on_forgotten = on_forgotten

    def all(self) -> list[Folder]:
        """The roots, in the order of their paths."""
        rows = self._database.rows(
            "SELECT id, path, state, added_at, last_scan_at, is_mount_point FROM folders "
            "ORDER BY path"
        )
        return [
            Folder(folder_id, Path(os.fsdecode(path)), state, added_at, last_scan_at, bool(mount))
            for folder_id, path, state, added_at, last_scan_at, mount in rows
        ]

    def counts(self) -> dict[int, FolderCounts]:
        """By folder id: how many files of each kind it has."""
        rows = self._database.rows(
            "SELECT folder_id, sum(state = 'indexed'), sum(state = 'pending'), "
            f"sum((state = 'failed' OR {HAS_TROUBLE}) AND coalesce(failure, '') NOT LIKE ?) "
            "FROM files GROUP BY folder_id",
            (f"{NO_PHOTO}%",),
        )
        return {row[0]: FolderCounts(*row[1:]) for row in rows}

    def add(self, path: Path) -> Folder:
        """Make a folder a root, or give the root that already holds it."""
        path = path.resolve()
        with self._database.transaction():
            for folder in self.all():
                if path.is_relative_to(folder.path):
                    return folder
            inner = [f for f in self.all() if f.path.is_relative_to(path)]
            folder_id = self._database.insert(
                "INSERT INTO folders (path, added_at) VALUES (?, ?)",
                (os.fsencode(path), now_text()),
            )
            for folder in inner:
                self._take_over(folder, folder_id, path)
            if inner:
                next_change_seq(self._database)
        return next(f for f in self.all() if f.folder_id == folder_id)

    def remove(self, folder_id: int) -> int:
        """Forget a root, its files, and the photos that lie nowhere else."""
        with self._database.transaction():
            photo_ids = self._database.rows(
                "SELECT DISTINCT photo_id FROM files WHERE folder_id = ? AND photo_id IS NOT NULL",
                (folder_id,),
            )
            removed = self._database.run("DELETE FROM files WHERE folder_id = ?", (folder_id,))
            seq = next_change_seq(self._database)
            forgotten = settle_photos(self._database, (row[0] for row in photo_ids), seq)
            self._database.run("DELETE FROM folders WHERE id = ?", (folder_id,))
        self._on_forgotten(forgotten)
        return removed

    def missing_files(self) -> list[MissingFile]:
        """The files that are gone, in the order of their ids."""
        folders = {folder.folder_id: folder for folder in self.all()}
        rows = self._database.rows(
            "SELECT f.id, f.folder_id, d.path, f.relative_path FROM files f "
            "JOIN folders d ON d.id = f.folder_id WHERE f.state = 'missing' ORDER BY f.id"
        )
        return [
            MissingFile(file_id, folders[folder_id], path_of(root, name))
            for file_id, folder_id, root, name in rows
        ]

    def count_photos_of(self, file_ids: Sequence[int]) -> int:
        """How many photos lie at these files and nowhere else."""
        ids = id_list(file_ids)
        return self._database.number(
            f"SELECT count(DISTINCT photo_id) FROM files WHERE id {IS_IN} AND NOT EXISTS "
            "(SELECT 1 FROM files other WHERE other.photo_id = files.photo_id "
            f"AND other.id NOT {IS_IN})",
            (ids, ids),
        )

    def forget_missing(self, file_ids: Sequence[int]) -> tuple[int, int]:
        """Forget those of the files that are still missing; how many files and photos."""
        forgotten: list[str] = []
        with self._database.transaction():
            # Read inside: a scan may have found some of them again.
            rows = self._database.rows(
                f"SELECT id, photo_id FROM files WHERE id {IS_IN} AND state = 'missing'",
                (id_list(file_ids),),
            )
            ids = [row[0] for row in rows]
            photos = self.count_photos_of(ids)
            if ids:
                self._database.run(f"DELETE FROM files WHERE id {IS_IN}", (id_list(ids),))
                seq = next_change_seq(self._database)
                forgotten = settle_photos(self._database, {row[1] for row in rows}, seq)
        self._on_forgotten(forgotten)
        return len(ids), photos

    def _take_over(self, inner: Folder, folder_id: int, path: Path) -> None:
        prefix = os.fsencode(inner.path.relative_to(path)) + os.fsencode(os.sep)
        # The cast: joining two BLOBs with || gives TEXT.
        self._database.run(
            "UPDATE files SET folder_id = ?, relative_path = CAST(? || relative_path AS BLOB) "
            "WHERE folder_id = ?",
            (folder_id, prefix, inner.folder_id),
        )
        self._database.run("DELETE FROM folders WHERE id = ?", (inner.folder_id,))
