"""What was to be copied or moved, and how far that came: written before and after each file.

One file of JSON lines for each transfer, in the data folder and not in the catalogue: a backup of
the catalogue that is restored must not forget where the user's files are.
"""

from __future__ import annotations

import json
import logging
import os
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from desktop_app.errors import AppError, CatalogueReadOnly, DiskFull, no_space_left
from desktop_app.library.folder_list import now_text
from desktop_app.library.transfer_plan import Step, TransferKind
from desktop_app.library.verified_copy import FileMark, sync_folder

log = logging.getLogger(__name__)

KEPT = 20
"""So many transfers can be undone; the journals of older ones are deleted."""

How = Literal["renamed", "copied", "moved"]
"""How a file was carried. ``moved``: copied, then its original was removed."""


@dataclass(frozen=True)
class JournalItem:
    """One file of a transfer, as its journal knows it."""

    number: int
    step: Step
    is_ready: bool = False
    """Its copy was complete and compared, under a temporary name."""
    content_hash: bytes = b""
    """Of the copy; empty for a file that was only renamed."""
    copied: FileMark | None = None
    """The copy when it was made."""
    how: How | None = None
    """None: it was not carried, or nobody noted it any more."""
    is_settled: bool = False
    """It was left, brought back, or cannot be brought back for ever."""

    @property
    def mark(self) -> FileMark:
        """What the file at the target should be."""
        return self.step.mark if self.copied is None else self.copied

    @property
    def can_be_undone(self) -> bool:
        """Whether undoing would try it."""
        return self.how is not None and not self.is_settled


@dataclass(frozen=True)
class TransferRecord:
    """One transfer, read from its journal."""

    file: Path
    kind: TransferKind
    folder: Path
    begun_at: str
    """UTC, ISO 8601."""
    items: tuple[JournalItem, ...]
    is_ended: bool
    """False: it was killed."""
    is_undoing: bool
    """It is being undone, or that was killed."""

    @property
    def photos_to_undo(self) -> int:
        """How many photos undoing would try."""
        return sum(i.can_be_undone and not i.step.is_sidecar for i in self.items)

    @property
    def can_be_undone(self) -> bool:
        """Whether anything is left to undo."""
        return any(item.can_be_undone for item in self.items)

    def part(self, item: JournalItem) -> Path:
        """The temporary name of a copy, beside its target: nobody else uses it."""
        return item.step.target.with_name(f".visita-{self.file.stem}-{item.number}.part")

    def part_back(self, item: JournalItem) -> Path:
        """The temporary name of a copy on its way back, beside the original's place."""
        return item.step.source.with_name(f".visita-{self.file.stem}-{item.number}.part")


