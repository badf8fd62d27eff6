"""Keys by their place, for keyboards that do not type the characters that shortcuts are named by.

Qt finds a shortcut by the character that a key types; under X11 with a Russian layout alone it
finds none, not even Ctrl+D, and never a digit that takes Shift as on French keyboards. Where one
types letters of another script, the key at a letter's place on a US keyboard is meant, as in other
programs. Where one types Latin letters, the letter decides, wherever it lies.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_ROWS = {2: "1234567890-=", 16: "QWERTYUIOP[]", 30: "ASDFGHJKL;'`", 43: "\\ZXCVBNM,./"}
_BY_SCAN_CODE = {first + at: key for first, row in _ROWS.items() for at, key in enumerate(row)}
"""Set 1 of the PC's scan codes, which are Windows' numbers and those of Linux' input events."""
_X11_OFFSET = 8
_MAC = "ASDFHGZXCV BQWERYT123465=97-80]OU[IP LJ'K;\\,/NM."
_BY_MAC_CODE = {code: key for code, key in enumerate(_MAC) if key != " "}
"""The kVK_ANSI codes of HIToolbox/Events.h; 10 and 36 are other keys."""
_FIRST_SPECIAL = 0x01000000
_LAST_ASCII = 0x7F
_TYPES_TEXT = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
_CONTEXT = Qt.ShortcutContext
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


def key_at_place(event: QKeyEvent, platform: str) -> int | None:
    """The key of a US keyboard that lies where this one does, as ``Qt.Key`` numbers it.

    Args:
        event: a key press.
        platform: as ``QGuiApplication.platformName`` says.

    Returns:
        None where the character that was typed decides, or where nobody knows the place.
    """
    key = event.key()
    if key >= _FIRST_SPECIAL or key == Qt.Key.Key_Space:
        return None
    if platform == "cocoa":
        place = _BY_MAC_CODE.get(event.nativeVirtualKey()) if event.nativeScanCode() else None
    elif platform == "windows":
        place = _BY_SCAN_CODE.get(event.nativeScanCode())
    elif platform in ("xcb", "wayland"):
        place = _BY_SCAN_CODE.get(event.nativeScanCode() - _X11_OFFSET)
    else:
        place = None
    if place is None:
        return None
    if key > _LAST_ASCII:
        return ord(place)
    is_plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    typed = chr(key)
    if place.isdigit() and is_plain and not typed.isalnum() and typed not in "+=-_":
        return ord(place)
    return None


class PhysicalKeys(QObject):
    """Sees the keys of a window that no shortcut took, before its widgets do."""

    def __init__(self, window: QWidget, platform: str | None = None) -> None:
        """Prepare; ``platform``: another than the one that runs, for tests."""
        super().__init__(window)
        self._window = window
        self._platform = platform if platform is not None else QGuiApplication.platformName()

    def begin(self) -> None:
        """Look at the keys of the window, which must have been shown."""
        handle = self._window.windowHandle()
        handle.removeEventFilter(self)
        handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key that is meant by its place; all others go on as they are."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        place = key_at_place(event, self._platform)
        if place is None:
            return False
        target = QApplication.focusWidget() or self._window
        if isinstance(target, _TYPES_TEXT) and not event.modifiers() & _COMMANDS:
            return False
        action = self._action_of(QKeySequence(place | event.modifiers().value), target)
        if action is not None:
            action.trigger()
            return True
        translated = QKeyEvent(
            QEvent.Type.KeyPress,
            place,
            event.modifiers(),
            event.nativeScanCode(),
            event.nativeVirtualKey(),
            event.nativeModifiers(),
            event.text(),  # what is typed stays what it is
            event.isAutoRepeat(),
            event.count(),
        )
        return QApplication.sendEvent(target, translated) and translated.isAccepted()

    def _action_of(self, keys: QKeySequence, target: QWidget) -> QAction | None:
        for action in self._window.findChildren(QAction):
            if action.isEnabled() and keys in action.shortcuts() and _holds(action, target):
                return action
        return None


def _holds(action: QAction, target: QWidget) -> bool:
    """Whether a shortcut is one where the keyboard is."""
    context = action.shortcutContext()
    if context in (_CONTEXT.WindowShortcut, _CONTEXT.ApplicationShortcut):
        return True
    widgets = [w for w in action.associatedObjects() if isinstance(w, QWidget)]
    return target in widgets or (
        context is _CONTEXT.WidgetWithChildrenShortcut
        and any(widget.isAncestorOf(target) for widget in widgets)
    )
