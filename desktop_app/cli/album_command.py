"""``visita album``: albums and favourites."""

from __future__ import annotations

from desktop_app.cli import output
from desktop_app.cli.options import Options
from desktop_app.library.albums import Albums
from desktop_app.library.catalogue import Catalogue
from desktop_app.paths import DataPaths


def album(options: Options, paths: DataPaths) -> int:
    """List the albums, or change one; answers 0.

    Raises:
        UsageError: there is no such album or photo, or a name cannot be used.
        AppError: the library cannot be read or written.
    """
    name = output.plain(options.album or "")
    with Catalogue.open(paths.catalogue) as catalogue:
        albums = catalogue.albums
        match options.action:
            case "add":
                _tell(albums.add(name, albums.photo_ids_at(options.photos)), "added", options)
            case "take-out":
                ids = albums.photo_ids_at(options.photos)
                _tell(albums.take_out(name, ids), "taken out", options)
            case "rename":
                albums.rename(name, output.plain(options.new_name or ""))
            case "remove":
                albums.remove(name)
            case _:
                _list(albums, options)
    return 0


def _tell(count: int, done: str, options: Options) -> None:
    if options.json:
        output.print_json(album=options.album, changed=count)
    else:
        output.print_line(f"{count} {'photo' if count == 1 else 'photos'} {done}.")


def _list(albums: Albums, options: Options) -> None:
    for one in albums.all():
        if options.json:
            output.print_json(
                album=one.name,
                count=one.count,
                favourites=one.is_favourites,
                added_at=one.added_at,
            )
        else:
            output.print_line(f"{one.count:8}  {one.name}")
