"""A folder of photos, one to carry them to, and the journals."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.file_transfer import FileTransfer
from desktop_app.library.index_control import IndexControl
from desktop_app.library.transfer_journal import read_records
from desktop_app.library.transfer_plan import (
    TransferKind,
    TransferPlan,
    TransferProgress,
    TransferSummary,
)
from desktop_app.library.transfer_planner import TransferPlanner
from desktop_app.library.transfer_undo import TransferUndo


class Desk:
    """Photos, a folder to carry them to, and journals."""

    def __init__(self, home: Path, goal: Path, sources: Sequence[Path]) -> None:
        self.home, self.goal = home / "home", goal / "goal"
        self.journals = home / "data" / "transfers"
        for folder in (self.home, self.goal):
            folder.mkdir(parents=True)
        self.photos = [Path(shutil.copy(source, self.home)) for source in sources]
        self.content = {hashed(photo) for photo in self.photos}

    def plan(self, kind: TransferKind, photos: Sequence[Path] | None = None) -> TransferPlan:
        planner = TransferPlanner(self.journals.parent, (), ExclusionRules())
        work = planner.plan(kind, photos if photos is not None else self.photos, self.goal)
        while True:
            try:
                next(work)
            except StopIteration as end:
                return end.value

    def run(self, plan: TransferPlan, write=os.write) -> TransferSummary:
        return last(FileTransfer(plan, self.journals, IndexControl(), write).run())

    def undo(self) -> TransferSummary:
        return last(TransferUndo(read_records(self.journals)[0], IndexControl()).run())

    def names(self, folder: Path) -> set[str]:
        return {path.name for path in folder.iterdir()}


def last(events) -> TransferSummary:
    *progress, summary = events
    assert all(isinstance(event, TransferProgress) for event in progress)
    assert isinstance(summary, TransferSummary)
    return summary


def hashed(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def whys(summary: TransferSummary | TransferPlan) -> dict[str, str]:
    left = summary.left if isinstance(summary, TransferSummary) else summary.left_out
    return {item.source.name: item.why for item in left}
