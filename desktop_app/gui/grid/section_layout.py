"""Where tiles stand that fill lines, section after section: arithmetic, no tile is visited.

All places are in pixels of the contents: (0, 0) is the corner above the first section, wherever
the view is scrolled to. What is asked costs the logarithm of the number of sections.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPoint, QRect, QSize


@dataclass(frozen=True)
class Measures:
    """What a layout is made from, in pixels."""

    width: int
    columns: int
    cell: QSize
    heading: int = 0
    """The height of the line above each section; 0: there is none."""
    gap: int = 0
    """What stays free below each section but the last."""
    is_mirrored: bool = False
    """The first tile of a line stands at the right."""


class SectionLayout:
    """Rows of a list as tiles: each section begins a new line, under its heading.

    Args:
        counts: how many rows each section has; at least one each.
        measures: sizes.
    """

    def __init__(self, counts: Sequence[int], measures: Measures) -> None:
        self.measures = measures
        lines = [-(-count // measures.columns) for count in counts]
        around = measures.heading + measures.gap
        high = measures.cell.height()
        self._first_rows = [0, *accumulate(counts)]
        self._first_lines = [0, *accumulate(lines)]
        self._tops = [0, *accumulate(around + count * high for count in lines)]

    @property
    def sections(self) -> int:
        """How many there are."""
        return len(self._tops) - 1

    @property
    def rows(self) -> int:
        """How many there are in all sections."""
        return self._first_rows[-1]

    @property
    def lines(self) -> int:
        """How many lines of tiles there are in all sections."""
        return self._first_lines[-1]

    @property
    def height(self) -> int:
        """Of the contents."""
        return max(0, self._tops[-1] - self.measures.gap)

    # -- sections --------------------------------------------------------------------------

    def section_of(self, row: int) -> int:
        """The section that a row belongs to."""
        return self._within(bisect_right(self._first_rows, row) - 1)

    def section_at(self, y: int) -> int:
        """The section whose heading, tiles or gap lie there; the nearest outside of all."""
        return self._within(bisect_right(self._tops, y) - 1)

    def section_rows(self, section: int) -> range:
        """The rows of a section."""
        return range(self._first_rows[section], self._first_rows[section + 1])

    def heading_rect(self, section: int) -> QRect:
        """The line above a section."""
        return QRect(0, self._tops[section], self.measures.width, self.measures.heading)

    def headings_between(self, top: int, bottom: int) -> range:
        """The sections whose heading has pixels from ``top`` on and above ``bottom``."""
        if not self.measures.heading:
            return range(0)
        first = bisect_right(self._tops, top - self.measures.heading, hi=self.sections)
        return range(first, bisect_left(self._tops, bottom, hi=self.sections))

    # -- tiles -----------------------------------------------------------------------------

    def rect_of(self, row: int) -> QRect:
        """The cell of a row."""
        measures = self.measures
        section = self.section_of(row)
        line, column = divmod(row - self._first_rows[section], measures.columns)
        left = column * measures.cell.width()
        if measures.is_mirrored:
            left = measures.width - left - measures.cell.width()
        top = self._tops[section] + measures.heading + line * measures.cell.height()
        return QRect(QPoint(left, top), measures.cell)

    def row_at(self, at: QPoint) -> int:
        """The row whose cell has this pixel; -1 where there is none."""
        if not (0 <= at.x() < self.measures.width and 0 <= at.y() < self.height):
            return -1
        section = self.section_at(at.y())
        column = self._from_start(at.x()) // self.measures.cell.width()
        line = self._line_inside(section, at.y())
        if line < 0 or column >= self.measures.columns:
            return -1
        row = self._first_rows[section] + line * self.measures.columns + column
        return row if row < self._first_rows[section + 1] else -1

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows whose cells have pixels from ``top`` on and above ``bottom``."""
        return range(
            self.first_row(self.lines_ending(top)), self.first_row(self.lines_beginning(bottom))
        )

    def runs_in(self, area: QRect) -> list[tuple[int, int]]:
        """First and last row of each run of cells that an area touches, upwards."""
        left, right = sorted((self._from_start(area.left()), self._from_start(area.right())))
        first = max(0, left // self.measures.cell.width())
        last = min(self.measures.columns - 1, right // self.measures.cell.width())
        lines = range(self.lines_ending(area.top()), self.lines_beginning(area.bottom() + 1))
        if first > last or not lines:
            return []
        if last - first + 1 == self.measures.columns:
            return [(self.first_row(lines.start), self.first_row(lines.stop) - 1)]
        runs = []
        for line in lines:
            begin, end = self.first_row(line), self.first_row(line + 1) - 1
            if begin + first <= end:
                runs.append((begin + first, min(begin + last, end)))
        return runs

    # -- lines -----------------------------------------------------------------------------

    def line_of(self, row: int) -> int:
        """The line of a row, counted through all sections."""
        section = self.section_of(row)
        inside = (row - self._first_rows[section]) // self.measures.columns
        return self._first_lines[section] + inside

    def column_of(self, row: int) -> int:
        """The place of a row in its line."""
        return (row - self._first_rows[self.section_of(row)]) % self.measures.columns

    def first_row(self, line: int) -> int:
        """The row that a line begins with; the number of rows below the last line."""
        if line >= self.lines:
            return self.rows
        section = bisect_right(self._first_lines, line) - 1
        inside = line - self._first_lines[section]
        return self._first_rows[section] + inside * self.measures.columns

    def row_in(self, line: int, column: int) -> int:
        """The row in a column of a line, or the line's last where it is shorter."""
        return min(self.first_row(line) + column, self.first_row(line + 1) - 1)

    def lines_ending(self, y: int) -> int:
        """How many lines end above ``y``: the number of the first that does not."""
        if y >= self.height or not self.lines:
            return self.lines
        section = self.section_at(y)
        return self._first_lines[section] + self._clamped(section, self._line_inside(section, y))

    def lines_beginning(self, y: int) -> int:
        """How many lines begin above ``y``: the number of the first that does not."""
        if y > self.height or not self.lines:
            return self.lines
        section = self.section_at(y - 1)
        inside = self._line_inside(section, y - 1)
        return self._first_lines[section] + self._clamped(section, inside + 1)

    def _from_start(self, x: int) -> int:
        return self.measures.width - 1 - x if self.measures.is_mirrored else x

    def _line_inside(self, section: int, y: int) -> int:
        """Negative in the heading; as many as there are, or more, in the gap."""
        top = self._tops[section] + self.measures.heading
        return (y - top) // self.measures.cell.height()

    def _clamped(self, section: int, line: int) -> int:
        lines = self._first_lines[section + 1] - self._first_lines[section]
        return max(0, min(lines, line))

    def _within(self, section: int) -> int:
        return max(0, min(self.sections - 1, section))
