"""``python -m training fit|evaluate|data inspect``."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from desktop_app.errors import AppError
from training.build import build_model, start_from
from training.config import FitConfig
from training.cost import MemoryMeter
from training.data.caption_groups import CaptionGroup, read_caption_groups
from training.data.class_captions import LabelCaptions
from training.data.dataset import PhotoDataset
from training.data.feature_cache import FeatureCache
from training.data.joined import JoinedDataset
from training.data.opening import open_dataset
from training.data.source import PhotoSource
from training.evaluate import open_encoder
from training.inspect_data import add_inspect
from training.measure_table import add_measures, asked_measures, table
from training.measuring import measure
from training.pretrained import text_encoder_source, tokenizer_file
from training.stages.builder import StageBuilder
from training.train import Trainer

log = logging.getLogger(__name__)

PRESETS = Path(__file__).parent / "presets"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0 success, 1 a known error, 2 usage)."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        return int(options.command(options))
    except (AppError, OSError, ValueError) as error:
        print(f"training: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True)
    fit = commands.add_parser("fit", help="train a model and select it on the validation split")
    fit.set_defaults(command=_fit)
    recipe = fit.add_mutually_exclusive_group(required=True)
    names = sorted(path.stem for path in PRESETS.glob("*.json"))
    recipe.add_argument("--preset", choices=names, help="a recipe that ships with the code")
    recipe.add_argument("--config", type=Path, help="a recipe of your own (JSON)")
    fit.add_argument("--data", type=Path, required=True, help="folder or zip with metadata.jsonl")
    fit.add_argument(
        "--labelled",
        type=Path,
        nargs="+",
        default=[],
        help="photo sets whose labels become captions, for stages with `labelled`",
    )
    fit.add_argument(
        "--captions",
        type=Path,
        nargs="+",
        default=[],
        help="captions without photos (.tsv, .txt, .gz), for stages of kind `texts` and `heads`",
    )
    fit.add_argument("--weights", type=Path, required=True, help="folder of the CNN weights")
    fit.add_argument(
        "--start", type=Path, help="checkpoint whose weights a new run begins with, where they fit"
    )
    fit.add_argument("--run", type=Path, required=True, help="folder for checkpoints and metrics")
    fit.add_argument("--cache", type=Path, help="folder for cached features (default: in the run)")
    fit.add_argument("--train-split", default="train")
    fit.add_argument("--validation-split", default="val")
    fit.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    evaluation = commands.add_parser("evaluate", help="measure a checkpoint or an exported bundle")
    evaluation.set_defaults(command=_evaluate)
    evaluation.add_argument("--model", type=Path, required=True, help="bundle, checkpoint or run")
    evaluation.add_argument("--data", type=Path, required=True, help="folder or zip")
    evaluation.add_argument("--split", default=None, help="use only the photos of this split")
    evaluation.add_argument("--json", action="store_true", help="one JSON object on stdout")
    add_measures(evaluation)
    data = commands.add_parser("data", help="look at photo sets")
    add_inspect(data.add_subparsers(required=True))
    return parser


def _fit(options: argparse.Namespace) -> int:
    recipe = options.config or PRESETS / f"{options.preset}.json"
    config = FitConfig.load(recipe)
    train = PhotoDataset(options.data, options.train_split)
    groups = _caption_groups(options.captions)
    captions = train.captions + [caption for group in groups for caption in group.captions]
    device = torch.device(options.device)
    stages = StageBuilder(
        config,
        tokenizer_file(text_encoder_source(config.text_encoder)),
        train,
        PhotoDataset(options.data, options.validation_split),
        FeatureCache(options.cache or options.run / "cache"),
        device,
        _labelled(options.labelled),
        groups,
    )
    model = build_model(config, options.weights, captions)
    if options.start is not None:
        taken, left = start_from(model, options.start)
        log.info("%d tensors from %s, %d new ones", taken, options.start, left)
    print(Trainer(config, model, stages, options.run, device).fit())
    return 0


def _caption_groups(paths: Sequence[Path]) -> list[CaptionGroup]:
    return [group for path in paths for group in read_caption_groups(path)]


def _labelled(paths: Sequence[Path]) -> PhotoSource | None:
    sets = [(LabelCaptions(PhotoDataset(path)), 1.0) for path in paths]
    return JoinedDataset(sets) if sets else None


def _evaluate(options: argparse.Namespace) -> int:
    meter = MemoryMeter()
    dataset = open_dataset(options.data, options.split)
    measures = measure(open_encoder(options.model), dataset, asked_measures(options), meter)
    print(json.dumps(measures.to_json()) if options.json else table(measures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
