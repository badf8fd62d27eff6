"""From a command's name to the command."""

from __future__ import annotations

from desktop_app.cli.album_command import album
from desktop_app.cli.backup_command import backup, restore
from desktop_app.cli.caption_command import caption, captions
from desktop_app.cli.check_command import check
from desktop_app.cli.demo_command import demo
from desktop_app.cli.duplicates_command import duplicates
from desktop_app.cli.exclude_command import exclude
from desktop_app.cli.explain_command import explain
from desktop_app.cli.index_command import index
from desktop_app.cli.model_command import model
from desktop_app.cli.options import Options
from desktop_app.cli.remove_missing_command import remove_missing
from desktop_app.cli.search_command import search
from desktop_app.cli.status_command import failures, status
from desktop_app.paths import DataPaths

_COMMANDS = {
    "index": index,
    "search": search,
    "explain": explain,
    "caption": caption,
    "captions": captions,
    "album": album,
    "model": model,
    "duplicates": duplicates,
    "status": status,
    "failures": failures,
    "exclude": exclude,
    "remove-missing": remove_missing,
    "demo": demo,
    "backup": backup,
    "restore": restore,
    "check": check,
}


def run_command(options: Options, paths: DataPaths) -> int:
    """Run the command that was asked for; answers the exit code.

    Raises:
        AppError: it cannot be done; the message says why.
    """
    if options.command is None:
        raise ValueError("no command")
    return _COMMANDS[options.command](options, paths)
