"""``visita index``: make the photos of folders searchable."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

from desktop_app.cli import exit_codes, output
from desktop_app.cli.control import obey
from desktop_app.cli.estimate import print_estimate
from desktop_app.cli.options import Options
from desktop_app.cli.progress import BarReporter, JsonReporter, Reporter
from desktop_app.cli.watch import WatchLoop
from desktop_app.composition import open_indexer, open_search_service
from desktop_app.library.index_control import IndexControl
from desktop_app.library.records import IndexProgress, IndexSummary
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings


def index(options: Options, paths: DataPaths) -> int:
    """Index the folders that were named, or all known ones; answers 0, or 130 after Ctrl+C.

    Raises:
        AppError: a folder is not there, or the library or the model cannot be used.
    """
    control = IndexControl()
    if options.control and sys.stdin is not None:
        obey(sys.stdin, control)
    with stopped_by_ctrl_c(control) as was_interrupted:
        if options.estimate:
            print_estimate(options, paths, control)
        elif options.watch:
            _keep_up(options, paths, control)
        else:
            reporter = _reporter(options)
            run_indexer(
                options, paths, options.folders, control, reporter, only_known=options.changed
            )
    return exit_codes.INTERRUPTED if was_interrupted else 0


def _reporter(options: Options) -> Reporter:
    return JsonReporter() if options.json else BarReporter()


def _keep_up(options: Options, paths: DataPaths, control: IndexControl) -> None:
    def run(changed: Sequence[Path] | None, on_begin: Callable[[], None]) -> None:
        folders = options.folders if changed is None else changed
        is_first = changed is None
        # The model is loaded for each run: while nothing happens, nothing of it is held.
        run_indexer(
            options, paths, folders, control, _reporter(options), on_begin, only_known=not is_first
        )

    WatchLoop(paths, control, run, options.json).run()


def run_indexer(
    options: Options,
    paths: DataPaths,
    folders: Sequence[Path],
    control: IndexControl,
    reporter: Reporter,
    on_begin: Callable[[], None] = lambda: None,
    *,
    only_known: bool = False,
) -> IndexSummary:
    """Run the indexer over folders and report on the way.

    ``on_begin`` is called when the folders are in the library and nothing was looked at yet;
    ``only_known`` as for ``Indexer.run``.
    """
    settings = Settings.load(paths.settings_file)
    summary: IndexSummary | None = None
    has_begun = False
    with reporter, closing(open_indexer(paths, options.model_dir, settings)) as indexer:
        for news in indexer.run(folders, control, only_known=only_known):
            if not has_begun:
                has_begun = True
                on_begin()
            if isinstance(news, IndexProgress):
                reporter.progress(news)
            else:
                summary = news
        if not options.control:  # the window that controls us keeps an index of its own
            _update_index(options, paths, settings, control)
    if summary is None:
        raise RuntimeError("the indexer ended without a summary")
    reporter.finished(summary)
    found = summary.indexed + summary.unchanged + summary.moved + summary.missing
    if summary.offline and not only_known:
        output.print_notice(_offline_words(summary.offline))
    elif not found and not summary.stopped and not only_known:
        named = ", ".join(str(folder) for folder in folders)
        output.print_notice(f"no photos found{f' in {named}' if named else ''}.")
    return summary


def _offline_words(folders: int) -> str:
    if folders == 1:
        return "one folder cannot be reached now; what is known of its photos is kept."
    return f"{folders} folders cannot be reached now; what is known of their photos is kept."


def _update_index(
    options: Options, paths: DataPaths, settings: Settings, control: IndexControl
) -> None:
    with closing(open_search_service(paths, options.model_dir, settings)) as service:
        while not control.is_stopped and service.catch_up():
            pass


@contextmanager
def stopped_by_ctrl_c(control: IndexControl) -> Iterator[list[int]]:
    """Let Ctrl+C finish the batch and commit it; a second one ends at once, which is safe too.

    Yields:
        a list that is empty until Ctrl+C was pressed.
    """
    pressed: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)
        # Not from here: the main thread may hold the very lock that stopping takes.
        threading.Thread(target=control.stop, name="ctrl-c").start()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)
