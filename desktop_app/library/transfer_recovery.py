"""After a kill: what became of each file that was being copied, moved or moved back."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from desktop_app.errors import LeftAlone
from desktop_app.library.transfer_journal import (
    How,
    JournalItem,
    TransferJournal,
    TransferRecord,
    read_record,
    read_records,
)
from desktop_app.library.transfer_undo import is_half_renamed
from desktop_app.library.verified_copy import FileMark, hash_file

log = logging.getLogger(__name__)


def recover(journals: Path) -> list[TransferRecord]:
    """Bring the journals of killed transfers to their end, under the lock of all transfers.

    Temporary files that only a transfer can have made are deleted, a change of name that was
    killed in between is finished. No original is touched, and no copy that is complete.

    Returns:
        the transfers that were interrupted, as they are now; the newest first.

    Raises:
        CatalogueReadOnly, DiskFull: a journal cannot be written.
    """
    interrupted: list[TransferRecord] = []
    for record in read_records(journals):
        if record.is_ended and not record.is_undoing:
            continue
        journal = TransferJournal(record.file)
        try:
            if not record.is_ended:
                _finish(record, journal)
            if record.is_undoing:
                _finish_undoing(record, journal)
        finally:
            journal.close()
        now = read_record(record.file)
        if now is not None:
            log.warning("a transfer was interrupted: %d files to undo", now.photos_to_undo)
            interrupted.append(now)
    return interrupted


def _finish(record: TransferRecord, journal: TransferJournal) -> None:
    for item in record.items:
        if item.how is None and not item.is_settled:
            try:
                how = _outcome(record, item)
            except (OSError, LeftAlone) as error:  # its drive is gone: what is there stays there
                log.warning("what became of a file is not known: %s", error)
                how = None
            if how is not None:
                journal.done(item.number, how)
    journal.ended()


def _outcome(record: TransferRecord, item: JournalItem) -> How | None:
    source, target, part = item.step.source, item.step.target, record.part(item)
    removes = record.kind == "move" and not item.step.keeps_source
    if not item.is_ready:
        part.unlink(missing_ok=True)
        if not removes:
            return None
        if is_half_renamed(source, target):
            source.unlink()
        if not os.path.lexists(source) and FileMark.of(target).is_like(item.step.mark):
            return "renamed"
        return None
    if os.path.lexists(part):
        is_published = is_half_renamed(part, target)
        part.unlink()
    else:
        is_published = _hash(target) == item.content_hash
    if not is_published:
        return None
    return "moved" if removes and not os.path.lexists(source) else "copied"


def _finish_undoing(record: TransferRecord, journal: TransferJournal) -> None:
    for item in record.items:
        if item.can_be_undone:
            source, target = item.step.source, item.step.target
            try:
                record.part_back(item).unlink(missing_ok=True)
                if item.how == "renamed" and is_half_renamed(source, target):
                    target.unlink()
                if not os.path.lexists(target) and os.path.lexists(source):
                    journal.settled(item.number)
            except OSError as error:
                log.warning("what became of a file is not known: %s", error)
    journal.undoing(False)


def _hash(file: Path) -> bytes:
    work = hash_file(file)
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: bytes = end.value
            return result
