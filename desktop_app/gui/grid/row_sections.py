"""Rows of a list that belong together under one heading; Qt is not needed to know them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RowSection:
    """Neighbouring rows: those of one month, or of one relevance."""

    first_row: int
    count: int
    month: str | None = None
    """``2021-06``; empty where nobody knows, None where the rows do not stand by month."""
    is_likely: bool = True
    """Whether the photos are about what was searched for, as far as scores can tell."""


class RowSections:
    """The sections of an answer, found once and looked up while scrolling."""

    def __init__(self, sections: Sequence[RowSection] = ()) -> None:
        self._sections = tuple(sections)
        self._first_rows = [section.first_row for section in self._sections]

    def __len__(self) -> int:
        return len(self._sections)

    def __iter__(self) -> Iterator[RowSection]:
        return iter(self._sections)

    def __getitem__(self, number: int) -> RowSection:
        return self._sections[number]

    @property
    def are_months(self) -> bool:
        """Whether they are months, of which one can be chosen."""
        return any(section.month is not None for section in self._sections)

    def number_at(self, row: int) -> int:
        """Which section a row belongs to; there must be one."""
        return max(0, bisect_right(self._first_rows, row) - 1)
