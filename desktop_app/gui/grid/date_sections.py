"""Months of photos that stand in order of date; Qt is not needed to find them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise, starmap
from operator import ge, itemgetter, le

from desktop_app.gui.grid.row_sections import RowSection, RowSections
from desktop_app.library.search import SearchHit

LEAST_SCORED = 8
"""So few hits of a query may stand in order of date by chance: they get no headings."""
_MONTH = itemgetter(slice(len("2021-06")))


def date_sections(hits: Sequence[SearchHit]) -> RowSections:
    """The months, where the hits stand in order of date, up or down, and not of score; else none.

    The order is told from the rows themselves: whatever query they answer, headings that say
    where a month begins are then true. An answer that is sorted by date has the likely hits
    first and starts over with the others.
    """
    if not hits or (hits[0].score is not None and len(hits) < LEAST_SCORED):
        return RowSections()
    # 100,000 rows, on the GUI thread: what is done for each is done by operators, not by us
    dates = [hit.photo.sort_date for hit in hits]
    turn = next((row for row, hit in enumerate(hits) if not hit.likely), len(hits))
    if _is_by_score(hits[:turn], hits[turn:]):
        return RowSections()  # photos of one day are in any order of date
    parts = [part for part in (dates[:turn], dates[turn:]) if part]
    if not any(dates) or not any(
        all(all(starmap(in_order, pairwise(part))) for part in parts) for in_order in (ge, le)
    ):
        return RowSections()
    sections: list[RowSection] = []
    row = 0
    for part in parts:
        for month, rows in groupby(part, key=_MONTH):
            count = len(list(rows))
            sections.append(RowSection(row, count, month, hits[row].likely))
            row += count
    return RowSections(sections)


def _is_by_score(*parts: Sequence[SearchHit]) -> bool:
    """Whether the scores fall in each part, and are not all the same."""
    if all(hit.score is None for part in parts for hit in part[:1]):
        return False  # all of an answer have one, or none
    steps = [
        (a.score, b.score)
        for part in parts
        for a, b in pairwise(part)
        if a.score is not None and b.score is not None
    ]
    return all(a >= b for a, b in steps) and any(a > b for a, b in steps)
