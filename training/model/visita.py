"""MKL-VisITA as a dual encoder: two towers whose multi-kernel similarity is an inner product."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.model.captioner import Captioner, CaptionerConfig
from training.model.compact_tokens import CompactConfig
from training.model.image_tower import ImageTower
from training.model.matcher import Matcher, MatcherConfig
from training.model.multi_kernel import (
    KernelConfig,
    MultiKernelMap,
    SimplexKind,
    build_kernel_weights,
    combine,
)
from training.model.text_tower import TextTower
from training.model.trainable import TrainableModel
from training.model.trunk import Trunk, TrunkConfig

DEFAULT_KERNELS = (
    KernelConfig("linear", 320, 0.6),
    KernelConfig("polynomial", 64, 0.1),
    KernelConfig("gaussian", 64, 0.15, bandwidth=1.0),
    KernelConfig("gaussian", 64, 0.15, bandwidth=0.5),
)


@dataclass(frozen=True)
class ModelConfig:
    """Everything that decides the shape of the model; stored beside every checkpoint."""

    trunks: tuple[TrunkConfig, ...]
    text_encoder: dict[str, Any]
    """The transformers configuration of the text encoder, as a dict with ``model_type``."""
    kernels: tuple[KernelConfig, ...] = DEFAULT_KERNELS
    image_size: int = 224
    context_length: int = 48
    width: int = 256
    depth: int = 2
    heads: int = 4
    dropout: float = 0.1
    feature_width: int = 512
    kernel_seed: int = 1
    compact: CompactConfig | None = None
    """Compact image tokens: what matcher and captioner look at."""
    matcher: MatcherConfig | None = None
    captioner: CaptionerConfig | None = None
    class_token: bool = False
    kernel_simplex: SimplexKind = "softmax"
    linear_map: bool = False
    """A linear map from the image tower's space into the text tower's (S2)."""
    sigmoid_bias: bool = False
    late_fusion: bool = True
    """Pooled CNN features join the vision transformer's view; False only to see what that gives."""

    def __post_init__(self) -> None:
        """Refuse a head that has nothing to look at."""
        if self.compact is None and (self.matcher or self.captioner):
            raise ValueError("matcher and captioner need compact image tokens")

    @property
    def dim(self) -> int:
        """Dimensions of an embedding."""
        return sum(kernel.dim for kernel in self.kernels)

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> ModelConfig:
        """Rebuild a configuration from its JSON form."""
        values = dict(stored)
        values["trunks"] = tuple(TrunkConfig(**trunk) for trunk in values["trunks"])
        values["kernels"] = tuple(KernelConfig(**kernel) for kernel in values["kernels"])
        for name, kind in (
            ("compact", CompactConfig),
            ("matcher", MatcherConfig),
            ("captioner", CaptionerConfig),
        ):
            if values.get(name) is not None:
                values[name] = kind(**values[name])
        if values.get("captioner") is not None:
            vocabulary = tuple(values["captioner"].vocabulary)
            values["captioner"] = replace(values["captioner"], vocabulary=vocabulary)
        return cls(**values)


