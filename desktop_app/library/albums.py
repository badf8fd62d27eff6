"""Albums and favourites: photos that the user put together, kept by their contents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import UsageError
from desktop_app.library.album_schema import FAVOURITES
from desktop_app.library.folder_list import now_text
from desktop_app.library.photo_rows import IS_IN, IS_LIVE, id_list
from desktop_app.library.schema import Database

_FAVOURITES_ID = 1
_LONGEST_NAME = 100
IS_FAVOURITE = (
    f"content_hash IN (SELECT content_hash FROM album_photos WHERE album_id = {_FAVOURITES_ID})"
)
"""SQL, true of a row of ``photos``."""
IS_IN_ALBUM = (
    "content_hash IN (SELECT content_hash FROM album_photos WHERE album_id IN ("
    "SELECT id FROM albums WHERE name = ? UNION ALL "
    "SELECT id FROM albums WHERE name LIKE ? ESCAPE '!' "
    "AND NOT EXISTS (SELECT 1 FROM albums WHERE name = ?)))"
)
"""SQL, true of a row of ``photos``; its arguments are a name, a pattern for LIKE, the name again.
The album of this very name, else all that the pattern fits."""


@dataclass(frozen=True)
class Album:
    """A named set of photos."""

    name: str
    count: int
    """Photos of it that can be shown now; others wait until their folder is added again."""
    is_favourites: bool
    added_at: str
    """UTC, ISO 8601."""


class Albums:
    """The catalogue's albums; shares its thread and its errors. No photo's file is touched."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Album]:
        """The favourites, then the albums by name."""
        rows = self._database.rows(
            "SELECT name, (SELECT count(*) FROM album_photos a JOIN photos USING (content_hash) "
            f"WHERE a.album_id = albums.id AND {IS_LIVE}), id = ?1, added_at FROM albums "
            "ORDER BY id <> ?1, name",
            (_FAVOURITES_ID,),
        )
        return [Album(name, count, bool(first), added) for name, count, first, added in rows]

    def of(self, photo_id: int) -> list[str]:
        """The names of the albums that have a photo."""
        rows = self._database.rows(
            "SELECT albums.name FROM photos JOIN album_photos a USING (content_hash) "
            "JOIN albums ON albums.id = a.album_id WHERE photos.id = ? "
            "ORDER BY albums.id <> ?, albums.name",
            (photo_id, _FAVOURITES_ID),
        )
        return [row[0] for row in rows]

    def create(self, name: str) -> str:
        """Make an empty album; its name as it is kept.

        Raises:
            UsageError: the name cannot be used, or is taken.
        """
        wanted = checked_name(name)
        with self._database.transaction():
            if self._id_of(wanted) is not None:
                raise _taken(wanted)
            self._insert(wanted)
        return wanted

    def add(self, name: str, photo_ids: Iterable[int]) -> int:
        """Put photos into an album, which is made if need be; how many it did not have.

        Raises:
            UsageError: the name cannot be used.
        """
        wanted = checked_name(name)
        with self._database.transaction():
            album = self._id_of(wanted)
            return self._put(self._insert(wanted) if album is None else album, photo_ids)

    def take_out(self, name: str, photo_ids: Iterable[int]) -> int:
        """Take photos out of an album; how many it had.

        Raises:
            UsageError: there is no such album.
        """
        with self._database.transaction():
            return self._drop(self._require(name), photo_ids)

    def set_favourite(self, photo_ids: Iterable[int], is_favourite: bool) -> int:
        """Make photos favourites, or no favourites any more; how many changed."""
        with self._database.transaction():
            change = self._put if is_favourite else self._drop
            return change(_FAVOURITES_ID, photo_ids)

    def rename(self, name: str, new_name: str) -> str:
        """Give an album another name; it as it is kept.

        Raises:
            UsageError: there is no such album, it is the favourites, or the new name cannot be
                used or is taken.
        """
        wanted = checked_name(new_name)
        with self._database.transaction():
            album = self._require_own(name)
            if self._id_of(wanted) not in (None, album):
                raise _taken(wanted)
            self._database.run("UPDATE albums SET name = ? WHERE id = ?", (wanted, album))
        return wanted

    def remove(self, name: str) -> None:
        """Forget an album; its photos stay as they are.

        Raises:
            UsageError: there is no such album, or it is the favourites.
        """
        with self._database.transaction():
            self._database.run("DELETE FROM albums WHERE id = ?", (self._require_own(name),))

    def photo_ids_at(self, paths: Sequence[Path]) -> list[int]:
        """The photos that lie at these paths, each once.

        Raises:
            UsageError: at one of them no photo of the library lies.
        """
        roots = {
            Path(os.fsdecode(path)): folder_id
            for folder_id, path in self._database.rows("SELECT id, path FROM folders")
        }
        found: dict[int, None] = {}
        for path in paths:
            # The folder's links are resolved, as the roots' are; a link to a photo is a file.
            full = path.parent.resolve() / path.name
            root = next((root for root in roots if full.is_relative_to(root)), None)
            row = None
            if root is not None:
                row = self._database.row(
                    "SELECT photo_id FROM files WHERE folder_id = ? AND relative_path = ? "
                    "AND photo_id IS NOT NULL",
                    (roots[root], os.fsencode(full.relative_to(root))),
                )
            if row is None:
                raise UsageError(
                    f"{path} is no photo of the library.", "`visita index FOLDER` adds folders."
                )
            found[row[0]] = None
        return list(found)

    def _id_of(self, name: str) -> int | None:
        row = self._database.row("SELECT id FROM albums WHERE name = ?", (name,))
        return None if row is None else int(row[0])

    def _require(self, name: str) -> int:
        album = self._id_of(name)
        if album is None:
            raise UsageError(f"There is no album “{name}”.", "`visita album list` shows them.")
        return album

    def _require_own(self, name: str) -> int:
        album = self._require(name)
        if album == _FAVOURITES_ID:
            raise UsageError("The favourites keep their place and their name.")
        return album

    def _insert(self, name: str) -> int:
        return self._database.insert(
            "INSERT INTO albums (name, added_at) VALUES (?, ?)", (name, now_text())
        )

    def _put(self, album: int, photo_ids: Iterable[int]) -> int:
        return self._database.run(
            "INSERT OR IGNORE INTO album_photos SELECT ?, content_hash, ? FROM photos "
            f"WHERE id {IS_IN}",
            (album, now_text(), id_list(photo_ids)),
        )

    def _drop(self, album: int, photo_ids: Iterable[int]) -> int:
        return self._database.run(
            "DELETE FROM album_photos WHERE album_id = ? AND content_hash IN "
            f"(SELECT content_hash FROM photos WHERE id {IS_IN})",
            (album, id_list(photo_ids)),
        )


def checked_name(name: str) -> str:
    """A name as albums are called: single spaces, not too long.

    Raises:
        UsageError: nothing that can be read is left of it.
    """
    wanted = " ".join(name.split())[:_LONGEST_NAME].strip()
    if not wanted or not wanted.isprintable():
        raise UsageError("An album needs a name that can be read.")
    return wanted


def _taken(name: str) -> UsageError:
    if name.casefold() == FAVOURITES:
        return UsageError("The favourites are an album already.")
    return UsageError(f"There is an album “{name}” already.", "Choose another name.")
