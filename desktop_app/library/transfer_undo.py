"""Undoes a transfer: moved files go back to their places, copies that are still copies are deleted.

What has changed since is left as it is, and said so. Nothing goes whose content is not elsewhere.
"""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Generator
from pathlib import Path

from desktop_app.errors import LeftAlone
from desktop_app.library.file_transfer import (
    Events,
    ProgressPace,
    Stopped,
    left_out,
)
from desktop_app.library.free_name import take_name
from desktop_app.library.index_control import IndexControl
from desktop_app.library.transfer_journal import JournalItem, TransferJournal, TransferRecord
from desktop_app.library.transfer_plan import LeftOut, TransferProgress, TransferSummary
from desktop_app.library.verified_copy import (
    FileMark,
    Write,
    copy_verified,
    hash_file,
    sync_folder,
)

log = logging.getLogger(__name__)

_FOR_EVER = ("vanished", "changed", "no_file")
"""Reasons that will not pass: such a file is not tried again."""


class TransferUndo:
    """Undoes one transfer. Used by one thread, under the lock of all transfers."""

    def __init__(
        self, record: TransferRecord, control: IndexControl, write: Write = os.write
    ) -> None:
        """Note that undoing begins; raises CatalogueReadOnly or DiskFull where that cannot be."""
        self._record = record
        self._control = control
        self._write = write
        self._items = [item for item in reversed(record.items) if item.can_be_undone]
        self._journal = TransferJournal(record.file)
        self._journal.undoing(True)

    def run(self) -> Events:
        """Progress, and at the end the summary.

        Raises:
            CatalogueReadOnly, DiskFull: the journal cannot be written any more.
        """
        record, journal = self._record, self._journal
        pace = ProgressPace(len(self._items), 0, self._control)
        left: list[LeftOut] = []
        carried: list[tuple[Path, Path]] = []
        touched: dict[Path, None] = {}
        photos = 0
        stopped = False
        try:
            for item in self._items:
                step = item.step
                try:
                    yield from pace.tell(step.target)
                    yield from self._undo(item, pace)
                except Stopped:
                    stopped = True
                    break
                except (LeftAlone, OSError) as error:
                    left.append(left_out(step.target, step.source.parent, error))
                    if left[-1].why in _FOR_EVER:
                        journal.settled(item.number)
                    continue
                finally:
                    pace.done_files += 1
                journal.settled(item.number)
                photos += not step.is_sidecar
                touched[step.target.parent] = None
                if item.how != "copied":
                    carried.append((step.target, step.source))
                    touched[step.source.parent] = None
            journal.undoing(False)
        finally:
            journal.close()
        log.info("undone: %d photos, %d files left", photos, len(left))
        yield TransferSummary(
            *(record.kind, record.folder, photos, tuple(left), stopped),
            is_undo=True,
            carried=tuple(carried),
            touched=tuple(touched),
        )

    def _undo(
        self, item: JournalItem, pace: ProgressPace
    ) -> Generator[TransferProgress, None, None]:
        source, target = item.step.source, item.step.target
        mark = FileMark.of(target)
        if not stat.S_ISREG(target.lstat().st_mode):
            raise LeftAlone("no_file", target)
        if not mark.is_like(item.mark):
            raise LeftAlone("changed", target)
        if item.how == "copied":
            yield from self._delete_copy(item, mark, pace)
            return
        if not source.parent.is_dir():
            raise LeftAlone("folder_gone", target)
        try:
            take_name(target, source)
        except FileExistsError:
            if is_half_renamed(source, target):  # an earlier undo was killed in between
                target.unlink()
            elif (yield from self._is_same(source, item, pace)):  # after its copy had come back
                if (yield from self._is_same(target, item, pace)):
                    self._remove(target, mark)
            else:
                raise
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            yield from self._copy_back(item, mark, pace)
        for folder in (source.parent, target.parent):
            sync_folder(folder)

    def _delete_copy(
        self, item: JournalItem, mark: FileMark, pace: ProgressPace
    ) -> Generator[TransferProgress, None, None]:
        """Only what is byte for byte what was written, while the original is there, goes."""
        source, target = item.step.source, item.step.target
        if not (yield from self._is_same(target, item, pace)):
            raise LeftAlone("changed", target)
        is_there = yield from self._is_same(source, item, pace)
        if not is_there or source.samefile(target):
            raise LeftAlone("original_gone", target)
        self._remove(target, mark)
        sync_folder(target.parent)

    def _copy_back(
        self, item: JournalItem, mark: FileMark, pace: ProgressPace
    ) -> Generator[TransferProgress, None, None]:
        source, target = item.step.source, item.step.target
        part = self._record.part_back(item)
        try:
            copying = copy_verified(target, part, mark, self._write)
            yield from pace.follow(copying, target)
            take_name(part, source)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(source.parent)
        self._remove(target, mark)

    @staticmethod
    def _remove(file: Path, mark: FileMark) -> None:
        if FileMark.of(file) != mark:
            raise LeftAlone("changed", file)
        file.unlink()

    @staticmethod
    def _is_same(
        file: Path, item: JournalItem, pace: ProgressPace
    ) -> Generator[TransferProgress, None, bool]:
        """Whether a file is byte for byte what was copied then."""
        try:
            found = yield from pace.follow(hash_file(file), file)
        except (OSError, LeftAlone):
            return False
        return found == item.content_hash


def is_half_renamed(one: Path, other: Path) -> bool:
    """Whether two paths are two names of one file: a change of name was killed in between."""
    try:
        return one.lstat().st_nlink >= 2 and os.path.samestat(one.lstat(), other.lstat())
    except OSError:
        return False
