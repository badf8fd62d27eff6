"""Which photos a query's filters let through: the SQL of filters and of words."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import UsageError
from desktop_app.library.albums import IS_FAVOURITE, IS_IN_ALBUM
from desktop_app.library.narrowing import Narrowing
from desktop_app.library.photo_rows import IS_IN, IS_LIVE, id_list
from desktop_app.library.places import distances_km
from desktop_app.library.query import (
    Condition,
    DateRange,
    FileType,
    Filter,
    HasGps,
    In,
    Near,
    NumberRange,
    Shape,
    Sort,
    Words,
)
from desktop_app.library.query_values import TYPES
from desktop_app.library.schema import Database

_SEPARATOR = "\\" if os.sep == "\\" else "/"
_RELATIVE = "CAST(f.relative_path AS TEXT)"
# rtrim takes away every character that the path has beside the separator: its last name
_FOLDER = f"rtrim({_RELATIVE}, replace({_RELATIVE}, '{_SEPARATOR}', ''))"
_NAME = f"substr({_RELATIVE}, length({_FOLDER}) + 1)"
_SHAPES = {"portrait": "<", "landscape": ">", "square": "="}
_COLUMNS = {"size": "photos.width * photos.height / 1000000.0", "rating": "photos.rating"}
_KM_PER_DEGREE = 111.195
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are at by for from has have in into is it its of off on or over some that the "
        "their there they this to two under up with",
    )
)
_WORD = re.compile(r"\w+")
_MOST_KEPT = 8
_MANY_QUESTIONS = 3
_FEW = 0.1

Sql = tuple[str, tuple[object, ...]]
Ids = NDArray[np.int64]


class Selection:
    """The photos that pass. Which ones these are is found out when, and as far as, it is asked.

    In a large library it takes longer to find all that pass than to look at the few that a
    query is near to.
    """

    def __init__(
        self,
        find_all: Callable[[], Ids],
        find_among: Callable[[Ids], Ids],
        has_missing: bool = False,
        find_few: Callable[[int], Ids | None] = lambda most: None,
    ) -> None:
        """How to find them.

        Args:
            find_all: all that pass.
            find_among: those of some photos that pass.
            has_missing: some are missing ones, which no index knows.
            find_few: all that pass, if it is soon seen that there are at most so many, else None.
        """
        self._find_all = find_all
        self._find_among = find_among
        self._find_few: Callable[[int], Ids | None] | None = find_few
        self._asked = self._looked_at = self._passed = 0
        self.has_missing = has_missing

    @classmethod
    def of(cls, ids: Ids, has_missing: bool = False) -> Selection:
        """These photos, in rising order."""
        selection = cls(lambda: ids, lambda some: _among(ids, some), has_missing)
        _ = selection.ids  # nobody needs to ask: they are listed
        return selection

    @cached_property
    def ids(self) -> Ids:
        """All of them, in rising order."""
        return self._find_all()

    @property
    def is_listed(self) -> bool:
        """Whether all of them have been found already."""
        return "ids" in self.__dict__

    def among(self, some: Ids) -> NDArray[np.bool_]:
        """Which of some photos pass: one truth value for each."""
        if self.is_listed:
            return np.isin(some, _among(self.ids, some))
        passing = self._find_among(some)
        self._asked += 1
        self._looked_at += len(some)
        self._passed += len(passing)
        return np.isin(some, passing)

    def list_if_few(self, most: int) -> bool:
        """List them if that is soon done and there are at most ``most``; whether they are listed.

        A rare camera, rating or date is found through an index in the time in which the graph
        gives some neighbours, of which hardly one would pass.
        """
        if not self.is_listed and self._find_few is not None:
            few, self._find_few = self._find_few(most), None  # asked once
            if few is not None:
                self.__dict__["ids"] = few
        return self.is_listed

    def settle(self) -> None:
        """The same filters are asked for again: find all that pass, if asking was slow.

        It is where few pass, so that many must be asked, and few are soon listed.
        """
        if self._asked >= _MANY_QUESTIONS and self._passed < _FEW * self._looked_at:
            _ = self.ids


class PhotoSelector:
    """Chooses photos by facts; shares the thread and the errors of its catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[tuple[Filter, ...], Selection] = {}
        self._kept_in: tuple[int, int] | None = None

    def select(self, filters: Sequence[Filter]) -> Selection:
        """The photos that pass the filters.

        Whoever types on behind a filter asks for the same ones with every letter: the last
        selections are kept until anything is written.

        Filters of different keys must all hold; of several cameras, lenses, folders, keywords,
        types, shapes or places one must. Missing photos pass only where they are asked for.

        Raises:
            UsageError: photos are asked for that cannot be shown.
        """
        state, key = self._database.state(), tuple(filters)
        if state != self._kept_in or len(self._kept) > _MOST_KEPT:
            self._kept, self._kept_in = {}, state
        if key in self._kept:
            self._kept[key].settle()
        else:
            self._kept[key] = self._selection(filters)
        return self._kept[key]

    def _selection(self, filters: Sequence[Filter]) -> Selection:
        where, arguments = self._where(filters)
        narrowing = Narrowing(self._database, self._condition)

        def find(condition: str, *more: object) -> Ids:
            rows = self._database.rows(
                f"SELECT id FROM photos WHERE {condition}{where} ORDER BY id", (*more, *arguments)
            )
            return np.array([row[0] for row in rows], np.int64)

        def find_few(most: int) -> Ids | None:
            narrow = narrowing.fewest(filters, most)
            return None if narrow is None else find(f"{narrow[0]} AND ", *narrow[1])

        return Selection(
            lambda: find(""),
            lambda some: find(f"id {IS_IN} AND ", id_list(some.tolist())),
            _asks_for_missing(filters),
            find_few,
        )

    def first(self, filters: Sequence[Filter], order: Sort, limit: int) -> list[int]:
        """The first photos that pass, the newest first or by the names of their files."""
        where, arguments = self._where(filters)
        if order == "name":
            sql = (
                f"SELECT photos.id FROM photos JOIN files f ON f.photo_id = photos.id "
                f"WHERE {where} GROUP BY photos.id ORDER BY min(lower({_NAME})), photos.id LIMIT ?"
            )
        else:
            sql = f"SELECT id FROM photos WHERE {where} ORDER BY sort_date DESC, id DESC LIMIT ?"
        return [row[0] for row in self._database.rows(sql, (*arguments, limit))]

    def by_date(self, photo_ids: Sequence[int]) -> list[int]:
        """These photos, the newest first."""
        rows = self._database.rows(
            f"SELECT id FROM photos WHERE id {IS_IN} ORDER BY sort_date DESC, id DESC",
            (id_list(photo_ids),),
        )
        return [row[0] for row in rows]

    def with_words(self, text: str, limit: int) -> list[int]:
        """Photos whose caption and keywords have every word of a text that carries meaning."""
        words = [w for w in _WORD.findall(text.casefold()) if w not in _EMPTY_WORDS]
        if not words:
            return []
        rows = self._database.rows(
            "SELECT rowid FROM photo_words WHERE photo_words MATCH ? ORDER BY rank LIMIT ?",
            (" AND ".join(map(_phrase, words)), limit),
        )
        return [row[0] for row in rows]

    def _where(self, filters: Sequence[Filter]) -> Sql:
        groups: dict[object, list[Sql]] = {}
        for number, filter_ in enumerate(filters):
            condition = filter_.condition
            if condition == In("failed") and filter_.is_excluded:
                continue  # no photo is a file that failed
            sql, arguments = self._condition(condition)
            if filter_.is_excluded:
                # what is not known is not what was excluded
                groups[number] = [(f"NOT coalesce({sql}, 0)", arguments)]
                continue
            key = _alternatives_of(condition)
            groups.setdefault(number if key is None else key, []).append((sql, arguments))
        clauses = [f"({' OR '.join(sql for sql, _ in group)})" for group in groups.values()]
        if not _asks_for_missing(filters):
            clauses.append(IS_LIVE)
        together = tuple(
            a for group in groups.values() for _, arguments in group for a in arguments
        )
        return " AND ".join(clauses) or "1", together

    def _condition(self, condition: Condition) -> Sql:
        match condition:
            case DateRange(first, last):
                # dates are ISO 8601, perhaps with a time behind
                since = "" if first is None else first.isoformat()
                until = "9999-12-31T99" if last is None else f"{last.isoformat()}T99"
                return "(sort_date <> '' AND sort_date BETWEEN ? AND ?)", (since, until)
            case Words("folder", text):
                return _in_folder(text)
            case Words("keyword", text):
                match_ = f"keywords : {_phrase(text)}"
                in_index = "SELECT rowid FROM photo_words WHERE photo_words MATCH ?"
                return f"photos.id IN ({in_index})", (match_,)
            case Words("album", text):
                return IS_IN_ALBUM, (text, f"%{_for_like(text)}%", text)
            case Words(key, text):
                return f"photos.{key} LIKE ? ESCAPE '!'", (f"%{_for_like(text)}%",)
            case FileType(name):
                formats = TYPES[name]
                return f"photos.format IN ({', '.join('?' * len(formats))})", formats
            case Shape(orientation):
                return f"photos.width {_SHAPES[orientation]} photos.height", ()
            case NumberRange():
                return _number_range(condition)
            case HasGps():
                return "photos.latitude IS NOT NULL", ()
            case Near():
                return f"photos.id {IS_IN}", (id_list(self._near(condition)),)
            case In(place):
                return _in_place(place)

    def _near(self, near: Near) -> list[int]:
        rows = self._database.rows(
            "SELECT id, latitude, longitude FROM photos WHERE latitude BETWEEN ? AND ?",
            (
                near.latitude - near.km / _KM_PER_DEGREE - 0.01,
                near.latitude + near.km / _KM_PER_DEGREE + 0.01,
            ),
        )
        found = np.array(rows, np.float64).reshape(-1, 3)
        distances = distances_km(near.latitude, near.longitude, found[:, 1:])
        ids: list[int] = found[distances <= near.km, 0].astype(np.int64).tolist()
        return ids


