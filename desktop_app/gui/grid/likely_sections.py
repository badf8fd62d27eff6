"""Likely hits and the others, as sections; Qt is not needed to find them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.gui.grid.row_sections import RowSection, RowSections
from desktop_app.library.search import SearchHit


def likely_sections(hits: Sequence[SearchHit]) -> RowSections:
    """The likely hits and those after them; none where all are likely.

    Every order has the likely hits first. Where the rows have not, no heading would be true.
    """
    turn = next((row for row, hit in enumerate(hits) if not hit.likely), len(hits))
    if turn == len(hits) or any(hit.likely for hit in hits[turn:]):
        return RowSections()
    others = RowSection(turn, len(hits) - turn, is_likely=False)
    return RowSections([RowSection(0, turn), others] if turn else [others])
