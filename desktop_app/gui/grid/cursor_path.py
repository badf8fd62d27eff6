"""Where the keys lead to from a row: along the list, or up and down over the tiles."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView

from desktop_app.gui.grid.section_layout import SectionLayout

Action = QAbstractItemView.CursorAction


class CursorPath:
    """Remembers the column that Up and Down keep to, as a text editor does: on a way over a
    short line they come back to it.
    """

    def __init__(self) -> None:
        self._column = 0
        self._row = -1

    def step(self, layout: SectionLayout, row: int, action: Action, page: int) -> int:
        """The row that a key leads to.

        Args:
            layout: where the tiles stand; there must be at least one.
            row: the current one.
            action: what the key means.
            page: how many pixels Page Up and Page Down go over.
        """
        forward = Action.MoveLeft if layout.measures.is_mirrored else Action.MoveRight
        last = layout.rows - 1
        match action:
            case Action.MoveHome:
                return 0
            case Action.MoveEnd:
                return last
            case Action.MoveNext:
                return min(last, row + 1)
            case Action.MovePrevious:
                return max(0, row - 1)
            case Action.MoveLeft | Action.MoveRight:
                # on to the next line as well: so do the keys of the viewer
                return min(last, row + 1) if action is forward else max(0, row - 1)
        column = self._column if row == self._row else layout.column_of(row)
        line = _line(layout, row, action, page)
        if not 0 <= line < layout.lines:
            return row
        self._column, self._row = column, layout.row_in(line, column)
        return self._row


def _line(layout: SectionLayout, row: int, action: Action, page: int) -> int:
    now = layout.line_of(row)
    top = layout.rect_of(row).top()
    match action:
        case Action.MoveUp:
            return now - 1
        case Action.MoveDown:
            return now + 1
        case Action.MovePageUp:
            # the first line that begins at most a page above, but one line at least
            return max(0, min(now - 1, layout.lines_beginning(top - page)))
        case _:
            beginning = layout.lines_beginning(top + page + 1)
            return min(layout.lines - 1, max(now + 1, beginning - 1))
