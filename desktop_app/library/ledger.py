"""What the catalogue knows of each file: the indexer's side, and its only writer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.library.folder_list import now_text
from desktop_app.library.image_tokens import write_tokens
from desktop_app.library.metadata_rows import write_metadata
from desktop_app.library.photo_file import ONLY_IN_CLOUD, is_of_the_moment
from desktop_app.library.photo_rows import (
    HAS_TROUBLE,
    IS_IN,
    IS_LIVE,
    id_list,
    next_change_seq,
    path_of,
    settle_photos,
)
from desktop_app.library.records import (
    FailedFile,
    FileResult,
    KnownFile,
    Outcome,
    PendingFile,
    PhotoFacts,
    Place,
    ReadPhoto,
    ScanDelta,
    Scope,
    VanishedFile,
)
from desktop_app.library.schema import Database

MAX_ATTEMPTS = 3
"""A file that was being read at this many crashes is taken for their cause."""
DECODER_CRASHED = "the decoder crashed on this file"
_HAS_CHANGED = "has another size than when it was read"
"""Kept, while a photo's file waits to be read, in the place of a failure."""
_IN_SCOPE = "folder_id = ? AND substr(relative_path, 1, ?) = ?"


class FileLedger:
    """The table of files, as a part of the catalogue; shares its thread and its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
            self._leave_in_cloud(delta.to_cloud)
            back = self._photos_of(
                [file_id for file_id, _ in delta.changed], "AND state = 'missing'"
            )
            self._database.run_many(
                "UPDATE files SET failure = CASE WHEN photo_id IS NOT NULL AND (size_bytes <> ?1 "
                "OR state = 'pending' AND failure = ?4) THEN ?4 END, size_bytes = ?1, "
                "mtime_ns = ?2, state = 'pending', attempts = 0 WHERE id = ?3",
                ((f.size_bytes, f.mtime_ns, i, _HAS_CHANGED) for i, f in delta.changed),
            )
            self._database.run(
                f"UPDATE files SET state = 'indexed' WHERE id {IS_IN}", (id_list(delta.returned),)
            )
            back += self._photos_of(delta.returned)
            gone = self._photos_of(delta.missing)
            missing = self._set_missing(delta.missing)
            gone += self._photos_of(delta.excluded)
            self._database.run(f"DELETE FROM files WHERE id {IS_IN}", (id_list(delta.excluded),))
            if back or gone:
                seq = next_change_seq(self._database)
                self._bump(back, seq)
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
        outcomes: list[Outcome] = []
        touched: set[int] = set()
        with self._database.transaction():
            seq = next_change_seq(self._database)
            for result in results:
                row = self._database.row(
                    "SELECT photo_id, failure FROM files WHERE id = ?", (result.file_id,)
                )
                if row is None:
                    outcomes.append("dropped")
                    continue
                if row[0] is not None:
                    touched.add(row[0])
                if isinstance(result, ReadPhoto):
                    outcomes.append(self._store_photo(result, row[0], model_id, seq))
                else:
                    outcomes.append(self._store_failure(result, *row))
            settle_photos(self._database, touched, seq)
        return outcomes

    def discard_other_embeddings(self, model_id: str) -> int:
        """Delete other models' embeddings once every photo has one of this model; how many.

        Their image tokens go with them.
        """
        others = "SELECT 1 FROM embeddings WHERE model_id <> ? LIMIT 1"
        if self._database.row(others, (model_id,)) is None:
            return 0
        with self._database.transaction():
            discarded = self._database.run(
                "DELETE FROM embeddings WHERE model_id <> ?1 AND NOT EXISTS "
                "(SELECT 1 FROM photos p WHERE NOT EXISTS (SELECT 1 FROM embeddings e "
                "WHERE e.photo_id = p.id AND e.model_id = ?1))",
                (model_id,),
            )
            if discarded:
                self._database.run("DELETE FROM image_tokens WHERE model_id <> ?", (model_id,))
        return discarded

    def _store_failure(
        self, result: FailedFile | VanishedFile, photo_id: int | None, before: str | None
    ) -> Outcome:
        if isinstance(result, FailedFile):
            is_as_read = photo_id is not None and before != _HAS_CHANGED
            if is_as_read and is_of_the_moment(result.reason):
                # Still what it was, as far as anybody knows. No file is of that time: the next
                # scan has it read again.
                self._database.run(
                    "UPDATE files SET state = 'indexed', failure = ?, attempts = 0, mtime_ns = -1 "
                    "WHERE id = ?",
                    (result.reason, result.file_id),
                )
                return "failed"
            if result.reason == ONLY_IN_CLOUD and photo_id is not None:
                self._leave_in_cloud([result.file_id])
                return "unchanged"
            self._database.run(
                "UPDATE files SET state = 'failed', failure = ?, attempts = 0, photo_id = NULL "
                "WHERE id = ?",
                (result.reason, result.file_id),
            )
            return "failed"
        self._set_missing([result.file_id])
        return "dropped" if photo_id is None else "missing"

    def _store_photo(
        self, result: ReadPhoto, before: int | None, model_id: str, seq: int
    ) -> Outcome:
        row = self._database.row(
            f"SELECT id, {IS_LIVE}, EXISTS (SELECT 1 FROM embeddings e "
            "WHERE e.photo_id = photos.id AND e.model_id = ?) "
            "FROM photos WHERE content_hash = ?",
            (model_id, result.content_hash),
        )
        photo_id, is_live, is_embedded = row if row is not None else (None, False, False)
        if result.facts is not None and result.vector is not None:
            if photo_id is None:
                photo_id = self._insert_photo(result.file_id, result.content_hash, result.facts)
            if result.facts.metadata is not None:
                write_metadata(self._database, photo_id, result.facts.metadata)
            self._database.run(
                "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)",
                (photo_id, model_id, _half(result.vector)),
            )
            if result.tokens is not None:
                write_tokens(self._database, photo_id, model_id, result.tokens)
        elif not is_embedded:
            return "unknown"
        if result.vector is not None or not is_live:
            self._bump([photo_id], seq)
        self._database.run(
            "UPDATE files SET state = 'indexed', photo_id = ?, attempts = 0, failure = NULL "
            "WHERE id = ?",
            (photo_id, result.file_id),
        )
        if result.replaces is not None:
            moved = self._database.run("DELETE FROM files WHERE id = ?", (result.replaces,))
            if moved:
                return "moved"
        return "unchanged" if before == photo_id and result.vector is None else "indexed"

    def _insert_photo(self, file_id: int, content_hash: bytes, facts: PhotoFacts) -> int:
        return self._database.insert(
            "INSERT INTO photos (content_hash, width, height, format, taken_at, sort_date, "
            "change_seq) SELECT ?, ?, ?, ?, ?, coalesce(substr(?, 1, 19), "
            "strftime('%Y-%m-%dT%H:%M:%S', mtime_ns / 1000000000, 'unixepoch', 'localtime'), ''), "
            "0 FROM files WHERE id = ?",
            (
                content_hash,
                facts.width,
                facts.height,
                facts.format,
                facts.taken_at,
                facts.taken_at,
                file_id,
            ),
        )

    def _set_missing(self, file_ids: Sequence[int]) -> int:
        """Mark files missing, delete those that are no photo; how many were marked."""
        ids = id_list(file_ids)
        self._database.run(f"DELETE FROM files WHERE id {IS_IN} AND photo_id IS NULL", (ids,))
        # One that was to be read again is no longer what is known of it. No file is of that time:
        # when it comes back, it is read.
        return self._database.run(
            "UPDATE files SET attempts = 0, mtime_ns = CASE state WHEN 'pending' THEN -1 "
            f"ELSE mtime_ns END, state = 'missing' WHERE id {IS_IN}",
            (ids,),
        )

    def _leave_in_cloud(self, file_ids: Sequence[int]) -> None:
        """Note that files cannot be read here now; those that were photos stay so."""
        # No file is of that time: as soon as it can be read, it is.
        self._database.run(
            "UPDATE files SET mtime_ns = -1, attempts = 0, "
            "state = CASE WHEN photo_id IS NULL THEN 'failed' ELSE 'indexed' END, "
            "failure = CASE WHEN photo_id IS NULL THEN ? END "
            f"WHERE id {IS_IN}",
            (ONLY_IN_CLOUD, id_list(file_ids)),
        )

    def _photos_of(self, file_ids: Sequence[int], condition: str = "") -> list[int]:
        rows = self._database.rows(
            f"SELECT DISTINCT photo_id FROM files WHERE id {IS_IN} "
            f"AND photo_id IS NOT NULL {condition}",
            (id_list(file_ids),),
        )
        return [row[0] for row in rows]

    def _bump(self, photo_ids: Iterable[int], seq: int) -> None:
        self._database.run(
            f"UPDATE photos SET change_seq = ? WHERE id {IS_IN}", (seq, id_list(photo_ids))
        )


def _scope_arguments(scope: Scope) -> tuple[int, int, bytes]:
    return (scope.folder_id, len(scope.prefix), scope.prefix)


def _half(vector: NDArray[np.float32]) -> bytes:
    return np.asarray(vector, "<f2").tobytes()
