"""A trunk out of the transformers library: any CNN, or a vision transformer."""

from __future__ import annotations

import json
import math
from typing import Any

import torch
from torch import Tensor, nn


class HubTrunk(nn.Module):
    """A model of the transformers library that can return its hidden states."""

    def __init__(
        self,
        name_or_path: str,
        architecture: dict[str, Any] | None = None,
        input_size: int = 64,
        levels: int = 2,
    ) -> None:
        """Read the pretrained weights, or build the same shape with random ones.

        Args:
            name_or_path: hub name or local folder.
            architecture: the transformers configuration with its ``model_type``; with it nothing is
                read from the hub or the folder.
            input_size: side of the photos that it will see.
            levels: hidden states that it returns, counted from the last one.

        Raises:
            ValueError: it gives no feature maps.
        """
        super().__init__()
        from transformers import AutoConfig, AutoModel

        if architecture is None:
            self.model = AutoModel.from_pretrained(name_or_path).float()
        else:
            settings = dict(architecture)
            kind = settings.pop("model_type")
            self.model = AutoModel.from_config(AutoConfig.for_model(kind, **settings))
        self.architecture: dict[str, Any] = json.loads(
            self.model.config.to_json_string(use_diff=False)
        )
        self.levels = levels
        self.model.eval()
        with torch.no_grad():
            maps = self(torch.zeros(1, 3, input_size, input_size))
        self.channels: tuple[int, ...] = tuple(m.shape[1] for m in maps)

    def forward(self, pixels: Tensor) -> list[Tensor]:
        """(b, 3, h, w) normalised -> the last feature maps (b, c, side, side), low level first."""
        output: Any = self.model(pixel_values=pixels, output_hidden_states=True)
        maps = [_as_map(state) for state in output.hidden_states or ()]
        if len(maps) < self.levels:
            raise ValueError(f"{type(self.model).__name__} gives no {self.levels} feature maps")
        return maps[-self.levels :]


def _as_map(state: Tensor) -> Tensor:
    """A CNN's map as it is; a vision transformer's patches in their rows, without class token."""
    if state.dim() == 4:
        return state
    side = math.isqrt(state.shape[1])
    patches = state[:, state.shape[1] - side**2 :]
    grid: Tensor = patches.transpose(1, 2).unflatten(2, (side, side))
    return grid
