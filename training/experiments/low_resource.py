"""Low resource: a share of the training pairs, with as many steps of the optimizer as all have."""

from __future__ import annotations

from dataclasses import replace

from training.config import FitConfig, StageConfig
from training.experiments.changed_captions import captioned_rows, kept_count
from training.experiments.material import Material
from training.experiments.variant import RECALL, Experiment, Plan, Variant, without_heads

SHARES = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0)


def stretched(stage: StageConfig, photos: int, all_photos: int) -> StageConfig:
    """The stage with more epochs of fewer photos: about as many steps, as often measured.

    Args:
        stage: for all photos.
        photos: those that are left; a batch never holds a photo twice.
        all_photos: those that the stage is meant for.
    """
    batch = min(stage.batch_size, photos)
    steps, all_steps = photos // batch, max(1, all_photos // stage.batch_size)
    epochs = max(1, round(stage.epochs * all_steps / steps))
    longer = epochs / stage.epochs
    return replace(
        stage,
        batch_size=batch,
        epochs=epochs,
        measure_every=max(1, round(stage.measure_every * longer)),
        warm_up_epochs=stage.warm_up_epochs * longer,
    )


def _plan(config: FitConfig, material: Material) -> Plan:
    plain = without_heads(config)
    every = len(captioned_rows(material.train))
    variants = []
    for share in reversed(SHARES):
        photos = kept_count(material.train, share)
        stages = tuple(stretched(stage, photos, every) for stage in plain.stages)
        name = f"{share:.0%}: {photos:,} photos"
        variants.append(Variant(name, replace(plain, stages=stages), share=share))
    notes = (
        "Every row has about as many steps of the optimizer as the first: with as many epochs a "
        "small share would be measured by how few steps it had. Best of the measured epochs, which "
        "are as many in each row.",
        "A share smaller than a batch is one batch, so its photos meet fewer negatives. Each seed "
        "draws its own share; smaller ones lie within larger ones.",
    )
    return Plan(tuple(variants), RECALL, notes)


LOW_RESOURCE = Experiment("low-resource", "How many pairs does it take?", _plan)
