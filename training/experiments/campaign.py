"""All variants and seeds of one experiment, one after another, with what is left to do."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from training.experiments.trained import TrainedRun, TrainedVariant
from training.experiments.variant import Plan, Variant
from training.experiments.variant_trainer import VariantTrainer

log = logging.getLogger(__name__)


def run_plan(plan: Plan, trainer: VariantTrainer, seeds: Sequence[int]) -> list[TrainedVariant]:
    """Train what is not trained yet; the results are in the order of the plan.

    Seeds are the outer loop: after the first one there is a whole table.
    """
    runs: dict[tuple[str, int], TrainedRun] = {}
    left: list[tuple[Variant, int]] = []
    for seed in seeds:
        for variant in plan.variants:
            found = trainer.finished(variant, seed)
            if found is None:
                left.append((variant, seed))
            else:
                runs[variant.name, seed] = found
    if runs:
        log.info("%d of %d were trained before", len(runs), len(runs) + len(left))
    seconds: list[float] = []
    for number, (variant, seed) in enumerate(left, 1):
        log.info("%d of %d: %s, seed %d", number, len(left), variant.name, seed)
        started = time.monotonic()
        run = runs[variant.name, seed] = trainer.train(variant, seed)
        seconds.append(time.monotonic() - started)
        log.info(
            "recall sum %.1f after %.1f minutes; about %.0f minutes are left",
            run.figures["recall sum"],
            seconds[-1] / 60,
            sum(seconds) / len(seconds) * (len(left) - number) / 60,
        )
    return [
        TrainedVariant(variant.name, tuple(runs[variant.name, seed] for seed in seeds))
        for variant in plan.variants
    ]
