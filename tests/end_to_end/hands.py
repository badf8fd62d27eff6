"""Keys, mouse, and a look at the windows of the screen, by xdotool."""

from __future__ import annotations

import time

from tests.end_to_end.desktop import Desktop
from tests.end_to_end.screen import Node

STEPS = 12
"""Of the pointer on its way: a drag begins only when it has moved a little."""


class Hands:
    """Works on one desktop."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def key(self, *keys: str) -> None:
        """Press keys one after the other: ``ctrl+q``, ``Return``."""
        self._do("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        self._do("type", "--delay", "40", "--clearmodifiers", text)

    def click(self, node: Node, button: int = 1) -> None:
        """Click the middle of something."""
        self._go(*node.middle)
        self._do("click", str(button))

    def double_click(self, node: Node) -> None:
        """Open something."""
        self._go(*node.middle)
        self._do("click", "--repeat", "2", "--delay", "80", "1")

    def drag(self, start: tuple[int, int], end: tuple[int, int], until: float = 0.5) -> None:
        """Take something from here to there, as slowly as a person does."""
        self._go(*start)
        self._do("mousedown", "1")
        for step in range(1, STEPS + 1):
            x = start[0] + (end[0] - start[0]) * step // STEPS
            y = start[1] + (end[1] - start[1]) * step // STEPS
            self._go(x, y)
            time.sleep(0.05)
        time.sleep(until)

    def let_go(self) -> None:
        """The end of a drag."""
        self._do("mouseup", "1")

    def windows(self) -> list[str]:
        """The titles of the windows on the screen, in no order."""
        ids = self._desktop.run(["xdotool", "search", "--onlyvisible", "--name", ".+"]).split()
        titles = [self._desktop.run(["xdotool", "getwindowname", i]).strip() for i in ids]
        return sorted(title for title in titles if title)

    def active_window(self) -> str:
        """The title of the window that has the keyboard."""
        return self._desktop.run(["xdotool", "getactivewindow", "getwindowname"]).strip()

    def close_window(self, title: str) -> None:
        """Ask a window politely to close, as its close button does."""
        self._do("search", "--onlyvisible", "--name", f"^{title}$", "windowactivate", "--sync")
        self._do("key", "alt+F4")

    def minimise(self, title: str) -> None:
        """Put a window away."""
        self._do("search", "--onlyvisible", "--name", f"^{title}$", "windowminimize")

    def _go(self, x: int, y: int) -> None:
        self._do("mousemove", "--sync", str(x), str(y))

    def _do(self, *words: str) -> None:
        self._desktop.run(["xdotool", *words])
