"""The program is ended in every state, in every way: nothing stays, nothing is said."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from functools import partial

from tests.end_to_end.stage import TITLE, Stage
from tests.end_to_end.story import Material, choose_folder


class Endings:
    """A start for each state; one library for all of them, which must stay sound."""

    def __init__(self, stage: Stage, material: Material) -> None:
        self._stage = stage
        self._material = material
        self._data = stage.work / "endings"

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Their names, and what is done."""
        ways: dict[str, Callable[[], None]] = {
            "Ctrl+Q": self._ctrl_q,
            "its close button": self._close_button,
            "SIGTERM": partial(self._signal, signal.SIGTERM),
            "SIGINT": partial(self._signal, signal.SIGINT),
            "SIGHUP": partial(self._signal, signal.SIGHUP),
        }
        states: tuple[tuple[str, Callable[[], None], tuple[str, ...]], ...] = (
            ("before there is a folder", self._nothing, ("Ctrl+Q",)),
            ("while it indexes", self._indexing, ("its close button", "SIGTERM")),
            ("while indexing is paused", self._paused, ("Ctrl+Q",)),
            ("while it searches", self._searching, ("Ctrl+Q", "SIGHUP")),
            ("while a giant is decoded", self._viewing, ("its close button", "SIGTERM")),
            ("with a dialog open", self._dialog, ("SIGINT", "SIGTERM")),
            ("while a photo is explained", self._inspecting, ("SIGTERM",)),
        )
        for state, reach, endings in states:
            for way in endings:
                yield f"{state}: {way}", partial(self._end, reach, ways[way])
        yield "at once: SIGTERM", self._at_once
        yield "the screen goes away", self._no_screen

    def _end(self, reach: Callable[[], None], end: Callable[[], None]) -> None:
        self._open()
        reach()
        family = self._stage.program.family()
        end()
        self._stage.program.wait_for_end(family)
        assert self._stage.hands.windows() == []

    def _open(self) -> None:
        self._stage.start(self._data)
        self._stage.wait("the window", lambda seen: any(n.role == "frame" for n in seen))
        self._stage.wait(
            "the library", lambda seen: not any("Opening your library" in n.name for n in seen)
        )

    # -- states ----------------------------------------------------------------------------

    def _nothing(self) -> None:
        self._stage.wait_for("Find your photos by what is in them")

    def _indexing(self) -> None:
        """Each time another folder: what was indexed once is not read again."""
        self._more_cuts()
        self._stage.wait_for("Looking at photos")

    def _paused(self) -> None:
        self._indexing()
        self._stage.hands.click(self._stage.wait_for("Pause indexing"))
        self._stage.wait_for("Resume indexing")

    def _searching(self) -> None:
        self._stage.hands.key("ctrl+f")
        self._stage.hands.type("a red cup of coffee")

    def _viewing(self) -> None:
        stage = self._stage
        if "Panorama" not in {node.name.split(",")[0] for node in stage.nodes()}:
            choose_folder(stage, self._material.giant)
        stage.wait_for("Panorama")
        stage.hands.key("ctrl+f", "Escape")
        stage.hands.type("folder:Panorama")
        giant = stage.wait_for("giant.jpg", "list item")
        stage.hands.double_click(giant)
        stage.wait_for("giant.jpg, photo 1 of")

    def _dialog(self) -> None:
        self._stage.hands.key("ctrl+comma")
        self._stage.wait_for("Pages of the settings")

    def _inspecting(self) -> None:
        stage = self._stage
        stage.hands.key("ctrl+f")
        stage.hands.type("a cup")
        stage.wait("an answer", lambda seen: any(n.name.endswith(" ms") for n in seen))
        stage.hands.click(next(n for n in stage.nodes() if ", rank 1, " in n.name))
        stage.hands.key("i")

    def _more_cuts(self) -> None:
        """Every photo changes, so that there is something to do."""
        cuts = sorted(self._material.cuts.iterdir())
        for path in cuts:
            with path.open("ab") as file:
                file.write(b"\0")
        choose_folder(self._stage, self._material.cuts)

    # -- ways ------------------------------------------------------------------------------

    def _ctrl_q(self) -> None:
        self._stage.hands.key("ctrl+q")

    def _close_button(self) -> None:
        """What a window manager does at a click on its cross."""
        self._stage.hands.close_window(TITLE)

    def _signal(self, number: int) -> None:
        self._stage.program.process.send_signal(number)

    def _at_once(self) -> None:
        """While Python is still importing: nothing is open yet, and the system's way is right."""
        program = self._stage.start(self._data)
        family = program.family()
        program.process.send_signal(signal.SIGTERM)
        code = program.process.wait(30)
        assert code in (0, -signal.SIGTERM), code
        assert all(not process.is_running() for process in family[1:])
        program.expect_silence()

    def _no_screen(self) -> None:
        """The last one: the X server ends, as at the end of a session."""
        self._open()
        self._indexing()
        family = self._stage.program.family()
        self._stage.desktop.screen.terminate()
        # Qt's words for it, or those of Xlib, whichever notices first
        words = ("X11", "XIO: ", "requests (", "QProcess: Destroyed")
        self._stage.program.wait_for_end(family, may_say=words)
