"""What arrow keys mean in lists that stand in rows."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QListView

_ACTIONS = QAbstractItemView.CursorAction
_MIRRORED = {_ACTIONS.MoveLeft: _ACTIONS.MoveRight, _ACTIONS.MoveRight: _ACTIONS.MoveLeft}


def mirrored_action(
    view: QListView, action: QAbstractItemView.CursorAction
) -> QAbstractItemView.CursorAction:
    """Left is left on the screen: Qt lays rows out from the right, but takes the keys as before."""
    return _MIRRORED.get(action, action) if view.isRightToLeft() else action
