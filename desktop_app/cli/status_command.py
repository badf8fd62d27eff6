"""``visita status`` and ``visita failures``: what the library holds, and what it could not use."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict

from desktop_app.cli import output
from desktop_app.cli.options import Options
from desktop_app.cli.watch import watch_words
from desktop_app.composition import open_bundle, open_search_service
from desktop_app.inference.encoders import TextEncoder
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.watch_report import WatchReport, expected_state
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings


def status(options: Options, paths: DataPaths) -> int:
    """Print folders, counts, model, the execution provider obtained, and the index's state.

    Raises:
        AppError: the library or the model cannot be used.
    """
    settings = Settings.load(paths.settings_file)
    bundle = open_bundle(paths, options.model_dir)
    # What ONNX Runtime promises and what it gives differ: only a loaded graph tells.
    encoder = TextEncoder(bundle, RuntimeOptions(settings.provider))
    with closing(open_search_service(paths, options.model_dir, settings)) as service:
        index = service.status()
        folders, counts = service.catalogue.folders(), service.catalogue.counts()
    told = WatchReport(paths.watch_file).read()
    watches = [(told or {}).get(folder.path) or expected_state(folder) for folder in folders]
    manifest = bundle.manifest
    provider = encoder.session.obtained[0]
    if options.json:
        output.print_json(
            data_dir=str(paths.root),
            folders=[
                {
                    "path": str(folder.path),
                    "state": folder.state,
                    "watch": watch.mode,
                    "watch_reason": watch.reason,
                }
                for folder, watch in zip(folders, watches, strict=True)
            ],
            watching=told is not None,
            exclude=settings.exclude,
            counts=asdict(counts),
            model={"name": manifest.name, "model_id": manifest.model_id, "dim": manifest.dim},
            provider=provider,
            index=asdict(index),
        )
        return 0
    rows = [("Library", str(paths.root))]
    rows += [
        ("Folder", f"{folder.path} ({folder.state}, {watch_words(watch)})")
        for folder, watch in zip(folders, watches, strict=True)
    ]
    if folders and told is None:
        rows.append(("Watch", "not just now; the window and `visita index --watch` do"))
    if settings.exclude:
        rows.append(("Left out", f"by your patterns: {', '.join(settings.exclude)}"))
    rows += [
        ("Photos", f"{counts.photos} can be found"),
        (
            "Files",
            f"{counts.indexed} indexed, {counts.pending} pending, "
            f"{counts.problems} failed, {counts.missing} missing"
            f"{f', {counts.others} no photos' if counts.others else ''}",
        ),
        ("Model", f"{manifest.name}, id {manifest.model_id}, {manifest.dim} dimensions"),
        ("Runs on", provider),
        (
            "Index",
            f"generation {index.generation}, {index.count} photos, "
            f"change {index.applied_seq} of {index.change_seq}"
            f"{', exact search' if index.exact else ''}",
        ),
    ]
    for name, value in rows:
        output.print_line(f"{name:8} {value}")
    return 0


def failures(options: Options, paths: DataPaths) -> int:
    """Print the files that cannot be used, each with its reason.

    Raises:
        AppError: the library cannot be read.
    """
    with Catalogue.open(paths.catalogue) as catalogue:
        found = catalogue.failures(even_no_photos=True)
    output.print_failures(found, options.json, even_no_photos=options.all)
    return 0
