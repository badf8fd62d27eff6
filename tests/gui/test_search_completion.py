"""The list below the search field: only what is chosen changes the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtTest import QSignalSpy, QTest

from desktop_app.gui.search.search_text import SearchText
from desktop_app.library.completion import Completion

OFFERED = (
    Completion("key", "camera:", "camera:", 7, "camera:canon"),
    Completion("value", "Canon EOS", 'camera:"Canon EOS" ', 19, "camera:"),
    Completion("recent", "cats", "cats", 4),
)


@pytest.fixture
def text(qtbot) -> SearchText:
    widget = SearchText()
    qtbot.addWidget(widget)
    widget.resize(500, 40)
    widget.show()
    qtbot.waitExposed(widget)
    widget.setFocus()
    return widget


def _offer(text: SearchText) -> None:
    text.completions.offer(OFFERED, QRect(0, 0, 500, 40))
    assert text.completions.is_open
    assert not text.completions.view.currentIndex().isValid()


def _mark(text: SearchText, row: int) -> None:
    view = text.completions.view
    view.setCurrentIndex(view.model().index(row, 0))


def test_what_is_offered_is_listed_and_read_out(text) -> None:
    _offer(text)
    assert text.completions.completions == OFFERED
    model = text.completions.view.model()
    spoken = [model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(3)]
    assert spoken == ["camera:, camera:canon", "Canon EOS, camera:", "cats"]
    assert text.completions.view.accessibleName()
    text.completions.view.grab()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_marked_row_is_taken_by_key(text, key) -> None:
    chosen, entered = QSignalSpy(text.completions.chosen), QSignalSpy(text.returnPressed)
    _offer(text)
    _mark(text, 1)
    QTest.keyClick(text, key)
    assert [chosen.at(n)[0] for n in range(chosen.count())] == [OFFERED[1]]
    assert entered.count() == 0
    assert not text.completions.is_open


def test_enter_without_a_marked_row_searches(text) -> None:
    chosen, entered = QSignalSpy(text.completions.chosen), QSignalSpy(text.returnPressed)
    _offer(text)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert (chosen.count(), entered.count()) == (0, 1)
    assert not text.completions.is_open


def test_a_row_is_taken_by_mouse(text) -> None:
    chosen = QSignalSpy(text.completions.chosen)
    _offer(text)
    view = text.completions.view
    at = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [chosen.at(n)[0] for n in range(chosen.count())] == [OFFERED[2]]
    assert not text.completions.is_open


def test_down_walks_into_the_list_and_typing_goes_on_in_the_field(text) -> None:
    wanted = QSignalSpy(text.completions_wanted)
    QTest.keyClick(text, Qt.Key.Key_Down)
    assert wanted.count() == 1
    _offer(text)
    view = text.completions.view
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 0
    QTest.keyClick(view, Qt.Key.Key_A)
    assert text.text() == "a"


def test_esc_closes_the_list_before_it_clears_the_field(text) -> None:
    escaped = QSignalSpy(text.escaped)
    _offer(text)
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert not text.completions.is_open
    assert escaped.count() == 0
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert escaped.count() == 1


def test_nothing_to_offer_closes_the_list(text) -> None:
    _offer(text)
    text.completions.offer((), QRect())
    assert not text.completions.is_open
    assert not text.completions.take_current()
    assert text.completions.view.currentIndex() == QModelIndex()
