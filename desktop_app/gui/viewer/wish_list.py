"""Which photos are to be decoded next: replaced as a whole whenever another one is shown."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Condition


@dataclass(frozen=True)
class Wish:
    """A photo, and how sharp it is wanted."""

    photo_id: int
    path: Path
    need: int
    """Pixels that its shorter side should have."""


class WishList:
    """What is wanted, the most important first. The GUI thread writes it, decoders take from it."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._wishes: list[Wish] = []
        self._since: dict[Wish, float] = {}
        self._abandoned: set[Wish] = set()
        self._is_closed = False

    def replace(self, wishes: Sequence[Wish]) -> None:
        """Want these and nothing else; what is being decoded already is not begun again."""
        with self._changed:
            self._wishes = [wish for wish in wishes if wish not in self._since]
            self._changed.notify_all()

    def take(self) -> Wish | None:
        """Wait for the most important wish; None when the list is closed."""
        with self._changed:
            while not self._wishes and not self._is_closed:
                self._changed.wait()
            if self._is_closed:
                return None
            wish = self._wishes.pop(0)
            self._since[wish] = time.monotonic()
            return wish

    def finish(self, wish: Wish) -> bool:
        """A wish was fulfilled, or cannot be; False when nobody waits for it any more."""
        with self._changed:
            if wish in self._abandoned:
                self._abandoned.discard(wish)
                return False
            self._since.pop(wish, None)
            return not self._is_closed

    def abandon_overdue(self, limit_s: float) -> list[Wish]:
        """Give up wishes that take longer; whoever is at them will not come back."""
        with self._changed:
            now = time.monotonic()
            overdue = [wish for wish, since in self._since.items() if now - since > limit_s]
            for wish in overdue:
                del self._since[wish]
                self._abandoned.add(wish)
            return overdue

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self._is_closed = True
            self._wishes = []
            self._changed.notify_all()
