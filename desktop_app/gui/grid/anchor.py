"""A tile that stays where it is on the screen while sizes change around it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint

from desktop_app.gui.grid.section_layout import SectionLayout


@dataclass(frozen=True)
class Anchor:
    """A spot of a tile, and its place on the screen."""

    row: int
    part: float
    """Which of the tile's points: 0 is its upper edge, 1 its lower one."""
    y: int
    """How far below the upper edge of the viewport this point is."""
    at: QPoint | None = None
    """The pointer that chose it, if one did."""

    @classmethod
    def under(cls, at: QPoint, layout: SectionLayout, top: int) -> Anchor | None:
        """The tile under the pointer, else the next below it, where ``top`` of the contents
        is at the upper edge; None at the very top, which stays there, and below everything.
        """
        row = layout.row_at(at + QPoint(0, top))
        if row < 0:
            row = layout.first_row(layout.lines_ending(at.y() + top))
        return cls._at(row, at.y(), layout, top, at)

    @classmethod
    def upper_edge(cls, row: int, layout: SectionLayout, top: int) -> Anchor | None:
        """The upper edge of a row's tile; None where the very top is seen with it."""
        if not 0 <= row < layout.rows:
            return None
        return cls._at(row, layout.rect_of(row).top() - top, layout, top, None)

    @classmethod
    def _at(
        cls, row: int, y: int, layout: SectionLayout, top: int, at: QPoint | None
    ) -> Anchor | None:
        is_at_the_top = top <= layout.measures.heading
        if row >= layout.rows or (is_at_the_top and layout.line_of(row) == 0):
            return None
        cell = layout.rect_of(row)
        return cls(row, (y + top - cell.top()) / cell.height(), y, at)

    def top(self, layout: SectionLayout, height: int) -> int:
        """What of a new layout is at the upper edge for the tile to stay; whole at the lower edge
        of a viewport that is so high.
        """
        cell = layout.rect_of(self.row)
        above = self.y - round(self.part * cell.height())
        return cell.top() - min(above, height - cell.height())
