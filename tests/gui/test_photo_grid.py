"""The grid: 100,000 rows cost nothing, and a refresh moves nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QThreadPool
from PySide6.QtGui import QAccessible, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest

from desktop_app.gui.photo_grid import LARGEST_SIDE, SMALLEST_SIDE, PhotoGrid
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader
from tests.gui.conftest import PATIENCE_MS


@pytest.fixture
def grid(qtbot):
    pool = QThreadPool()
    loader = ThumbnailLoader(pool)
    grid = PhotoGrid(PhotoListModel(), loader, 160)
    grid.loader = loader
    grid.resize(1000, 700)
    qtbot.addWidget(grid)
    grid.show()
    qtbot.waitExposed(grid)
    yield grid
    loader.drain()


def test_a_hundred_thousand_rows_ask_only_for_what_is_seen(qtbot, grid, make_hits) -> None:
    grid.show_hits(make_hits(100_000), keep_place=False)
    qtbot.waitUntil(lambda: grid.loader.requests > 0, timeout=PATIENCE_MS)
    # Let all batches of the layout pass.
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() > 2_000_000, timeout=PATIENCE_MS)
    visible = len(grid.visible_files())
    assert 10 < visible < 60
    assert grid.loader.requests <= 2 * visible


def test_jumping_through_the_list_leaves_no_queue_behind(qtbot, grid, make_hits) -> None:
    grid.show_hits(make_hits(20_000), keep_place=False)
    bar = grid.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 400_000, timeout=PATIENCE_MS)
    for step in range(60):
        bar.setValue(bar.maximum() * step // 60)
        grid.viewport().repaint()
    qtbot.waitUntil(lambda: len(grid.loader.waiting) == 0, timeout=PATIENCE_MS)
    bar.setValue(0)
    on_screen = [
        hit.thumbnail
        for row, hit in enumerate(grid.model().hits[:60])
        if grid.visualRect(grid.model().index(row)).intersects(grid.viewport().rect())
    ]
    assert len(on_screen) > 10
    qtbot.waitUntil(
        lambda: all(grid.loader.cache.get(file) is not None for file in on_screen),
        timeout=PATIENCE_MS,
    )
    assert grid.loader.requests < 60 * 3 * len(on_screen)


def test_columns_fill_the_width(qtbot, grid, make_hits) -> None:
    grid.show_hits(make_hits(100), keep_place=False)
    for width in (600, 777, 1000, 1234):
        grid.resize(width, 700)
        QGuiApplication.processEvents()
        cell = grid.gridSize().width()
        columns = grid.viewport().width() // cell
        assert cell >= 160
        assert grid.viewport().width() - columns * cell < columns + 2
        tops = {grid.visualRect(grid.model().index(n)).top() for n in range(columns)}
        assert len(tops) == 1


def test_a_refresh_keeps_selection_and_place(qtbot, grid, make_hits) -> None:
    hits = make_hits(1000)
    grid.show_hits(hits, keep_place=False)
    QGuiApplication.processEvents()
    selection = grid.selectionModel()
    for row in (400, 402):
        selection.select(grid.model().index(row), selection.SelectionFlag.Select)
    selection.setCurrentIndex(grid.model().index(402), selection.SelectionFlag.NoUpdate)
    grid.scrollTo(grid.model().index(400), grid.ScrollHint.PositionAtTop)
    top = grid.visualRect(grid.model().index(400)).top()
    chosen = {hits[400].photo.photo_id, hits[402].photo.photo_id}
    # Photos before and between have gone, and the order of the first ones has changed.
    fresh = (*reversed(hits[:20]), *hits[57:401], *hits[402:])
    grid.show_hits(fresh, keep_place=True)
    assert grid.selected_ids() == chosen
    assert grid.currentIndex().data() == hits[402].photo.path.name
    row = next(n for n, hit in enumerate(fresh) if hit is hits[400])
    assert abs(grid.visualRect(grid.model().index(row)).top() - top) <= grid.gridSize().height()


def test_another_query_starts_at_the_top(qtbot, grid, make_hits) -> None:
    grid.show_hits(make_hits(1000), keep_place=False)
    QGuiApplication.processEvents()
    grid.verticalScrollBar().setValue(3000)
    grid.show_hits(make_hits(900), keep_place=False)
    assert grid.verticalScrollBar().value() == 0
    assert grid.selected_ids() == set()


def _wheel(grid: PhotoGrid, delta: int, modifiers: Qt.KeyboardModifier) -> None:
    at = QPointF(50, 50)
    QGuiApplication.sendEvent(
        grid.viewport(),
        QWheelEvent(
            at,
            grid.viewport().mapToGlobal(at),
            QPoint(0, 0),
            QPoint(0, delta),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_ctrl_and_the_wheel_change_the_size(qtbot, grid, make_hits) -> None:
    grid.show_hits(make_hits(1000), keep_place=False)
    control, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(grid.side_changed):
        _wheel(grid, 120, control)
    assert grid.side > 160
    assert grid.verticalScrollBar().value() == 0
    _wheel(grid, -120, none)
    assert grid.verticalScrollBar().value() > 0
    for _ in range(30):
        _wheel(grid, -120, control)
    assert grid.side == SMALLEST_SIDE
    for _ in range(30):
        _wheel(grid, 120, control)
    assert grid.side == LARGEST_SIDE


def test_enter_opens_and_ctrl_c_copies(qtbot, grid, make_hits) -> None:
    hits = make_hits(20)
    grid.show_hits(hits, keep_place=False)
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(3))
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [hits[3]]
    with qtbot.waitSignal(grid.copied) as copied:
        QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == [[hits[3]]]


def test_double_click_opens(qtbot, grid, make_hits) -> None:
    hits = make_hits(20)
    grid.show_hits(hits, keep_place=False)
    QGuiApplication.processEvents()
    at = grid.visualRect(grid.model().index(2)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == [hits[2]]


def test_screen_readers_are_told_each_photo(qtbot, grid, make_hits) -> None:
    grid.show_hits(make_hits(50), keep_place=False)
    interface = QAccessible.queryAccessibleInterface(grid)
    assert interface.text(QAccessible.Text.Name) == "Photos"
    assert interface.childCount() == 50
    assert "IMG_000005.jpg" in interface.child(5).text(QAccessible.Text.Name)
    assert "rank 6" in interface.child(5).text(QAccessible.Text.Name)
