"""What a baseline is and how it is trained, as frozen values."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from training.config import StageConfig
from training.model.trunk import TrunkConfig

PRESETS = Path(__file__).parent / "presets"


@dataclass(frozen=True)
class VseConfig:
    """VSE++ (Faghri et al. 2018)."""

    width: int = 1024
    """Of the joint space."""
    word_width: int = 300


@dataclass(frozen=True)
class ScanConfig:
    """SCAN (Lee et al. 2018)."""

    width: int = 1024
    word_width: int = 300
    asks: Literal["words", "regions"] = "words"
    """``words`` look at regions (text-image, "t-i"), or ``regions`` at words ("i-t")."""
    softness: float = 9.0
    """lambda_1, the inverse temperature of attention."""
    pooling: Literal["log_sum_exp", "mean"] = "log_sum_exp"
    sharpness: float = 6.0
    """lambda_2, how much the best match counts more than the others in log-sum-exp."""


@dataclass(frozen=True)
class DeviseConfig:
    """DeViSE (Frome et al. 2013)."""

    width: int = 300
    """Of a word vector; the paper has 500 and 1000."""
    window: int = 5
    """Words to each side that are a word's company when its vector is learned."""


@dataclass(frozen=True)
class AlbefConfig:
    """ALBEF (Li et al. 2021)."""

    text_encoder: str = "all-MiniLM-L6-v2"
    width: int = 256
    """Of the vision transformer."""
    depth: int = 2
    """Its layers, over the CNN's tokens."""
    heads: int = 4
    embedding: int = 256
    """Of the space in which photos and texts are aligned before they are fused."""
    fusion_width: int = 128
    fusion_depth: int = 2
    dropout: float = 0.1
    queue: int = 65536
    """Photos and texts of earlier batches that are negatives, too."""
    momentum: float = 0.995
    distillation: float = 0.4
    """alpha: how much the targets are the momentum model's."""
    distillation_warm_up: int = 200
    """Steps in which alpha rises from 0; the paper takes an epoch."""
    temperature: float = 0.07
    """At the beginning; it is learned."""
    look_again: int = 128
    """Best hits of each query that the fusion encoder judges."""


Shape = VseConfig | ScanConfig | DeviseConfig | AlbefConfig
_SHAPES: dict[str, type[Shape]] = {
    "vse++": VseConfig,
    "scan": ScanConfig,
    "devise": DeviseConfig,
    "albef": AlbefConfig,
}


@dataclass(frozen=True)
class BaselineConfig:
    """A whole run of one baseline."""

    system: str
    trunk: TrunkConfig
    shape: Shape
    stages: tuple[StageConfig, ...]
    """Of kind ``pairs``; what concerns tokens, views and heads there is MKL-VisITA's own."""
    image_size: int = 224
    context_length: int = 48
    captions_per_photo: int = 1
    least_count: int = 2
    """Words that occur less often in the captions are unknown; not for ALBEF, whose text encoder
    has a vocabulary of its own."""
    weight_decay: float = 0.0
    clip_norm: float = 2.0
    ema_decay: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be trained."""
        if not isinstance(self.shape, _SHAPES[self.system]):
            raise ValueError(f"{self.system} cannot have the shape of another system")
        if isinstance(self.shape, AlbefConfig) and self.captions_per_photo != 1:
            raise ValueError("ALBEF takes one caption of each photo in a batch")

    def to_json(self) -> str:
        """The configuration as it is stored."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> BaselineConfig:
        """Parse a stored configuration.

        Raises:
            ValueError: it is no JSON object, or a name in it is unknown.
        """
        try:
            stored: dict[str, Any] = json.loads(text)
            stored["trunk"] = TrunkConfig(**stored["trunk"])
            stored["shape"] = _SHAPES[stored["system"]](**stored.get("shape", {}))
            stored["stages"] = tuple(
                StageConfig(**{**stage, "fixed": tuple(stage.get("fixed", ()))})
                for stage in stored["stages"]
            )
            return cls(**stored)
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a baseline's configuration: {error}") from error

    @classmethod
    def load(cls, path: Path) -> BaselineConfig:
        """Read a configuration file."""
        return cls.from_json(path.read_text("utf-8"))