class VisitaModel(TrainableModel):
    """Photos and texts -> unit embeddings of ``config.dim`` dimensions."""

    def __init__(self, config: ModelConfig, text_encoder: Any) -> None:
        super().__init__()
        self.image_tower = ImageTower(
            config.trunks,
            config.width,
            config.depth,
            config.heads,
            config.dropout,
            config.feature_width,
            config.compact,
            config.class_token,
            config.late_fusion,
        )
        trunks = (trunk for trunk in self.image_tower.trunks if isinstance(trunk, Trunk))
        self.config = replace(config, trunks=tuple(trunk.config for trunk in trunks))
        self.text_tower = TextTower(text_encoder, config.dropout, config.feature_width)
        self.image_kernels = MultiKernelMap(
            config.feature_width, config.kernels, config.kernel_seed
        )
        self.text_kernels = MultiKernelMap(config.feature_width, config.kernels, config.kernel_seed)
        self.kernel_weights = build_kernel_weights(config.kernels, config.kernel_simplex)
        self.linear_map: nn.Linear | None = None
        if config.linear_map:
            self.linear_map = nn.Linear(config.dim, config.dim)
            nn.init.eye_(self.linear_map.weight)
            nn.init.zeros_(self.linear_map.bias)
        self.matcher: Matcher | None = None
        self.captioner: Captioner | None = None
        if config.compact is not None:
            width = config.compact.width
            if config.matcher is not None:
                text_width = int(text_encoder.config.hidden_size)
                self.matcher = Matcher(config.matcher, width, text_width, config.dim)
            if config.captioner is not None:
                self.captioner = Captioner(config.captioner, width, config.dim)
        self.log_temperature = nn.Parameter(torch.tensor(math.log(0.05)))
        # SigLIP (Zhai et al. 2023) starts where every pair is taken for a wrong one
        self.sigmoid_bias = nn.Parameter(torch.tensor(-10.0)) if config.sigmoid_bias else None

    def image_parts(self, tokens: list[Tensor], keep: Tensor | None = None) -> list[Tensor]:
        """CNN tokens -> phi_m of every kernel, each (b, dim_m) with unit rows."""
        return self.image_kernels(self.image_tower.features(tokens, keep))  # type: ignore[no-any-return]

    def text_parts(self, states: Tensor, mask: Tensor) -> list[Tensor]:
        """Token states -> phi_m of every kernel, each (b, dim_m) with unit rows."""
        return self.text_kernels(self.text_tower.features(states, mask))  # type: ignore[no-any-return]

    def encode_image(self, photos: Tensor) -> Tensor:
        """(b, 3, s, s) float in [0, 1] -> (b, dim), unit rows."""
        return self.image_embedding(self.image_parts(self.image_tower.tokens(photos)))

    def image_embedding(self, parts: list[Tensor]) -> Tensor:
        """phi_m of every kernel -> (b, dim), unit rows, in the space of the texts."""
        embedding = combine(parts, self.kernel_weights())
        if self.linear_map is None:
            return embedding
        return F.normalize(self.linear_map(embedding), dim=-1)

    def encode_image_tokens(self, photos: Tensor) -> tuple[Tensor, Tensor]:
        """(b, 3, s, s) -> embeddings (b, dim) and compact tokens (b, regions, compact width)."""
        embedding, regions = self.encode_image_regions(photos)
        return embedding, self.image_tower.compress(regions)

    def encode_image_regions(self, photos: Tensor) -> tuple[Tensor, Tensor]:
        """(b, 3, s, s) -> embeddings (b, dim), and regions that are not compact yet."""
        tower = self.image_tower
        tokens = tower.tokens(photos)
        context = tower.context(tokens)
        embedding = self.image_embedding(self.image_kernels(tower.fuse(tokens, context)))
        return embedding, tower.regions_of(context)

    def encode_text(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(b, l) int64 ids and mask -> (b, dim), unit rows."""
        return self.encode_text_states(ids, mask)[0]

    def encode_text_states(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """(b, l) int64 ids and mask -> embeddings (b, dim), token states (b, l, text width)."""
        states = self.text_tower.states(ids, mask)
        return combine(self.text_parts(states, mask), self.kernel_weights()), states

    def named_kernel_weights(self) -> dict[str, float]:
        """alpha by kernel name."""
        alpha = self.kernel_weights().detach()
        names: list[str] = []
        for kernel in self.config.kernels:
            again = sum(name.split(" #")[0] == kernel.name for name in names)
            names.append(f"{kernel.name} #{again + 1}" if again else kernel.name)
        return {name: float(weight) for name, weight in zip(names, alpha, strict=True)}

    def after_step(self) -> None:
        """Keep the kernel weights on their simplex."""
        self.kernel_weights.project()

    def logged(self) -> dict[str, Any]:
        """Temperature and kernel weights."""
        return {
            "temperature": float(self.log_temperature.detach().exp()),
            "kernel_weights": self.named_kernel_weights(),
            "kernel_entropy": float(self.kernel_weights.entropy().detach()),
        }
