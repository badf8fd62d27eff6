"""``visita search``: photos for a text, for many texts, or for a photo."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from desktop_app.cli import exit_codes, output
from desktop_app.cli.options import Options
from desktop_app.composition import open_search_service
from desktop_app.errors import PhotoError, QuerySyntaxError, UsageError
from desktop_app.library.photo_file import named_errors
from desktop_app.library.search import SearchHit, SearchService
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings


def search(options: Options, paths: DataPaths) -> int:
    """Print the best hits of each query.

    Raises:
        QuerySyntaxError: the query makes no sense.
        UsageError: the query is empty, the file with queries cannot be read, or there is no
            such saved search.
        PhotoError: the photo to search by cannot be used.
        ModelError: re-ranking was asked for, and the model has no matcher.
        AppError: the library or the model cannot be used.
    """
    exit_code = 0
    if options.save is not None and options.text is None:
        raise UsageError("Only a search that is typed can be saved.", "Put its text in front.")
    settings = Settings.load(paths.settings_file)
    if options.strictness is not None:
        settings = replace(settings, strictness=options.strictness)
    with closing(open_search_service(paths, options.model_dir, settings)) as service:
        if options.rerank:
            service.heads.matcher()  # asked for by name: say at once if there is none
        if options.photo is not None:
            hits = _search_photo(service, options.photo, options.k)
            _print(str(options.photo), hits, options)
        elif options.queries is not None:
            exit_code = _search_many(service, options.queries, options)
        else:
            text = options.text or ""
            if options.saved is not None:
                text = service.catalogue.searches.find(options.saved).text
            _search_typed(service, text, options)
            if options.save is not None:  # after it has made sense
                service.catalogue.searches.save(options.save, text)
        if service.catalogue.counts().photos == 0:
            output.print_notice("the library has no photos yet; `visita index FOLDER` adds some.")
    return exit_code


def _search_typed(service: SearchService, text: str, options: Options) -> None:
    query = service.parse(output.plain(text))
    if query.asks_for_failures and not query.parts and len(query.filters) == 1:
        # They have no picture and no facts: all there is to say of them is why.
        output.print_failures(service.catalogue.failures(even_no_photos=True), options.json)
        return
    if not query.is_empty and options.sort is not None:
        query = replace(query, sort=options.sort)
    _print(text, service.search(query, options.k, options.rerank), options)


def _search_photo(service: SearchService, photo: Path, k: int) -> list[SearchHit]:
    with named_errors(photo):  # the library's words suit a list in which the path stands too
        return service.search_photo(photo, k)


def _search_many(service: SearchService, source: str, options: Options) -> int:
    """Answer one query after the other; one that makes no sense is pointed out and passed over."""
    exit_code = 0
    for text in _lines(source):
        if not text:
            continue
        if not options.json:
            output.print_line(text)
        try:
            _search_typed(service, text, options)
        except QuerySyntaxError as error:
            output.print_spot(error)
            exit_code = exit_codes.USAGE
        except (UsageError, PhotoError) as error:
            output.print_error(error)
            exit_code = exit_code or exit_codes.KNOWN_ERROR
        output.flush()
    return exit_code


def _print(query: str, hits: Sequence[SearchHit], options: Options) -> None:
    shown = [hit for hit in hits if hit.likely] if options.likely else hits
    output.print_hits(query, shown, options.json)


def _lines(source: str) -> Iterator[str]:
    """Stripped lines of a file or of stdin (``-``), as they come."""
    if source == "-":
        lines = iter(sys.stdin.buffer.readline, b"")
    else:
        try:
            lines = iter(Path(source).read_bytes().splitlines())
        except OSError as error:
            raise UsageError(f"The queries {source} cannot be read: {error.strerror}.") from error
    for line in lines:
        yield line.decode("utf-8-sig", errors="replace").strip()
