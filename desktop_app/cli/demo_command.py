"""``visita demo``: the whole job on photographs that two Python packages carry."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from desktop_app.cli import exit_codes, output
from desktop_app.cli.index_command import run_indexer, stopped_by_ctrl_c
from desktop_app.cli.options import Options
from desktop_app.cli.progress import BarReporter, JsonReporter, Reporter
from desktop_app.composition import open_search_service
from desktop_app.errors import CatalogueReadOnly, DemoPhotosMissing
from desktop_app.library.index_control import IndexControl
from desktop_app.library.scanner import DEMO_FOLDER
from desktop_app.paths import DataPaths, packed_files
from desktop_app.settings import Settings

_SKIMAGE_PHOTOS = (
    "astronaut.png",
    "brick.png",
    "camera.png",
    "chelsea.png",
    "coffee.png",
    "coins.png",
    "grass.png",
    "gravel.png",
    "hubble_deep_field.jpg",
    "moon.png",
    "motorcycle_left.png",
    "rocket.jpg",
)
_SKLEARN_PHOTOS = ("china.jpg", "flower.jpg")
_QUERIES = (
    "a cat",
    "an espresso in a red cup on a saucer",
    "a rocket launch",
    "a flower",
    "a red motorcycle in a garage",
    "a photographer with a tripod",
    "a brick wall",
    "green grass",
    "a pagoda by a lake",
    "old coins",
)


def demo(options: Options, paths: DataPaths) -> int:
    """Index the demo photos and print the best hit of some queries.

    Raises:
        DemoPhotosMissing: the packages that carry them are not installed.
        AppError: the library or the model cannot be used.
    """
    folder = paths.root / DEMO_FOLDER
    copy_demo_photos(folder)
    if not options.json:
        output.print_line(f"Indexing the demo photos in {folder}")
    control = IndexControl()
    reporter: Reporter = JsonReporter() if options.json else BarReporter()
    with stopped_by_ctrl_c(control) as was_interrupted:
        run_indexer(options, paths, [folder], control, reporter)
    if was_interrupted:
        return exit_codes.INTERRUPTED
    settings = Settings.load(paths.settings_file)
    with closing(open_search_service(paths, options.model_dir, settings)) as service:
        if not options.json:
            output.print_line("\nThe best photo for each of these texts:")
        for text in _QUERIES:
            hits = service.search_typed(text, 1)
            if options.json:
                output.print_hits(text, hits, as_json=True)
                continue
            for hit in hits:
                output.print_line(f"{hit.score or 0:6.2f}  {text:38} {hit.photo.path.name}")
    if not options.json:
        output.print_line('\nTry your own: visita search "a starry sky"')
        output.print_line("Then your photos: visita index FOLDER")
    return 0


def copy_demo_photos(folder: Path) -> None:
    """Put the demo photos into a folder; those that are there already stay as they are.

    Raises:
        DemoPhotosMissing: the packages that carry them are not installed.
        CatalogueReadOnly: the folder cannot be written.
    """
    sources = demo_photos()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sources:
            target = folder / source.name
            if not target.exists():
                # Under a hidden name until it is whole: what is there is not copied again.
                unfinished = folder / f".{source.name}.tmp"
                shutil.copyfile(source, unfinished)
                os.replace(unfinished, target)
    except OSError as error:
        raise CatalogueReadOnly(
            f"The demo photos cannot be copied to {folder}: {error.strerror}."
        ) from error


def demo_photos() -> list[Path]:
    """Where the photographs lie: in the packed app, or where the installed packages keep them.

    Raises:
        DemoPhotosMissing: there are none.
    """
    packed = packed_files()
    if packed is not None:
        names = (*_SKIMAGE_PHOTOS, *_SKLEARN_PHOTOS)
        candidates = [packed / "demo_photos" / name for name in names]
    else:
        candidates = [_package("skimage") / "data" / name for name in _SKIMAGE_PHOTOS]
        images = _package("sklearn") / "datasets" / "images"
        candidates += [images / name for name in _SKLEARN_PHOTOS]
    found = [path for path in candidates if path.is_file()]
    if not found:
        raise DemoPhotosMissing(
            "The packages with the demo photos have none of them any more.",
            "`visita index FOLDER` takes photos of your own.",
        )
    return found


def _package(name: str) -> Path:
    # Importing them would take seconds; only their data is wanted.
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise DemoPhotosMissing(
            "The demo photos come with two Python packages that are not installed.",
            "pip install scikit-image scikit-learn",
        )
    return Path(spec.submodule_search_locations[0])
