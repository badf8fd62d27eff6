"""What is on the screen: words for those who hear them, pictures for those who look."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.end_to_end.desktop import SYSTEM_PYTHON, Desktop

PATIENCE_S = 180.0
"""Only how long a broken program takes to say so."""


@dataclass(frozen=True)
class Node:
    """Something that a screen reader finds in a window."""

    role: str
    name: str
    text: str
    at: tuple[int, int, int, int]
    """Left, top, width, height on the screen."""
    enabled: bool
    focused: bool

    @property
    def middle(self) -> tuple[int, int]:
        left, top, width, height = self.at
        return left + width // 2, top + height // 2


class NotOnScreen(AssertionError):
    """What was waited for did not come."""


class Eyes:
    """Asks the accessibility bus; one process at a time."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._asked = _Servant([SYSTEM_PYTHON, str(Path(__file__).with_name("eyes.py"))], desktop)

    def nodes(self, process_id: int) -> list[Node]:
        """Everything that a program shows."""
        found = json.loads(self._asked.ask(str(process_id)))
        return [Node(**{**node, "at": tuple(node["at"])}) for node in found]

    def wait(
        self, process_id: int, what: str, condition: Callable[[list[Node]], bool]
    ) -> list[Node]:
        """Look until something holds.

        Raises:
            NotOnScreen: it never did; says what was there instead.
        """
        deadline = time.monotonic() + PATIENCE_S
        while True:
            self._desktop.expect_alive()
            seen = self.nodes(process_id)
            if condition(seen):
                return seen
            if time.monotonic() > deadline:
                words = sorted({node.name for node in seen if node.name})
                raise NotOnScreen(f"{what}; instead: {words}")
            time.sleep(0.2)

    def close(self) -> None:
        self._asked.close()


class Camera:
    """Takes numbered pictures of the screen; also the other program on it."""

    def __init__(self, desktop: Desktop, out: Path) -> None:
        self._out = out
        self._taken = 0
        out.mkdir(parents=True, exist_ok=True)
        self._asked = _Servant([sys.executable, "-m", "tests.end_to_end.companion"], desktop)

    def shoot(self, name: str) -> Path:
        """Take a picture of the whole screen."""
        time.sleep(0.6)  # until what fades or repaints has done so
        self._taken += 1
        path = self._out / f"{self._taken:02}-{name.replace(' ', '-')}.png"
        self._asked.ask(f"shoot {path}")
        return path

    def offer(self, path: Path) -> int:
        """Show a window that a file can be dragged from; the process that owns it."""
        self._asked.ask(f"offer {path}")
        return self._asked.process_id

    def hide(self) -> None:
        """Take that window away."""
        self._asked.ask("hide")

    def close(self) -> None:
        self._asked.close()


class _Servant:
    """A child that answers each line with a line."""

    def __init__(self, command: Sequence[str], desktop: Desktop) -> None:
        self._process = subprocess.Popen(
            command,
            env=desktop.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.process_id = self._process.pid

    def ask(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
