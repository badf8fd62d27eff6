"""What an experiment consists of: variants of one recipe, and the columns of their table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from training.config import FitConfig
from training.experiments.material import Material


@dataclass(frozen=True)
class Variant:
    """One row of the table: a recipe, and what is done to its training photos."""

    name: str
    config: FitConfig
    share: float = 1.0
    """Of the captioned training photos, how many keep their captions; the others are not seen."""
    wrong: float = 0.0
    """Of the captioned training photos, how many have the captions of another one."""
    labelled: tuple[str, ...] = ()
    """Labelled sets whose training part takes part."""
    measured: tuple[str, ...] = ()
    """Labelled sets whose held-out part is measured, too."""


@dataclass(frozen=True)
class Column:
    """One figure of every variant."""

    title: str
    figure: str
    """Its name among the figures of a run."""
    digits: int = 1
    is_difference: bool = False
    """Show it less that of the first variant."""


@dataclass(frozen=True)
class Plan:
    """What is trained, and what is shown of it."""

    variants: tuple[Variant, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()
    """Sentences below the table."""
    shows_kernels: bool = False
    """A last column with the learned kernel weights."""


@dataclass(frozen=True)
class Experiment:
    """One question to the model."""

    name: str
    question: str
    plan: Callable[[FitConfig, Material], Plan]


RECALL = (
    Column("recall sum", "recall sum"),
    Column("against the first", "recall sum", is_difference=True),
    Column("text-to-image R@1", "text-to-image R@1"),
    Column("R@5", "text-to-image R@5"),
    Column("R@10", "text-to-image R@10"),
    Column("image-to-text R@1", "image-to-text R@1"),
    Column("R@5", "image-to-text R@5"),
    Column("R@10", "image-to-text R@10"),
)


def without_heads(config: FitConfig) -> FitConfig:
    """The same recipe without the stages that train a matcher or a captioner.

    Raises:
        ValueError: nothing would be left.
    """
    kept = tuple(stage for stage in config.stages if stage.kind != "heads")
    if not kept:
        raise ValueError("the recipe has no stage that trains the towers")
    return replace(config, stages=kept)
