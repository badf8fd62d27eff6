"""What the grid can be told by keys that are its own."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence

from desktop_app.gui.key_table import KeyLine, KeyTable

translate = QCoreApplication.translate

_KEY = Qt.Key
_CONTROL = Qt.Modifier.CTRL


class GridCommand(Enum):
    """Everything that the grid does itself; the arrows are any list's."""

    OPEN = auto()
    COPY = auto()
    LET_GO = auto()
    PREVIOUS_MONTH = auto()
    NEXT_MONTH = auto()


GRID_KEYS = KeyTable(
    {
        GridCommand.OPEN: (_KEY.Key_Return, _KEY.Key_Enter),
        GridCommand.COPY: (QKeySequence.StandardKey.Copy,),
        GridCommand.LET_GO: (_KEY.Key_Escape,),
        GridCommand.PREVIOUS_MONTH: (_CONTROL | _KEY.Key_PageUp,),
        GridCommand.NEXT_MONTH: (_CONTROL | _KEY.Key_PageDown,),
    }
)


def grid_key_lines() -> list[KeyLine]:
    """Every command in words, with its keys."""
    words = {
        GridCommand.OPEN: translate("grid_keys", "Open the photo"),
        GridCommand.COPY: translate("grid_keys", "Copy the paths of the selected photos"),
        GridCommand.LET_GO: translate("grid_keys", "Let go of the selection"),
        GridCommand.PREVIOUS_MONTH: translate("grid_keys", "To the month above"),
        GridCommand.NEXT_MONTH: translate("grid_keys", "To the month below"),
    }
    return [(words[command], GRID_KEYS.keys_of(command)) for command in GridCommand]
