"""``python -m training compare``: one table of all systems."""

from __future__ import annotations

import argparse
import logging
import os
from pathlib import Path
from typing import Any

import torch

from training.comparison.campaign import Campaign
from training.comparison.system_trainer import SystemTrainer, Workshop
from training.comparison.systems import SYSTEMS, chosen
from training.comparison.table import Comparison
from training.data.caption_groups import read_caption_groups
from training.data.source import PhotoSource
from training.experiments.material import Material

log = logging.getLogger(__name__)

_SHIPPED = Path(__file__).parent.parent.parent / "assets" / "model"
_INTERRUPTED = 130
"""What a shell expects of a program that Ctrl+C ended."""


def add_comparison(commands: Any) -> None:
    """The sub-command ``compare``; argparse's own type of ``commands`` is private."""
    parser = commands.add_parser("compare", help="every system of the sources in one table")
    parser.set_defaults(command=_run)
    parser.add_argument("--data", type=Path, required=True, help="captioned photos")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the CNN weights")
    parser.add_argument("--run", type=Path, required=True, help="folder for runs and figures")
    parser.add_argument(
        "--systems",
        nargs="+",
        default=[],
        metavar="KEY",
        help=f"rows (default: all): {', '.join(system.key for system in SYSTEMS)}",
    )
    parser.add_argument(
        "--captions",
        type=Path,
        nargs="+",
        default=[],
        help="captions without photos, for DeViSE's word vectors",
    )
    parser.add_argument(
        "--recipes",
        type=Path,
        help="folder with recipes that stand in for those of the same names, like "
        "training/baselines/presets/paper",
    )
    parser.add_argument("--cache", type=Path, help="folder for cached features (default: in --run)")
    parser.add_argument(
        "--models",
        type=Path,
        nargs="+",
        default=[],
        help="folders in which bundles of `visita model add` lie",
    )
    parser.add_argument("--shipped", type=Path, default=_SHIPPED, help="the app's own bundle")
    parser.add_argument("--train-split", default="train")
    parser.add_argument("--validation-split", default="val")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--measure-again", action="store_true", help="what was measured before too")
    parser.add_argument(
        "--output",
        type=Path,
        help="Markdown; .csv, .json and .html beside it (default: comparison.md in --run)",
    )


def _run(options: argparse.Namespace) -> int:
    systems = chosen(options.systems, options.recipes)
    material = Material.open(options.data, options.train_split, options.validation_split)
    corpora = tuple(g for path in options.captions for g in read_caption_groups(path))
    shop = Workshop(
        material,
        corpora,
        options.weights,
        options.cache or options.run / "cache",
        options.run,
        torch.device(options.device),
    )
    campaign = Campaign(
        SystemTrainer(shop),
        material.validation,
        material.digest(),
        options.run / "figures",
        options.shipped,
        options.models,
        options.measure_again,
    )
    output = options.output or options.run / "comparison.md"
    facts = _facts(material, options)
    comparison = None
    try:
        for rows in campaign.rows(systems):
            comparison = Comparison(_command_line(options), facts, rows, _notes(material, facts))
            comparison.write(output)
    except KeyboardInterrupt:
        log.info("stopped; the same command goes on from here")
        return _INTERRUPTED
    assert comparison is not None
    print(comparison.markdown(), end="")
    log.info("written: %s", output)
    return 0


def _facts(material: Material, options: argparse.Namespace) -> dict[str, Any]:
    return {
        "data": material.described(),
        "threads": torch.get_num_threads(),
        "cores": os.cpu_count(),
        "device": options.device,
        "torch": torch.__version__,
    }


def _notes(material: Material, facts: dict[str, Any]) -> tuple[str, ...]:
    train, held = material.train, material.validation
    return (
        f"Trained rows: {_counted(train)} of {train.source.name}, seed 1, frozen MobileNetV2 whose "
        "features are computed once for all (not in the training time); the epoch with the best "
        "recall sum is kept, chosen on the photos that are measured here, too. The first two rows "
        "saw more photos, more captions and more hours.",
        f"Measured on {_counted(held)} of the split {held.split!r}: every caption with every "
        "photo. Recall, Precision and mAP as in S1: one threshold for all pairs, that of the best "
        "F1; a caption is a class; against all photos, and against its own and 9 drawn ones.",
        "Entropy and mutual information are of the features (nats): to be compared between rows "
        "with as many numbers in a feature, and with care even then.",
        f"Times: {facts['threads']} threads on {facts['device']}, {facts['cores']} cores; bundles "
        "run in ONNX Runtime, trained rows in torch float32. Query: one text with all these photos "
        "encoded before, the second look included. MB: the bundle's files, or the weights in "
        "float32.",
        "A dash is a figure that was not measured.",
    )


def _counted(photos: PhotoSource) -> str:
    return f"{len(photos):,} photos with {len(photos.captions):,} captions"


def _command_line(options: argparse.Namespace) -> str:
    """The command without the places of this machine."""
    words = ["python -m training compare --data", options.data.name]
    words += ["--weights WEIGHTS --cache CACHE --run RUN"]
    if options.captions:
        words += ["--captions", *(path.name for path in options.captions)]
    if options.recipes:
        words += ["--recipes", options.recipes.name]
    if options.models:
        words += ["--models MODELS"]
    if options.systems:
        words += ["--systems", *options.systems]
    for option, usual in (("train_split", "train"), ("validation_split", "val")):
        if getattr(options, option) != usual:
            words += [f"--{option.replace('_', '-')}", getattr(options, option)]
    return " ".join(words)
