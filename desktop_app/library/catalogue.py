"""The catalogue: what VisITA knows about folders, files and photos. The truth, embeddings too."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from desktop_app.library.albums import IS_FAVOURITE, Albums
from desktop_app.library.backups import Backups
from desktop_app.library.caption_rows import CaptionRows
from desktop_app.library.embedding_rows import EmbeddingRows
from desktop_app.library.file_kind import NO_PHOTO
from desktop_app.library.folder_list import FolderList
from desktop_app.library.image_tokens import TokenRows
from desktop_app.library.ledger import FileLedger
from desktop_app.library.metadata_rows import MetadataLedger
from desktop_app.library.models.model_rows import ModelRows
from desktop_app.library.moved_files import MovedFiles
from desktop_app.library.photo_rows import HAS_TROUBLE, IS_IN, IS_LIVE, id_list, path_of
from desktop_app.library.records import (
    Counts,
    Failure,
    Folder,
    FolderCounts,
    MissingFile,
    Photo,
)
from desktop_app.library.schema import Database, Row
from desktop_app.library.search_rows import SearchRows
from desktop_app.library.selection import PhotoSelector
from desktop_app.library.vocabulary import VocabularyReader


class Catalogue:
    """The photo library's one connection to SQLite. Lives on the thread that opened it.

    Every method may raise CatalogueBusy, CatalogueDamaged, CatalogueReadOnly or DiskFull.
    """

    def __init__(
        self,
        database: Database,
        on_forgotten: Callable[[Sequence[str]], object] = lambda hashes: None,
    ) -> None:
        self._database = database
        self._folders = FolderList(database, on_forgotten)
        self.ledger = FileLedger(database)
        """What the indexer reads and writes."""
        self.metadata = MetadataLedger(database)
        """What the photos' files say."""
        self.selector = PhotoSelector(database)
        """Which photos pass a query's filters."""
        self.embeddings = EmbeddingRows(database)
        """The photos' embeddings: what the index follows."""
        self.models = ModelRows(database)
        """What each model has made."""
        self.tokens = TokenRows(database)
        """What matcher and captioner know of the photos."""
        self.captions = CaptionRows(database)
        """Collections of captions."""
        self.moves = MovedFiles(database)
        """Files that VisITA itself moved."""
        self.albums = Albums(database)
        """Albums and favourites."""
        self.searches = SearchRows(database)
        """Saved and recent searches."""
        self.vocabulary = VocabularyReader(database)
        """The names that can stand in filters."""

    @classmethod
    def open(
        cls, path: Path, on_forgotten: Callable[[Sequence[str]], object] = lambda hashes: None
    ) -> Catalogue:
        """Open the catalogue, or create it (mode 0600 in a folder of mode 0700).

        ``on_forgotten`` is told the content hashes of photos that lie nowhere any more after a
        folder was removed or missing photos were forgotten: what is kept of them beside the
        catalogue can go.

        Raises:
            CatalogueTooNew: a newer version wrote it.
            CatalogueDamaged: it is no catalogue, or SQLite cannot read it.
            CatalogueReadOnly: it cannot be written.
            CatalogueBusy: another process holds it for too long.
            DiskFull: there is no space to create it, or to keep a copy of an older schema.
        """
        return cls(Database(path, Backups(path).take_before_migration), on_forgotten)

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self._database.path

    def close(self) -> None:
        """Close the connection; safe to repeat."""
        self._database.close()

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def check(self) -> None:
        """Check the whole file; takes seconds on a large library.

        Raises:
            CatalogueDamaged: SQLite's check failed.
        """
        self._database.check()

    def copy_to(self, target: Path) -> None:
        """Copy everything, as it is at this moment, into a new private file."""
        self._database.copy_to(target)

    # -- folders ---------------------------------------------------------------------------

    def folders(self) -> list[Folder]:
        """The roots, in the order of their paths."""
        return self._folders.all()

    def folder_counts(self) -> dict[int, FolderCounts]:
        """By folder id: how many files of each kind it has."""
        return self._folders.counts()

    def add_folder(self, path: Path) -> Folder:
        """Make a folder a root, or give the root that already holds it.

        Roots never nest: one that holds known roots takes them over with their files and
        embeddings.
        """
        return self._folders.add(path)

    def remove_folder(self, folder_id: int) -> int:
        """Forget a root, its files, and the photos that lie nowhere else; the number of files.

        The files themselves are not touched.
        """
        return self._folders.remove(folder_id)

    def missing_files(self) -> list[MissingFile]:
        """The files that are gone, in the order of their ids."""
        return self._folders.missing_files()

    def count_photos_of(self, file_ids: Sequence[int]) -> int:
        """How many photos lie at these files and nowhere else."""
        return self._folders.count_photos_of(file_ids)

    def forget_missing(self, file_ids: Sequence[int]) -> tuple[int, int]:
        """Forget those of the files that are still missing, and the photos that lie nowhere else.

        Returns:
            how many files and photos that were; all of them in one transaction.
        """
        return self._folders.forget_missing(file_ids)

    # -- photos ----------------------------------------------------------------------------

    def counts(self) -> Counts:
        """How much there is."""
        by_state: dict[str, int] = dict(
            self._database.rows("SELECT state, count(*) FROM files GROUP BY state")
        )
        unread = self._database.number(f"SELECT count(*) FROM files WHERE {HAS_TROUBLE}")
        return Counts(
            # those that are live, counted in the order of an index: a million in a moment
            photos=self._database.number(
                "SELECT count(DISTINCT photo_id) FROM files WHERE state <> 'missing'"
            ),
            indexed=by_state.get("indexed", 0) - unread,
            pending=by_state.get("pending", 0),
            failed=by_state.get("failed", 0) + unread,
            missing=by_state.get("missing", 0),
            others=self._database.number(
                "SELECT count(*) FROM files WHERE state = 'failed' AND failure LIKE ?",
                (f"{NO_PHOTO}%",),
            ),
        )

    def failures(self, *, even_no_photos: bool = False) -> list[Failure]:
        """The files that cannot be used, in the order of their paths.

        Documents, archives and the like are in it only on request: nobody misses them.
        """
        rows = self._database.rows(
            "SELECT d.path, f.relative_path, f.failure, f.id FROM files f "
            "JOIN folders d ON d.id = f.folder_id WHERE f.id IN ("
            "SELECT id FROM files WHERE state = 'failed' UNION ALL "
            f"SELECT id FROM files WHERE {HAS_TROUBLE}) "
            "ORDER BY d.path, f.relative_path"
        )
        return [
            Failure(path_of(root, name), reason or "", file_id, os.fsdecode(name))
            for root, name, reason, file_id in rows
            if even_no_photos or not (reason or "").startswith(NO_PHOTO)
        ]

    def photos(self, photo_ids: Sequence[int], *, even_missing: bool = False) -> dict[int, Photo]:
        """Those of the photos that can be found now, with all their places.

        ``even_missing`` also gives those, and the places, that are missing.
        """
        rows = self._database.rows(
            "SELECT p.id, p.content_hash, p.width, p.height, p.taken_at, "
            f"d.state = 'offline', {IS_FAVOURITE}, p.sort_date, "
            "CASE f.state WHEN 'indexed' THEN f.failure END AS trouble, d.path, f.relative_path "
            "FROM photos p JOIN files f ON f.photo_id = p.id JOIN folders d ON d.id = f.folder_id "
            f"WHERE p.id {IS_IN} AND (f.state <> 'missing' OR ?) "
            "ORDER BY p.id, d.state = 'offline', trouble IS NOT NULL, f.id",
            (id_list(photo_ids), even_missing),
        )
        places: dict[int, list[Row]] = {}
        for row in rows:
            places.setdefault(row[0], []).append(row)
        return {photo_id: _photo(found) for photo_id, found in places.items()}

    def newest_photos(self, limit: int) -> list[Photo]:
        """The newest photos first, by the date taken, else by the file's time."""
        rows = self._database.rows(
            f"SELECT id FROM photos WHERE {IS_LIVE} ORDER BY sort_date DESC, id DESC LIMIT ?",
            (limit,),
        )
        ids = [row[0] for row in rows]
        photos = self.photos(ids)
        return [photos[photo_id] for photo_id in ids if photo_id in photos]

    def photos_at_several_places(self) -> list[int]:
        """The photos that lie at more than one place, those with most places first."""
        rows = self._database.rows(
            "SELECT photo_id FROM files WHERE photo_id IS NOT NULL AND state <> 'missing' "
            "GROUP BY photo_id HAVING count(*) > 1 ORDER BY count(*) DESC, photo_id"
        )
        return [row[0] for row in rows]

    def photo_id_of(self, content_hash: bytes) -> int | None:
        """The photo with this content, if it is known."""
        row = self._database.row("SELECT id FROM photos WHERE content_hash = ?", (content_hash,))
        return None if row is None else int(row[0])

    def change_seq(self) -> int:
        """Counts every change of what a search may return."""
        return self.embeddings.change_seq()


def _photo(places: Sequence[Row]) -> Photo:
    photo_id, content_hash, width, height, taken_at, offline, *more = places[0]
    favourite, sort_date, trouble = more[:3]
    paths = [path_of(row[9], row[10]) for row in places]
    return Photo(
        photo_id=photo_id,
        path=paths[0],
        other_paths=tuple(paths[1:]),
        content_hash=content_hash.hex(),
        width=width,
        height=height,
        taken_at=taken_at,
        offline=bool(offline),
        is_favourite=bool(favourite),
        sort_date=sort_date,
        trouble=trouble,
    )