class TransferJournal:
    """An open journal. Used by one thread, under the lock of all transfers."""

    def __init__(self, file: Path) -> None:
        """Go on with a journal that there is.

        Raises:
            CatalogueReadOnly: it cannot be written.
        """
        self.file = file
        try:
            self._handle = os.open(file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        except OSError as error:
            raise _refused(file, error) from error
        # A line that was cut off by a kill ends here, and what follows can be read.
        self._append(b"\n")

    @classmethod
    def begin(
        cls, folder: Path, kind: TransferKind, target: Path, steps: Sequence[Step]
    ) -> TransferJournal:
        """A journal that holds the whole plan, on the disk, before anything is done.

        Raises:
            CatalogueReadOnly: it cannot be written.
            DiskFull: there is no space for it.
        """
        # Names in the order of time, several within a second.
        file = folder / f"{time.time_ns():020}-{uuid.uuid4().hex[:8]}.jsonl"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _delete_old(folder)
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as error:
            raise _refused(file, error) from error
        journal = cls(file)
        try:
            journal._write(
                {
                    "begun_at": now_text(),
                    "kind": kind,
                    "folder": str(target),
                    "steps": [_step_values(step) for step in steps],
                }
            )
            journal.sync()
            sync_folder(folder)
        except AppError:
            journal.close()
            file.unlink(missing_ok=True)
            raise
        return journal

    def ready(self, number: int, content_hash: bytes, mark: FileMark) -> None:
        """A copy is complete under its temporary name; on the disk when this returns."""
        values = [mark.device, mark.inode, mark.size_bytes, mark.mtime_ns]
        self._write({"n": number, "is": "ready", "hash": content_hash.hex(), "mark": values})
        self.sync()

    def done(self, number: int, how: How) -> None:
        """A file was carried."""
        self._write({"n": number, "is": "done", "how": how})

    def settled(self, number: int) -> None:
        """A file was left, brought back, or cannot be brought back any more."""
        self._write({"n": number, "is": "settled"})

    def ended(self) -> None:
        """Everything was tried."""
        self._write({"is": "ended"})
        self.sync()

    def undoing(self, is_begun: bool) -> None:
        """Undoing begins, or has ended; on the disk when this returns."""
        self._write({"is": "undoing" if is_begun else "undone"})
        self.sync()

    def sync(self) -> None:
        """Have what was written outlive a power cut."""
        try:
            os.fsync(self._handle)
        except OSError as error:
            raise _refused(self.file, error) from error

    def close(self) -> None:
        """Close the file; once."""
        os.close(self._handle)

    def _write(self, values: dict[str, Any]) -> None:
        # ASCII alone: what is not UTF-8 in a name goes through JSON as an escaped surrogate.
        self._append(json.dumps(values, ensure_ascii=True).encode("ascii") + b"\n")

    def _append(self, line: bytes) -> None:
        try:
            while line:
                line = line[os.write(self._handle, line) :]
        except OSError as error:
            raise _refused(self.file, error) from error


def read_record(file: Path) -> TransferRecord | None:
    """A transfer as its journal tells it; None where that never began."""
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as error:
        log.warning("a journal of moved files cannot be read: %s", error)
        return None
    # What follows the last line break was being written when the program was killed.
    notes = [note for line in lines[:-1] if (note := _parse(line)) is not None]
    if not notes or "steps" not in notes[0]:
        return None
    head = notes[0]
    items = [JournalItem(n, _step_of(values)) for n, values in enumerate(head["steps"])]
    is_ended = is_undoing = False
    for note in notes[1:]:
        kind = note.get("is")
        if "n" in note:
            items[note["n"]] = _noted(items[note["n"]], note)
        elif kind == "ended":
            is_ended = True
        else:
            is_undoing = kind == "undoing"
    folder = Path(head["folder"])
    return TransferRecord(
        file, head["kind"], folder, head["begun_at"], tuple(items), is_ended, is_undoing
    )


def read_records(folder: Path) -> list[TransferRecord]:
    """All transfers that there are journals of, the newest first."""
    files = sorted(folder.glob("*.jsonl"), key=lambda file: file.name, reverse=True)
    return [record for file in files if (record := read_record(file)) is not None]


def _noted(item: JournalItem, note: dict[str, Any]) -> JournalItem:
    match note["is"]:
        case "ready":
            return replace(
                item,
                is_ready=True,
                content_hash=bytes.fromhex(note["hash"]),
                copied=FileMark(*note["mark"]),
            )
        case "done":
            return replace(item, how=note["how"])
        case _:
            return replace(item, is_settled=True)


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except ValueError:  # half a line, and then a restart
        return None
    return value if isinstance(value, dict) else None


def _step_values(step: Step) -> list[Any]:
    mark = step.mark
    return [
        *(str(step.source), str(step.target)),
        *(mark.device, mark.inode, mark.size_bytes, mark.mtime_ns),
        *(step.is_sidecar, step.keeps_source),
    ]


def _step_of(values: Sequence[Any]) -> Step:
    return Step(Path(values[0]), Path(values[1]), FileMark(*values[2:6]), values[6], values[7])


def _delete_old(folder: Path) -> None:
    files = sorted(folder.glob("*.jsonl"), key=lambda file: file.name, reverse=True)
    for file in files[KEPT - 1 :]:
        record = read_record(file)
        # One that was killed is recovered before anything else begins: then it has ended.
        if record is None or record.is_ended:
            file.unlink()


def _refused(file: Path, error: OSError) -> AppError:
    if no_space_left(error):
        return DiskFull(f"No space is left for the journal in {file.parent}.")
    return CatalogueReadOnly(
        f"The journal of copied and moved files cannot be written: {error.strerror}."
    )
