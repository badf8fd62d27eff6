"""Image encoders: a pretrained CNN that turns photos into a sequence of tokens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from training.model.hub_trunk import HubTrunk
from training.model.inception_v3 import InceptionV3
from training.model.mobilenet_v2 import MobileNetV2

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class TrunkConfig:
    """Which CNN, at which size, from which weights."""

    name: str
    """``mobilenet_v2``, ``inception_v3``, or a CNN or ViT of the hub by name or folder."""
    input_size: int
    """Photos are resized to this side inside the graph."""
    grid: int
    """Side of the token grid: grid * grid tokens per photo."""
    levels: int = 2
    """Feature maps that a token holds, counted from the last one (our own CNNs have two)."""
    mean: tuple[float, float, float] | None = None
    """Of the pixels that the weights expect; None = what is usual for the name."""
    std: tuple[float, float, float] | None = None
    architecture: dict[str, Any] | None = None
    """The transformers configuration of a trunk of the hub: with it a checkpoint opens without the
    hub. Filled in when the pretrained weights are read."""


class Trunk(nn.Module):
    """Photos in [0, 1] -> tokens that hold the CNN's levels, low and high, side by side."""

    mean: Tensor
    std: Tensor

    def __init__(self, config: TrunkConfig) -> None:
        super().__init__()
        self.cnn, mean, std = _build_cnn(config)
        if isinstance(self.cnn, HubTrunk):
            # a folder's place is nobody's business where the checkpoint goes
            config = replace(
                config, name=Path(config.name).name, architecture=self.cnn.architecture
            )
        self.config = config
        self.channels: tuple[int, ...] = tuple(self.cnn.channels)[-config.levels :]
        if not 1 <= config.levels == len(self.channels):
            raise ValueError(f"{config.name} has no {config.levels} levels")
        mean, std = config.mean or mean, config.std or std
        self.tokens = config.grid**2
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).view(1, 3, 1, 1), persistent=False)

    @property
    def width(self) -> int:
        """Channels of one token."""
        return sum(self.channels)

    def forward(self, photos: Tensor) -> Tensor:
        """(b, 3, s, s) float in [0, 1] -> (b, grid * grid, width)."""
        size = self.config.input_size
        if photos.shape[-1] != size:
            photos = F.interpolate(photos, (size, size), mode="bilinear", align_corners=False)
        levels = self.cnn((photos - self.mean) / self.std)
        grids = [to_grid(level, self.config.grid) for level in levels[-self.config.levels :]]
        return torch.cat(grids, 1).flatten(2).transpose(1, 2)


def load_trunk_weights(trunk: Trunk, path: Path) -> None:
    """Fill a trunk from a safetensors file with torchvision's key names (any float type).

    Raises:
        RuntimeError: keys or shapes do not fit.
    """
    state = {key: value.float() for key, value in load_file(path).items()}
    counters = [k for k in trunk.cnn.state_dict() if k.endswith("num_batches_tracked")]
    for key in counters:
        state.setdefault(key, torch.zeros((), dtype=torch.long))
    trunk.cnn.load_state_dict({k: v.long() if k in counters else v for k, v in state.items()})


def _build_cnn(config: TrunkConfig) -> tuple[Any, tuple[float, ...], tuple[float, ...]]:
    if config.architecture is None and config.name == "mobilenet_v2":
        return MobileNetV2(), IMAGENET_MEAN, IMAGENET_STD
    if config.architecture is None and config.name == "inception_v3":
        return InceptionV3(), (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)
    hub = HubTrunk(config.name, config.architecture, config.input_size, config.levels)
    return hub, IMAGENET_MEAN, IMAGENET_STD


def to_grid(level: Tensor, grid: int) -> Tensor:
    """(b, c, s, s) -> (b, c, grid, grid) by averaging cells, or by interpolation if s < grid."""
    # Fixed kernels instead of adaptive pooling: ONNX has no adaptive pooling with uneven cells.
    side = level.shape[-1]
    if side == grid:
        return level
    if side < grid:
        return F.interpolate(level, (grid, grid), mode="bilinear", align_corners=False)
    stride = side // grid
    return F.avg_pool2d(level, side - (grid - 1) * stride, stride)
