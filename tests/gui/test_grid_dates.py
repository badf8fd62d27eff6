"""Months above photos that stand in order of date, and only above such."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop_app.gui.grid.date_sections import date_sections
from desktop_app.gui.photo_grid import PhotoGrid
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader


def _dated(hits, dates, score=None):
    return tuple(
        replace(hit, score=score, photo=replace(hit.photo, sort_date=date))
        for hit, date in zip(hits, dates, strict=True)
    )


def _days(count: int) -> list[str]:
    """Newest first, ten photos a month."""
    return [f"{2024 - n // 120}-{12 - n // 10 % 12:02}-{28 - n % 10:02}" for n in range(count)]


@pytest.fixture
def grid(qtbot):
    loader = ThumbnailLoader(QThreadPool())
    grid = PhotoGrid(PhotoListModel(), loader, 160)
    grid.loader = loader
    grid.resize(900, 700)
    qtbot.addWidget(grid)
    grid.show()
    qtbot.waitExposed(grid)
    yield grid
    loader.drain()


def _twin(hits):
    """The slow and obvious way: one row after the other."""
    found = []
    for row, hit in enumerate(hits):
        month = hit.photo.sort_date[:7]
        if found and found[-1][2] == month and hits[row - 1].likely == hit.likely:
            found[-1][1] += 1
        else:
            found.append([row, 1, month])
    return [tuple(part) for part in found]


def test_months_are_found_where_they_begin(make_hits) -> None:
    for dates in (_days(75), list(reversed(_days(75))), [*_days(40), "", ""]):
        hits = _dated(make_hits(len(dates)), dates)
        sections = date_sections(hits)
        assert [(s.first_row, s.count, s.month) for s in sections] == _twin(hits)
        for row in range(len(hits)):
            section = sections[sections.number_at(row)]
            assert section.first_row <= row < section.first_row + section.count


def test_the_likely_hits_come_first_and_the_others_start_over(make_hits) -> None:
    hits = _dated(make_hits(40), [*_days(20), *_days(20)], score=0.3)
    assert len(date_sections(hits)) == 0
    hits = tuple(replace(hit, likely=row < 20) for row, hit in enumerate(hits))
    assert [(s.first_row, s.count, s.month) for s in date_sections(hits)] == _twin(hits)


def test_another_order_has_no_months(make_hits) -> None:
    dates = _days(30)
    dates[3], dates[20] = dates[20], dates[3]
    assert len(date_sections(_dated(make_hits(30), dates))) == 0
    # a few hits may be in order by chance
    few = _days(7)
    assert len(date_sections(_dated(make_hits(7), few, score=0.3))) == 0
    assert len(date_sections(_dated(make_hits(7), few))) == 1
    # photos of one day stand in order of date whatever they are sorted by
    same = _dated(make_hits(20), ["2024-05-01"] * 20)
    by_score = tuple(replace(hit, score=0.9 - row / 100) for row, hit in enumerate(same))
    assert len(date_sections(by_score)) == 0
    assert len(date_sections(same)) == 1
    assert len(date_sections(make_hits(20))) == 0
    assert len(date_sections(())) == 0


def test_the_heading_follows_the_photos(qtbot, grid, make_hits) -> None:
    hits = _dated(make_hits(300), _days(300))
    grid.show_hits(hits, keep_place=False)
    QGuiApplication.processEvents()
    assert grid.heading.isVisible()
    assert "December 2024" in grid.heading.text()
    assert "10 photos" in grid.heading.text()
    assert "December 2024" in grid.heading.title.accessibleName()
    assert grid.heading.geometry().bottom() < grid.viewport().geometry().top() + 1
    for row in (55, 205):
        grid.scrollTo(grid.model().index(row), grid.ScrollHint.PositionAtTop)
        first = grid.indexAt(grid.visualRect(grid.model().index(row)).center()).row()
        top = next(n for n in range(300) if grid.visualRect(grid.model().index(n)).bottom() > 40)
        assert abs(first - top) < 10
        month = int(hits[top].photo.sort_date[5:7])
        names = "January February March April May June July August September October November"
        assert [*names.split(), "December"][month - 1] in grid.heading.text()
    grid.show_hits(make_hits(300), keep_place=False)
    assert not grid.heading.isVisible()
    assert grid.viewport().y() == 0


def test_keys_and_the_menu_go_to_a_month(qtbot, grid, make_hits) -> None:
    grid.show_hits(_dated(make_hits(300), _days(300)), keep_place=False)
    QGuiApplication.processEvents()
    grid.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    grid.setCurrentIndex(grid.model().index(4))
    QTest.keyClick(grid, Qt.Key.Key_PageDown, control)
    assert grid.currentIndex().row() == 10
    QTest.keyClick(grid, Qt.Key.Key_PageDown, control)
    assert grid.currentIndex().row() == 20
    QTest.keyClick(grid, Qt.Key.Key_PageUp, control)
    assert grid.currentIndex().row() == 10
    menu = grid.heading.months()
    years = [action.text() for action in menu.actions()]
    assert years == ["2024", "2023", "2022"]
    june = next(a for a in menu.actions()[1].menu().actions() if "June" in a.text())
    june.trigger()
    assert grid.currentIndex().row() == 120 + 60
    assert "June 2023" in grid.heading.text()
    assert 0 <= grid.visualRect(grid.currentIndex()).top() < grid.gridSize().height()


def test_dated_rows_ask_only_for_what_is_seen(qtbot, grid, make_hits) -> None:
    hits = make_hits(20_000)
    dates = sorted((f"{1990 + n % 30}-{n % 12 + 1:02}-01" for n in range(20_000)), reverse=True)
    grid.show_hits(_dated(hits, dates), keep_place=False)
    assert grid.tiles.sections == 30 * 12 // 6  # years and months go round together
    assert grid.verticalScrollBar().maximum() > 400_000
    grid.viewport().repaint()
    assert 0 < grid.loader.requests <= 3 * len(grid.visible_files())
