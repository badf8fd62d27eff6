"""``python -m training experiment NAME``: one command for each experiment."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from training.config import FitConfig
from training.evaluate import open_encoder
from training.experiments.ablation import ABLATION
from training.experiments.attention import save_sheet, show_attention
from training.experiments.campaign import run_plan
from training.experiments.domain import DOMAIN
from training.experiments.kernels import KERNELS
from training.experiments.low_resource import LOW_RESOURCE
from training.experiments.material import Material
from training.experiments.noise import NOISE
from training.experiments.page import fill_page
from training.experiments.result import ExperimentResult, tabulated
from training.experiments.trained import TrainedVariant
from training.experiments.variant import Experiment, Plan
from training.experiments.variant_trainer import VariantTrainer, Workshop
from training.fit import PRESETS

log = logging.getLogger(__name__)

EXPERIMENTS: tuple[Experiment, ...] = (ABLATION, KERNELS, LOW_RESOURCE, NOISE, DOMAIN)
_INTERRUPTED = 130
"""What a shell expects of a program that Ctrl+C ended."""


def add_experiment(commands: Any) -> None:
    """The sub-command ``experiment``; argparse's own type of ``commands`` is private."""
    parser = commands.add_parser("experiment", help="variants of one recipe side by side")
    names = parser.add_subparsers(required=True, metavar="NAME")
    for experiment in EXPERIMENTS:
        own = names.add_parser(experiment.name, help=experiment.question)
        own.set_defaults(command=_run, experiment=experiment)
        _add_options(own)
    attention = names.add_parser("attention", help="Where does the matcher look for words?")
    attention.set_defaults(command=_attention)
    attention.add_argument("--model", type=Path, required=True, help="bundle, checkpoint or run")
    attention.add_argument("--output", type=Path, required=True, help="JSON; .md and .jpg beside")
    tables = names.add_parser("tables", help="write the tables of all results into the page")
    tables.set_defaults(command=_tables)
    tables.add_argument("--results", type=Path, default=Path("docs/experiments"))
    tables.add_argument("--page", type=Path, default=Path("docs/experiments.md"))


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="captioned photos")
    parser.add_argument(
        "--labelled", type=Path, nargs="+", default=[], help="photos with class names (`domain`)"
    )
    parser.add_argument("--weights", type=Path, required=True, help="folder of the CNN weights")
    parser.add_argument("--run", type=Path, required=True, help="folder for all experiments' runs")
    parser.add_argument("--cache", type=Path, help="folder for cached features (default: in --run)")
    parser.add_argument("--config", type=Path, help="a recipe of your own, not `experiment`")
    parser.add_argument("--text-encoder", help="another one than the recipe's: name or folder")
    parser.add_argument("--epochs", type=int, help="of the stages that train the towers")
    parser.add_argument("--seeds", type=int, default=1, help="how many; mean and spread are shown")
    parser.add_argument("--only", nargs="+", metavar="VARIANT", help="the rows with these names")
    parser.add_argument("--train-split", default="train")
    parser.add_argument("--validation-split", default="val")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--output", type=Path, help="JSON, .md beside it (default: in --run)")


def _run(options: argparse.Namespace) -> int:
    experiment: Experiment = options.experiment
    if options.seeds < 1:
        raise ValueError("--seeds is one or more")
    config = _recipe(options)
    material = Material.open(
        options.data, options.train_split, options.validation_split, options.labelled
    )
    plan = _only(experiment.plan(config, material), options.only)
    cache, device = options.cache or options.run / "cache", torch.device(options.device)
    trainer = VariantTrainer(Workshop(material, options.weights, cache, options.run, device))
    seeds = [config.seed + number for number in range(options.seeds)]
    try:
        variants = run_plan(plan, trainer, seeds)
    except KeyboardInterrupt:
        log.info("stopped; the same command goes on from here")
        return _INTERRUPTED
    result = _result(experiment, plan, variants, options, config, material)
    output = options.output or options.run / f"{experiment.name}.json"
    result.write(output)
    print(result.markdown(), end="")
    log.info("written: %s", output)
    return 0


