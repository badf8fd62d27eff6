"""The command line of ``visita model``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # argparse makes a generic class of it for type checkers alone
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_PRECISIONS = ("half", "int8", "float32")


def add_model(commands: _Commands, common: argparse.ArgumentParser) -> None:
    """Add the command and its actions to those that there are."""
    model = commands.add_parser(
        "model", parents=[common], help="models to search with: list, add, switch, remove"
    )
    actions = model.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    actions.add_parser(
        "list",
        parents=[common],
        help="those on this computer, with the photos that they have seen, and known others",
    )
    _add_add(actions, common)
    use = actions.add_parser(
        "use",
        parents=[common],
        help="switch to a model; until it has seen all photos the old one answers",
    )
    use.add_argument("name", metavar="NAME", help="as `visita model list` gives it")
    when = use.add_mutually_exclusive_group()
    when.add_argument(
        "--at-once",
        action="store_true",
        help="answer with it now, even if photos are missing from its answers",
    )
    when.add_argument(
        "--later", action="store_true", help="leave showing it the photos to the next run"
    )
    remove = actions.add_parser(
        "remove", parents=[common], help="delete a model and what it made of the library"
    )
    remove.add_argument("name", metavar="NAME", help="of a model, or the id of one that is gone")
    remove.add_argument(
        "--embeddings", action="store_true", help="only what it made; the bundle stays"
    )
    remove.add_argument("--yes", action="store_true", help="do not ask")
    take_in = actions.add_parser(
        "import", parents=[common], help="add a bundle from a folder or an archive; no network"
    )
    take_in.add_argument("file", type=Path, metavar="PATH")
    take_in.add_argument("--name", dest="new_name", metavar="NAME", help="what to call it")
    take_in.add_argument(
        "--sha256", metavar="HEX", help="of its manifest, which vouches for every other file"
    )
    export = actions.add_parser("export", parents=[common], help="write a bundle as one file")
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", type=Path, metavar="ZIP", help="or a folder to put it into")


def _add_add(actions: _Commands, common: argparse.ArgumentParser) -> None:
    add = actions.add_parser(
        "add",
        parents=[common],
        help="make a bundle of a model of the Hugging Face hub; says licence and size first",
    )
    add.add_argument(
        "name", metavar="NAME_OR_PATH", help="a known name, owner/model, or a checkpoint's folder"
    )
    add.add_argument("--name", dest="new_name", metavar="NAME", help="what to call it here")
    add.add_argument("--revision", help="a branch, a tag or a commit on the hub")
    add.add_argument(
        "--precision",
        choices=_PRECISIONS,
        default="half",
        help="half: float16 stored (default); int8: a quarter of the size and quicker on a CPU, "
        "a little less exact; float32: as it was trained",
    )
    add.add_argument(
        "--captioner", metavar="NAME_OR_PATH", help="BLIP: the checkpoint that writes captions"
    )
    add.add_argument(
        "--without-heads",
        action="store_true",
        help="BLIP: no matcher, which keeps much of every photo",
    )
    add.add_argument("--yes", action="store_true", help="do not ask")
