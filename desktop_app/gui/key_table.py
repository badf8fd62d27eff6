"""Which keys mean what in one widget: its handler asks, and the list of all keys."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

PLACE = "keyPlace"
"""A property of a widget: what the list of keys calls it, where its name says something else."""
C = TypeVar("C", bound=Hashable)
Keys = Sequence[Qt.Key | QKeyCombination | QKeySequence.StandardKey]
KeyLine = tuple[str, tuple[QKeySequence, ...]]
"""What keys do, in words, and the keys."""


@runtime_checkable
class HasKeys(Protocol):
    """A widget that handles keys of its own."""

    def key_lines(self) -> list[KeyLine]:
        """All that its keys do."""


class KeyTable(Generic[C]):
    """Commands by key. A key of the number pad is the same as its twin."""

    def __init__(self, keys: Mapping[C, Keys]) -> None:
        # Numbers: tables are made before the application is, and outlive it.
        self._keys = {
            command: tuple(k.toCombined() if isinstance(k, QKeyCombination) else k for k in of)
            for command, of in keys.items()
        }
        self._commands: dict[int, C] = {}

    def command_of(self, event: QKeyEvent) -> C | None:
        """What a key press asks for."""
        if not self._commands:
            self._commands = {
                sequence[0].toCombined(): command  # type: ignore[index] # PySide's stubs lack it
                for command in self._keys
                for sequence in self.keys_of(command)
            }
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        # By number: letters of other scripts have numbers that no name stands for.
        return self._commands.get(event.key() | modifiers.value)

    def keys_of(self, command: C) -> tuple[QKeySequence, ...]:
        """All keys of a command, the usual one first."""
        found: list[QKeySequence] = []
        for key in self._keys[command]:
            if isinstance(key, QKeySequence.StandardKey):
                # The desktop says which: there is none before the application is made.
                found += QKeySequence.keyBindings(key)
            else:
                found.append(QKeySequence(key))
        return tuple(found)
