"""``visita remove-missing``: forget photos that are gone, after saying how many."""

from __future__ import annotations

import sys
from dataclasses import asdict

from desktop_app.cli import output
from desktop_app.cli.options import Options
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.removal import MissingCount, MissingPhotos
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.paths import DataPaths


def remove_missing(options: Options, paths: DataPaths) -> int:
    """Count the missing photos and, with ``--yes`` or after a yes on the terminal, forget them.

    Raises:
        AppError: the folder is not of the library, or the library cannot be written.
    """
    thumbnails = ThumbnailStore(paths.thumbnails_dir)
    with Catalogue.open(paths.catalogue, thumbnails.discard) as catalogue:
        missing = MissingPhotos(catalogue)
        count = missing.count(options.folder)
        if not count.files:
            _print(count, options.json, "Nothing to forget:")
            return 0
        if not options.yes and not _is_confirmed(count, options.json):
            if options.json:
                _print(count, as_json=True)
            output.print_notice("nothing was forgotten; --yes does it.")
            return 0
        _print(missing.forget(options.folder), options.json, "Forgotten:")
    return 0


def _is_confirmed(count: MissingCount, as_json: bool) -> bool:
    if as_json:
        return False
    _print(count, False, "To be forgotten:")
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    output.print_line("Your own files are not touched. Forget them? [y/N]")
    output.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _print(count: MissingCount, as_json: bool, begin: str = "") -> None:
    if as_json:
        output.print_json(forgotten=count.backup is not None, **asdict(count))
        return
    files = "1 missing file" if count.files == 1 else f"{count.files} missing files"
    photos = "1 photo" if count.photos == 1 else f"{count.photos} photos"
    output.print_line(f"{begin} {files}, {photos}.")
    if count.offline:
        output.print_line(f"{count.offline} missing files are kept: their folder is offline.")
    if count.back:
        output.print_line(f"{count.back} missing files are back; `visita index` finds them.")
    if count.backup is not None:
        output.print_line(f"`visita restore {count.backup}` brings them back.")
