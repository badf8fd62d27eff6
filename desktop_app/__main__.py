"""VisITA's front door: without a command the window, with one the terminal."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

from desktop_app.cli import exit_codes, output
from desktop_app.cli.dispatch import run_command
from desktop_app.cli.options import Options
from desktop_app.cli.parser import parse
from desktop_app.errors import AppError, QuerySyntaxError
from desktop_app.logs import opened_log
from desktop_app.paths import DataPaths

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run VisITA; answers the exit code: 0, 1 known error, 2 a query with a typo, 70 bug,
    130 interrupted.

    Raises:
        SystemExit: 2 for a command line that makes no sense, 0 after ``--help``.
    """
    output.survive_any_character()
    options = parse(sys.argv[1:] if arguments is None else arguments)
    paths = DataPaths(options.data_dir)
    try:
        paths.create()
        with opened_log(paths.log_file, options.verbose):
            return _run(options, paths)
    except AppError as error:  # the log itself cannot be written
        output.print_error(error)
        return exit_codes.KNOWN_ERROR


def _run(options: Options, paths: DataPaths) -> int:
    try:
        exit_code = run_command(options, paths) if options.command else _open_window(options, paths)
        output.flush()
    except QuerySyntaxError as error:
        output.print_spot(error)
        return exit_codes.USAGE
    except AppError as error:
        log.info("ended by a known error: %s", error)
        output.print_error(error)
        return exit_codes.KNOWN_ERROR
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except BrokenPipeError:  # the reader, `head` perhaps, has seen enough
        output.abandon()
        return 0
    except Exception:
        log.exception("a bug ended the program")
        output.print_bug(paths.log_file)
        return exit_codes.BUG
    return exit_code


def _open_window(options: Options, paths: DataPaths) -> int:
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise AppError(
            "There is no display to open a window on.",
            "`visita demo` shows the same in the terminal, `visita --help` lists the commands.",
        )
    try:
        # Not above: the terminal must work, and start quickly, where Qt cannot be loaded.
        from desktop_app.gui.app import run_window
        from desktop_app.gui.start_wish import StartWish
    except ImportError as error:
        if error.name is not None and not error.name.startswith(("PySide6", "shiboken6")):
            raise
        raise AppError(
            f"Qt cannot be loaded: {error}.",
            "`make run` installs what is missing, or says how.",
        ) from error
    return run_window(paths, options.model_dir, wish=StartWish(options.quick, options.open))


if __name__ == "__main__":
    sys.exit(main())
