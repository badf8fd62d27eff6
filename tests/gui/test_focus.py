"""The keyboard: where it is can be seen, Esc leads out of everything and back to before."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop_app.gui.photo_menu import PhotoMenu
from desktop_app.settings import Theme
from tests.gui.accessible_walk import tab_stops
from tests.gui.window_tour import (
    Tour,
    furnished_library,
    furnished_paths,
    tiny_bundle,
    tour,
)

__all__ = ["furnished_library", "furnished_paths", "tiny_bundle", "tour"]

VISIBLE = 3.0
"""The contrast between what was there before and the ring: WCAG 2.2, 2.4.13."""
LEAST_PIXELS = 120
"""Of the ring of one photo in a large list."""
PARTS = (
    "months", "results", "viewer", "inspector", "dropped photos", "error", "progress", "problems",
    "duplicates", "settings", "saved searches", "search help", "add to album", "rename album",
    "crash",
)  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_focus_is_seen_on_every_control(tour: Tour, theme: Theme) -> None:
    tour.program.theme.choose(theme)
    faults: dict[str, list[str]] = {}
    for name in PARTS:
        window = tour.views[name]().window()
        window.activateWindow()
        tour.wait(window.isActiveWindow)
        tour.settle()
        if QApplication.focusWidget() is None:
            tour.window.grid.setFocus()
        pale = [_spoken(w) for w in tab_stops(window) if not _is_ringed(window, w)]
        if pale:
            faults[name] = pale
        tour.back()
    assert faults == {}


def _spoken(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}"


def _is_ringed(window: QWidget, widget: QWidget) -> bool:
    """Whether enough pixels are clearly others when a control has the keyboard."""
    shown = widget.parentWidget() if widget.objectName() == "searchText" else widget
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert widget.hasFocus(), _spoken(widget)
    _scroll_to(widget)
    area = QRect(shown.mapTo(window, QPoint()), shown.size()).intersected(window.rect())
    with_focus = _look(window, area)
    widget.clearFocus()
    without = _look(window, area)
    dark, light = np.minimum(with_focus, without), np.maximum(with_focus, without)
    changed = np.count_nonzero((light + 0.05) / (dark + 0.05) >= VISIBLE)
    return bool(changed >= min(area.width(), area.height(), LEAST_PIXELS))


def _scroll_to(widget: QWidget) -> None:
    """As Tab does, when it leads there."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    QApplication.processEvents()


def _look(window: QWidget, area: QRect) -> NDArray[np.float64]:
    """The relative luminance of what a part of a window shows: (height, width)."""
    QApplication.processEvents()
    image = window.grab(area).toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3) / 255
    linear = np.where(pixels <= 0.03928, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def test_esc_closes_every_dialog_and_the_keyboard_comes_back(tour: Tour) -> None:
    dialogs = (
        "problems", "duplicates", "settings", "saved searches", "search help", "missing photos",
        "add to album", "crash",
    )  # fmt: skip
    for name in dialogs:
        tour.select(0)
        tour.wait(tour.window.grid.hasFocus)
        dialog = tour.views[name]()
        dialog.activateWindow()
        tour.wait(dialog.isActiveWindow)
        assert dialog.isAncestorOf(QApplication.focusWidget()), name
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        tour.wait(lambda: tour.open_dialogs() == [])
        tour.activate()
        assert tour.window.grid.hasFocus(), name


def test_esc_leads_out_of_every_part_of_the_window(tour: Tour) -> None:
    window, dock = tour.window, tour.program.side.dock
    panel = tour.inspector()
    panel.match.word_buttons[0].setFocus()
    QTest.keyClick(panel.match.word_buttons[0], Qt.Key.Key_Escape)
    assert dock.isHidden()
    assert window.grid.hasFocus()

    tour.viewer()
    row = tour.program.viewer._row
    QTest.keyClick(tour.program.viewer.canvas, Qt.Key.Key_Escape)
    assert not tour.program.viewing.is_open
    assert window.grid.hasFocus()
    assert window.grid.currentIndex().row() == row

    tour.completions()
    text = window.search_bar.text
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert not text.completions.is_open
    assert text.hasFocus()
    assert text.text() == "type:"
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert text.text() == ""

    tour.activate()  # a popup that closes leaves no window active where there is no screen
    tour.search("a cat -coffee")
    body = window.search_bar.chips.chips[0].body
    body.setFocus()
    QTest.keyClick(body, Qt.Key.Key_Delete)
    assert window.search_bar.chips.chips[0].body.hasFocus()  # the one that took its place
    QTest.keyClick(window.search_bar.chips.chips[0].body, Qt.Key.Key_Delete)
    assert text.hasFocus()

    tour.error()
    button = window.error_bar.close_button
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert window.error_bar.isHidden()
    assert QApplication.focusWidget() is not None


def test_menus_open_at_what_the_keyboard_is_on(tour: Tour) -> None:
    tour.months()  # with a heading above the grid, which moves it down
    grid = tour.window.grid
    opened: list[PhotoMenu] = []
    tour.window.photo_menu_opening.connect(lambda menu, hits: opened.append(menu))
    for row in (0, 1, len(tour.window.model.hits) - 1):
        opened.clear()
        tour.select(row)
        tour.settle()
        grid.customContextMenuRequested.emit(_keyboard_place(grid))
        assert len(opened) == 1, row
        (menu,) = opened
        menu.view.trigger()
        assert tour.program.viewer.hit.photo.photo_id == tour.window.model.hits[row].photo.photo_id
        tour.program.viewing.close()
        menu.close()


def _keyboard_place(grid: QWidget) -> QPoint:
    """Where Qt says that the menu key was pressed: in the middle of the input's cursor."""
    return grid.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
