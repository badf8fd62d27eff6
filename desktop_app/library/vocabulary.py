"""The names that a library holds for filters: cameras, lenses, keywords, folders, albums, years."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.library.query_values import EXAMPLES
from desktop_app.library.schema import Database

MOST_NAMES = 500
"""Of one kind; nobody looks through more."""
_MOST_FOLDER_STEPS = 4000
_SEPARATOR = os.fsencode(os.sep)
_BEHIND_SEPARATOR = bytes([_SEPARATOR[0] + 1])


def leaps(column: str) -> str:
    """SQL for at most ``?`` distinct values of an indexed column of photos, empty ones left out.

    From one to the next larger by the index: few cameras took all photos.
    """
    return (
        "WITH RECURSIVE found (value) AS ("
        f"SELECT min({column}) FROM photos WHERE {column} <> '' UNION ALL "
        f"SELECT (SELECT min({column}) FROM photos "
        f"WHERE {column} > found.value AND {column} <> '') "
        "FROM found WHERE found.value IS NOT NULL LIMIT ?) "
        "SELECT value FROM found WHERE value IS NOT NULL"
    )


@dataclass(frozen=True)
class Vocabulary:
    """What can stand behind the keys of filters, because the library holds it."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By key, as in ``camera``: the names in alphabetical order; the years of ``date`` and the
    searches begin with the newest."""


class VocabularyReader:
    """Reads the names, as a part of the catalogue; shares its thread and its errors.

    Each name is one step through an index, so that it takes milliseconds in a library of a
    million photos.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> Vocabulary:
        """At most ``MOST_NAMES`` of each kind."""
        lines = (line for text in self._distinct("keywords") for line in text.split("\n"))
        values = {
            "camera": self._distinct("camera"),
            "lens": self._distinct("lens"),
            "keyword": tuple(sorted({line for line in lines if line}, key=str.casefold)),
            "folder": self._folders(),
            "album": self._albums(),
            "date": self._years(),
        }
        return Vocabulary({key: found for key, found in values.items() if key in EXAMPLES})

    def _distinct(self, column: str) -> tuple[str, ...]:
        """The values of a column of photos, found by leaps from one to the next larger."""
        rows = self._database.rows(leaps(column), (MOST_NAMES,))
        return tuple(sorted((row[0] for row in rows), key=str.casefold))

    def _albums(self) -> tuple[str, ...]:
        """The names of albums, the favourites among them."""
        rows = self._database.rows("SELECT name FROM albums LIMIT ?", (MOST_NAMES,))
        return tuple(sorted((row[0] for row in rows), key=str.casefold))

    def _years(self) -> tuple[str, ...]:
        years: list[str] = []
        after = ""
        while len(years) < MOST_NAMES:
            row = self._database.row(
                "SELECT sort_date FROM photos WHERE sort_date > ? ORDER BY sort_date LIMIT 1",
                (after,),
            )
            if row is None:
                break
            year = row[0][:4]
            if year.isdecimal():
                years.append(year)
            after = f"{year}~"  # behind every date of this year
        return tuple(reversed(years))

    def _folders(self) -> tuple[str, ...]:
        """The names of roots and of the folders in them, the upper ones first."""
        names: dict[str, None] = {}
        waiting: deque[tuple[int, bytes]] = deque()
        for folder_id, path in self._database.rows("SELECT id, path FROM folders ORDER BY path"):
            names[os.path.basename(os.fsdecode(path)) or os.fsdecode(path)] = None  # noqa: PTH119
            waiting.append((folder_id, b""))
        steps = 0
        while waiting and steps < _MOST_FOLDER_STEPS and len(names) < MOST_NAMES:
            folder_id, above = waiting.popleft()
            at, end = above, above[:-1] + _BEHIND_SEPARATOR if above else b"\xff"
            while steps < _MOST_FOLDER_STEPS and len(names) < MOST_NAMES:
                steps += 1
                row = self._database.row(
                    "SELECT relative_path FROM files WHERE folder_id = ? AND relative_path > ? "
                    "AND relative_path < ? ORDER BY relative_path LIMIT 1",
                    (folder_id, at, end),
                )
                if row is None:
                    break
                name, separator, _ = row[0][len(above) :].partition(_SEPARATOR)
                if not separator:
                    at = row[0]  # a photo
                    continue
                names[os.fsdecode(name)] = None
                waiting.append((folder_id, above + name + _SEPARATOR))
                at = above + name + _BEHIND_SEPARATOR
        # a name that is no text cannot be typed
        typed = (name for name in names if name.isprintable())
        return tuple(sorted(typed, key=str.casefold))
