"""What a training run does, as frozen values that are stored beside its checkpoints."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from training.model.captioner import CaptionerConfig
from training.model.compact_tokens import CompactConfig
from training.model.matcher import MatcherConfig
from training.model.multi_kernel import KernelConfig, SimplexKind
from training.model.recurrent import RecurrentConfig
from training.model.trunk import TrunkConfig
from training.model.visita import DEFAULT_KERNELS

StageKind = Literal["pairs", "texts", "heads", "match", "images", "map"]
PairLossKind = Literal["info_nce", "siglip", "triplet", "hinge", "cosine", "stated"]
OptimizerKind = Literal["adamw", "adam", "adagrad", "sgd"]
ScheduleKind = Literal["cosine", "plateau", "constant"]


@dataclass(frozen=True)
class StageConfig:
    """One stretch of training with its own learning rates."""

    name: str
    epochs: int
    learning_rate: float
    """Of everything that starts untrained: transformer, projections, kernels."""
    trunk_rate: float = 0.0
    """Of the CNN trunks; 0 freezes them and their tokens are computed once and cached."""
    text_rate: float = 0.0
    """Of the text encoder; 0 freezes it."""
    fixed: tuple[str, ...] = ()
    """``pairs``: parameters whose names begin so keep their values. The first layers of a CNN see
    the largest maps: without their gradients a step takes half the time."""
    batch_size: int = 128
    micro_batch: int = 0
    """Photos that pass a trained trunk at a time (gradient caching); 0 = the whole batch, which is
    a third quicker and needs about 100 MB of memory per photo."""
    warm_up_epochs: float = 1.0
    keep_tokens: float = 0.4
    """Share of the image tokens that the transformer sees in a training step."""
    drop_words: float = 0.1
    """Chance that a word of a caption is left out."""
    smallest_crop: float = 0.6
    """Smallest share of the photo's area that augmentation keeps (trained trunks only)."""
    kind: StageKind = "pairs"
    """``texts``: captions of one photo are drawn together, no photo is needed (S2's first stage).
    ``pairs``: photos and captions. ``heads``: matcher and captioner on what finished towers give.
    ``match``: the matcher's yes or no about pairs, towers and all (S1). ``images``: photos of one
    kind, or views of one photo, are drawn together (S2's second stage). ``map``: the linear map
    between two finished spaces (S2's third stage).
    """
    loss: PairLossKind = "info_nce"
    """``siglip``: a sigmoid per pair. ``triplet``: hinge to the hardest negative (VSE++).
    ``hinge``: the same to all negatives, which what begins with nothing needs at first.
    ``cosine``: S3's. ``stated``: S2's formula as it is printed, for ``texts`` and ``images``."""
    margin: float = 0.2
    """Of ``triplet``, ``hinge`` and ``cosine``."""
    optimizer: OptimizerKind = "adamw"
    momentum: float = 0.9
    """Of ``sgd``."""
    schedule: ScheduleKind = "cosine"
    """``plateau``: the rates fall by ``plateau_factor`` when the score has not risen for
    ``plateau_patience`` epochs."""
    plateau_patience: int = 3
    plateau_factor: float = 0.1
    accumulate: int = 1
    """Batches whose gradients are averaged for one step of the optimizer."""
    measure_every: int = 1
    """Epochs from one measurement to the next, the last epoch is always measured: where an epoch
    is a few steps, measuring would take longer than training."""
    patience: int = 0
    """Measured epochs without a better score after which the stage ends early; 0 = never."""
    labelled: int = 0
    """Photos of the labelled sets in a batch, besides ``batch_size`` captioned ones."""
    views: int = 0
    """``heads``: augmented views of every photo whose tokens are computed once."""
    match_loss: float = 0.0
    """Weight of the matcher's loss."""
    caption_loss: float = 0.0
    """Weight of the captioner's loss."""
    soft_targets: float = 0.0
    """Share of the contrastive target that goes to captions of a similar meaning."""


_PARTS: dict[str, Any] = {
    "compact": CompactConfig,
    "matcher": MatcherConfig,
    "captioner": CaptionerConfig,
    "recurrent": RecurrentConfig,
}


def _stage(stored: dict[str, Any]) -> StageConfig:
    return StageConfig(**{**stored, "fixed": tuple(stored.get("fixed", ()))})


@dataclass(frozen=True)
class FitConfig:
    """A whole run."""

    trunks: tuple[TrunkConfig, ...]
    text_encoder: str
    """Hub name or local folder of the pretrained text encoder."""
    stages: tuple[StageConfig, ...]
    kernels: tuple[KernelConfig, ...] = DEFAULT_KERNELS
    width: int = 256
    depth: int = 2
    heads: int = 4
    dropout: float = 0.1
    feature_width: int = 512
    image_size: int = 224
    context_length: int = 48
    captions_per_photo: int = 2
    weight_decay: float = 0.05
    clip_norm: float = 2.0
    ema_decay: float = 0.98
    kernel_loss: float = 0.25
    """Weight of the mean contrastive loss of the single kernels, so that each one learns."""
    kernel_entropy: float = 0.02
    """Weight of the entropy of the kernel weights, against collapse onto one kernel."""
    compact: CompactConfig | None = None
    matcher: MatcherConfig | None = None
    captioner: CaptionerConfig | None = None
    """Its vocabulary is made of the training captions when it is empty here."""
    seed: int = 1
    recurrent: RecurrentConfig | None = None
    """A recurrent text encoder with a vocabulary of its own; ``text_encoder`` then counts not."""
    class_token: bool = False
    """The vision transformer reads the photo off a learned token, not off the mean of all."""
    kernel_simplex: SimplexKind = "softmax"
    linear_map: bool = False
    """A linear map behind the image tower, which stages of kind ``map`` train."""
    sigmoid_bias: bool = False
    """A learned bias of the similarities, for the loss ``siglip``."""
    late_fusion: bool = True
    """Pooled CNN features join the vision transformer's view at the end."""
    shares: str | None = None
    """Split the photos anew, like ``70/15/15``; None = by the splits that the set has."""

    def to_json(self) -> str:
        """The configuration as it is stored."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> FitConfig:
        """Parse a stored configuration.

        Raises:
            ValueError: it is no JSON object, or a name in it is unknown.
        """
        try:
            stored: dict[str, Any] = json.loads(text)
            stored["trunks"] = tuple(TrunkConfig(**trunk) for trunk in stored["trunks"])
            stored["stages"] = tuple(_stage(stage) for stage in stored["stages"])
            if "kernels" in stored:
                stored["kernels"] = tuple(KernelConfig(**kernel) for kernel in stored["kernels"])
            for name, kind in _PARTS.items():
                if stored.get(name) is not None:
                    values = stored[name]
                    if "vocabulary" in values:
                        values = {**values, "vocabulary": tuple(values["vocabulary"])}
                    stored[name] = kind(**values)
            return cls(**stored)
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a training configuration: {error}") from error

    @classmethod
    def load(cls, path: Path) -> FitConfig:
        """Read a configuration file."""
        return cls.from_json(path.read_text("utf-8"))
