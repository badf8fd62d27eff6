"""Things of the library as the rows of a list that follows them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

Item = TypeVar("Item")
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class RowModel(QAbstractListModel, Generic[Item]):
    """Holds rows; what they say is for who derives from it."""

    def __init__(self, key: Callable[[Item], Hashable], parent: QObject | None = None) -> None:
        """Begin without rows; two with the same ``key`` are the same thing."""
        super().__init__(parent)
        self._key = key
        self._items: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """What stands in the rows, in their order."""
        return self._items

    def show_items(self, items: Sequence[Item]) -> None:
        """Replace the rows, keeping the selection where they stand for the same things."""
        fresh = tuple(items)
        if list(map(self._key, fresh)) == list(map(self._key, self._items)):
            self._items = fresh
            self.refresh()
            return
        self.beginResetModel()
        self._items = fresh
        self.endResetModel()

    def refresh(self) -> None:
        """Every row may say something else now."""
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def item(self, index: Index) -> Item | None:
        """What a row stands for; None outside the list."""
        if index.isValid() and 0 <= index.row() < len(self._items):
            return self._items[index.row()]
        return None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """One for each; a row has no children."""
        return 0 if parent.isValid() else len(self._items)
