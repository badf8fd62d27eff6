"""Go back to a backup: what is there now is set aside, never deleted."""

from __future__ import annotations

import logging
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.errors import (
    CatalogueBusy,
    CatalogueDamaged,
    CatalogueTooNew,
    LibraryError,
    UsageError,
    no_space_left,
)
from desktop_app.library.backups import TIME_FORMAT, Backup, Backups
from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.schema import Database, check_file
from desktop_app.library.sqlite_errors import disk_full, read_only
from desktop_app.paths import DataPaths

log = logging.getLogger(__name__)

_JOURNALS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    backup: Backup
    set_aside: Path | None
    """Where the catalogue lies that was in use before; None when there was none."""


def restore(paths: DataPaths, name: str | None = None) -> Restored:
    """Put a backup in the place of the catalogue; without a name, the newest that is sound.

    Raises:
        IndexerRunning: an indexer works on this library.
        CatalogueBusy: another process, the window perhaps, has the catalogue open.
        UsageError: there is no backup of that name.
        LibraryError: there is no backup at all.
        CatalogueDamaged: the backup is damaged; nothing was changed.
        DiskFull: there is no space for a second copy; nothing was changed.
    """
    with only_indexer(paths):
        backup = _choose(Backups(paths.catalogue).all(), name, paths.catalogue)
        restoring = paths.catalogue.with_suffix(".restoring")
        try:
            _prepare(backup, restoring)
            aside = _set_aside(paths.catalogue)
            os.replace(restoring, paths.catalogue)
        except OSError as error:
            raise (disk_full if no_space_left(error) else read_only)(restoring) from error
        finally:
            for path in (restoring, *_journals(restoring)):
                path.unlink(missing_ok=True)
    log.info("restored %s; the catalogue before it is %s", backup.name, aside)
    return Restored(backup, aside)


def _choose(backups: list[Backup], name: str | None, catalogue: Path) -> Backup:
    if name is not None:
        for backup in backups:
            if name in (backup.name, backup.path.name, str(backup.path)):
                check_file(backup.path)
                return backup
        raise UsageError(f"There is no backup {name}.", "`visita backup --list` names them.")
    for backup in backups:
        try:
            check_file(backup.path)
        except CatalogueDamaged as error:
            log.warning("passed over: %s", error)
            continue
        return backup
    raise LibraryError(
        "There is no sound backup of the photo library.",
        f"Move {catalogue} away and index your folders again; your photos are not affected.",
    )


def _prepare(backup: Backup, target: Path) -> None:
    """A copy of the backup that is fit to be the catalogue: one flushed file."""
    for path in (target, *_journals(target)):
        path.unlink(missing_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    shutil.copyfile(backup.path, target)
    database = Database(target)
    try:
        # The change counter goes back: what an index noted of it means other photos from now on.
        database.run("DELETE FROM index_state")
        database.check()
        database.fold()
    finally:
        database.close()
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _set_aside(catalogue: Path) -> Path | None:
    """Keep the catalogue under another name; it stays in its place, too, until replaced."""
    if not catalogue.exists():
        return None
    _fold(catalogue)
    stamp = datetime.now().strftime(TIME_FORMAT)
    aside = catalogue.with_name(f"{catalogue.stem}-set-aside-{stamp}{catalogue.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = aside.with_name(f"{catalogue.stem}-set-aside-{stamp}-{number}{catalogue.suffix}")
    # First the journals: beside the restored catalogue, SQLite would play them into it.
    for journal in _journals(catalogue):
        if journal.exists():
            os.replace(journal, aside.with_name(aside.name + _ending(catalogue, journal)))
    try:
        # A second name, not a new one: a crash here leaves a catalogue in place at every moment.
        os.link(catalogue, aside)
    except OSError:  # a file system without hard links
        os.replace(catalogue, aside)
    return aside


def _fold(catalogue: Path) -> None:
    try:
        database = Database(catalogue)
        try:
            database.fold()
        finally:
            database.close()
    except CatalogueBusy as error:
        raise CatalogueBusy(
            "Another VisITA process has the photo library open.", "Close it, then try again."
        ) from error
    except (CatalogueDamaged, CatalogueTooNew) as error:
        log.warning("set aside as it is: %s", error)


def _journals(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in _JOURNALS]


def _ending(catalogue: Path, journal: Path) -> str:
    return journal.name.removeprefix(catalogue.name)
