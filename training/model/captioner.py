"""Captioner: a small decoder that says what the compact tokens of a photo show."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.model.cross_attention import CrossAttention
from training.model.vision_transformer import SelfAttention

PADDING, START, END = 0, 1, 2
"""Caption tokens before the vocabulary's own; ``captions.vocabulary`` maps the rest."""
SPECIAL_TOKENS = 3


@dataclass(frozen=True)
class CaptionerConfig:
    """Shape of the captioner."""

    vocabulary: tuple[int, ...] = ()
    """Ids of the text tokenizer that captions are made of; caption token = 3 + position here."""
    width: int = 256
    depth: int = 2
    heads: int = 4
    dropout: float = 0.1
    longest: int = 24
    """Caption tokens at most."""


class _DecoderLayer(nn.Module):
    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.self_norm = nn.LayerNorm(width)
        self.self_attention = SelfAttention(width, heads)
        self.cross_norm = nn.LayerNorm(width)
        self.cross_attention = CrossAttention(width, heads)
        self.feed_forward = nn.Sequential(
            nn.LayerNorm(width),
            nn.Linear(width, 4 * width),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(4 * width, width),
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, memory: Tensor) -> Tensor:
        x = x + self.dropout(self.self_attention(self.self_norm(x), is_causal=True))
        x = x + self.dropout(self.cross_attention(self.cross_norm(x), memory))
        out: Tensor = x + self.dropout(self.feed_forward(x))
        return out


class Captioner(nn.Module):
    """Transformer decoder over [embedding, regions] with tied input and output words."""

    def __init__(self, config: CaptionerConfig, region_width: int, embedding_dim: int) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.words = nn.Embedding(SPECIAL_TOKENS + len(config.vocabulary), width)
        nn.init.normal_(self.words.weight, std=width**-0.5)
        self.positions = nn.Parameter(torch.randn(1, config.longest, width) * 0.02)
        self.region_projection = nn.Linear(region_width, width)
        self.region_positions = nn.Parameter(torch.randn(1, 64, width) * 0.02)
        self.photo_projection = nn.Linear(embedding_dim, width)
        self.layers = nn.ModuleList(
            _DecoderLayer(width, config.heads, config.dropout) for _ in range(config.depth)
        )
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, regions: Tensor | None, embedding: Tensor, tokens: Tensor) -> Tensor:
        """Logits of the next token at each position.

        Args:
            regions: (b, n, region width) compact image tokens, n <= 64; None where only an
                embedding is known: a text's stands for its photo's (CapDec, Nukrai et al. 2022).
            embedding: (b, dim), unit rows.
            tokens: (b, t) int64 caption tokens, START first; t <= ``longest``.

        Returns:
            (b, t, vocabulary) float.
        """
        return self.words_at(self.hidden(regions, embedding, tokens))

    def hidden(self, regions: Tensor | None, embedding: Tensor, tokens: Tensor) -> Tensor:
        """What ``forward`` takes -> (b, t, width), before words are chosen."""
        memory = self.photo_projection(embedding).unsqueeze(1)
        if regions is not None:
            seen = self.region_projection(regions) + self.region_positions[:, : regions.shape[1]]
            memory = torch.cat([memory, seen], 1)
        x = self.dropout(self.words(tokens) + self.positions[:, : tokens.shape[1]])
        for layer in self.layers:
            x = layer(x, memory)
        out: Tensor = self.norm(x)
        return out

    def words_at(self, hidden: Tensor) -> Tensor:
        """(..., width) of ``hidden`` -> (..., vocabulary) logits of the next token."""
        return F.linear(hidden, self.words.weight)
