"""The command line: what may be asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

from desktop_app import __version__
from desktop_app.cli.model_parser import add_model
from desktop_app.cli.options import DEFAULT_CAPTIONS, DEFAULT_K, Options
from desktop_app.library.exclusion import IGNORE_FILE
from desktop_app.library.near_photos import NEAR_EQUAL
from desktop_app.library.query import Sort
from desktop_app.library.query_help import AND_ALSO, QUERY_HELP
from desktop_app.paths import default_data_dir

MOST_HITS = 1_000_000_000
_GRAMMAR = "\n".join(
    [
        "what TEXT may hold beside words:",
        *(f"  {line.example:<24} {line.meaning}" for line in QUERY_HELP),
        AND_ALSO,
    ]
)


Number = TypeVar("Number", int, float)

if TYPE_CHECKING:  # argparse makes a generic class of it for type checkers alone
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def parse(arguments: Sequence[str]) -> Options:
    """Parse a command line.

    Raises:
        SystemExit: 2 when it makes no sense (said on stderr), 0 after ``--help``.
    """
    parser = _build()
    parsed = vars(parser.parse_args(arguments))
    for words in ("quick", "open"):
        if parsed[words] and parsed["command"] is not None:
            parser.error(f"--{words} opens a window and goes with no command")
    parsed["open"] = tuple(Path(path).absolute() for path in parsed["open"])
    parsed["folders"] = tuple(parsed.get("folders", ()))
    parsed["patterns"] = tuple(parsed.get("patterns", ()))
    parsed["photos"] = tuple(parsed.get("photos", ()))
    parsed.setdefault("data_dir", default_data_dir())
    parsed.setdefault("model_dir", None)
    parsed.setdefault("json", False)
    parsed.setdefault("verbose", False)
    return Options(**parsed)


def _build() -> argparse.ArgumentParser:
    common = _global_options()
    parser = argparse.ArgumentParser(
        prog="visita",
        description="Find photos by what is in them. Without a command the window opens.",
        epilog="Exit codes: 0 success, 1 a known error, 2 usage, 70 a bug, 130 interrupted.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"VisITA {__version__}")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="show the quick search; bind a key of your desktop to this",
    )
    parser.add_argument(
        "--open",
        nargs="*",
        default=(),
        type=Path,
        metavar="FILE",
        help="open the window with photos, as if they were dropped on it; folders are added",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    index = commands.add_parser(
        "index", parents=[common], help="make the photos of folders searchable"
    )
    index.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        help="with its sub-folders; none = all folders that are known",
    )
    index.add_argument(
        "--control",
        action="store_true",
        help="obey the lines pause, resume and stop on stdin; its end means stop",
    )
    keep_up = index.add_mutually_exclusive_group()
    keep_up.add_argument(
        "--watch", action="store_true", help="then keep up with what changes, until stopped"
    )
    keep_up.add_argument(
        "--estimate",
        action="store_true",
        help="only count the photos, try out a few and say how long it will take",
    )
    keep_up.add_argument(
        "--changed",
        action="store_true",
        help="pass over folders that are not in the library; wait for another indexer",
    )

    search = commands.add_parser(
        "search",
        parents=[common],
        help="find photos",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_GRAMMAR,
    )
    what = search.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "text", nargs="?", metavar="TEXT", help="what is to be seen, in English; see below"
    )
    what.add_argument("--photo", type=Path, metavar="FILE", help="photos that resemble this one")
    what.add_argument(
        "--queries", metavar="FILE", help="one text per line; - reads them from stdin"
    )
    what.add_argument("--saved", metavar="NAME", help="a search that was saved")
    search.add_argument("--save", metavar="NAME", help="keep TEXT under this name")
    search.add_argument(
        "-k", type=_positive, default=DEFAULT_K, metavar="N", help="how many hits (default 20)"
    )

    search.add_argument(
        "--sort", choices=get_args(Sort), help="the order of the hits (default relevance)"
    )
    search.add_argument(
        "--likely", action="store_true", help="only the hits that are likely; perhaps none"
    )
    search.add_argument(
        "--rerank",
        action=argparse.BooleanOptionalAction,
        help="let the matcher order the best hits of texts (default: if the model has one)",
    )
    search.add_argument(
        "--strictness",
        type=_strictness,
        metavar="S",
        help="where likely ends: from -1 (more hits are) to 1 (fewer); default 0, or the setting",
    )
    _add_explain(commands, common)
    _add_captions(commands, common)
    _add_album(commands, common)
    add_model(commands, common)
    duplicates = commands.add_parser(
        "duplicates", parents=[common], help="equal photos, or similar ones; deletes nothing"
    )
    duplicates.add_argument(
        "--near",
        nargs="?",
        type=float,
        const=NEAR_EQUAL,
        metavar="COSINE",
        help=f"photos that look almost the same (from {NEAR_EQUAL} on)",
    )

    commands.add_parser("status", parents=[common], help="what the library holds")
    failures = commands.add_parser(
        "failures", parents=[common], help="files that cannot be used, and why"
    )
    failures.add_argument(
        "--all", action="store_true", help="also documents, archives and other files"
    )
    exclude = commands.add_parser(
        "exclude",
        parents=[common],
        help="patterns of files and folders to leave out",
        epilog="Patterns are those of .gitignore files, relative to each folder of the library; a "
        f"pattern that begins with ! takes a default back. A file {IGNORE_FILE} in any folder "
        "holds such patterns for what lies in it. What is left out is forgotten by the next "
        "`visita index`.",
    )
    exclude.add_argument("action", nargs="?", choices=("list", "add", "remove"), help="none = list")
    exclude.add_argument("patterns", nargs="*", metavar="PATTERN", help="put it in quotation marks")
    removal = commands.add_parser(
        "remove-missing", parents=[common], help="forget photos that are gone; says how many"
    )
    removal.add_argument(
        "--folder", type=Path, metavar="DIR", help="only what was below this folder"
    )
    removal.add_argument("--yes", action="store_true", help="do not ask")
    commands.add_parser("demo", parents=[common], help="index the demo photos and search them")

    backup = commands.add_parser("backup", parents=[common], help="copy the catalogue")
    backup.add_argument("--list", action="store_true", help="list the copies that there are")
    restore = commands.add_parser("restore", parents=[common], help="go back to a copy")
    restore.add_argument(
        "name", nargs="?", metavar="NAME", help="as `visita backup --list` gives it; none = newest"
    )
    check = commands.add_parser("check", parents=[common], help="is the library sound?")
    check.add_argument("--repair", action="store_true", help="mend what can be mended")
    return parser


def _add_explain(commands: _Commands, common: argparse.ArgumentParser) -> None:
    explain = commands.add_parser(
        "explain", parents=[common], help="which region of a photo answers which word"
    )
    explain.add_argument("text", metavar="TEXT", help="a plain sentence, in English")
    explain.add_argument("photo", type=Path, metavar="PHOTO", help="in the library or not")
    explain.add_argument(
        "--output", type=Path, metavar="PNG", help="draw it: a copy of the photo with heat maps"
    )
    explain.add_argument("--word", metavar="WORD", help="this word of the text alone")


def _add_captions(commands: _Commands, common: argparse.ArgumentParser) -> None:
    caption = commands.add_parser(
        "caption", parents=[common], help="sentences that say what a photo shows"
    )
    caption.add_argument("photo", type=Path, metavar="PHOTO", help="in the library or not")
    caption.add_argument(
        "--count",
        type=_positive,
        default=DEFAULT_CAPTIONS,
        metavar="N",
        help=f"of each source: generated, and from collections (default {DEFAULT_CAPTIONS})",
    )
    captions = commands.add_parser(
        "captions", parents=[common], help="collections of captions to choose from"
    )
    actions = captions.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True
    )
    add = actions.add_parser("import", parents=[common], help="add the captions of a file")
    add.add_argument("file", type=Path, metavar="FILE", help="CSV, TSV, JSON Lines, or plain lines")
    add.add_argument(
        "--name", dest="collection", metavar="NAME", help="of the collection (default: the file's)"
    )
    actions.add_parser("list", parents=[common], help="the collections, your photos' own included")
    remove = actions.add_parser("remove", parents=[common], help="forget a collection")
    remove.add_argument("collection", metavar="NAME", help="as `visita captions list` gives it")


def _add_album(commands: _Commands, common: argparse.ArgumentParser) -> None:
    album = commands.add_parser("album", parents=[common], help="albums and favourites")
    actions = album.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    actions.add_parser("list", parents=[common], help="the albums, and how many photos they have")
    for action, words in (
        ("add", "put photos into an album; a new name makes one"),
        ("take-out", "take photos out of an album"),
    ):
        change = actions.add_parser(action, parents=[common], help=words)
        change.add_argument("album", metavar="NAME", help="favourites is one of them")
        change.add_argument("photos", nargs="+", type=Path, metavar="PHOTO")
    rename = actions.add_parser("rename", parents=[common], help="give an album another name")
    rename.add_argument("album", metavar="NAME")
    rename.add_argument("new_name", metavar="NEW")
    remove = actions.add_parser("remove", parents=[common], help="forget an album, not its photos")
    remove.add_argument("album", metavar="NAME")


def _global_options() -> argparse.ArgumentParser:
    # No defaults here: the same options stand before and after the command, and a default of the
    # second would undo a choice made by the first.
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="where the library lies; moves everything"
    )
    options.add_argument(
        "--model", dest="model_dir", type=Path, metavar="DIR", help="another model bundle"
    )
    options.add_argument(
        "--json", action="store_true", help="one JSON object per line, nothing else on stdout"
    )
    options.add_argument(
        "-v", "--verbose", action="store_true", help="say on stderr what is logged"
    )
    return options


def _strictness(text: str) -> float:
    number = _number(float, text)
    if not -1 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between -1 and 1")
    return number


def _positive(text: str) -> int:
    number = _number(int, text)
    if not 1 <= number <= MOST_HITS:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {MOST_HITS}")
    return number


def _number(kind: type[Number], text: str) -> Number:
    try:
        return kind(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no number") from error
