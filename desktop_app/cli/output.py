"""What the terminal gets to see: JSON lines for programs, tables for people, errors for both."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from desktop_app.errors import AppError, QuerySyntaxError
from desktop_app.library.file_kind import NO_PHOTO
from desktop_app.library.records import Failure
from desktop_app.library.search import SearchHit


def print_json(**fields: Any) -> None:
    """Print one object on a line.

    ASCII only: file names that are not valid Unicode survive as lone surrogates, and a program
    that reads the line needs to guess no encoding. Flushed, so that a pipe sees it at once.
    """
    print(json.dumps(fields, ensure_ascii=True), flush=True)


def print_line(text: str = "") -> None:
    """Print a line for people."""
    print(text)


def print_notice(text: str) -> None:
    """Say something that is no result."""
    if sys.stderr is not None:
        print(f"visita: {text}", file=sys.stderr)


def print_error(error: AppError) -> None:
    """Print a known error: the sentence, and what to do about it."""
    if sys.stderr is None:  # a windowed program on Windows has none
        return
    print(f"visita: {error.message}", file=sys.stderr)
    if error.hint:
        print(f"hint: {error.hint}", file=sys.stderr)


def print_spot(error: QuerySyntaxError) -> None:
    """Print what is wrong with a query, with carets under the spot."""
    if sys.stderr is None:
        return
    shown = "".join(c if c.isprintable() else " " for c in error.text)
    print(f"visita: {error.message}", file=sys.stderr)
    print(f"  {shown}", file=sys.stderr)
    print(f"  {' ' * error.start}{'^' * (error.end - error.start)}", file=sys.stderr)
    if error.hint:
        print(f"hint: {error.hint}", file=sys.stderr)


def print_bug(log_file: Path) -> None:
    """Admit a bug; the traceback is in the log already, and on stderr with -v."""
    cause = traceback.format_exception_only(*sys.exc_info()[:2])[-1].strip()
    print_notice(f"something went wrong that should not ({cause}).")
    if sys.stderr is not None:
        print(f"hint: The log {log_file} says more; please report it.", file=sys.stderr)


def print_hits(query: str, hits: Iterable[SearchHit], as_json: bool) -> None:
    """Print the hits of one query, best first, and where they stop being likely."""
    was_likely = True
    for hit in hits:
        if as_json:
            print_json(
                query=query,
                rank=hit.rank,
                score=None if hit.score is None else round(hit.score, 4),
                match=None if hit.match is None else round(hit.match, 4),
                photo_id=hit.photo.photo_id,
                path=str(hit.photo.path),
                other_paths=[str(path) for path in hit.photo.other_paths],
                offline=hit.photo.offline,
                trouble=hit.photo.trouble,
                likely=hit.likely,
                likely_from=None if hit.likely_from is None else round(hit.likely_from, 4),
            )
            continue
        if was_likely and not hit.likely:
            print_line(f"{'':10}  -- less likely --")
        was_likely = hit.likely
        score = "     " if hit.score is None else f"{hit.score:5.2f}"
        mark = "   (its drive is not connected)" if hit.photo.offline else ""
        if hit.photo.trouble and not mark:
            mark = f"   (not read the last time: {hit.photo.trouble})"
        match = "" if hit.match is None else f"{hit.match:6.0%}"
        print_line(f"{hit.rank:4d} {score}{match}  {hit.photo.path}{mark}")
        for path in hit.photo.other_paths:
            print_line(f"{'':10}  also {path}")


def print_failures(
    failures: Sequence[Failure], as_json: bool, *, even_no_photos: bool = False
) -> None:
    """Print files that cannot be used, each with its reason; those of other kinds are counted."""
    shown = [f for f in failures if even_no_photos or not f.reason.startswith(NO_PHOTO)]
    for failure in shown:
        if as_json:
            print_json(path=str(failure.path), reason=failure.reason)
        else:
            print_line(f"{failure.path}\n    {failure.reason}")
    if not shown:
        print_notice("every photo could be used.")
    if not as_json and (count := len(failures) - len(shown)):
        files = "file is no photo" if count == 1 else "files are no photos"
        print_notice(f"{count} other {files}; `visita failures --all` lists all.")


def plain(text: str) -> str:
    """A text of the command line that a tokenizer takes.

    Its bytes that are no UTF-8 arrive as lone surrogates, which no tokenizer does.
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def survive_any_character() -> None:
    """Make stdout and stderr print what their encoding lacks as escapes, not as a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def flush() -> None:
    """Write out what is buffered, while a broken pipe can still be told from a bug."""
    if sys.stdout is not None:
        sys.stdout.flush()


def abandon() -> None:
    """Give up stdout, so that the interpreter does not stumble over it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
