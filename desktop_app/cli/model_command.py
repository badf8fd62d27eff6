"""``visita model``: the models that photos can be searched with."""

from __future__ import annotations

import sys
from collections.abc import Callable

from desktop_app.cli import exit_codes, output
from desktop_app.cli.index_command import run_indexer, stopped_by_ctrl_c
from desktop_app.cli.model_add_command import add
from desktop_app.cli.options import Options
from desktop_app.cli.progress import BarReporter, JsonReporter
from desktop_app.composition import model_shelf, open_catalogue, open_model_switch
from desktop_app.library.index_control import IndexControl
from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.models.known_models import known_models
from desktop_app.library.models.model_switch import ModelState
from desktop_app.paths import DataPaths


def model(options: Options, paths: DataPaths) -> int:
    """Do to the models what was asked for; answers the exit code.

    Raises:
        AppError: it cannot be done; the message says why.
    """
    return _ACTIONS[options.action or "list"](options, paths)


def _list(options: Options, paths: DataPaths) -> int:
    with open_catalogue(paths) as catalogue:
        states = open_model_switch(catalogue, paths).states()
    added = {state.manifest.source.partition("@")[0] for state in states if state.manifest}
    for state in states:
        if options.json:
            _print_json(state)
        else:
            _print_state(state)
    if not options.json:
        output.print_line("\nMore can be added (`visita model add NAME`):")
    for known in known_models():
        if options.json:
            output.print_json(
                type="known",
                name=known.name,
                source=known.source,
                family=known.family,
                about=known.about,
                languages=known.languages,
                licence=known.licence or None,
                parameters_m=known.parameters_m,
                download_mb=known.download_mb,
                figures=[[f.what, f.value, f.source] for f in known.figures],
            )
        elif known.source not in added:
            size = f"{known.download_mb} MB" if known.download_mb else ""
            if not size and known.parameters_m:
                size = f"{known.parameters_m} M weights"
            facts = (known.family, "/".join(known.languages), known.licence, size)
            output.print_line(f"  {known.name:24} {', '.join(fact for fact in facts if fact)}")
            output.print_line(f"  {'':24} {known.about}")
            for figure in known.figures:
                output.print_line(f"  {'':24} {figure.what} {figure.value} ({figure.source})")
    return 0


def _use(options: Options, paths: DataPaths) -> int:
    name = options.name or ""
    with open_catalogue(paths) as catalogue:
        state = open_model_switch(catalogue, paths).use(name, at_once=options.at_once)
        has_folders = bool(catalogue.folders())
    if state.is_answering or options.later or not has_folders:
        _tell(options, paths, name)
        return 0
    if not options.json:
        output.print_line(
            f"{state.lacking} photos are shown to {name} now; the old model answers until then. "
            "Ctrl+C is safe, `visita index` goes on."
        )
    control = IndexControl()
    with stopped_by_ctrl_c(control) as was_interrupted:
        reporter = JsonReporter() if options.json else BarReporter()
        run_indexer(options, paths, [], control, reporter)
    _tell(options, paths, name)
    return exit_codes.INTERRUPTED if was_interrupted else 0


def _tell(options: Options, paths: DataPaths, name: str) -> None:
    with open_catalogue(paths) as catalogue:
        state = open_model_switch(catalogue, paths).state_of(name)
    if options.json:
        _print_json(state)
    elif state.is_answering:
        rest = f"; {state.lacking} photos it has not seen yet" if state.lacking else ""
        output.print_line(f"{name} answers from now on{rest}.")
    else:
        output.print_line(
            f"{name} answers when it has seen {state.lacking} more photos, which `visita index` "
            "and the window show it."
        )


