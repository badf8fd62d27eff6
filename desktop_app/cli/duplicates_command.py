"""``visita duplicates``: photos at several places, and photos that look almost the same."""

from __future__ import annotations

from desktop_app.cli import output
from desktop_app.cli.exit_codes import INTERRUPTED
from desktop_app.cli.index_command import stopped_by_ctrl_c
from desktop_app.cli.options import Options
from desktop_app.composition import open_near_photos
from desktop_app.library.index_control import IndexControl
from desktop_app.library.near_photos import NearProgress, PhotoGroup
from desktop_app.paths import DataPaths


def duplicates(options: Options, paths: DataPaths) -> int:
    """Print groups of equal photos, or with ``--near`` of similar ones; deletes nothing.

    Answers 0, or 130 after Ctrl+C.

    Raises:
        AppError: the library or the model cannot be used.
    """
    groups: list[PhotoGroup] = []
    with open_near_photos(paths, options.model_dir) as near:
        if options.near is None:
            groups = near.equal()
        else:
            with stopped_by_ctrl_c(control := IndexControl()) as was_interrupted:
                for news in near.near(control, options.near):
                    if not isinstance(news, NearProgress):
                        groups = news
            if was_interrupted:
                return INTERRUPTED
    for group in groups:
        found = [path for photo in group.photos for path in (photo.path, *photo.other_paths)]
        if options.json:
            output.print_json(
                likeness=round(group.likeness, 4),
                equal=group.is_equal,
                paths=[str(path) for path in found],
            )
        else:
            output.print_line(f"{group.likeness:5.2f}  {found[0]}")
            for path in found[1:]:
                output.print_line(f"{'':5}  {path}")
    if not groups:
        output.print_notice("there are none.")
    return 0
