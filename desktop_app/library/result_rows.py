"""What was read of files becomes rows: photos, embeddings, failures."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.library.embedding_rows import stored_vector
from desktop_app.library.file_rows import HAS_CHANGED, leave_in_cloud, mark_missing
from desktop_app.library.image_tokens import write_tokens
from desktop_app.library.metadata_rows import write_metadata
from desktop_app.library.photo_file import ONLY_IN_CLOUD, is_of_the_moment
from desktop_app.library.photo_rows import IS_LIVE, next_change_seq, settle_photos, touch_photos
from desktop_app.library.records import (
    FailedFile,
    FileResult,
    Outcome,
    PhotoFacts,
    ReadPhoto,
    VanishedFile,
)
from desktop_app.library.schema import Database


class ResultRows:
    """The results of reading, as a part of the ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, results: Sequence[FileResult], model_id: str) -> list[Outcome]:
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

    def _store_failure(
        self, result: FailedFile | VanishedFile, photo_id: int | None, before: str | None
    ) -> Outcome:
        if isinstance(result, FailedFile):
            is_as_read = photo_id is not None and before != HAS_CHANGED
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
                leave_in_cloud(self._database, [result.file_id])
                return "unchanged"
            self._database.run(
                "UPDATE files SET state = 'failed', failure = ?, attempts = 0, photo_id = NULL "
                "WHERE id = ?",
                (result.reason, result.file_id),
            )
            return "failed"
        mark_missing(self._database, [result.file_id])
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
                (photo_id, model_id, stored_vector(result.vector)),
            )
            if result.tokens is not None:
                write_tokens(self._database, photo_id, model_id, result.tokens)
        elif not is_embedded:
            return "unknown"
        if result.vector is not None or not is_live:
            touch_photos(self._database, [photo_id], seq)
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
