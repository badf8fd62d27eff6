"""``visita exclude``: the user's patterns of what is left out."""

from __future__ import annotations

import os
from dataclasses import replace

from desktop_app.cli import output
from desktop_app.cli.options import Options
from desktop_app.errors import UsageError
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.exclusion import (
    DEFAULT_FILES,
    DEFAULT_FOLDERS,
    ExclusionRules,
    require_pattern,
)
from desktop_app.library.records import Scope
from desktop_app.library.watch_report import WatchReport
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings


def exclude(options: Options, paths: DataPaths) -> int:
    """List the patterns, or add or remove some; answers 0.

    Raises:
        UsageError: a pattern means nothing, or is to be removed and is not there.
        AppError: the settings cannot be written, or the library cannot be read.
    """
    settings = Settings.load(paths.settings_file)
    if options.action in (None, "list"):
        _print(settings.exclude, options.json)
        return 0
    if not options.patterns:
        raise UsageError("No pattern was given.", "`visita exclude add '*.gif'` adds one.")
    if options.action == "add":
        for pattern in options.patterns:
            require_pattern(pattern)
        patterns = tuple(dict.fromkeys((*settings.exclude, *options.patterns)))
    else:
        for pattern in options.patterns:
            if pattern not in settings.exclude:
                raise UsageError(
                    f"There is no pattern {pattern} of yours.", "`visita exclude` lists them."
                )
        patterns = tuple(p for p in settings.exclude if p not in options.patterns)
    replace(settings, exclude=patterns).save(paths.settings_file)
    _print(patterns, options.json)
    is_watched = WatchReport(paths.watch_file).read() is not None
    run = "next run, which the VisITA that watches begins," if is_watched else "next `visita index`"
    left_out = _count_left_out(patterns, paths)
    if left_out:
        output.print_notice(f"{left_out} known files will be forgotten by the {run.rstrip(',')}.")
    if options.action == "remove":
        output.print_notice(f"the {run} finds what was left out, and computes it again.")
    return 0


def _print(patterns: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        output.print_json(patterns=patterns, defaults=[*DEFAULT_FOLDERS, *DEFAULT_FILES])
        return
    for pattern in patterns:
        output.print_line(pattern)
    if not patterns:
        output.print_notice("there is no pattern of yours; the defaults hold (--json lists them).")


def _count_left_out(patterns: tuple[str, ...], paths: DataPaths) -> int:
    """How many files of the catalogue the patterns leave out; files of rules are not asked."""
    rules = ExclusionRules(patterns)
    with Catalogue.open(paths.catalogue) as catalogue:
        return sum(
            rules.leaves_out_below(os.fsdecode(name).replace(os.sep, "/"), folder.path.name)
            for folder in catalogue.folders()
            for name in catalogue.ledger.known_files(Scope(folder.folder_id))
        )
