"""``visita model add``: what a model of the hub is and costs, and then a bundle of it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from desktop_app.cli import output
from desktop_app.cli.options import Options
from desktop_app.composition import model_shelf
from desktop_app.errors import DiskFull
from desktop_app.inference.bundle import ModelBundle
from desktop_app.library.models.hub_export import HubExport, HubFacts, HubRequest
from desktop_app.library.models.known_models import source_of
from desktop_app.paths import DataPaths

_STEPS = {
    "fetch": "fetching what is not here yet; begun downloads are resumed",
    "load": "loading the checkpoint",
    "image": "tracing the image encoder",
    "text": "tracing the text encoder",
    "matcher": "tracing the matcher",
    "captioner": "tracing the captioner",
    "parity": "comparing the bundle with the checkpoint",
}


def add(options: Options, paths: DataPaths) -> str | None:
    """Say what a model is and, when that is agreed to, make a bundle of it; the bundle's name.

    None: it was not agreed to.

    Raises:
        ModelError: the packages for it are missing, or it cannot be done.
        UsageError: the name is taken.
    """
    named = options.name or ""
    export, shelf = HubExport(), model_shelf(paths)
    export.require_packages()
    source = named if Path(named).is_dir() else source_of(named)
    request = HubRequest(
        str(Path(source).resolve()) if Path(source).is_dir() else source,
        options.revision or "",
        options.precision,
        options.captioner or "",
        with_heads=not options.without_heads,
    )
    facts = export.facts(request)
    wanted = options.new_name or (named if source != named else facts.name)
    name = shelf.free_name(wanted)
    _print_facts(facts, name, options)
    _require_room(facts, paths)
    if not options.yes and not _is_agreed(options.json):
        output.print_notice("nothing was fetched; --yes does it.")
        return None
    for step in export.make(request, shelf.path_of(name)):
        if options.json:
            output.print_json(type="step", step=step)
        else:
            output.print_notice(f"{_STEPS.get(step, step)} ...")
    ModelBundle.open(shelf.path_of(name))
    return name


def _print_facts(facts: HubFacts, name: str, options: Options) -> None:
    if options.json:
        output.print_json(
            type="facts",
            name=name,
            source=facts.name,
            revision=facts.revision or None,
            family=facts.family,
            licence=facts.licence,
            languages=facts.languages,
            size_bytes=facts.size_bytes,
            to_fetch_bytes=facts.to_fetch_bytes,
            precision=options.precision,
        )
        return
    rows = [
        ("Model", f"{facts.name} ({facts.family})"),
        ("Licence", facts.licence),
        ("Languages", ", ".join(facts.languages) or "not stated"),
        ("Checkpoint", _mb(facts.size_bytes)),
        ("To fetch", _mb(facts.to_fetch_bytes) if facts.to_fetch_bytes else "nothing"),
        ("Precision", options.precision),
        ("Name here", name),
    ]
    for title, value in rows:
        output.print_line(f"{title:10} {value}")


def _require_room(facts: HubFacts, paths: DataPaths) -> None:
    free = shutil.disk_usage(paths.root).free
    # while it is made, the traced graphs lie beside those that are kept
    needed = facts.to_fetch_bytes + 2 * facts.size_bytes
    if free < needed:
        raise DiskFull(
            f"Making this bundle takes about {_mb(needed)} for a while; {_mb(free)} are free.",
            "Free some disk space, or choose a smaller model.",
        )


def _is_agreed(as_json: bool) -> bool:
    if as_json or sys.stdin is None or not sys.stdin.isatty():
        return False
    output.print_line("Add it? [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
