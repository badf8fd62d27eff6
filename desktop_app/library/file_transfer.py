"""Copies and moves files as planned: nothing is replaced, no original goes before its copy stands.

A file is copied under a temporary name beside its target, flushed, read back and compared, and only
then takes its name, if that is still free. A move within one file system is a change of name;
elsewhere the original is removed after its copy has its name on the disk. The journal knows each
step beforehand, so a kill at any moment leaves a file at its old place, at its new one or at both.
"""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

from desktop_app.errors import LeftAlone, no_space_left
from desktop_app.library.free_name import take_name
from desktop_app.library.index_control import IndexControl
from desktop_app.library.transfer_journal import (
    How,
    JournalItem,
    TransferJournal,
    TransferRecord,
    read_record,
)
from desktop_app.library.transfer_plan import (
    LeftOut,
    TransferPlan,
    TransferProgress,
    TransferSummary,
)
from desktop_app.library.verified_copy import FileMark, Write, copy_verified, sync_folder

log = logging.getLogger(__name__)

PROGRESS_S = 0.1

Events = Iterator[TransferProgress | TransferSummary]


class Stopped(Exception):
    """The user cancelled in the middle of a file."""


class ProgressPace:
    """Progress, not too often; and work on one file that can be paused and stopped."""

    def __init__(self, total_files: int, total_bytes: int, control: IndexControl) -> None:
        self._total_files = total_files
        self._total_bytes = total_bytes
        self._control = control
        self._told_at = float("-inf")
        self.done_files = 0
        self.done_bytes = 0

    def tell(self, current: Path) -> Iterator[TransferProgress]:
        """Progress, if it is time.

        Raises:
            Stopped: the user cancelled.
        """
        self._control.wait_while_paused()
        if self._control.is_stopped:
            raise Stopped
        now = time.monotonic()
        if now - self._told_at >= PROGRESS_S:
            self._told_at = now
            name = current.name.encode("utf-8", "replace").decode()
            yield TransferProgress(
                *(self.done_files, self._total_files, self.done_bytes, self._total_bytes), name
            )

    def follow(
        self, work: Generator[int, None, bytes], file: Path
    ) -> Generator[TransferProgress, None, bytes]:
        """Do work on one file piece by piece, and tell of it; what the work gives.

        Raises:
            Stopped: the user cancelled; the work was told, too.
        """
        with closing(work):
            while True:
                try:
                    self.done_bytes += next(work)
                except StopIteration as end:
                    result: bytes = end.value
                    return result
                yield from self.tell(file)


def left_out(item_path: Path, folder: Path, error: LeftAlone | OSError) -> LeftOut:
    """Why a file was left, as a surface can say it; ``folder`` is where it was to go."""
    if isinstance(error, LeftAlone):
        return LeftOut(item_path, error.why, error.detail)  # type: ignore[arg-type]
    log.info("%r is left: %s", str(item_path), error)
    detail = error.strerror or str(error)
    if no_space_left(error):
        return LeftOut(item_path, "full")
    match error.errno:
        case errno.EEXIST:
            return LeftOut(item_path, "taken")
        case errno.ENOENT | errno.ENOTDIR:
            return LeftOut(item_path, "vanished" if folder.is_dir() else "folder_gone")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return LeftOut(item_path, "denied", detail)
        case errno.EFBIG:
            return LeftOut(item_path, "too_large")
        case _:
            return LeftOut(item_path, "failed", detail)


class FileTransfer:
    """Carries out one plan. Used by one thread, under the lock of all transfers."""

    def __init__(
        self, plan: TransferPlan, journals: Path, control: IndexControl, write: Write = os.write
    ) -> None:
        """Note the plan in a journal of its own; nothing is copied yet.

        Raises:
            CatalogueReadOnly, DiskFull: the journal cannot be written.
        """
        self._plan = plan
        self._control = control
        self._write = write
        self._journal = TransferJournal.begin(journals, plan.kind, plan.folder, plan.steps)

    def run(self) -> Events:
        """Progress, and at the end the summary.

        Raises:
            CatalogueReadOnly, DiskFull: the journal cannot be written any more.
        """
        plan, journal = self._plan, self._journal
        pace = ProgressPace(len(plan.steps), plan.bytes_to_write, self._control)
        left: list[LeftOut] = []
        carried: list[tuple[Path, Path]] = []
        touched: dict[Path, None] = {}
        photos = 0
        stopped = False
        try:
            record = read_record(journal.file)
            if record is None:
                raise LeftAlone("failed", journal.file)
            for item in record.items:
                step = item.step
                try:
                    yield from pace.tell(step.source)
                    how = yield from self._carry(record, item, pace)
                except Stopped:
                    stopped = True
                    break
                except (LeftAlone, OSError) as error:
                    left.append(left_out(step.source, plan.folder, error))
                    journal.settled(item.number)
                    if left[-1].why in ("full", "folder_gone"):
                        left += [
                            LeftOut(later.step.source, left[-1].why)
                            for later in record.items[item.number + 1 :]
                        ]
                        break
                    continue
                finally:
                    pace.done_files += 1
                photos += not step.is_sidecar
                touched[step.target.parent] = None
                if how == "copied" and plan.kind == "move" and not step.keeps_source:
                    left.append(LeftOut(step.source, "original_stays"))
                elif how != "copied":
                    carried.append((step.source, step.target))
                    touched[step.source.parent] = None
            journal.ended()
        finally:
            journal.close()
        log.info("%s: %d photos, %d files left, into a folder", plan.kind, photos, len(left))
        yield TransferSummary(
            *(plan.kind, plan.folder, photos, tuple(left), stopped),
            carried=tuple(carried),
            touched=tuple(touched),
        )

    def _carry(
        self, record: TransferRecord, item: JournalItem, pace: ProgressPace
    ) -> Generator[TransferProgress, None, How]:
        step = item.step
        removes = record.kind == "move" and not step.keeps_source
        if FileMark.of(step.source) != step.mark:
            raise LeftAlone("changed", step.source)
        if removes and _renamed(step.source, step.target):
            self._journal.done(item.number, "renamed")
            return "renamed"
        yield from self._copy(record, item, pace)
        how: How = "copied"
        if removes:
            try:
                if FileMark.of(step.source) == step.mark:
                    step.source.unlink()
                    sync_folder(step.source.parent)
                    how = "moved"
            except OSError as error:  # the copy stands: the file is at two places
                log.info("the original of a moved file stays: %s", error)
        self._journal.done(item.number, how)
        return how

    def _copy(
        self, record: TransferRecord, item: JournalItem, pace: ProgressPace
    ) -> Generator[TransferProgress, None, None]:
        step, part = item.step, record.part(item)
        try:
            copying = copy_verified(step.source, part, step.mark, self._write)
            content_hash = yield from pace.follow(copying, step.source)
            self._journal.ready(item.number, content_hash, FileMark.of(part))
            take_name(part, step.target)
            sync_folder(step.target.parent)
        finally:
            part.unlink(missing_ok=True)


def _renamed(source: Path, target: Path) -> bool:
    """Give a file its new name; False where that is on another file system."""
    try:
        take_name(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return False
    for folder in (target.parent, source.parent):
        sync_folder(folder)
    return True
