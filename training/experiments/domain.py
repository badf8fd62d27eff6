"""Other domains: photos with class names that the captioned photos do not resemble."""

from __future__ import annotations

from dataclasses import replace

from training.config import FitConfig
from training.experiments.material import Material
from training.experiments.variant import RECALL, Column, Experiment, Plan, Variant, without_heads

_LABELLED = 24
"""Class-labelled photos in a batch, beside the captioned ones, where the recipe names no number."""


def _plan(config: FitConfig, material: Material) -> Plan:
    if not material.labelled:
        raise ValueError("the experiment `domain` needs labelled sets (--labelled)")
    plain = without_heads(config)
    stages = tuple(
        replace(stage, labelled=stage.labelled or _LABELLED) if stage.kind == "pairs" else stage
        for stage in plain.stages
    )
    mixed = replace(plain, stages=stages)
    alone = replace(plain, stages=tuple(replace(s, labelled=0) for s in plain.stages))
    names = tuple(own.name for own in material.labelled)
    variants = [
        Variant("captioned photos alone", alone, measured=names),
        Variant("and all labelled sets", mixed, labelled=names, measured=names),
    ]
    if len(names) > 1:
        for name in names:
            others = tuple(other for other in names if other != name)
            variants.append(Variant(f"and all but {name}", mixed, labelled=others, measured=names))
    columns = [*RECALL[:2]]
    for name in names:
        columns.append(Column(f"{name}: top-1", f"{name} top-1"))
        columns.append(Column("found by class name: P@10", f"{name} P@10"))
    notes = (
        "Four fifths of each labelled set may be trained on, with captions made of the class "
        "names; the figures are those of the other fifth, split by content. Top-1: share of the "
        "photos whose class name, out of all of the set, is nearest. P@10: right ones among the "
        "first ten photos for a class name.",
        "`All but` rows tell what other labelled photos give to a domain that was never seen.",
    )
    return Plan(tuple(variants), tuple(columns), notes)


DOMAIN = Experiment("domain", "What does it know of photos of another kind?", _plan)
