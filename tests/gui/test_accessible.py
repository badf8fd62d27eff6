"""Every control and item of every view has a name, a role and a way to it with the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from desktop_app.gui.photo_grid import SMALLEST_SIDE
from desktop_app.gui.settings.dialog import SettingsDialog
from tests.gui.accessible_walk import CONTROLS, ITEMS, Role, Seen, seen_in, tab_stops, wants_tab
from tests.gui.window_tour import (
    Tour,
    furnished_library,
    furnished_paths,
    tiny_bundle,
    tour,
)

__all__ = ["furnished_library", "furnished_paths", "tiny_bundle", "tour"]


@pytest.fixture(autouse=True)
def somebody_listens() -> Iterator[None]:
    """As with a screen reader: only then is it told what changes."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def _nameless(things: list[Seen]) -> list[str]:
    """Controls and items that have no name, or a name that no person understands."""
    return [
        str(thing)
        for thing in things
        if (thing.role in CONTROLS | ITEMS or thing.is_focusable)
        and thing.role is not Role.StaticText
        and not isinstance(thing.widget, QScrollBar)
        and not _is_question_mark(thing)
        and not (thing.name.strip(" …").strip() or thing.is_labelled)
    ]


def _is_question_mark(thing: Seen) -> bool:
    """Qt's own drawing beside a question, which says nothing."""
    return thing.widget is not None and thing.widget.objectName() == "qt_msgboxex_icon_label"


def _aimless(things: list[Seen]) -> list[str]:
    """What takes the keyboard, but does not say what it is."""
    unclear = (Role.NoRole, Role.Client, Role.Border, Role.Pane, Role.LayeredPane)
    return [
        str(thing)
        for thing in things
        if thing.is_focusable
        and thing.role in unclear
        and not isinstance(thing.widget, QScrollArea)  # which only scrolls, and has a name
    ]


def _unlike_its_label(things: list[Seen]) -> list[str]:
    """Names that lack the words on the button: who speaks to the computer reads those."""
    return [
        str(thing)
        for thing in things
        if isinstance(thing.widget, QAbstractButton)
        and not _words(thing.widget.text()) <= _words(thing.name)
        and thing.widget.objectName() != "chipBody"  # which is shortened, and says what it is
    ]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.replace("&", "").casefold()))


def test_every_control_and_item_of_every_view_has_a_name_and_a_role(tour: Tour) -> None:
    faults: dict[str, list[str]] = {}
    for name, view in tour.views.items():
        widget = view()
        tour.settle()
        pages = [widget]
        if isinstance(widget, SettingsDialog):
            pages = _pages(tour, widget)
        for page in pages:
            if isinstance(widget, SettingsDialog):
                widget.names.setCurrentRow(pages.index(page))
                tour.settle()
            things = seen_in(page)
            assert len(things) > 3, name
            found = [*_nameless(things), *_aimless(things)]
            found += [f"label: {words}" for words in _unlike_its_label(things)]
            if found:
                faults.setdefault(name, []).extend(found)
        tour.back()
    assert faults == {}


def _pages(tour: Tour, dialog: SettingsDialog) -> list[QWidget]:
    return [dialog.stack.widget(row) for row in range(dialog.stack.count())]


def test_menus_have_names(tour: Tour) -> None:
    for name, menu in tour.menus():
        things = [thing for thing in seen_in(menu) if thing.role is Role.MenuItem]
        assert len(things) >= 2, name
        assert _nameless(things) == [], name


