"""Every key is listed where it holds, and works where its place is meant."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop_app.gui.key_list import key_groups
from desktop_app.gui.key_table import KeyTable
from desktop_app.gui.physical_keys import PhysicalKeys, key_at_place
from tests.gui.conftest import PATIENCE_MS

KEY = Qt.Key
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
CYRILLIC_A, CYRILLIC_SH, E_ACUTE = 0x410, 0x428, 0xC9


def _press(key: int, scan: int = 0, virtual: int = 0, modifiers=NONE, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("event", "platform", "found"),
    [
        # the Russian letter at the place of F: set 1 has it at 33, X11 eight further
        (_press(CYRILLIC_A, 41), "xcb", KEY.Key_F),
        (_press(CYRILLIC_A, 41), "wayland", KEY.Key_F),
        (_press(CYRILLIC_A, 33), "windows", KEY.Key_F),
        (_press(CYRILLIC_A, 1, 3), "cocoa", KEY.Key_F),
        (_press(CYRILLIC_SH, 31), "xcb", KEY.Key_I),
        # French digits take Shift; without it the key is meant by its place
        (_press(KEY.Key_Ampersand, 10), "xcb", KEY.Key_1),
        (_press(E_ACUTE, 11), "xcb", KEY.Key_2),
        (_press(0xC0, 19), "xcb", KEY.Key_0),
        # what a Latin letter or a sign says counts, wherever it lies
        (_press(KEY.Key_Q, 38), "xcb", None),
        (_press(KEY.Key_Minus, 15), "xcb", None),
        (_press(KEY.Key_Exclam, 10, modifiers=SHIFT), "xcb", None),
        (_press(KEY.Key_Left, 113), "xcb", None),
        (_press(KEY.Key_Space, 65), "xcb", None),
        # nobody knows the place
        (_press(CYRILLIC_A), "xcb", None),
        (_press(CYRILLIC_A, 41), "offscreen", None),
        (_press(CYRILLIC_A, 200), "xcb", None),
    ],
)
def test_a_key_by_its_place(qapp, event, platform, found) -> None:
    assert key_at_place(event, platform) == found


@pytest.fixture
def window(qtbot):
    """A text field and a widget that notes its keys, with a shortcut for all and one for it."""

    class Noting(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[tuple[int, str]] = []

        def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
            self.seen.append((event.key(), event.text()))

    window = QWidget()
    window.field = QLineEdit(window)
    window.plain = Noting()
    window.plain.setParent(window)
    window.plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.everywhere, window.here = QAction("everywhere", window), QAction("here", window)
    window.everywhere.setShortcut(QKeySequence("I"))
    window.here.setShortcut(QKeySequence("F"))
    window.here.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    window.addAction(window.everywhere)
    window.plain.addAction(window.here)
    qtbot.addWidget(window)
    window.show()
    keys = PhysicalKeys(window, "xcb")
    keys.begin()
    keys.begin()  # a window that is shown again has one pair of eyes all the same
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    return window


def _send(window, event: QKeyEvent) -> None:
    QApplication.sendEvent(window.windowHandle(), event)


def test_shortcuts_work_on_a_keyboard_of_another_script(qtbot, window) -> None:
    everywhere, here = QSignalSpy(window.everywhere.triggered), QSignalSpy(window.here.triggered)
    window.plain.setFocus()
    _send(window, _press(CYRILLIC_SH, 31, text="ш"))
    _send(window, _press(CYRILLIC_A, 41, text="а"))
    assert (everywhere.count(), here.count()) == (1, 1)
    assert window.plain.seen == []
    # A key without a shortcut arrives as the key at its place, and types what it types.
    _send(window, _press(0x41A, 27, text="к"))
    assert window.plain.seen == [(KEY.Key_R, "к")]
    window.everywhere.setEnabled(False)
    _send(window, _press(CYRILLIC_SH, 31, text="ш"))
    assert everywhere.count() == 1


def test_letters_are_typed_where_one_types(qtbot, window) -> None:
    everywhere, here = QSignalSpy(window.everywhere.triggered), QSignalSpy(window.here.triggered)
    window.field.setFocus()
    _send(window, _press(CYRILLIC_SH, 31, text="ш"))
    assert window.field.text() == "ш"
    assert (everywhere.count(), here.count()) == (0, 0)
    window.field.setText("all")
    _send(window, _press(CYRILLIC_A - 14, 38, modifiers=CONTROL))  # Ctrl and the key A
    assert window.field.selectedText() == "all"


def test_keys_of_the_number_pad_are_their_twins(qapp) -> None:
    table = KeyTable({"zero": (KEY.Key_0, QKeySequence.StandardKey.Copy)})
    pad = Qt.KeyboardModifier.KeypadModifier
    assert table.command_of(_press(KEY.Key_0, modifiers=pad)) == "zero"
    assert table.command_of(_press(KEY.Key_C, modifiers=CONTROL)) == "zero"
    assert table.command_of(_press(KEY.Key_0, modifiers=SHIFT)) is None
    assert len(table.keys_of("zero")) == 1 + len(
        QKeySequence.keyBindings(QKeySequence.StandardKey.Copy)
    )


def test_every_action_with_a_key_is_listed_and_no_key_means_two_things(qtbot, open_program) -> None:
    window = open_program().window
    groups = key_groups(window)
    listed = {words for group in groups for words, _ in group.lines}
    actions = [a for a in window.findChildren(QAction) if a.shortcuts() and a.text()]
    assert len(actions) > 15
    assert {a.text().replace("&", "").rstrip("…") for a in actions} <= listed
    for group in groups:
        assert group.place
        keys = [set(written.split(", ")) for _, written in group.lines]
        assert all("" not in each for each in keys), group
        assert not any(one & other for one, other in combinations(keys, 2)), group
