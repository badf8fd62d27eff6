"""Places of tiles by arithmetic, against a twin that puts down one tile after the other."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from desktop_app.gui.grid.anchor import Anchor
from desktop_app.gui.grid.cursor_path import Action, CursorPath
from desktop_app.gui.grid.section_layout import Measures, SectionLayout

HUNDRED_THOUSAND = 100_000
MONTHS = 300


@dataclass
class Twin:
    """Every tile and heading, put down one by one."""

    cells: list[QRect]
    lines: list[list[int]]
    """The rows of each line."""
    headings: list[QRect]
    section_of: list[int]
    height: int


def _twin(counts, m: Measures) -> Twin:
    twin = Twin([], [], [], [], 0)
    y = 0
    for section, count in enumerate(counts):
        twin.headings.append(QRect(0, y, m.width, m.heading))
        y += m.heading
        for n in range(count):
            if n % m.columns == 0:
                twin.lines.append([])
                y += m.cell.height() if n else 0
            column = n % m.columns
            x = column * m.cell.width()
            if m.is_mirrored:
                x = m.width - x - m.cell.width()
            twin.lines[-1].append(len(twin.cells))
            twin.cells.append(QRect(QPoint(x, y), m.cell))
            twin.section_of.append(section)
        y += m.cell.height()
        twin.height = y
        y += m.gap
    return twin


@st.composite
def layouts(draw, least: int = 0):
    cell = QSize(draw(st.integers(1, 40)), draw(st.integers(1, 40)))
    columns = draw(st.integers(1, 6))
    measures = Measures(
        width=columns * cell.width() + draw(st.integers(0, 5)),
        columns=columns,
        cell=cell,
        heading=draw(st.sampled_from([0, 1, 13, 60])),
        gap=draw(st.sampled_from([0, 1, 9])),
        is_mirrored=draw(st.booleans()),
    )
    counts = draw(st.lists(st.integers(1, 20), min_size=least, max_size=7))
    return SectionLayout(counts, measures), _twin(counts, measures)


def _places(twin: Twin):
    return st.integers(-30, twin.height + 30)


@given(layouts())
def test_every_tile_is_where_the_twin_puts_it(both) -> None:
    layout, twin = both
    assert layout.rows == len(twin.cells)
    assert layout.lines == len(twin.lines)
    assert layout.height == twin.height
    assert [layout.rect_of(row) for row in range(layout.rows)] == twin.cells
    assert [layout.section_of(row) for row in range(layout.rows)] == twin.section_of
    assert [layout.heading_rect(n) for n in range(layout.sections)] == twin.headings
    for number, line in enumerate(twin.lines):
        assert layout.first_row(number) == line[0]
        for column, row in enumerate(line):
            assert (layout.line_of(row), layout.column_of(row)) == (number, column)
        for column in range(layout.measures.columns):
            assert layout.row_in(number, column) == line[min(column, len(line) - 1)]
    assert layout.first_row(layout.lines) == layout.rows
    for section in range(layout.sections):
        rows = [row for row, of in enumerate(twin.section_of) if of == section]
        assert list(layout.section_rows(section)) == rows


@given(st.data(), layouts())
def test_a_place_has_the_tile_that_covers_it(data, both) -> None:
    layout, twin = both
    at = QPoint(data.draw(st.integers(-10, layout.measures.width + 10)), data.draw(_places(twin)))
    covering = [row for row, cell in enumerate(twin.cells) if cell.contains(at)]
    assert layout.row_at(at) == (covering[0] if covering else -1)
    if layout.sections:
        begun = [n for n, heading in enumerate(twin.headings) if heading.top() <= at.y()]
        assert layout.section_at(at.y()) == (begun[-1] if begun else 0)


@given(st.data(), layouts())
def test_a_band_has_the_tiles_and_headings_that_it_touches(data, both) -> None:
    layout, twin = both
    top = data.draw(_places(twin))
    bottom = top + data.draw(st.integers(1, 100))
    touched = [row for row, c in enumerate(twin.cells) if c.top() < bottom and c.bottom() + 1 > top]
    assert list(layout.rows_between(top, bottom)) == touched
    headings = [
        n
        for n, h in enumerate(twin.headings)
        if h.height() and h.top() < bottom and h.bottom() + 1 > top
    ]
    assert list(layout.headings_between(top, bottom)) == headings
    tops = [twin.cells[line[0]].top() for line in twin.lines]
    high = layout.measures.cell.height()
    assert layout.lines_beginning(top) == sum(y < top for y in tops)
    assert layout.lines_ending(top) == sum(y + high <= top for y in tops)


@given(st.data(), layouts())
def test_a_rubber_band_touches_what_it_crosses(data, both) -> None:
    layout, twin = both
    across = st.integers(-10, layout.measures.width + 10)
    left, right = sorted((data.draw(across), data.draw(across)))
    top, bottom = sorted((data.draw(_places(twin)), data.draw(_places(twin))))
    area = QRect(QPoint(left, top), QPoint(right, bottom))
    runs = layout.runs_in(area)
    rows = [row for first, last in runs for row in range(first, last + 1)]
    assert rows == [row for row, cell in enumerate(twin.cells) if cell.intersects(area)]


def _stepped(twin: Twin, layout: SectionLayout, row: int, action: Action, page: int) -> int:
    """One key, told by looking at all lines."""
    tops = [twin.cells[line[0]].top() for line in twin.lines]
    now = next(n for n, line in enumerate(twin.lines) if row in line)
    column = twin.lines[now].index(row)
    match action:
        case Action.MoveUp:
            reached = list(range(now))[-1:]
        case Action.MoveDown:
            reached = list(range(now + 1, len(tops)))[:1]
        case Action.MovePageUp:
            near = [n for n in range(now) if tops[n] >= tops[now] - page]
            reached = near[:1] or list(range(now))[-1:]
        case Action.MovePageDown:
            near = [n for n in range(now + 1, len(tops)) if tops[n] <= tops[now] + page]
            reached = near[-1:] or list(range(now + 1, len(tops)))[:1]
        case _:
            back = Action.MoveRight if layout.measures.is_mirrored else Action.MoveLeft
            step = -1 if action in (back, Action.MovePrevious) else 1
            return max(0, min(len(twin.cells) - 1, row + step))
    if not reached:
        return row
    line = twin.lines[reached[0]]
    return line[min(column, len(line) - 1)]


@given(
    st.data(),
    layouts(least=1),
    st.sampled_from(
        [
            Action.MoveUp,
            Action.MoveDown,
            Action.MovePageUp,
            Action.MovePageDown,
            Action.MoveLeft,
            Action.MoveRight,
            Action.MoveNext,
            Action.MovePrevious,
        ]
    ),
    st.integers(1, 200),
)
def test_a_key_leads_to_the_tile_that_is_seen_there(data, both, action, page) -> None:
    layout, twin = both
    row = data.draw(st.integers(0, layout.rows - 1))
    assert CursorPath().step(layout, row, action, page) == _stepped(twin, layout, row, action, page)
    assert CursorPath().step(layout, row, Action.MoveHome, page) == 0
    assert CursorPath().step(layout, row, Action.MoveEnd, page) == layout.rows - 1


def test_the_way_over_a_short_line_comes_back_to_its_column() -> None:
    layout = SectionLayout([4, 1, 4], Measures(40, 4, QSize(10, 10), heading=5))
    path = CursorPath()
    assert [
        row := 3,
        row := path.step(layout, row, Action.MoveDown, 0),
        path.step(layout, row, Action.MoveDown, 0),
    ] == [3, 4, 8]
    # somewhere else meanwhile: from there on its own column counts
    path.step(layout, 3, Action.MoveDown, 0)
    assert path.step(layout, 0, Action.MoveDown, 0) == 4
    assert path.step(layout, 4, Action.MoveDown, 0) == 5


@given(st.data(), layouts(least=1), layouts(least=1))
def test_an_anchor_stays_under_the_pointer(data, before, after) -> None:
    layout, _ = before
    other, _ = after
    top = data.draw(st.integers(0, layout.height))
    at = QPoint(data.draw(st.integers(0, layout.measures.width)), data.draw(st.integers(0, 500)))
    anchor = Anchor.under(at, layout, top)
    if anchor is None or anchor.row >= other.rows:
        return
    now = anchor.top(other, height=100_000)
    cell = other.rect_of(anchor.row)
    was_on_it = layout.row_at(at + QPoint(0, top)) == anchor.row
    if was_on_it:
        assert cell.top() <= at.y() + now <= cell.bottom() + 1
    # whole, where the viewport ends above it
    assert anchor.top(other, height=0) >= cell.bottom() + 1


def test_a_hundred_thousand_rows_are_a_few_numbers() -> None:
    """What is kept grows with the sections alone."""
    counts = [HUNDRED_THOUSAND // MONTHS] * MONTHS
    layout = SectionLayout(counts, Measures(1000, 5, QSize(200, 220), heading=30, gap=8))
    held = [part for part in vars(layout).values() if isinstance(part, list)]
    assert sum(map(len, held)) <= 3 * (MONTHS + 1)
    assert layout.row_at(layout.rect_of(layout.rows - 1).center()) == layout.rows - 1
