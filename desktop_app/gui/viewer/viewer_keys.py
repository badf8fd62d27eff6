"""What the viewer can be told, and by which keys."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop_app.gui.key_table import KeyLine

translate = QCoreApplication.translate

_KEY = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


class Command(Enum):
    """Everything that a key can do."""

    BACK = auto()
    PREVIOUS = auto()
    NEXT = auto()
    FIRST = auto()
    LAST = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    FIT = auto()
    ACTUAL_SIZE = auto()
    PAN_LEFT = auto()
    PAN_RIGHT = auto()
    PAN_UP = auto()
    PAN_DOWN = auto()
    TURN_RIGHT = auto()
    TURN_LEFT = auto()
    SLIDESHOW = auto()
    FULL_SCREEN = auto()
    FILMSTRIP = auto()
    PAUSE = auto()
    COPY = auto()


_KEYS: dict[Command, tuple[tuple[Qt.Key, Qt.KeyboardModifier], ...]] = {
    Command.BACK: ((_KEY.Key_Escape, _NONE), (_KEY.Key_Backspace, _NONE), (_KEY.Key_Back, _NONE)),
    Command.PREVIOUS: ((_KEY.Key_Left, _NONE), (_KEY.Key_PageUp, _NONE)),
    Command.NEXT: ((_KEY.Key_Right, _NONE), (_KEY.Key_PageDown, _NONE)),
    Command.FIRST: ((_KEY.Key_Home, _NONE),),
    Command.LAST: ((_KEY.Key_End, _NONE),),
    Command.ZOOM_IN: ((_KEY.Key_Plus, _NONE), (_KEY.Key_Equal, _NONE)),
    Command.ZOOM_OUT: ((_KEY.Key_Minus, _NONE), (_KEY.Key_Underscore, _NONE)),
    Command.FIT: ((_KEY.Key_0, _NONE),),
    Command.ACTUAL_SIZE: ((_KEY.Key_1, _NONE),),
    Command.PAN_LEFT: ((_KEY.Key_Left, _SHIFT),),
    Command.PAN_RIGHT: ((_KEY.Key_Right, _SHIFT),),
    Command.PAN_UP: ((_KEY.Key_Up, _NONE), (_KEY.Key_Up, _SHIFT)),
    Command.PAN_DOWN: ((_KEY.Key_Down, _NONE), (_KEY.Key_Down, _SHIFT)),
    Command.TURN_RIGHT: ((_KEY.Key_R, _NONE),),
    Command.TURN_LEFT: ((_KEY.Key_R, _SHIFT),),
    Command.SLIDESHOW: ((_KEY.Key_Space, _NONE),),
    Command.FULL_SCREEN: ((_KEY.Key_F11, _NONE), (_KEY.Key_F, _NONE)),
    Command.FILMSTRIP: ((_KEY.Key_T, _NONE),),
    Command.PAUSE: ((_KEY.Key_P, _NONE),),
    Command.COPY: ((_KEY.Key_C, _CONTROL),),
}
# By number: letters of other scripts have numbers that no name stands for.
_BY_KEY = {
    (int(key), modifiers): command for command, keys in _KEYS.items() for key, modifiers in keys
}
# Where these lie on the keyboard, Shift is sometimes needed to get them at all.
_SHIFT_IS_LAYOUT = frozenset(b"+=-_01")


_MIRRORED = {int(_KEY.Key_Left): int(_KEY.Key_Right), int(_KEY.Key_Right): int(_KEY.Key_Left)}


def command_of(event: QKeyEvent, is_right_to_left: bool = False) -> Command | None:
    """What a key press asks for; where one reads from the right, the next photo is to the left."""
    key = event.key()
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in _SHIFT_IS_LAYOUT:
        modifiers &= ~_SHIFT
    if is_right_to_left and modifiers == _NONE:
        key = _MIRRORED.get(key, key)
    return _BY_KEY.get((key, modifiers))


def keys_of(command: Command) -> str:
    """The first of its keys, as it is written on this system."""
    key, modifiers = _KEYS[command][0]
    sequence = QKeySequence(int(key.value) | int(modifiers.value))
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)


def words_of(command: Command) -> str:
    """What a command does."""
    words = {
        Command.BACK: translate("viewer", "Back to the photos"),
        Command.PREVIOUS: translate("viewer", "Previous photo"),
        Command.NEXT: translate("viewer", "Next photo"),
        Command.FIRST: translate("viewer", "First photo"),
        Command.LAST: translate("viewer", "Last photo"),
        Command.ZOOM_IN: translate("viewer", "Zoom in"),
        Command.ZOOM_OUT: translate("viewer", "Zoom out"),
        Command.FIT: translate("viewer", "Fit to the window"),
        Command.ACTUAL_SIZE: translate("viewer", "Actual size (100 %)"),
        Command.PAN_LEFT: translate("viewer", "Look further left"),
        Command.PAN_RIGHT: translate("viewer", "Look further right"),
        Command.PAN_UP: translate("viewer", "Look further up"),
        Command.PAN_DOWN: translate("viewer", "Look further down"),
        Command.TURN_RIGHT: translate("viewer", "Turn the view to the right"),
        Command.TURN_LEFT: translate("viewer", "Turn the view to the left"),
        Command.SLIDESHOW: translate("viewer", "Start or stop the slideshow"),
        Command.FULL_SCREEN: translate("viewer", "Full screen"),
        Command.FILMSTRIP: translate("viewer", "Show or hide the filmstrip"),
        Command.PAUSE: translate("viewer", "Pause or resume a moving picture"),
        Command.COPY: translate("viewer", "Copy path"),
    }
    return words[command]


def viewer_key_lines() -> list[KeyLine]:
    """Every command in words and its keys: for the list of all keys."""
    return [
        (words_of(command), tuple(QKeySequence(key | modifiers) for key, modifiers in keys))
        for command, keys in _KEYS.items()
    ]
