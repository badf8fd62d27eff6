"""A day with the program, from an empty library to Ctrl+Q."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from desktop_app.cli.demo_command import demo_photos
from tests.end_to_end.companion import TITLE as OTHER_PROGRAM
from tests.end_to_end.screen import Node
from tests.end_to_end.stage import Stage, find

CUTS = 160


@dataclass(frozen=True)
class Material:
    """What lies on the disk before the day begins."""

    photos: Path
    """The demo photos and a broken file."""
    cuts: Path
    """So many that the indexer is at work for a while."""
    cat: Path
    """A photo of no folder."""
    giant: Path
    """A folder with one photo that takes long to decode."""
    demo_count: int


def make_material(work: Path) -> Material:
    """Copy and cut the demo photos."""
    sources = demo_photos()
    photos = work / "Demo photos"
    photos.mkdir(parents=True)
    for path in sources:
        shutil.copy(path, photos)
    cat = work / "my cat.jpg"
    with Image.open(next(path for path in sources if path.stem == "chelsea")) as chelsea:
        chelsea.convert("RGB").crop((60, 30, 400, 270)).save(cat)
    (photos / "birthday.jpg").write_bytes(cat.read_bytes()[:900])
    cuts = work / "Holiday"
    cuts.mkdir()
    opened = [Image.open(path).convert("RGB") for path in sources if path.stem not in ("moon",)]
    for number in range(CUTS):
        photo, shift = opened[number % len(opened)], number // len(opened)
        box = (shift, shift, shift + photo.width * 3 // 4, shift + photo.height * 3 // 4)
        photo.crop(box).resize((1200, 900)).save(cuts / f"IMG_{2000 + number}.jpg", quality=88)
    giant = work / "Panorama"
    giant.mkdir()
    opened[0].resize((9000, 7000)).save(giant / "giant.jpg", quality=60)
    return Material(photos, cuts, cat, giant, len(sources))


class Story:
    """The steps, in their order; each leaves the window as the next one finds it."""

    def __init__(self, stage: Stage, material: Material) -> None:
        self._stage = stage
        self._material = material
        self._data = stage.work / "library"

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Their names, and what is done."""
        yield "first start", self._first_start
        yield "add a folder in the dialog", self._add_folder
        yield "type a query", self._query
        yield "click a result", self._click
        yield "the inspector", self._inspector
        yield "the viewer", self._viewer
        yield "drop a photo", self._drop
        yield "the list of problems", self._problems
        yield "the settings", self._settings
        yield "the menu", self._menu
        yield "the indexer is killed", self._kill_indexer
        yield "a second start", self._second_start
        yield "quit", self._quit

    def _first_start(self) -> None:
        self._stage.start(self._data)
        self._stage.wait_for("Find your photos by what is in them")
        self._stage.shoot("first start")

    def _add_folder(self) -> None:
        self._choose_folder(self._material.photos)
        self._stage.wait_for(f"{self._material.demo_count} photos")
        self._wait_until_idle()
        self._stage.shoot("photos are there")

    def _query(self) -> None:
        stage = self._stage
        stage.hands.key("ctrl+f")
        stage.hands.type("a cat")
        stage.wait("the answer", lambda seen: "chelsea" in _first_photo(seen))
        stage.wait("the time it took", lambda seen: any(n.name.endswith(" ms") for n in seen))
        stage.shoot("query")
        stage.hands.key("Escape")
        stage.hands.key("ctrl+f")
        stage.hands.type("type:jepg")
        stage.wait_for("no type of photo")
        stage.shoot("a mistake in the query")
        stage.hands.key("Escape")
        stage.wait_until_gone("no type of photo")
        stage.hands.type("a cat")
        stage.wait("the answer again", lambda seen: "chelsea" in _first_photo(seen))

    def _click(self) -> None:
        stage = self._stage
        stage.hands.click(_tiles(stage.nodes())[0])
        stage.wait("the heart", lambda seen: any(n.name == "Favourite (F)" for n in seen))
        stage.shoot("a photo is selected")

    def _inspector(self) -> None:
        stage = self._stage
        stage.hands.key("i")
        stage.wait_for("About this photo")
        stage.wait_for("chelsea.png", "label")
        stage.shoot("inspector")
        stage.hands.key("i")
        stage.wait_until_gone("About this photo")

    def _viewer(self) -> None:
        stage = self._stage
        stage.hands.double_click(_tiles(stage.nodes())[0])
        stage.wait_for("chelsea.png, photo 1 of")
        stage.shoot("viewer")
        stage.hands.key("Right")
        stage.wait_for(", photo 2 of")
        stage.shoot("next photo")
        stage.hands.key("Escape")
        stage.wait_until_gone(", photo 2 of")
        stage.shoot("back in the grid")

    def _drop(self) -> None:
        stage = self._stage
        other = stage.camera.offer(self._material.cat)
        source = stage.eyes.wait(other, "the other window", lambda seen: len(seen) > 1)
        grid = next(n for n in stage.nodes() if n.name == "Photos" and n.role == "list")
        left, top, width, height = grid.at
        stage.hands.drag(source[1].middle, (left + width // 2, top + height // 3))
        stage.wait_for("Drop to find similar photos")
        stage.shoot("a photo over the window", OTHER_PROGRAM)
        stage.hands.let_go()
        stage.wait_for("Dropped photo")
        stage.wait_for("Similar photos")
        stage.wait("what is similar", lambda seen: not _has(seen, "Looking for similar photos"))
        stage.camera.hide()
        stage.shoot("a dropped photo")
        stage.hands.click(stage.wait_for("Close the panel of dropped photos"))
        stage.wait_until_gone("Similar photos")
        stage.hands.key("ctrl+f", "Escape")

    def _problems(self) -> None:
        stage = self._stage
        stage.hands.click(stage.wait_for("1 problem", "button"))
        stage.wait_for("birthday.jpg")
        stage.shoot("problems", "Problems — VisITA")
        stage.hands.key("Escape")
        stage.wait_until_gone("birthday.jpg")

    def _settings(self) -> None:
        stage = self._stage
        stage.hands.key("ctrl+comma")
        names = ("Appearance", "Indexing", "Search", "Library", "Model", "Shortcuts")
        stage.wait_for("Pages of the settings")
        for name in names:
            stage.hands.click(stage.wait_for(name, "list item"))
            stage.shoot(f"settings {name.lower()}", "Settings — VisITA")
        stage.hands.key("Escape")
        stage.wait_until_gone("Pages of the settings")

    def _menu(self) -> None:
        """Qt tells screen readers of a menu by its events alone: here it is only looked at."""
        stage = self._stage
        stage.hands.click(stage.wait_for("Menu", "button"))
        stage.shoot("menu")
        stage.hands.key("Escape")

    def _kill_indexer(self) -> None:
        stage = self._stage
        self._choose_folder(self._material.cuts)
        stage.wait_for("Looking at photos")
        first = stage.program.indexer()
        stage.program.announced.append("the indexer crashed")
        first.send_signal(signal.SIGKILL)
        stage.wait_for("The indexer crashed and is started again.")
        stage.shoot("the indexer was killed")
        assert stage.program.indexer().pid != first.pid
        count = self._material.demo_count + CUTS
        stage.wait_for(f"{count} photos")
        self._wait_until_idle()
        stage.shoot("and has done its work all the same")
        stage.hands.click(stage.wait_for("Dismiss this message"))

    def _second_start(self) -> None:
        stage = self._stage
        stage.hands.minimise("VisITA")
        second = stage.program.again()
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        stage.wait("the first window", lambda _: stage.hands.active_window() == "VisITA")
        stage.shoot("the first window is raised")

    def _quit(self) -> None:
        family = self._stage.program.family()
        self._stage.hands.key("ctrl+q")
        self._stage.program.wait_for_end(family)
        assert self._stage.hands.windows() == []

    def _choose_folder(self, folder: Path) -> None:
        choose_folder(self._stage, folder)

    def _wait_until_idle(self) -> None:
        self._stage.wait("the end of indexing", lambda seen: not _has(seen, "Pause indexing"))


def choose_folder(stage: Stage, folder: Path) -> None:
    """Add a folder as a user does: Ctrl+O, its name, Enter, and Start on the first page."""
    stage.hands.key("ctrl+o")
    stage.wait_for("Add a folder with photos", "dialog")
    stage.hands.type(str(folder))
    stage.camera.shoot("dialog for a folder")
    stage.hands.key("Return")
    seen = stage.wait("no dialog", lambda seen: not any(n.role == "dialog" for n in seen))
    if _has(seen, "Welcome"):
        stage.hands.click(stage.wait_for("Start", "button"))


def _has(seen: list[Node], words: str) -> bool:
    return any(words in node.name for node in seen)


def _tiles(seen: list[Node]) -> list[Node]:
    """The photos of the grid."""
    grid = next(number for number, node in enumerate(seen) if node.name == "Photos")
    return [node for node in seen[grid + 1 :] if node.role == "list item"]


def _first_photo(seen: list[Node]) -> str:
    tiles = _tiles(seen) if _has(seen, "Photos") else []
    return tiles[0].name if tiles else ""


__all__ = ["Material", "Story", "choose_folder", "find", "make_material"]
