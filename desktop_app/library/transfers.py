"""Copy and move photos, with a plan before and a way back after: all of it for one library."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from desktop_app.errors import CatalogueReadOnly, IndexerRunning, TransferRunning, UsageError
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.file_transfer import Events, FileTransfer
from desktop_app.library.index_control import IndexControl
from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.transfer_journal import TransferRecord, read_record, read_records
from desktop_app.library.transfer_plan import (
    TransferKind,
    TransferPlan,
    TransferProgress,
    TransferSummary,
)
from desktop_app.library.transfer_planner import TransferPlanner
from desktop_app.library.transfer_recovery import recover
from desktop_app.library.transfer_undo import TransferUndo
from desktop_app.paths import DataPaths

log = logging.getLogger(__name__)

Tell = Callable[[TransferProgress], object]


class Transfers:
    """Lives on the thread of its catalogue. One transfer of a library at a time."""

    def __init__(self, catalogue: Catalogue, paths: DataPaths, rules: ExclusionRules) -> None:
        self._catalogue = catalogue
        self._paths = paths
        self._rules = rules

    def plan(
        self, kind: TransferKind, photos: Sequence[Path], folder: Path, control: IndexControl
    ) -> TransferPlan | None:
        """What copying or moving would do; None when it was stopped meanwhile.

        Raises:
            FolderUnavailable, UsageError, DiskFull: the folder cannot take them.
        """
        roots = [root.path for root in self._catalogue.folders()]
        work = TransferPlanner(self._paths.root, roots, self._rules).plan(kind, photos, folder)
        while not control.is_stopped:
            try:
                next(work)
            except StopIteration as end:
                plan: TransferPlan = end.value
                return plan
        work.close()
        return None

    def run(self, plan: TransferPlan, control: IndexControl, tell: Tell) -> TransferSummary:
        """Carry out a plan; the catalogue follows what was moved.

        Raises:
            TransferRunning: another transfer of this library goes on.
            CatalogueReadOnly, DiskFull: its journal cannot be written.
        """
        with self._alone():
            recover(self._paths.transfers_dir)
            transfer = FileTransfer(plan, self._paths.transfers_dir, control)
            # Where the rules leave files out, a followed photo would be forgotten by the next scan.
            return self._finish(transfer.run(), tell, follows=plan.is_in_library)

    def latest(self) -> TransferRecord | None:
        """The transfer that ``undo`` would undo."""
        records = read_records(self._paths.transfers_dir)
        return next((record for record in records if record.can_be_undone), None)

    def undo(self, record: TransferRecord, control: IndexControl, tell: Tell) -> TransferSummary:
        """Undo a transfer as far as nothing was changed since; the catalogue follows.

        Raises:
            UsageError: nothing of it is left to undo.
            TransferRunning: another transfer of this library goes on.
            CatalogueReadOnly, DiskFull: its journal cannot be written.
        """
        with self._alone():
            recover(self._paths.transfers_dir)
            now = read_record(record.file)
            if now is None or not now.can_be_undone:
                raise UsageError("There is nothing left to undo.")
            return self._finish(TransferUndo(now, control).run(), tell)

    def recover(self) -> list[TransferRecord]:
        """Look after transfers that were killed; those, the newest first.

        Where a transfer goes on, in another process say, there is nothing to look after.
        """
        if not self._paths.transfers_dir.is_dir():
            return []
        try:
            with self._alone():
                return recover(self._paths.transfers_dir)
        except TransferRunning:
            return []

    def _finish(self, events: Events, tell: Tell, follows: bool = True) -> TransferSummary:
        summary: TransferSummary | None = None
        for event in events:
            if isinstance(event, TransferSummary):
                summary = event
            else:
                tell(event)
        if summary is None:
            raise ValueError("a transfer ended without a summary")
        if summary.carried and follows:
            self._follow(summary)
        return summary

    def _follow(self, summary: TransferSummary) -> None:
        try:
            with only_indexer(self._paths):
                noted = self._catalogue.moves.follow(summary.carried, self._catalogue.folders())
            log.info("the catalogue follows %d moved files", noted)
        except IndexerRunning:
            log.info("an index run finds the moved files by their content")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        folder = self._paths.transfers_dir
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FileLock(folder / "lock")
            lock.acquire(timeout=0)
        except Timeout as error:
            raise TransferRunning(
                "Files of this library are being copied or moved already.",
                "Wait until that has finished, or cancel it.",
            ) from error
        except OSError as error:
            raise CatalogueReadOnly(
                f"The photo library in {self._paths.root} cannot be written: {error.strerror}."
            ) from error
        try:
            yield
        finally:
            lock.release()
