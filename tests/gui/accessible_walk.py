"""The window as assistive programs see it, and the way through it with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollBar, QWidget

from desktop_app.gui.glyphs import GlyphButton

Role = QAccessible.Role

CONTROLS = frozenset(
    {
        Role.Button,
        Role.ButtonMenu,
        Role.ButtonDropDown,
        Role.CheckBox,
        Role.RadioButton,
        Role.ComboBox,
        Role.EditableText,
        Role.SpinBox,
        Role.Slider,
        Role.ProgressBar,
        Role.List,
        Role.Tree,
        Role.Table,
        Role.Graphic,
    }
)
ITEMS = frozenset({Role.ListItem, Role.TreeItem, Role.Cell, Role.MenuItem, Role.ColumnHeader})
MOST_STOPS = 300


@dataclass(frozen=True)
class Seen:
    """One thing that is on the screen."""

    role: QAccessible.Role
    name: str
    description: str
    value: str
    is_focusable: bool
    is_enabled: bool
    is_selected: bool
    is_labelled: bool
    widget: QWidget | None

    def __str__(self) -> str:
        return f"{self.role.name} {self.name!r} {type(self.widget).__name__}"


def seen_in(root: QWidget) -> list[Seen]:
    """Everything below a widget that is to be seen, as it is told to assistive programs."""
    return list(_walk(QAccessible.queryAccessibleInterface(root), is_root=True))


def _walk(interface: QAccessibleInterface | None, is_root: bool = False) -> Iterator[Seen]:
    if interface is None or not interface.isValid():
        return
    state = interface.state()
    if state.invisible and not is_root:
        return
    thing = interface.object()
    text = QAccessible.Text
    yield Seen(
        interface.role(),
        interface.text(text.Name),
        interface.text(text.Description),
        interface.text(text.Value),
        bool(state.focusable),
        not state.disabled,
        bool(state.selected),
        any(True for _ in interface.relations(QAccessible.RelationFlag.Label)),
        thing if isinstance(thing, QWidget) else None,
    )
    for number in range(interface.childCount()):
        yield from _walk(interface.child(number))


def tab_stops(window: QWidget) -> list[QWidget]:
    """Where Tab leads in a window, from the widget that has the keyboard until it is back there.

    Raises:
        AssertionError: the keyboard never comes back: there is a trap.
    """
    start = QApplication.focusWidget()
    assert start is not None, "nothing has the keyboard"
    stops = [start]
    for _ in range(MOST_STOPS):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None, f"Tab leads nowhere from {stops[-1]}"
        if now is start:
            return stops
        assert now is not stops[-1], f"Tab does not leave {now}"
        assert now not in stops, f"Tab never comes back to {start}, but goes round from {now}"
        stops.append(now)
    raise AssertionError(f"Tab never comes back to {start}")


def wants_tab(widget: QWidget) -> bool:
    """Whether somebody without a mouse must be able to come to a widget."""
    if isinstance(widget, QLabel | QScrollBar) or not widget.isEnabled():
        return False
    is_quiet = isinstance(widget, GlyphButton) and widget.focusPolicy() is Qt.FocusPolicy.NoFocus
    return not is_quiet and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