def _remove(options: Options, paths: DataPaths) -> int:
    name = options.name or ""
    with open_catalogue(paths) as catalogue, only_indexer(paths):
        switch = open_model_switch(catalogue, paths)
        state = switch.find(name)
        switch.require_idle(name)
        takes_bundle = not options.embeddings and bool(state.name) and not state.is_shipped
        size = state.library_bytes + (state.bundle_bytes if takes_bundle else 0)
        what = "with its bundle" if takes_bundle else "its embeddings alone"
        question = f"Remove {name}, {what} ({_mb(size)}, {state.photos} photos)?"
        if not options.yes and not _is_confirmed(question, options.json):
            output.print_notice("nothing was removed; --yes does it.")
            return 0
        forgotten = switch.remove(name, only_embeddings=options.embeddings)
    if options.json:
        output.print_json(type="removed", name=name, embeddings=forgotten, bytes=size)
    else:
        output.print_line(f"Removed {name}: {forgotten} embeddings, {_mb(size)}.")
    return 0


def _import(options: Options, paths: DataPaths) -> int:
    assert options.file is not None
    shelf = model_shelf(paths)
    added = shelf.take_in(options.file, options.new_name or "", options.sha256 or "")
    return _added(options, paths, added.name)


def _add(options: Options, paths: DataPaths) -> int:
    name = add(options, paths)
    return 0 if name is None else _added(options, paths, name)


def _added(options: Options, paths: DataPaths, name: str) -> int:
    with open_catalogue(paths) as catalogue:
        state = open_model_switch(catalogue, paths).state_of(name)
    if options.json:
        _print_json(state)
    else:
        output.print_line(f"Added as {name}. `visita model use {name}` switches to it.")
    return 0


def _export(options: Options, paths: DataPaths) -> int:
    assert options.file is not None
    target = options.file
    if target.is_dir():
        target = target / f"{options.name}.zip"
    sha256 = model_shelf(paths).hand_out(options.name or "", target)
    if options.json:
        output.print_json(type="exported", file=str(target), sha256=sha256)
    else:
        output.print_line(f"{target}\nSHA-256 of its manifest: {sha256}")
    return 0


def _print_json(state: ModelState) -> None:
    manifest = state.manifest
    output.print_json(
        type="model",
        name=state.name or None,
        model_id=state.model_id,
        title=None if manifest is None else manifest.name,
        family=None if manifest is None else manifest.family or "VisITA",
        source=None if manifest is None else manifest.source or None,
        licence=None if manifest is None else manifest.licence,
        languages=[] if manifest is None else manifest.languages,
        precision=None if manifest is None else manifest.precision or None,
        dim=None if manifest is None else manifest.dim,
        matcher=manifest is not None and manifest.matcher is not None,
        captioner=manifest is not None and manifest.captioner is not None,
        problem=state.problem or None,
        answering=state.is_answering,
        wanted=state.is_wanted,
        photos=state.photos,
        lacking=state.lacking,
        bundle_bytes=state.bundle_bytes,
        library_bytes=state.library_bytes,
    )


def _print_state(state: ModelState) -> None:
    mark = "*" if state.is_answering else ">" if state.is_wanted else " "
    name = state.name or state.model_id
    if state.manifest is None:
        output.print_line(
            f"{mark} {name:24} {state.problem} {state.photos} photos, {_mb(state.library_bytes)}"
        )
        return
    manifest = state.manifest
    facts = (
        manifest.family or manifest.name,
        "/".join(manifest.languages),
        manifest.precision,
        f"{manifest.dim} dimensions",
    )
    output.print_line(f"{mark} {name:24} {', '.join(fact for fact in facts if fact)}")
    lacking = f", {state.lacking} not seen yet" if state.lacking else ""
    output.print_line(
        f"  {'':24} {state.photos} photos{lacking}; "
        f"{_mb(state.bundle_bytes)} and {_mb(state.library_bytes)} in the library"
    )
    words = {"*": "answers", ">": "wanted, answers when it has seen all photos"}.get(mark)
    if words:
        output.print_line(f"  {'':24} {words}")


def _is_confirmed(question: str, as_json: bool) -> bool:
    if as_json or sys.stdin is None or not sys.stdin.isatty():
        return False
    output.print_line(f"{question} [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


_ACTIONS: dict[str, Callable[[Options, DataPaths], int]] = {
    "list": _list,
    "add": _add,
    "use": _use,
    "remove": _remove,
    "import": _import,
    "export": _export,
}
