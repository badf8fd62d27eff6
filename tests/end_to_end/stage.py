"""Everything that a step of the story needs, and the checks that come after each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.end_to_end.desktop import Desktop
from tests.end_to_end.hands import Hands
from tests.end_to_end.screen import Camera, Eyes, Node, NotOnScreen
from tests.end_to_end.visita import Visita

TITLE = "VisITA"


class Stage:
    """One desktop, one library at a time."""

    def __init__(self, desktop: Desktop, work: Path, out: Path) -> None:
        self.desktop = desktop
        self.work = work
        self.hands = Hands(desktop)
        self.eyes = Eyes(desktop)
        self.camera = Camera(desktop, out)
        self._starts = 0
        self.visita: Visita | None = None

    @property
    def program(self) -> Visita:
        """The program that runs now."""
        assert self.visita is not None
        return self.visita

    def start(self, data: Path, module: str = "desktop_app") -> Visita:
        """Start the program, or a module that is one; its window comes later."""
        self._starts += 1
        self.visita = Visita(self.desktop, data, self.work / f"start-{self._starts}", module)
        return self.visita

    def nodes(self) -> list[Node]:
        """What the program shows now."""
        return self.eyes.nodes(self.program.process_id)

    def wait(self, what: str, condition: Callable[[list[Node]], bool]) -> list[Node]:
        """Look at the program until something holds."""
        return self.eyes.wait(self.program.process_id, what, condition)

    def wait_for(self, words: str, role: str = "") -> Node:
        """Something whose name has these words, once it is there."""
        return find(self.wait(words, lambda seen: _found(seen, words, role) != []), words, role)

    def wait_until_gone(self, words: str) -> None:
        """Nothing on the screen has these words any more."""
        self.wait(f"no {words}", lambda seen: not _found(seen, words, ""))

    def shoot(self, name: str, *windows: str) -> None:
        """Take a picture, and expect the main window and these, and no word from the program."""
        self.camera.shoot(name)
        self.program.expect_silence()
        expected = sorted([TITLE, *windows])
        titles = self.hands.windows()
        assert titles == expected, f"{name}: windows {titles}, not {expected}"

    def close(self) -> None:
        """Whatever happened."""
        if self.visita is not None:
            self.visita.kill()
        self.camera.close()
        self.eyes.close()


def find(seen: list[Node], words: str, role: str = "") -> Node:
    """The first thing whose name has these words.

    Raises:
        NotOnScreen: there is none.
    """
    found = _found(seen, words, role)
    if not found:
        raise NotOnScreen(f"{words}; instead: {sorted({n.name for n in seen if n.name})}")
    return found[0]


def _found(seen: list[Node], words: str, role: str) -> list[Node]:
    return [
        node
        for node in seen
        if (words in node.name or words in node.text) and role in node.role and node.at[2] > 0
    ]
