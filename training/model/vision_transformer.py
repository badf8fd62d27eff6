"""Vision transformer over CNN tokens (MKL-VisITA eq. 4, 5): global context for local features."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class SelfAttention(nn.Module):
    """Multi-head scaled dot-product attention: softmax(Q K^T / sqrt(d_k)) V, heads side by side."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        if width % heads:
            raise ValueError(f"{heads} heads do not divide a width of {width}")
        self.heads = heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)

    def forward(self, x: Tensor, is_causal: bool = False) -> Tensor:
        """(b, n, width) -> (b, n, width); causal: a token sees itself and what is before it."""
        query, key, value = self._split(x)
        mixed = F.scaled_dot_product_attention(query, key, value, is_causal=is_causal)
        out: Tensor = self.output(mixed.transpose(1, 2).flatten(2))
        return out

    def weights(self, x: Tensor) -> Tensor:
        """The attention map itself: (b, heads, n, n), rows sum to 1."""
        query, key, _ = self._split(x)
        scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
        weights: Tensor = scores.softmax(-1)
        return weights

    def _split(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        b, n, width = x.shape
        mixed = self.query_key_value(x).view(b, n, 3, self.heads, width // self.heads)
        query, key, value = mixed.permute(2, 0, 3, 1, 4)
        return query, key, value


class TransformerLayer(nn.Module):
    """Pre-norm layer: attention and feed-forward, each with a residual connection."""

    def __init__(self, width: int, heads: int, feed_forward: int, dropout: float) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(width)
        self.attention = SelfAttention(width, heads)
        self.feed_forward_norm = nn.LayerNorm(width)
        self.feed_forward = nn.Sequential(
            nn.Linear(width, feed_forward),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(feed_forward, width),
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(b, n, width) -> (b, n, width)."""
        x = x + self.dropout(self.attention(self.attention_norm(x)))
        out: Tensor = x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))
        return out


class VisionTransformer(nn.Module):
    """Self-attention over a token sequence with learned positions."""

    def __init__(
        self,
        tokens: int,
        width: int,
        depth: int,
        heads: int,
        feed_forward: int,
        dropout: float,
        class_token: bool = False,
    ) -> None:
        super().__init__()
        self.class_token = nn.Parameter(torch.randn(1, 1, width) * 0.02) if class_token else None
        self.positions = nn.Parameter(torch.randn(1, tokens, width) * 0.02)
        self.layers = nn.ModuleList(
            TransformerLayer(width, heads, feed_forward, dropout) for _ in range(depth)
        )
        self.norm = nn.LayerNorm(width)

    def forward(self, tokens: Tensor, keep: Tensor | None = None) -> Tensor:
        """Put the tokens into context.

        Args:
            tokens: (b, n, width).
            keep: (k,) indices of the tokens that take part; all when None. Dropping most tokens
                while training is a strong regulariser and makes a step cheaper.

        Returns:
            (b, n or k, width); with a class token one more, the first.
        """
        x = tokens + self.positions
        if keep is not None:
            x = x[:, keep]
        x = self._with_class(x)
        for layer in self.layers:
            x = layer(x)
        out: Tensor = self.norm(x)
        return out

    def summary(self, context: Tensor) -> Tensor:
        """(b, n, width) of ``forward`` -> (b, width): the class token, or the mean of all."""
        return context.mean(1) if self.class_token is None else context[:, 0]

    def places(self, context: Tensor) -> Tensor:
        """(b, n, width) of ``forward`` without the class token, which is nowhere in the photo."""
        return context if self.class_token is None else context[:, 1:]

    def _with_class(self, x: Tensor) -> Tensor:
        if self.class_token is None:
            return x
        return torch.cat([self.class_token.expand(len(x), -1, -1), x], 1)

    @torch.no_grad()
    def attention_entropy(self, tokens: Tensor) -> list[float]:
        """Mean entropy of each layer's attention rows, 1.0 = uniform (a failure sign)."""
        x = self._with_class(tokens + self.positions)
        entropies = []
        for layer in self.layers:
            assert isinstance(layer, TransformerLayer)
            weights = layer.attention.weights(layer.attention_norm(x))
            entropy = -(weights * weights.clamp_min(1e-9).log()).sum(-1).mean()
            entropies.append(float(entropy) / math.log(x.shape[1]))
            x = layer(x)
        return entropies