def _among(ids: Ids, some: Ids) -> Ids:
    """Those of ``some`` that are in ``ids``, which rise."""
    if not len(ids):
        return ids
    places = np.minimum(np.searchsorted(ids, some), len(ids) - 1)
    kept: Ids = some[ids[places] == some]
    return kept


def _alternatives_of(condition: Condition) -> object:
    """What makes conditions alternatives of each other; None where all of them must hold."""
    if isinstance(condition, Words):
        return condition.key
    if condition == In("favourites"):  # a photo that is offline may well be one
        return None
    return type(condition) if isinstance(condition, FileType | Shape | In) else None


def _asks_for_missing(filters: Sequence[Filter]) -> bool:
    return any(f.condition == In("missing") and not f.is_excluded for f in filters)


def _in_folder(text: str) -> Sql:
    """Below a folder, given by its full path or by some of its name."""
    # A root that is a whole disk ends in a separator already.
    below = f"rtrim(CAST(d.path AS TEXT), '{_SEPARATOR}') || '{_SEPARATOR}' || {_FOLDER}"
    separator = _for_like(_SEPARATOR)
    # The name of the root counts, what lies above it does not: all photos lie below "home".
    expanded = os.path.expanduser(text)  # noqa: PTH111 - Path raises at the name "~nobody"
    if Path(expanded).is_absolute():
        where, pattern = below, f"{_for_like(expanded.rstrip(_SEPARATOR))}{separator}%"
    else:
        root = f"rtrim(CAST(d.path AS TEXT), replace(CAST(d.path AS TEXT), '{_SEPARATOR}', ''))"
        where = f"substr({below}, length({root}))"
        pattern = f"%{_for_like(text.rstrip(_SEPARATOR))}%{separator}%"
    return (
        "EXISTS (SELECT 1 FROM files f JOIN folders d ON d.id = f.folder_id "
        # Where a copy of it was once does not count, unless all of them are gone.
        f"WHERE f.photo_id = photos.id AND (f.state <> 'missing' OR NOT {IS_LIVE}) "
        f"AND {where} LIKE ? ESCAPE '!')",
        (pattern,),
    )


