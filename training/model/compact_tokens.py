"""Compact image tokens: what of a photo is kept beside its embedding, for matcher and captioner."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.model.trunk import to_grid


@dataclass(frozen=True)
class CompactConfig:
    """A grid of regions and how many numbers each one keeps."""

    grid: int = 6
    width: int = 48

    @property
    def tokens(self) -> int:
        """Regions of a photo, row by row."""
        return self.grid**2


class CompactTokens(nn.Module):
    """The vision transformer's tokens -> one small vector per region of the photo.

    Every trunk has a grid of its own; here they are laid over each other, so a region knows what
    each CNN saw there and, through the transformer, what the rest of the photo shows.
    """

    def __init__(self, grids: tuple[int, ...], width: int, config: CompactConfig) -> None:
        super().__init__()
        self.config = config
        self.grids = grids
        self.norm = nn.LayerNorm(width * len(grids))
        self.projection = nn.Linear(width * len(grids), config.width)

    def forward(self, context: Tensor) -> Tensor:
        """(b, all tokens, width) of the transformer -> (b, regions, compact width).

        The values lie in [-1, 1]: they are stored as int8.
        """
        return self.compress(self.regions(context))

    def regions(self, context: Tensor) -> Tensor:
        """The trunks' grids laid over each other: (b, regions, trunks * width), nothing learned."""
        maps = []
        start = 0
        for grid in self.grids:
            tokens = context[:, start : start + grid**2]
            level = tokens.transpose(1, 2).unflatten(2, (grid, grid))
            maps.append(to_grid(level, self.config.grid))
            start += grid**2
        return torch.cat(maps, 1).flatten(2).transpose(1, 2)

    def compress(self, regions: Tensor) -> Tensor:
        """(b, regions, trunks * width) -> (b, regions, compact width) in [-1, 1]."""
        return torch.tanh(self.projection(self.norm(regions)))
