"""Every key of the program, by the place where it holds: read off what handles the keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.gui.key_table import PLACE, HasKeys, KeyLine

translate = QCoreApplication.translate

_CONTEXT = Qt.ShortcutContext
_IN_WINDOW = (_CONTEXT.WindowShortcut, _CONTEXT.ApplicationShortcut)


@dataclass(frozen=True)
class KeyGroup:
    """The keys of one place."""

    place: str
    lines: tuple[tuple[str, str], ...]
    """What they do, and the keys as they are written on this system."""


def key_groups(window: QWidget) -> list[KeyGroup]:
    """The keys that hold everywhere in a window first, then those of its parts.

    They are those of its actions, and of its widgets that ``HasKeys``.
    """
    everywhere = translate("key_list", "Everywhere in the window")
    found: dict[str, dict[str, str]] = {everywhere: {}}
    for action in window.findChildren(QAction):
        words = action.text().replace("&", "").rstrip("…")
        if not action.shortcuts() or not words:
            continue
        place = everywhere if action.shortcutContext() in _IN_WINDOW else _place_of(action)
        if place:
            found.setdefault(place, {})[words] = _written((words, tuple(action.shortcuts())))
    for widget in window.findChildren(QWidget):
        if isinstance(widget, HasKeys):
            lines = found.setdefault(_name_of(widget), {})
            for line in widget.key_lines():
                lines[line[0]] = _written(line)
    return [
        KeyGroup(place, tuple(sorted(lines.items()) if place == everywhere else lines.items()))
        for place, lines in found.items()
        if lines
    ]


def _place_of(action: QAction) -> str:
    widgets = [w for w in action.associatedObjects() if isinstance(w, QWidget)]
    return next((_name_of(w) for w in widgets if not isinstance(w, QMenu)), "")


def _name_of(widget: QWidget) -> str:
    return str(widget.property(PLACE) or widget.accessibleName() or widget.objectName())


def _written(line: KeyLine) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(dict.fromkeys(keys.toString(native) for keys in line[1]))
