"""A bug in the real program: it is told, can be copied, and nothing else is lost by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.end_to_end.faulty import BUG
from tests.end_to_end.screen import Node
from tests.end_to_end.stage import Stage
from tests.end_to_end.story import Material, choose_folder

DIALOG = "Unexpected error"


class Accident:
    """One start of a program that has a bug."""

    def __init__(self, stage: Stage, material: Material) -> None:
        self._stage = stage
        self._material = material

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Their names, and what is done."""
        yield "start a program with a bug", self._start
        yield "the bug is told", self._bug
        yield "its report is copied", self._copy
        yield "the window goes on", self._go_on
        yield "the bug is told again", self._bug
        yield "close the report and quit", self._quit

    def _start(self) -> None:
        stage = self._stage
        program = stage.start(stage.work / "accident", module="tests.end_to_end.faulty")
        program.announced.append("unexpected error")
        stage.wait_for("Find your photos by what is in them")
        choose_folder(stage, self._material.photos)
        stage.wait_for(f"{self._material.demo_count} photos")

    def _bug(self) -> None:
        stage = self._stage
        bugs = stage.program.bugs
        stage.hands.key("ctrl+f", "F1")
        stage.wait_for(DIALOG, "dialog")
        report = stage.wait_for("Report", "text")
        assert f"ZeroDivisionError: {BUG}" in report.text
        assert report.text.startswith("Python 3.")
        stage.program.bugs = bugs + 1
        stage.shoot(f"a bug told {bugs + 1} times", f"{DIALOG} — VisITA")

    def _copy(self) -> None:
        stage = self._stage
        stage.hands.click(stage.wait_for("Copy report"))
        stage.hands.key("Escape")
        stage.wait_until_gone("Copy report")
        stage.hands.key("ctrl+f", "ctrl+v")
        stage.wait("the report in the search field", lambda seen: _pasted(seen))
        stage.hands.key("Escape")

    def _go_on(self) -> None:
        stage = self._stage
        stage.hands.key("ctrl+f")
        stage.hands.type("a cat")
        stage.wait("an answer", lambda seen: any(n.name.endswith(" ms") for n in seen))
        stage.shoot("the window goes on after a bug")

    def _quit(self) -> None:
        program = self._stage.program
        family = program.family()
        self._stage.hands.key("Escape")
        self._stage.wait_until_gone("Copy report")
        self._stage.hands.key("ctrl+q")
        program.wait_for_end(family)
        assert self._stage.hands.windows() == []


def _pasted(seen: list[Node]) -> bool:
    return any(BUG in node.text and node.text.startswith("Python 3.") for node in seen)