def _recipe(options: argparse.Namespace) -> FitConfig:
    config = FitConfig.load(options.config or PRESETS / "experiment.json")
    if options.text_encoder:
        config = replace(config, text_encoder=options.text_encoder)
    if options.epochs:
        stages = tuple(
            stage if stage.kind == "heads" else replace(stage, epochs=options.epochs)
            for stage in config.stages
        )
        config = replace(config, stages=stages)
    return config


def _only(plan: Plan, names: Sequence[str] | None) -> Plan:
    if not names:
        return plan
    known = [variant.name for variant in plan.variants]
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ValueError(f"no variant {unknown[0]!r}, only: {'; '.join(known)}")
    return replace(plan, variants=tuple(v for v in plan.variants if v.name in names))


def _result(
    experiment: Experiment,
    plan: Plan,
    variants: Sequence[TrainedVariant],
    options: argparse.Namespace,
    config: FitConfig,
    material: Material,
) -> ExperimentResult:
    seeds = [run.seed for run in variants[0].runs]
    facts = {
        "question": experiment.question,
        "seeds": seeds,
        "epochs": [{stage.name: stage.epochs} for stage in config.stages],
        "threads": torch.get_num_threads(),
        "device": options.device,
        "torch": torch.__version__,
        "data": material.described(),
        # a folder's place is nobody's business where the result goes
        "recipe": {**_plain(config), "text_encoder": Path(config.text_encoder).name},
    }
    details = tuple(
        {
            "variant": variant.name,
            "share": row.share,
            "wrong": row.wrong,
            "labelled": list(row.labelled),
            "runs": [
                {
                    "seed": run.seed,
                    "figures": {k: round(v, 4) for k, v in run.figures.items()},
                    "kernel_weights": {k: round(v, 4) for k, v in run.kernel_weights.items()},
                }
                for run in variant.runs
            ],
        }
        for row, variant in zip(plan.variants, variants, strict=True)
    )
    seed_note = (
        f"Mean of seeds {', '.join(map(str, seeds))} ± half of their range."
        if len(seeds) > 1
        else f"One seed ({seeds[0]}): differences of the recall sum below about 6 are noise."
    )
    epochs = ", ".join(f"{s.name} {s.epochs}" for s in config.stages if s.kind != "heads")
    count = len(material.validation)
    note = (
        f"{seed_note} Epochs: {epochs}; {torch.get_num_threads()} threads on {options.device}. Of "
        f"the epochs the best on the {count:,} validation photos, which are measured here, too."
    )
    command = _command_line(experiment.name, options)
    table = tabulated(plan, variants)
    return ExperimentResult(experiment.name, command, facts, table, (note, *plan.notes), details)


def _plain(config: FitConfig) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(config.to_json())
    return plain


def _command_line(name: str, options: argparse.Namespace) -> str:
    """The command without the places of this machine, with everything that decides the result."""
    words = ["python -m training experiment", name, "--data", options.data.name]
    if options.labelled:
        words += ["--labelled", *(path.name for path in options.labelled)]
    words += ["--weights WEIGHTS --cache CACHE --run RUN"]
    if options.config:
        words += ["--config", options.config.name]
    if options.text_encoder:
        words += ["--text-encoder", Path(options.text_encoder).name]
    if options.epochs:
        words += ["--epochs", str(options.epochs)]
    words += ["--seeds", str(options.seeds)]
    if options.only:
        words += ["--only", *(f"'{name}'" for name in options.only)]
    for option, usual in (("train_split", "train"), ("validation_split", "val")):
        if getattr(options, option) != usual:
            words += [f"--{option.replace('_', '-')}", getattr(options, option)]
    return " ".join(words)


def _attention(options: argparse.Namespace) -> int:
    picture = options.output.with_suffix(".jpg")
    name = options.model.resolve().name
    command = (
        f"python -m training experiment attention --model {name} --output {options.output.name}"
    )
    result, sheet = show_attention(open_encoder(options.model), command, name, picture.name)
    save_sheet(sheet, picture)
    result.write(options.output)
    print(result.markdown(), end="")
    return 0


def _tables(options: argparse.Namespace) -> int:
    fill_page(options.page, options.results)
    print(options.page)
    return 0
