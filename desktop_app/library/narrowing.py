"""Conditions that an index answers, so that what is rare is found without a look at each photo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.library.query import Condition, DateRange, Filter, Near, NumberRange, Words
from desktop_app.library.schema import Database
from desktop_app.library.vocabulary import leaps

Sql = tuple[str, tuple[object, ...]]

_MOST_NAMES = 500
"""Distinct cameras or lenses that are looked through."""
_INDEXED = ("camera", "lens")


class Narrowing:
    """Conditions on ``photos`` that hold for every photo which some filters let through.

    Each alone is answered by an index; each may let through more than the filters do.
    """

    def __init__(self, database: Database, sql_of: Callable[[Condition], Sql]) -> None:
        """``sql_of`` gives a condition's own SQL."""
        self._database = database
        self._sql_of = sql_of

    def fewest(self, filters: Sequence[Filter], most: int) -> Sql | None:
        """The first condition that at most ``most`` photos fulfil; None where there is none."""
        return next((sql for sql in self._all(filters) if self._count(sql, most) <= most), None)

    def _all(self, filters: Sequence[Filter]) -> list[Sql]:
        wanted = [f.condition for f in filters if not f.is_excluded]
        found: list[Sql] = []
        for column in _INDEXED:
            texts = [c.text for c in wanted if isinstance(c, Words) and c.key == column]
            if texts and (names := self._names(column, texts)) is not None:
                marks = ", ".join("?" * len(names))
                # the first half is what the partial index asks for
                found.append((f"(photos.{column} <> '' AND photos.{column} IN ({marks}))", names))
        for condition in wanted:
            if isinstance(condition, DateRange):
                found.append(self._sql_of(condition))
            elif isinstance(condition, NumberRange) and condition.key == "rating":
                sql, arguments = self._sql_of(condition)
                found.append((f"(photos.rating IS NOT NULL AND {sql})", arguments))
        # Of places and keywords one is enough: alone they narrow nothing but themselves.
        for kind in (_is_keyword, _is_near):
            same = [c for c in wanted if kind(c)]
            if len(same) == 1:
                found.append(self._sql_of(same[0]))
        return found

    def _names(self, column: str, texts: Sequence[str]) -> tuple[str, ...] | None:
        """The column's values that have any of the texts in them; None if there are too many."""
        rows = self._database.rows(leaps(column), (_MOST_NAMES,))
        if len(rows) == _MOST_NAMES:
            return None
        wanted = [text.casefold() for text in texts]
        return tuple(row[0] for row in rows if any(text in row[0].casefold() for text in wanted))

    def _count(self, sql: Sql, most: int) -> int:
        return self._database.number(
            f"SELECT count(*) FROM (SELECT 1 FROM photos WHERE {sql[0]} LIMIT ?)",
            (*sql[1], most + 1),
        )


def _is_keyword(condition: Condition) -> bool:
    return isinstance(condition, Words) and condition.key == "keyword"


def _is_near(condition: Condition) -> bool:
    return isinstance(condition, Near)