def test_photos_say_what_they_are(tour: Tour) -> None:
    tour.months()
    side = tour.window.grid.side
    tour.window.grid.set_side(SMALLEST_SIDE)  # all of them are on the screen
    tour.settle()
    grid = seen_in(tour.window.grid)
    said = {thing.name.split(",")[0]: thing for thing in grid if thing.role is Role.ListItem}
    tour.window.grid.set_side(side)
    assert len(said) == 7
    assert "2024" in said["rocket.jpg"].name  # when it was taken
    assert "favourite" in said["coffee.jpg"].name
    assert "favourite" not in said["rocket.jpg"].name
    assert "2 places" in said["chelsea again.jpg"].name
    assert "offline" in said["coins.png"].name
    tour.select(2)
    selected = [t.name for t in seen_in(tour.window.grid) if t.is_selected]
    assert selected == [tour.window.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)]
    tour.search("a rocket")
    ranked = [t.name for t in seen_in(tour.window.grid) if t.role is Role.ListItem]
    assert all("rank" in name and "score" in name for name in ranked)

    tour.viewer()
    strip = [t for t in seen_in(tour.program.viewer.strip) if t.role is Role.ListItem]
    assert [t.is_selected for t in strip] == [True] + [False] * (len(strip) - 1)
    assert strip[0].name.startswith(tour.program.viewer.hit.photo.path.name)
    pictures = [t for t in seen_in(tour.program.viewer) if t.role is Role.Graphic]
    assert [t.name for t in pictures] == [tour.program.viewer.canvas.accessibleName()]
    tour.back()

    dialog = tour.duplicates()
    rows = [t.name for t in seen_in(dialog) if t.role is Role.TreeItem]
    assert any("chelsea again.jpg" in name and "×" in name for name in rows)
    tour.back()

    strip = tour.dropped()
    things = {t.name: t for t in seen_in(strip)}
    assert any(name.startswith("broken.jpg: damaged") for name in things)
    assert things["rocket.jpg"].role in (Role.ListItem, Role.Graphic, Role.StaticText)


def test_the_photo_of_the_inspector_says_what_is_shown_of_it(tour: Tour) -> None:
    panel = tour.inspector()
    radios = [t for t in seen_in(panel) if t.role is Role.RadioButton]
    assert [t.name for t in radios][:2] == ["Photo only", "All words"]
    panel.match.word_buttons[2].click()
    (picture,) = [t for t in seen_in(panel) if t.role is Role.Graphic]
    assert picture.name.startswith("“")


def test_sliders_and_bars_tell_their_value(tour: Tour) -> None:
    tour.results()
    tour.progress()
    window = tour.window
    for widget, low, high in (
        (window.size_slider, 96, 320),
        (window.search_tools.slider, -100, 100),
        (window.panel.progress.bar, 0, 1000),
    ):
        value = QAccessible.queryAccessibleInterface(widget).valueInterface()
        assert (value.minimumValue(), value.maximumValue()) == (low, high)
        assert low <= value.currentValue() <= high
    value = QAccessible.queryAccessibleInterface(window.search_tools.slider).valueInterface()
    value.setCurrentValue(40)  # as a screen reader does
    assert window.search_tools.slider.strictness == 0.4
    assert "Stricter" in window.search_tools.slider.accessibleDescription()


def test_everything_is_reached_with_tab_and_nothing_keeps_it(tour: Tour) -> None:
    faults: dict[str, list[str]] = {}
    for name, view in tour.views.items():
        if name == "completions":  # the field keeps the keyboard, the arrows are the list's
            continue
        widget = view()
        window = widget.window()
        window.activateWindow()
        tour.wait(window.isActiveWindow)
        tour.settle()
        if window is tour.window and QApplication.focusWidget() is None:
            tour.window.grid.setFocus()
        if isinstance(window, SettingsDialog):
            window.names.setCurrentRow(1)
            window.names.setFocus()
        stops = set(tab_stops(window))
        wanted = {w for w in window.findChildren(QWidget) if w.isVisible() and wants_tab(w)}
        inner = {w for w in wanted if isinstance(w.parent(), QComboBox | QAbstractItemView)}
        missed = {
            w
            for w in wanted - stops - inner
            if w.focusProxy() is None and not _is_one_of_several(w, stops) and w.window() is window
        }
        if missed:
            faults[name] = [f"{type(w).__name__} {w.accessibleName() or w!r}" for w in missed]
        tour.back()
    assert faults == {}


def _is_one_of_several(widget: QWidget, stops: set[QWidget]) -> bool:
    """Buttons of which one is chosen are one stop; the arrows walk among them."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    is_one = isinstance(widget, QRadioButton) or (group is not None and group.exclusive())
    return is_one and group is not None and any(button in stops for button in group.buttons())


def test_arrows_walk_among_the_words(tour: Tour) -> None:
    panel = tour.inspector()
    buttons = panel.match.word_buttons
    buttons[0].setFocus()
    QTest.keyClick(buttons[0], Qt.Key.Key_Right)
    assert buttons[1].hasFocus()
    assert buttons[1].isChecked()
