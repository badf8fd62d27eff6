"""Bidirectional cross-modal attention (MKL-VisITA): words look at regions, regions at words."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class CrossAttention(nn.Module):
    """Multi-head attention of one sequence over another: softmax(Q K^T / sqrt(d_k)) V."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        if width % heads:
            raise ValueError(f"{heads} heads do not divide a width of {width}")
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.output = nn.Linear(width, width)

    def forward(self, x: Tensor, y: Tensor, is_there: Tensor | None = None) -> Tensor:
        """Let x look at y.

        Args:
            x: (b, n, width), asks.
            y: (b, m, width), answers.
            is_there: (b, m) bool, False where y is padding; None = all of y.

        Returns:
            (b, n, width).
        """
        query, key, value = self._split(x, y)
        mask = None if is_there is None else is_there[:, None, None, :]
        mixed = F.scaled_dot_product_attention(query, key, value, mask)
        out: Tensor = self.output(mixed.transpose(1, 2).flatten(2))
        return out

    def weights(self, x: Tensor, y: Tensor) -> Tensor:
        """The attention map, mean of the heads: (b, n, m), rows sum to 1."""
        query, key, _ = self._split(x, y)
        scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
        weights: Tensor = scores.softmax(-1).mean(1)
        return weights

    def _split(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        def by_head(part: Tensor) -> Tensor:
            heads: Tensor = part.unflatten(-1, (self.heads, -1)).transpose(1, 2)
            return heads

        key, value = self.key_value(y).chunk(2, -1)
        return by_head(self.query(x)), by_head(key), by_head(value)


class CrossLayer(nn.Module):
    """Words look at regions and regions at words, each with a feed-forward; residual, pre-norm."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.word_norm = nn.LayerNorm(width)
        self.region_norm = nn.LayerNorm(width)
        self.words_to_regions = CrossAttention(width, heads)
        self.regions_to_words = CrossAttention(width, heads)
        self.word_feed_forward = _feed_forward(width, dropout)
        self.region_feed_forward = _feed_forward(width, dropout)
        self.dropout = nn.Dropout(dropout)

    def forward(self, words: Tensor, regions: Tensor, is_word: Tensor) -> tuple[Tensor, Tensor]:
        """(b, l, width), (b, n, width) and (b, l) bool -> both sequences, informed."""
        w, r = self.word_norm(words), self.region_norm(regions)
        words = words + self.dropout(self.words_to_regions(w, r))
        regions = regions + self.dropout(self.regions_to_words(r, w, is_word))
        words = words + self.dropout(self.word_feed_forward(words))
        regions = regions + self.dropout(self.region_feed_forward(regions))
        return words, regions

    def word_attention(self, words: Tensor, regions: Tensor) -> Tensor:
        """Which regions each word looks at in this layer: (b, l, n), rows sum to 1."""
        return self.words_to_regions.weights(self.word_norm(words), self.region_norm(regions))


def _feed_forward(width: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(
        nn.LayerNorm(width),
        nn.Linear(width, 2 * width),
        nn.GELU(),
        nn.Dropout(dropout),
        nn.Linear(2 * width, width),
    )


def masked_mean(x: Tensor, is_there: Tensor) -> Tensor:
    """Mean over the sequence where ``is_there``: (b, l, w) and (b, l) bool -> (b, w)."""
    weights = is_there.unsqueeze(-1).to(x.dtype)
    return torch.sum(x * weights, 1) / weights.sum(1).clamp_min(1)
