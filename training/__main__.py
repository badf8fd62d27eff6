"""``python -m training fit|evaluate|calibrate|report|data inspect|experiment NAME|compare``."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from desktop_app.errors import AppError
from training.calibration import calibrate, choice_lines
from training.caption_evaluation import caption_lines, evaluate_captions
from training.comparison.command import add_comparison
from training.cost import MemoryMeter
from training.data.opening import open_dataset
from training.evaluate import open_encoder
from training.experiments.command import add_experiment
from training.fit import PRESETS, run_fit
from training.inspect_data import add_inspect
from training.measure_table import add_measures, asked_measures, retrieval_lines, table
from training.measuring import measure
from training.report import write_report
from training.rerank import DEPTH
from training.second_look import evaluate_again


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
    fit.add_argument("--data", type=Path, required=True, help="captioned photos, any known layout")
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
    fit.add_argument("--start", type=Path, help="begin with this checkpoint or run, not afresh")
    fit.add_argument("--stages", nargs="+", metavar="NAME", help="run only these of the recipe")
    fit.add_argument("--train-split", default="train")
    fit.add_argument("--validation-split", default="val")
    fit.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    evaluation = commands.add_parser("evaluate", help="measure a checkpoint or an exported bundle")
    evaluation.set_defaults(command=_evaluate)
    evaluation.add_argument("--model", type=Path, required=True, help="bundle, checkpoint or run")
    evaluation.add_argument("--data", type=Path, required=True, help="folder or zip")
    evaluation.add_argument("--split", default=None, help="use only the photos of this split")
    evaluation.add_argument("--json", action="store_true", help="one JSON object on stdout")
    evaluation.add_argument(
        "--rerank", action="store_true", help="also with the matcher's second look at the best hits"
    )
    evaluation.add_argument(
        "--depth", type=int, default=DEPTH, help=f"hits that it looks at (default: {DEPTH})"
    )
    evaluation.add_argument(
        "--captioning", action="store_true", help="also generate captions: CIDEr-D and BLEU-4"
    )
    evaluation.add_argument(
        "--examples", type=int, default=0, metavar="N", help="captions to print (--captioning)"
    )
    add_measures(evaluation)
    calibration = commands.add_parser(
        "calibrate", help="choose how much a checkpoint's matcher counts, on the validation split"
    )
    calibration.set_defaults(command=_calibrate)
    calibration.add_argument("--checkpoint", type=Path, required=True, help="RUN/best of training")
    calibration.add_argument("--data", type=Path, required=True, help="folder or zip")
    calibration.add_argument("--split", default="val", help="its split (default: val)")
    data = commands.add_parser("data", help="look at photo sets")
    add_inspect(data.add_subparsers(required=True))
    add_experiment(commands)
    add_comparison(commands)
    report = commands.add_parser("report", help="draw a run's curves and examples (HTML)")
    report.set_defaults(command=_report)
    report.add_argument("run", type=Path, help="folder of a run")
    report.add_argument("--data", type=Path, help="photo set for retrieval examples")
    report.add_argument("--split", default="val", help="of the photo set")
    return parser


def _fit(options: argparse.Namespace) -> int:
    print(run_fit(options))
    return 0


def _report(options: argparse.Namespace) -> int:
    photos = open_dataset(options.data, options.split) if options.data else None
    print(write_report(options.run, photos))
    return 0


def _calibrate(options: argparse.Namespace) -> int:
    choices = calibrate(options.checkpoint, open_dataset(options.data, options.split))
    print(*choice_lines(choices), sep="\n")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    meter = MemoryMeter()
    dataset = open_dataset(options.data, options.split)
    encoder = open_encoder(options.model)
    measures = measure(encoder, dataset, asked_measures(options), meter)
    again = evaluate_again(encoder, dataset, options.depth) if options.rerank else None
    spoken = evaluate_captions(encoder, dataset, options.examples) if options.captioning else None
    if options.json:
        found = measures.to_json()
        if again is not None:
            found |= again.to_json()
        if spoken is not None:
            found["captioning"] = spoken.to_json()
        print(json.dumps(found))
        return 0
    print(table(measures))
    if again is not None:
        print(f"the best {again.depth} ranked again:", *retrieval_lines(again.reranked), sep="\n")
    if spoken is not None:
        print(*caption_lines(spoken), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
