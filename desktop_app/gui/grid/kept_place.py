"""Where the user was in a list of photos, by photo, so that other rows can take their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.library.search import SearchHit


@dataclass(frozen=True)
class KeptPlace:
    """Rows of before, which ``found`` looks for among those of now."""

    hits: Sequence[SearchHit]
    """The rows of before."""
    selected: frozenset[int]
    """Photo ids."""
    current_row: int
    """-1: none."""
    top_row: int | None
    """The first row on the screen; None while at the very top, where what is new is to be seen."""
    top: int
    """How far below the upper edge that row begins, in pixels."""

    def survivor(self, row: int, row_of: Mapping[int, int]) -> int | None:
        """Where the photo of a row is now; is it gone, the next one that is left, or the last."""
        after = range(row, len(self.hits))
        before = range(min(row, len(self.hits)) - 1, -1, -1)
        for candidate in (*after, *before) if row >= 0 else ():
            found = row_of.get(self.hits[candidate].photo.photo_id)
            if found is not None:
                return found
        return None


def rows_by_photo(hits: Iterable[SearchHit]) -> dict[int, int]:
    """The row of each photo id."""
    return {hit.photo.photo_id: row for row, hit in enumerate(hits)}


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rows as first and last of each unbroken run, upwards."""
    first = last = None
    for row in sorted(set(rows)):
        if last is not None and first is not None and row != last + 1:
            yield first, last
            first = row
        first = row if first is None else first
        last = row
    if first is not None and last is not None:
        yield first, last
