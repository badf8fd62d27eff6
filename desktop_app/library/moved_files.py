"""Files that VisITA itself moved, in the catalogue: they are the same files at other places."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from desktop_app.library.photo_rows import next_change_seq
from desktop_app.library.records import Folder
from desktop_app.library.schema import Database


class MovedFiles:
    """A part of the catalogue; shares its thread and its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def follow(self, moves: Sequence[tuple[Path, Path]], folders: Sequence[Folder]) -> int:
        """Note new places of files, under the indexer's lock; how many were noted.

        An index run would find them too, by their content; until then they would be missing. What
        is not as it should be here is left to that run.
        """
        known = [(old, new, _place(new, folders)) for old, new in moves]
        noted = 0
        with self._database.transaction():
            for old, new, place in known:
                before = _place(old, folders)
                if before is not None and place is not None:
                    noted += self._note(before, place, new)
            if noted:
                next_change_seq(self._database)
        return noted

    def _note(self, before: tuple[int, bytes], place: tuple[int, bytes], new: Path) -> bool:
        is_taken = self._database.row(
            "SELECT 1 FROM files WHERE folder_id = ? AND relative_path = ?", place
        )
        if is_taken is not None:
            return False
        try:
            status = new.lstat()
        except OSError:
            return False
        changed = self._database.run(
            "UPDATE files SET folder_id = ?, relative_path = ?, mtime_ns = ? "
            "WHERE folder_id = ? AND relative_path = ? AND state <> 'missing' AND size_bytes = ?",
            (*place, status.st_mtime_ns, *before, status.st_size),
        )
        return changed == 1


def _place(path: Path, folders: Sequence[Folder]) -> tuple[int, bytes] | None:
    """Root and relative path of a file; None outside the library."""
    for folder in folders:
        if path.is_relative_to(folder.path):
            return folder.folder_id, os.fsencode(path.relative_to(folder.path))
    return None
