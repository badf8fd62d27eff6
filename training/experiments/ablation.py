"""Ablation: the model without one of its parts at a time."""

from __future__ import annotations

from dataclasses import replace

from training.config import FitConfig
from training.experiments.material import Material
from training.experiments.variant import RECALL, Column, Experiment, Plan, Variant, without_heads
from training.model.multi_kernel import KernelConfig


def _plan(config: FitConfig, material: Material) -> Plan:
    plain = without_heads(config)
    dim = sum(kernel.dim for kernel in config.kernels)
    one_level = tuple(replace(trunk, levels=1) for trunk in config.trunks)
    variants = (
        Variant("everything", config),
        Variant(
            "without MKL: one linear kernel",
            replace(plain, kernels=(KernelConfig("linear", dim, 1.0),)),
        ),
        Variant("without vision transformer", replace(plain, depth=0)),
        Variant("without early fusion: last CNN level alone", replace(plain, trunks=one_level)),
        Variant("without late fusion of pooled CNN features", replace(plain, late_fusion=False)),
        Variant(
            "without hierarchical fusion: neither of the two",
            replace(plain, trunks=one_level, late_fusion=False),
        ),
    )
    notes = (
        "Without the vision transformer the projected CNN tokens are averaged as they are.",
        "The matcher looks again at the 20 best hits of the first row; the recall sum beside it is "
        "that of the same model without matcher.",
    )
    again = Column("recall sum with matcher", "re-ranked recall sum")
    size = Column("trained parameters, M", "parameters, M", 2)
    return Plan(variants, (RECALL[0], again, *RECALL[1:], size), notes)


ABLATION = Experiment("ablation", "What does each part of the model give?", _plan)
