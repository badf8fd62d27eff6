"""``visita backup`` and ``visita restore``: copies of the catalogue, and the way back."""

from __future__ import annotations

from desktop_app.cli import output
from desktop_app.cli.options import Options
from desktop_app.library.backups import Backup, Backups
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.restoring import restore as restore_library
from desktop_app.paths import DataPaths


def backup(options: Options, paths: DataPaths) -> int:
    """Take a backup, or list those that there are.

    Raises:
        AppError: the catalogue cannot be read, or the backup cannot be written.
    """
    backups = Backups(paths.catalogue)
    if options.list:
        found = backups.all()
        for one in found:
            _print(one, options.json)
        if not found:
            output.print_notice("there is no backup yet.")
        return 0
    with Catalogue.open(paths.catalogue) as catalogue:
        _print(backups.take(catalogue, "manual"), options.json)
    return 0


def restore(options: Options, paths: DataPaths) -> int:
    """Go back to a backup; the catalogue that it replaces is kept.

    Raises:
        AppError: there is no such backup, it is damaged, or the library is in use.
    """
    done = restore_library(paths, options.name)
    if options.json:
        output.print_json(
            restored=done.backup.name,
            set_aside=None if done.set_aside is None else str(done.set_aside),
        )
        return 0
    output.print_line(f"Restored {done.backup.name}.")
    if done.set_aside is not None:
        output.print_line(f"What was there before is kept as {done.set_aside}.")
    output.print_line("`visita index` brings it up to date with your folders.")
    return 0


def _print(one: Backup, as_json: bool) -> None:
    if as_json:
        output.print_json(
            name=one.name, kind=one.kind, taken_at=one.taken_at, size_bytes=one.size_bytes
        )
    else:
        output.print_line(f"{one.name:42} {one.size_bytes / 1e6:9.1f} MB")
