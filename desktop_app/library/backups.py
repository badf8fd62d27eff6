"""Copies of the catalogue: daily, before a migration or a removal, and when the user asks."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol, get_args

from desktop_app.errors import CatalogueDamaged, DiskFull, no_space_left
from desktop_app.library.left_overs import remove_left_overs, remove_quietly, temporary_name
from desktop_app.library.schema import check_file
from desktop_app.library.sqlite_errors import damaged, disk_full, read_only

log = logging.getLogger(__name__)

BackupKind = Literal["daily", "migration", "manual", "removal"]
KEPT: dict[BackupKind, int] = {"daily": 7, "migration": 3, "manual": 3, "removal": 3}
"""How many of each kind there are at most."""
TIME_FORMAT = "%Y-%m-%dT%H-%M-%S"
"""Local time, without the colons that Windows refuses in a name."""
_NAME = re.compile(
    rf"catalogue-(\d{{4}}-\d\d-\d\dT\d\d-\d\d-\d\d)-({'|'.join(get_args(BackupKind))})\.sqlite"
)


class Copyable(Protocol):
    """What can be backed up: the catalogue, or its database while that is being opened."""

    def copy_to(self, target: Path) -> None:
        """Copy everything, as it is at this moment, into a new private file."""


@dataclass(frozen=True)
class Backup:
    """One copy of the catalogue."""

    path: Path
    taken_at: str
    """Local time, as the name has it."""
    kind: BackupKind
    size_bytes: int

    @property
    def name(self) -> str:
        """What ``visita restore`` calls it."""
        return self.path.stem


class Backups:
    """The folder of backups beside a catalogue. Any number of processes may use it."""

    def __init__(self, catalogue: Path, now: Callable[[], datetime] = datetime.now) -> None:
        """The backups of the catalogue at this path; ``now`` tells the local time."""
        self._catalogue = catalogue
        self._folder = catalogue.parent / "backups"
        self._now = now

    def all(self) -> list[Backup]:
        """Every backup, the newest first."""
        found: list[Backup] = []
        for kind in get_args(BackupKind):
            for path in self._folder.glob(f"catalogue-*-{kind}.sqlite"):
                name = _NAME.fullmatch(path.name)
                if name is not None:
                    found.append(Backup(path, name[1], kind, path.stat().st_size))
        return sorted(found, key=lambda backup: (backup.taken_at, backup.name), reverse=True)

    def take(self, source: Copyable, kind: BackupKind) -> Backup:
        """Copy the catalogue, check the copy, then delete what is too old.

        Raises:
            CatalogueDamaged: the catalogue is damaged; the older backups stay.
            DiskFull: there is no space; nothing is left of the attempt.
            CatalogueReadOnly: the folder cannot be written.
        """
        taken_at = self._now().strftime(TIME_FORMAT)
        target = self._folder / f"catalogue-{taken_at}-{kind}.sqlite"
        temporary = temporary_name(target)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            remove_left_overs(self._folder)
            temporary.unlink(missing_ok=True)
            source.copy_to(temporary)
            check_file(temporary)
            os.replace(temporary, target)
        except CatalogueDamaged as error:
            raise damaged(self._catalogue) from error  # the copy shows what the original is like
        except OSError as error:
            raise (disk_full if no_space_left(error) else read_only)(target) from error
        finally:
            remove_quietly(temporary)
        backup = Backup(target, taken_at, kind, target.stat().st_size)
        self._thin_out(backup)
        log.info("backup taken: %s", backup.name)
        return backup

    def take_daily(self, source: Copyable) -> Backup | None:
        """Back up unless that was done today. A full disk is logged: it stops no indexing.

        Raises:
            CatalogueDamaged: the catalogue is damaged.
            CatalogueReadOnly: the folder cannot be written.
        """
        today = self._now().strftime(TIME_FORMAT)[:10]
        if any(b.kind == "daily" and b.taken_at.startswith(today) for b in self.all()):
            return None
        try:
            return self.take(source, "daily")
        except DiskFull as error:
            log.warning("no backup today: %s", error)
            return None

    def take_before_migration(self, source: Copyable) -> Backup:
        """Back up what a migration is about to change; errors as ``take``."""
        return self.take(source, "migration")

    def _thin_out(self, newest: Backup) -> None:
        # The one just taken stays in any case: a clock that was set back makes it look old.
        others = [b for b in self.all() if b.kind == newest.kind and b.path != newest.path]
        for backup in others[KEPT[newest.kind] - 1 :]:
            backup.path.unlink(missing_ok=True)
