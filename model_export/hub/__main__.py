"""``python -m model_export.hub``: a checkpoint of the hub -> a verified model bundle.

``visita model add`` runs this in a child process and reads its standard output: one JSON object a
line, ``facts``, ``step``, ``finished`` or ``error``. Downloads show their progress on stderr.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from desktop_app.errors import AppError

if TYPE_CHECKING:  # the hub's client is slow to import
    from model_export.hub.checkpoint import CheckpointFacts

KNOWN_ERROR = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Look a checkpoint up, or export it; answers the exit code (0, 1 a known error, 2 usage)."""
    # Chatter of three libraries, which a user cannot do anything about.
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from model_export.hub.tracing import HubPrecision

    parser = argparse.ArgumentParser(prog="python -m model_export.hub", description=__doc__)
    parser.add_argument("name", help="on the hub, or a folder that save_pretrained wrote")
    parser.add_argument("--revision", help="a branch, a tag or a commit on the hub")
    parser.add_argument("--facts", action="store_true", help="say what it is and export nothing")
    parser.add_argument("--output", type=Path, help="folder of the bundle")
    parser.add_argument("--title", default="", help="what the bundle is called")
    parser.add_argument(
        "--precision",
        choices=get_args(HubPrecision),
        default="half",
        help="half: float16 stored (default); int8: a quarter of the size and faster on a CPU, a "
        "little less exact; float32",
    )
    parser.add_argument("--captioner", help="BLIP: the checkpoint that writes captions")
    parser.add_argument(
        "--without-heads",
        action="store_true",
        help="BLIP: no matcher, which keeps much of every photo",
    )
    parser.add_argument(
        "--photos", type=Path, help="a folder of photos to check with; else drawn pictures are used"
    )
    options = parser.parse_args(arguments)
    if options.output is None and not options.facts:
        parser.error("--output or --facts is needed")
    try:
        _run(options)
    except (AppError, ValueError) as error:
        hint = error.hint if isinstance(error, AppError) else ""
        words = error.message if isinstance(error, AppError) else str(error)
        _say("error", message=words, hint=hint)
        return KNOWN_ERROR
    return 0


def _run(options: argparse.Namespace) -> None:
    from model_export.hub.checkpoint import Checkpoint
    from model_export.hub.loading import family_of, load

    checkpoint = Checkpoint(options.name, options.revision)
    facts = checkpoint.facts()
    captioner = Checkpoint(options.captioner) if options.captioner else None
    others = captioner.facts() if captioner else None
    _say(
        "facts",
        name=facts.name,
        revision=facts.revision,
        family=family_of(facts.model_type),
        licence=_licence(facts, others),
        languages=facts.languages,
        size_bytes=facts.size_bytes + (others.size_bytes if others else 0),
        to_fetch_bytes=facts.to_fetch_bytes + (others.to_fetch_bytes if others else 0),
    )
    if options.facts:
        return
    from transformers.utils import logging as chatter

    from model_export.hub.bundle_writing import Origin, write_bundle
    from model_export.hub.trial_material import drawn_pictures, opened_pictures

    chatter.disable_progress_bar()  # that of a download is the hub's own, and stays
    photos = opened_pictures(options.photos) if options.photos else drawn_pictures()
    _say("step", step="fetch")
    folder = checkpoint.fetch()
    writer = captioner.fetch() if captioner else None
    _say("step", step="load")
    model = load(
        folder, facts.model_type, photos, captioner=writer, with_heads=not options.without_heads
    )
    origin = Origin(
        options.title or facts.name.rsplit("/", 1)[-1],
        facts.source if others is None else f"{facts.source}, {others.source}",
        _licence(facts, others),
        facts.languages,
        facts.sha256 + (others.sha256 if others else ()),
    )
    manifest = write_bundle(
        model,
        origin,
        options.output,
        options.precision,
        photos,
        lambda step: _say("step", step=step),
    )
    _say(
        "finished",
        model_id=manifest.model_id,
        dim=manifest.dim,
        size_bytes=manifest.size_bytes,
        parity=manifest.metrics["parity"],
    )


def _licence(facts: CheckpointFacts, captioner: CheckpointFacts | None) -> str:
    if captioner is None or captioner.licence == facts.licence:
        return facts.licence
    return f"{facts.licence} (captioner: {captioner.licence})"


def _say(kind: str, **fields: Any) -> None:
    print(json.dumps({"type": kind, **fields}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
