"""The rows of the comparison: which systems, where their weights come from, what papers say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training.baselines.config import PRESETS as BASELINES
from training.comparison import published
from training.comparison.published import Published
from training.fit import PRESETS


@dataclass(frozen=True)
class Trained:
    """Trained here, on the same photos as all the others."""

    recipe: Path
    is_baseline: bool
    """Has a model of its own in ``training.baselines``; else it is a recipe of our own model."""


@dataclass(frozen=True)
class Shipped:
    """The bundle that comes with the app."""


@dataclass(frozen=True)
class Hub:
    """Somebody else's weights, which the app can fetch and keep as a bundle."""

    repository: str
    """On the model hub."""

    @property
    def command(self) -> str:
        """What fetches it."""
        return f"visita model add {self.repository}"


@dataclass(frozen=True)
class System:
    """One row."""

    key: str
    """On the command line."""
    name: str
    source: str
    what: str
    """What stands in this row, and what of it is not as in its source."""
    origin: Trained | Shipped | Hub
    looks_again: bool = False
    """The best hits of each query are judged a second time, by the model's matcher."""
    published: tuple[Published, ...] = ()


def _small(name: str, is_baseline: bool = True) -> Trained:
    return Trained(BASELINES / "small" / f"{name}.json", is_baseline)


_S1 = "arXiv 2406.15306 (S1)"
_BUDGET = Trained(PRESETS / "experiment.json", is_baseline=False)

SYSTEMS: tuple[System, ...] = (
    System(
        "mkl-visita",
        "MKL-VisITA, shipped",
        _S1,
        "The app's own bundle, `assets/model`: int8 graphs, trained for hours on more photos and "
        "captions than the rows below.",
        Shipped(),
        published=(published.MKL_VISITA,),
    ),
    System(
        "mkl-visita-again",
        "MKL-VisITA, shipped, re-ranked",
        _S1,
        "The same, and its matcher looks again at the 50 best hits.",
        Shipped(),
        looks_again=True,
    ),
    System(
        "mkl-visita-budget",
        "MKL-VisITA, same budget",
        _S1,
        "Preset `experiment`, trained here on what the baselines are trained on: the fair row.",
        _BUDGET,
    ),
    System(
        "mkl-visita-budget-again",
        "MKL-VisITA, same budget, re-ranked",
        _S1,
        "The same run with its matcher.",
        _BUDGET,
        looks_again=True,
    ),
    System(
        "vse++",
        "VSE++",
        "Faghri et al. 2018, arXiv 1707.05612",
        "Hardest-negative triplet, GRU from nothing; MobileNetV2, not ResNet-152, and frozen.",
        _small("vse++"),
    ),
    System(
        "scan",
        "SCAN",
        "Lee et al. 2018, arXiv 1803.08024",
        "Stacked cross attention t-i, log-sum-exp; the 49 cells of the CNN's grid stand for the 36 "
        "regions of a detector, which is not at hand. Entropy and mutual information: of the means "
        "of its regions and words.",
        _small("scan"),
    ),
    System(
        "devise",
        "DeViSE",
        "Frome et al. 2013, NeurIPS",
        "Linear map into word vectors, hinge rank loss; vectors by PPMI and SVD from the caption "
        "corpora, not skip-gram from Wikipedia.",
        _small("devise"),
        published=(published.DEVISE,),
    ),
    System(
        "albef",
        "ALBEF, small",
        "Li et al. 2021, arXiv 2107.07651",
        "Contrast with momentum distillation and queue, matching, fusion encoder, from nothing but "
        "frozen MobileNetV2 and MiniLM; no pre-training, no masked language modelling. The fusion "
        "encoder judges the 20 best hits of each query.",
        _small("albef"),
        published=published.ALBEF,
    ),
    System(
        "bert-vit",
        "BERT-ViT, small",
        "CLIP-based matching (S3)",
        "Cosine loss, Adam; MiniLM for BERT, and two layers of vision transformer on MobileNetV2's "
        "tokens for ViT-B, whose weights are not at hand (preset `bert-vit` takes them).",
        _small("bert-vit", is_baseline=False),
        published=(published.BERT_VIT,),
    ),
    System(
        "single-responsibility",
        "single-responsibility, small",
        "three-stage dual stream (S2)",
        "Texts, images, linear map, each alone; frozen trunks, photos' kinds are their own views.",
        _small("single-responsibility", is_baseline=False),
    ),
    System(
        "clip",
        "CLIP",
        "Radford et al. 2021, arXiv 2103.00020",
        "ViT-B/32, pretrained; not trained here.",
        Hub("openai/clip-vit-base-patch32"),
        published=published.CLIP,
    ),
    System(
        "blip",
        "BLIP",
        "Li et al. 2022, arXiv 2201.12086",
        "Pretrained and fine-tuned on COCO; not trained here.",
        Hub("Salesforce/blip-itm-base-coco"),
        published=(published.BLIP,),
    ),
    System(
        "align",
        "ALIGN",
        "Jia et al. 2021, arXiv 2102.05918",
        "Pretrained (COYO-700M); not trained here.",
        Hub("kakaobrain/align-base"),
        published=(published.ALIGN,),
    ),
    System(
        "altclip",
        "AltCLIP",
        "Chen et al. 2022, arXiv 2211.06679",
        "Pretrained; not trained here.",
        Hub("BAAI/AltCLIP"),
        published=(published.ALTCLIP,),
    ),
    System(
        "groupvit",
        "GroupViT",
        "Xu et al. 2022, arXiv 2202.11094",
        "Pretrained; not trained here.",
        Hub("nvidia/groupvit-gcc-yfcc"),
        published=(published.GROUPVIT,),
    ),
)


def chosen(keys: Sequence[str], recipes: Path | None = None) -> tuple[System, ...]:
    """Rows by their keys, in the order of the table; all of them for none.

    Args:
        keys: of the rows.
        recipes: a folder whose files stand in for the recipes of the same names.

    Raises:
        ValueError: a key is unknown.
    """
    known = [system.key for system in SYSTEMS]
    unknown = sorted(set(keys) - set(known))
    if unknown:
        raise ValueError(f"no system {unknown[0]!r}, only: {', '.join(known)}")
    asked = (system for system in SYSTEMS if not keys or system.key in keys)
    return tuple(system if recipes is None else _by_own(system, recipes) for system in asked)


def _by_own(system: System, recipes: Path) -> System:
    if isinstance(system.origin, Trained):
        own = recipes / system.origin.recipe.name
        if own.is_file():
            return replace(system, origin=replace(system.origin, recipe=own))
    return system
