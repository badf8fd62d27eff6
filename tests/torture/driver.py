"""One round after another: disturb, damage, kill, look."""

from __future__ import annotations

import logging
import multiprocessing
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing import forkserver, resource_tracker
from pathlib import Path

from PIL import Image

from desktop_app.library.catalogue import Catalogue
from desktop_app.library.ledger import DECODER_CRASHED
from desktop_app.paths import DataPaths
from tests.torture import children
from tests.torture.faults import SmallDisk, damage
from tests.torture.photos import PhotoFolder
from tests.torture.verdict import Verdict

_KILLED = -9
_LONGEST_DELAY_S = 0.22
_PATIENCE_S = 120


@dataclass
class Tally:
    """What happened, and what came of it."""

    rounds: int = 0
    indexer_kills: int = 0
    owner_kills: int = 0
    damaged: int = 0
    full_disks: int = 0
    read_only: int = 0
    clock_set_back: int = 0
    rebuilds: int = 0
    given_up: int = 0
    verdict: Verdict = field(default_factory=Verdict)
    problems: list[str] = field(default_factory=list)


class Torture:
    """A library, a folder of photos, and everything that can happen to them."""

    def __init__(self, place: Path, sources: Sequence[Path], seed: int) -> None:
        """Prepare.

        Args:
            place: an empty folder.
            sources: photographs to cut others from.
            seed: of everything that is left to chance here.
        """
        self._chance = random.Random(seed)
        self._disk = SmallDisk(place / "disk")
        self._paths = DataPaths(self._disk.place / "library")
        images = [Image.open(source).convert("RGB") for source in sources]
        self._photos = PhotoFolder(place / "photos", images, self._chance)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([children.__name__])
        self._blamed: set[str] = set()
        self._damaged: set[str] = set()
        self.tally = Tally()

    def close(self) -> None:
        self._disk.close()
        # Nobody else's business, and nobody else ends them: the process that the children are
        # forked from, and the one that looks after what they share.
        forkserver._forkserver._stop()  # type: ignore[attr-defined]
        resource_tracker._resource_tracker._stop()  # type: ignore[attr-defined]

    def run(self, rounds: int) -> Iterator[Tally]:
        """The tally after each round."""
        with _rebuilds_counted(self.tally):
            for number in range(1, rounds + 1):
                self._round(number)
                self.tally.rounds = number
                yield self.tally

    def _round(self, number: int) -> None:
        self._photos.disturb()
        if number % 5 == 0 and self._damage_index():
            self._look(is_settled=False)
        fault = "" if self._disk.refused else {3: "full", 7: "read only"}.get(number % 10, "")
        with ExitStack() as stack:
            if fault == "full":
                stack.enter_context(self._disk.full())
                self.tally.full_disks += 1
            elif fault == "read only" and number > 10:
                stack.enter_context(self._disk.read_only())
                self.tally.read_only += 1
            self._kill_them(number, may_refuse=bool(fault))
        self._look(is_settled=False)
        if number % 4 == 0:
            self._settle(number)

    def _kill_them(self, number: int, may_refuse: bool) -> None:
        clock_days = 0
        if number % 3 == 0:
            clock_days = self._chance.choice((-3000, -1, 1, 3000))
            self.tally.clock_set_back += clock_days < 0
        indexer = self._start(children.index, self._paths.root, self._photos.root, clock_days)
        owner = self._start(children.own_index, self._paths.root, 5.0)
        deaths = sorted(
            (self._chance.random() * _LONGEST_DELAY_S, process) for process in (indexer, owner)
        )
        began = time.monotonic()
        for delay, process in deaths:
            process.join(max(0.0, began + delay - time.monotonic()))
            process.kill()
            process.join(_PATIENCE_S)
        self.tally.indexer_kills += indexer.exitcode == _KILLED
        self.tally.owner_kills += owner.exitcode == _KILLED
        allowed = (_KILLED, 0, children.KNOWN_ERROR) if may_refuse else (_KILLED, 0)
        for name, process in (("indexer", indexer), ("owner", owner)):
            if process.exitcode not in allowed:
                self._complain(number, f"the {name} ended with {process.exitcode}")

    def _settle(self, number: int) -> None:
        """Let a run finish: then the library is what the folder is."""
        self._photos.touch(self._given_up())
        for _ in range(2):  # a file that a kill made suspect may have been left out once
            run = self._start(children.index, self._paths.root, self._photos.root, 0)
            run.join(_PATIENCE_S)
            if run.exitcode != 0:
                self._complain(number, f"a run in peace ended with {run.exitcode}")
            self._photos.touch(self._given_up())
        self._blamed.clear()
        self._look(is_settled=True)

    def _look(self, is_settled: bool) -> None:
        if not self._paths.catalogue.exists():
            return  # killed before there was one
        self._given_up()
        self.tally.verdict.look(
            self._paths, self._photos, self._blamed, self._chance, self._damaged, is_settled
        )

    def _given_up(self) -> list[Path]:
        """Files that were being read at three kills, and are taken for the cause of them."""
        with closing(Catalogue.open(self._paths.catalogue)) as catalogue:
            failures = catalogue.failures()
        found = [f.path for f in failures if f.reason == DECODER_CRASHED]
        contents = {self._photos.contents[p] for p in found if p in self._photos.contents}
        self.tally.given_up += len(contents - self._blamed)
        self._blamed |= contents
        return [path for path in found if path.exists()]

    def _damage_index(self) -> bool:
        with closing(Catalogue.open(self._paths.catalogue)) as catalogue:
            [state] = catalogue.embeddings.index_states() or [None]
        path = self._paths.index_dir / state.file if state is not None else None
        if path is None or not path.exists():
            return False
        damage(path, self._chance)
        self._damaged.add(path.name)
        self.tally.damaged += 1
        return True

    def _start(self, target: object, *arguments: object) -> multiprocessing.Process:
        process = self._context.Process(target=target, args=arguments)  # type: ignore[arg-type]
        process.start()
        return process  # type: ignore[return-value]

    def _complain(self, number: int, words: str) -> None:
        self.tally.problems.append(f"round {number}: {words}")

    @property
    def made_renamed_deleted(self) -> tuple[int, int, int]:
        return (self._photos.made, self._photos.renamed, self._photos.deleted)

    @property
    def refused(self) -> str:
        """Why the disk could not be filled; empty when it could."""
        return self._disk.refused


@contextmanager
def _rebuilds_counted(tally: Tally) -> Iterator[None]:
    class Counter(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            tally.rebuilds += "rebuilt" in record.getMessage()

    counter, logger = Counter(), logging.getLogger("desktop_app.library")
    logger.addHandler(counter)
    try:
        yield
    finally:
        logger.removeHandler(counter)
