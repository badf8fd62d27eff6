"""Noise: a share of the training photos has the captions of another photo."""

from __future__ import annotations

from training.config import FitConfig
from training.experiments.material import Material
from training.experiments.variant import RECALL, Experiment, Plan, Variant, without_heads

SHARES = (0.0, 0.1, 0.2, 0.4)


def _plan(config: FitConfig, material: Material) -> Plan:
    plain = without_heads(config)
    variants = tuple(Variant(f"{share:.0%} wrong", plain, wrong=share) for share in SHARES)
    notes = (
        "Captions change places among the photos that are drawn, so none of those keeps its own "
        "and every caption is still there. Each seed draws its own. The validation pairs are "
        "right.",
    )
    return Plan(variants, RECALL, notes)


NOISE = Experiment("noise", "How much do wrong pairs hurt?", _plan)
