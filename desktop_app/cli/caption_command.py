"""``visita caption`` and ``visita captions``: sentences for a photo, and where some come from."""

from __future__ import annotations

import time
from contextlib import closing

from tqdm import tqdm

from desktop_app.cli import exit_codes, output
from desktop_app.cli.index_command import stopped_by_ctrl_c
from desktop_app.cli.options import Options
from desktop_app.cli.progress import MIN_INTERVAL_S
from desktop_app.composition import open_search_service
from desktop_app.errors import UsageError
from desktop_app.library.caption_collections import CaptionCollections
from desktop_app.library.index_control import IndexControl
from desktop_app.library.search import SearchService
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings


def caption(options: Options, paths: DataPaths) -> int:
    """Print captions for a photo; answers 0, or 130 after Ctrl+C.

    Raises:
        PhotoError: the photo cannot be used.
        ModelError: there is neither a captioner nor a collection, or the model cannot be used.
        AppError: the library cannot be opened.
    """
    if options.photo is None:
        raise UsageError("There is no photo to describe.")
    with closing(_open(options, paths)) as service:
        with stopped_by_ctrl_c(control := IndexControl()) as was_interrupted:
            _embed(service.collections, control, tells=False)
        if was_interrupted:
            return exit_codes.INTERRUPTED
        found = service.captions_of(options.photo, options.count)
        if not service.heads.has_captioner:
            output.print_notice("this model bundle has no captioner: captions of collections only.")
    if options.json:
        output.print_json(
            path=str(found.path),
            captions=[
                {"text": c.text, "score": round(c.score, 4), "source": c.source}
                for c in found.captions
            ],
        )
        return 0
    for one in found.captions:
        output.print_line(f"{one.score:5.2f}  {one.source:10}  {one.text}")
    return 0


def captions(options: Options, paths: DataPaths) -> int:
    """Import, list or remove collections of captions; answers 0, or 130 after Ctrl+C.

    Raises:
        UsageError: a file holds no captions, or a collection is not there.
        AppError: the library or the model cannot be used.
    """
    with closing(_open(options, paths)) as service:
        match options.action:
            case "import":
                return _import(service.collections, options)
            case "remove":
                service.collections.remove(output.plain(options.collection or ""))
            case _:
                _list(service.collections, options)
    return 0


def _open(options: Options, paths: DataPaths) -> SearchService:
    return open_search_service(paths, options.model_dir, Settings.load(paths.settings_file))


def _import(collections: CaptionCollections, options: Options) -> int:
    if options.file is None:
        raise UsageError("There is no file to import.")
    imported = collections.import_file(options.file, options.collection)
    with stopped_by_ctrl_c(control := IndexControl()) as was_interrupted:
        remaining = _embed(collections, control, tells=options.json)
    if options.json:
        output.print_json(
            type="finished",
            collection=imported.name,
            found=imported.found,
            added=imported.added,
            remaining=remaining,
        )
    else:
        output.print_line(
            f"{imported.found} captions in {options.file}, {imported.added} of them new to "
            f'the collection "{imported.name}".'
        )
    if remaining:
        output.print_notice(f"{remaining} captions are embedded when they are needed.")
    return exit_codes.INTERRUPTED if was_interrupted else 0


def _embed(collections: CaptionCollections, control: IndexControl, tells: bool) -> int:
    """Embed what is lacking behind a bar on a terminal, or JSON lines; how many remain."""
    remaining = 0
    told_at = float("-inf")
    with tqdm(
        desc="captions", unit=" captions", disable=None, leave=False, dynamic_ncols=True
    ) as bar:
        for progress in collections.embed(control):
            remaining = progress.total - progress.done
            if not bar.disable:
                bar.total = progress.total
                bar.update(progress.done - bar.n)
            if tells and time.monotonic() - told_at >= MIN_INTERVAL_S:
                told_at = time.monotonic()
                output.print_json(type="progress", done=progress.done, total=progress.total)
    return remaining


def _list(collections: CaptionCollections, options: Options) -> None:
    found = collections.all()
    for one in found:
        if options.json:
            output.print_json(
                collection=one.name,
                count=one.count,
                embedded=one.embedded,
                added_at=one.added_at,
            )
        else:
            waiting = one.count - one.embedded
            note = f"   ({waiting} not embedded yet)" if waiting else ""
            output.print_line(f"{one.count:8}  {one.name}{note}")
    if not found:
        output.print_notice("there are no captions yet; `visita captions import FILE` adds some.")