def _in_place(place: str) -> Sql:
    if place == "favourites":
        return IS_FAVOURITE, ()
    if place == "missing":
        return f"NOT {IS_LIVE}", ()
    if place == "offline":
        return (
            f"({IS_LIVE} AND NOT EXISTS (SELECT 1 FROM files f JOIN folders d "
            "ON d.id = f.folder_id WHERE f.photo_id = photos.id AND f.state <> 'missing' "
            "AND d.state = 'online'))",
            (),
        )
    raise UsageError(
        "Files that could not be read have no picture to show, and nothing to search in.",
        "The list of problems names them; in the terminal: visita failures, or in:failed alone.",
    )


def _number_range(numbers: NumberRange) -> Sql:
    column, equal = _COLUMNS[numbers.key], "" if numbers.is_strict else "="
    clauses, arguments = [], []
    if numbers.least is not None:
        clauses.append(f"{column} >{equal} ?")
        arguments.append(numbers.least)
    if numbers.most is not None:
        clauses.append(f"{column} <{equal} ?")
        arguments.append(numbers.most)
    return f"({' AND '.join(clauses)})", tuple(arguments)


def _for_like(text: str) -> str:
    return re.sub(r"([!%_])", r"!\1", text)


def _phrase(text: str) -> str:
    """Words for the word index, with nothing in them that it takes for a command."""
    return '"' + text.replace("\0", " ").replace('"', '""') + '"'
