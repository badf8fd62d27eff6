"""The columns and the word index that hold what photos' files say: the SQL of metadata."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.library.metadata import METADATA_VERSION
from desktop_app.library.photo_rows import path_of
from desktop_app.library.records import Metadata, PendingFile, Scope
from desktop_app.library.schema import Database


def write_metadata(database: Database, photo_id: int, metadata: Metadata) -> None:
    """Store what a photo's file says; to be called inside a transaction."""
    database.run(
        "UPDATE photos SET camera = ?, lens = ?, latitude = ?, longitude = ?, rating = ?, "
        "caption = ?, keywords = ?, metadata_version = ? WHERE id = ?",
        (
            metadata.camera,
            metadata.lens,
            metadata.latitude,
            metadata.longitude,
            metadata.rating,
            metadata.caption,
            "\n".join(metadata.keywords),
            METADATA_VERSION,
            photo_id,
        ),
    )


class MetadataLedger:
    """Which photos lack metadata; shares the thread and the errors of its catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lacking(self, scope: Scope) -> list[PendingFile]:
        """One indexed file of each photo in a scope whose metadata was never read."""
        rows = self._database.rows(
            "SELECT min(f.id), f.folder_id, d.path, f.relative_path, p.id FROM photos p "
            "JOIN files f ON f.photo_id = p.id JOIN folders d ON d.id = f.folder_id "
            "WHERE p.metadata_version < ? AND f.state = 'indexed' AND f.folder_id = ? "
            "AND substr(f.relative_path, 1, ?) = ? GROUP BY p.id",
            (METADATA_VERSION, scope.folder_id, len(scope.prefix), scope.prefix),
        )
        return [
            PendingFile(file_id, folder_id, path_of(root, name), photo_id)
            for file_id, folder_id, root, name, photo_id in rows
        ]

    def store(self, found: Sequence[tuple[int, Metadata]]) -> None:
        """Write the metadata of photos by their ids, in one transaction."""
        with self._database.transaction():
            for photo_id, metadata in found:
                write_metadata(self._database, photo_id, metadata)

    def metadata(self, photo_id: int) -> Metadata | None:
        """What is known of a photo; None until its file was read for it."""
        row = self._database.row(
            "SELECT camera, lens, latitude, longitude, rating, caption, keywords FROM photos "
            "WHERE id = ? AND metadata_version > 0",
            (photo_id,),
        )
        if row is None:
            return None
        camera, lens, latitude, longitude, rating, caption, keywords = row
        words = tuple(keywords.split("\n")) if keywords else ()
        return Metadata(camera, lens, latitude, longitude, rating, caption, words)
