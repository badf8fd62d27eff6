"""``visita index --estimate``: how many photos there are, and how long they will take."""

from __future__ import annotations

from dataclasses import asdict

from tqdm import tqdm

from desktop_app.cli import output
from desktop_app.cli.options import Options
from desktop_app.composition import open_folder_probe
from desktop_app.errors import UsageError
from desktop_app.library.folder_probe import TIME_LIMIT_S, FolderEstimate
from desktop_app.library.index_control import IndexControl
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings

_MEGA = 1e6
_HOUR_S = 3600


def print_estimate(options: Options, paths: DataPaths, control: IndexControl) -> None:
    """Print what the folders hold: as JSON lines while it is counted, or in one sentence.

    Raises:
        UsageError: no folder was named.
        ModelError: the model cannot be used.
    """
    if not options.folders:
        raise UsageError("No folder was named.", "`visita index --estimate FOLDER` looks at one.")
    probe = open_folder_probe(paths, options.model_dir, Settings.load(paths.settings_file))
    with tqdm(disable=None, leave=False, dynamic_ncols=True, bar_format="{desc}") as line:
        for estimate in probe.run(options.folders, control):
            if options.json:
                output.print_json(type="estimate", **asdict(estimate), seconds=estimate.seconds)
            elif not estimate.is_complete:
                doing = "trying out a few of" if estimate.is_counted else "counting photos:"
                line.set_description_str(f"{doing} {estimate.photos}")
            else:
                line.clear()
                _print(estimate)


def _print(estimate: FolderEstimate) -> None:
    size = round(estimate.size_bytes / _MEGA)
    begin = f"{estimate.photos} photos, {size} MB"
    if estimate.seconds is not None:
        output.print_line(
            f"{begin}: about {duration(estimate.seconds)} at the pace of {estimate.sampled} photos "
            f"that were tried out, and {round(estimate.library_bytes / _MEGA)} MB for the library."
        )
    elif estimate.photos:
        output.print_line(f"{begin}; none of those tried could be read in {TIME_LIMIT_S:.0f} s.")
    else:
        output.print_line("No photos.")
    if estimate.in_cloud:
        output.print_notice(f"{estimate.in_cloud} photos are only in the cloud.")
    for name in estimate.unreadable:
        output.print_notice(f"{name} cannot be read.")
    if (more := estimate.unreadable_count - len(estimate.unreadable)) > 0:
        output.print_notice(f"{more} more folders cannot be read.")


def duration(seconds: float) -> str:
    """No more exact than an estimate is: ``40 s``, ``35 min``, ``7 h``."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 2 * _HOUR_S:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / _HOUR_S)} h"
