"""What the catalogue knows of each file: the indexer's side, and its only writer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from desktop_app.library.file_rows import HAS_CHANGED, leave_in_cloud, mark_missing
from desktop_app.library.folder_list import now_text
from desktop_app.library.models.model_rows import ModelRows
from desktop_app.library.photo_file import ONLY_IN_CLOUD
from desktop_app.library.photo_rows import (
    HAS_TROUBLE,
    IS_IN,
    id_list,
    next_change_seq,
    path_of,
    settle_photos,
    touch_photos,
)
from desktop_app.library.records import (
    FileResult,
    KnownFile,
    Outcome,
    PendingFile,
    Place,
    ScanDelta,
    Scope,
)
from desktop_app.library.result_rows import ResultRows
from desktop_app.library.schema import Database

MAX_ATTEMPTS = 3
"""A file that was being read at this many crashes is taken for their cause."""
DECODER_CRASHED = "the decoder crashed on this file"
_IN_SCOPE = "folder_id = ? AND substr(relative_path, 1, ?) = ?"


class FileLedger:
    """The table of files, as a part of the catalogue; shares its thread and its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._results = ResultRows(database)

    # -- scanning --------------------------------------------------------------------------

    def known_files(self, scope: Scope) -> dict[bytes, KnownFile]:
        """Every file of a scope by its path relative to the root."""
        rows = self._database.rows(
            "SELECT relative_path, id, size_bytes, mtime_ns, state, failure, "
            "photo_id IS NOT NULL FROM files "
            f"WHERE {_IN_SCOPE}",
            _scope_arguments(scope),
        )
        return {row[0]: KnownFile(*row[1:]) for row in rows}

    def apply_scan(self, folder_id: int, delta: ScanDelta) -> int:
        """Write one slice of a scan in one transaction; how many files became missing.

        A file that is gone and never was a photo is not missed: its row is deleted. So is that of
        a file which is left out, and its photo with it, if that lies nowhere else.
        """
        with self._database.transaction():
            self._database.run_many(
                "INSERT INTO files (folder_id, relative_path, size_bytes, mtime_ns) "
                "VALUES (?, ?, ?, ?)",
                ((folder_id, *file) for file in delta.added),
            )
            self._database.run_many(
                "INSERT INTO files (folder_id, relative_path, size_bytes, mtime_ns, state, "
                "failure) VALUES (?, ?, ?, ?, 'failed', ?)",
                ((folder_id, *file, ONLY_IN_CLOUD) for file in delta.added_in_cloud),
            )
            leave_in_cloud(self._database, delta.to_cloud)
            back = self._photos_of(
                [file_id for file_id, _ in delta.changed], "AND state = 'missing'"
            )
            self._database.run_many(
                # What it has changed into is not known until it is read, also when it was away.
                "UPDATE files SET failure = CASE WHEN photo_id IS NOT NULL AND (size_bytes <> ?1 "
                "OR failure = ?4) THEN ?4 END, size_bytes = ?1, "
                "mtime_ns = ?2, state = 'pending', attempts = 0 WHERE id = ?3",
                ((f.size_bytes, f.mtime_ns, i, HAS_CHANGED) for i, f in delta.changed),
            )
            self._database.run(
                f"UPDATE files SET state = 'indexed' WHERE id {IS_IN}", (id_list(delta.returned),)
            )
            back += self._photos_of(delta.returned)
            gone = self._photos_of(delta.missing)
            missing = mark_missing(self._database, delta.missing)
            gone += self._photos_of(delta.excluded)
            self._database.run(f"DELETE FROM files WHERE id {IS_IN}", (id_list(delta.excluded),))
            if back or gone:
                seq = next_change_seq(self._database)
                touch_photos(self._database, back, seq)
                settle_photos(self._database, gone, seq)
        return missing

    def forget(self, file_ids: Sequence[int]) -> None:
        """Forget files that are left out from now on; which folder they are in does not matter."""
        self.apply_scan(0, ScanDelta(excluded=tuple(file_ids)))

    def set_offline(self, folder_id: int) -> None:
        """Note that a root cannot be reached; what is known of its files stays as it is."""
        with self._database.transaction():
            changed = self._database.run(
                "UPDATE folders SET state = 'offline' WHERE id = ? AND state <> 'offline'",
                (folder_id,),
            )
            if changed:
                next_change_seq(self._database)

    def set_online(self, folder_id: int, is_mount_point: bool) -> None:
        """Note that a root can be reached."""
        with self._database.transaction():
            before = self._database.row("SELECT state FROM folders WHERE id = ?", (folder_id,))
            self._database.run(
                "UPDATE folders SET state = 'online', is_mount_point = ? WHERE id = ?",
                (is_mount_point, folder_id),
            )
            if before == ("offline",):
                next_change_seq(self._database)

    def note_scan(self, folder_id: int) -> None:
        """Note that a root was scanned to the end just now."""
        self._database.run(
            "UPDATE folders SET last_scan_at = ? WHERE id = ?", (now_text(), folder_id)
        )

    # -- what is to be read ----------------------------------------------------------------

    def fail_crashing(self, scope: Scope) -> int:
        """Give up the files that were being read at three crashes; how many."""
        with self._database.transaction():
            rows = self._database.rows(
                "SELECT id, photo_id FROM files WHERE state = 'pending' AND attempts >= ? "
                f"AND {_IN_SCOPE}",
                (MAX_ATTEMPTS, *_scope_arguments(scope)),
            )
            if rows:
                self._database.run(
                    "UPDATE files SET state = 'failed', failure = ?, attempts = 0, "
                    f"photo_id = NULL WHERE id {IS_IN}",
                    (DECODER_CRASHED, id_list(row[0] for row in rows)),
                )
                seq = next_change_seq(self._database)
                settle_photos(self._database, (r[1] for r in rows if r[1] is not None), seq)
        return len(rows)

    def contents(self, model_id: str, with_tokens: bool = False) -> dict[bytes, tuple[int, bool]]:
        """Every photo by content hash: its id, and whether it has an embedding of the model.

        ``with_tokens``: one without image tokens counts as having none.
        """
        rows = self._database.rows(
            "SELECT content_hash, id, EXISTS (SELECT 1 FROM embeddings e "
            "WHERE e.photo_id = photos.id AND e.model_id = ?1) AND (NOT ?2 OR EXISTS "
            "(SELECT 1 FROM image_tokens t WHERE t.photo_id = photos.id AND t.model_id = ?1)) "
            "FROM photos",
            (model_id, with_tokens),
        )
        return {row[0]: (row[1], bool(row[2])) for row in rows}

    def unreachable(self) -> set[str]:
        """Hashes, in hex, of the contents that lie in no folder which can be reached now."""
        rows = self._database.rows(
            "SELECT content_hash FROM photos p WHERE NOT EXISTS (SELECT 1 FROM files f "
            "JOIN folders d ON d.id = f.folder_id WHERE f.photo_id = p.id "
            "AND f.state <> 'missing' AND d.state = 'online')"
        )
        return {row[0].hex() for row in rows}

    def reread(self, photo_ids: Iterable[int], scope: Scope) -> int:
        """Ask for one file of each photo to be read again; how many files that are."""
        # A photo that already waits is not asked for through another of its files as well.
        return self._database.run(
            "UPDATE files SET state = 'pending', attempts = 0 WHERE id IN ("
            f"SELECT min(id) FROM files WHERE photo_id {IS_IN} AND state = 'indexed' "
            f"AND {_IN_SCOPE} AND NOT EXISTS (SELECT 1 FROM files w "
            "WHERE w.photo_id = files.photo_id AND w.state = 'pending') GROUP BY photo_id)",
            (id_list(photo_ids), *_scope_arguments(scope)),
        )

    def pending(self, scope: Scope) -> list[tuple[int, int]]:
        """(attempts, file_id) of the files to be read."""
        return self._database.rows(
            f"SELECT attempts, id FROM files WHERE state = 'pending' AND {_IN_SCOPE} "
            "ORDER BY attempts, id",
            _scope_arguments(scope),
        )

    def begin(self, file_ids: Sequence[int]) -> list[PendingFile]:
        """Note, before anything is decoded, that these files are being read."""
        ids = id_list(file_ids)
        with self._database.transaction():
            self._database.run(f"UPDATE files SET attempts = attempts + 1 WHERE id {IS_IN}", (ids,))
            rows = self._database.rows(
                "SELECT f.id, f.folder_id, d.path, f.relative_path, f.photo_id FROM files f "
                f"JOIN folders d ON d.id = f.folder_id WHERE f.id {IS_IN} ORDER BY f.id",
                (ids,),
            )
        return [
            PendingFile(file_id, folder_id, path_of(root, name), photo_id)
            for file_id, folder_id, root, name, photo_id in rows
        ]

    def release(self, file_ids: Sequence[int]) -> None:
        """Take ``begin`` back for files that were not read after all."""
        self._database.run(
            f"UPDATE files SET attempts = max(attempts - 1, 0) WHERE id {IS_IN}",
            (id_list(file_ids),),
        )

    def retry(self, file_ids: Sequence[int]) -> int:
        """Have the next run read files again that could not be used; how many there are."""
        return self._database.run(
            "UPDATE files SET state = 'pending', attempts = 0, failure = NULL "
            f"WHERE id {IS_IN} AND (state = 'failed' OR {HAS_TROUBLE})",
            (id_list(file_ids),),
        )

    # -- what was read ---------------------------------------------------------------------

    def places_of(self, content_hash: bytes) -> list[Place]:
        """Every file of a content, the missing ones too."""
        rows = self._database.rows(
            "SELECT f.id, f.folder_id, d.path, f.relative_path, f.state FROM photos p "
            "JOIN files f ON f.photo_id = p.id JOIN folders d ON d.id = f.folder_id "
            "WHERE p.content_hash = ? ORDER BY f.id",
            (content_hash,),
        )
        return [
            Place(file_id, folder_id, path_of(root, name), state)
            for file_id, folder_id, root, name, state in rows
        ]

    def store(self, results: Sequence[FileResult], model_id: str) -> list[Outcome]:
        """Write one batch in one transaction: files, photos, embeddings, attempts = 0."""
        return self._results.write(results, model_id)

    def discard_other_embeddings(self, model_id: str, kept: Collection[str] = ()) -> int:
        """Forget what other models made once every photo has an embedding of this one.

        Args:
            model_id: the model that answers.
            kept: models that can be switched to; theirs stays.

        Returns:
            how many embeddings of photos were deleted.
        """
        models = ModelRows(self._database)
        others = set(models.ids()) - {model_id, *kept}
        lacks = (
            "SELECT 1 FROM photos p WHERE NOT EXISTS (SELECT 1 FROM embeddings e "
            "WHERE e.photo_id = p.id AND e.model_id = ?) LIMIT 1"
        )
        if not others or self._database.row(lacks, (model_id,)) is not None:
            return 0
        return models.forget(others)

    def _photos_of(self, file_ids: Sequence[int], condition: str = "") -> list[int]:
        rows = self._database.rows(
            f"SELECT DISTINCT photo_id FROM files WHERE id {IS_IN} "
            f"AND photo_id IS NOT NULL {condition}",
            (id_list(file_ids),),
        )
        return [row[0] for row in rows]


def _scope_arguments(scope: Scope) -> tuple[int, int, bytes]:
    return (scope.folder_id, len(scope.prefix), scope.prefix)
