"""``python -m training fit|evaluate``."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from desktop_app.errors import AppError
from training.build import build_model
from training.config import FitConfig
from training.data.caption_groups import CaptionGroup, read_caption_groups
from training.data.class_captions import LabelCaptions
from training.data.dataset import PhotoDataset
from training.data.feature_cache import FeatureCache
from training.data.joined import JoinedDataset
from training.data.source import PhotoSource
from training.evaluate import Evaluation, evaluate, open_encoder
from training.pretrained import text_encoder_source, tokenizer_file
from training.rerank import DEPTH
from training.second_look import evaluate_again
from training.stages.builder import StageBuilder
from training.train import Trainer

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
    fit.add_argument("--run", type=Path, required=True, help="folder for checkpoints and metrics")
    fit.add_argument("--cache", type=Path, help="folder for cached features (default: in the run)")
    fit.add_argument("--train-split", default="train")
    fit.add_argument("--validation-split", default="val")
    fit.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    measure = commands.add_parser("evaluate", help="measure a checkpoint or an exported bundle")
    measure.set_defaults(command=_evaluate)
    measure.add_argument("--model", type=Path, required=True, help="bundle, checkpoint or run")
    measure.add_argument("--data", type=Path, required=True, help="folder or zip")
    measure.add_argument("--split", default=None, help="use only the photos of this split")
    measure.add_argument(
        "--rerank", action="store_true", help="also with the matcher's second look at the best hits"
    )
    measure.add_argument(
        "--depth", type=int, default=DEPTH, help=f"hits that it looks at (default: {DEPTH})"
    )
    measure.add_argument("--json", action="store_true", help="one JSON object on stdout")
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
    print(Trainer(config, model, stages, options.run, device).fit())
    return 0


def _caption_groups(paths: Sequence[Path]) -> list[CaptionGroup]:
    return [group for path in paths for group in read_caption_groups(path)]


def _labelled(paths: Sequence[Path]) -> PhotoSource | None:
    sets = [(LabelCaptions(PhotoDataset(path)), 1.0) for path in paths]
    return JoinedDataset(sets) if sets else None


def _evaluate(options: argparse.Namespace) -> int:
    dataset = PhotoDataset(options.data, options.split)
    encoder = open_encoder(options.model)
    if not options.rerank:
        evaluation = evaluate(encoder, dataset)
        print(json.dumps(evaluation.to_json()) if options.json else _table(evaluation))
        return 0
    both = evaluate_again(encoder, dataset, options.depth)
    if options.json:
        print(json.dumps(both.to_json()))
    else:
        print(f"{_table(both.plain)}\nthe best {both.depth} ranked again:\n{_table(both.reranked)}")
    return 0


def _table(evaluation: Evaluation) -> str:
    lines = [f"{evaluation.photos} photos, {evaluation.captions} captions"]
    for name, metrics in (
        ("text-to-image", evaluation.text_to_image),
        ("image-to-text", evaluation.image_to_text),
    ):
        recall = "  ".join(f"R@{k} {value:5.1f}" for k, value in metrics.recall.items())
        lines.append(f"{name}  {recall}  median rank {metrics.median_rank:g}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
