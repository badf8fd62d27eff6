"""Image tower: CNN tokens -> vision transformer -> hierarchical fusion of levels."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.model.compact_tokens import CompactConfig, CompactTokens
from training.model.trunk import Trunk, TrunkConfig
from training.model.vision_transformer import VisionTransformer


class ImageTower(nn.Module):
    """Photos (or the cached tokens of frozen trunks) -> one feature vector each.

    Hierarchical feature fusion: each token carries the CNN's low and high level side by side (fused
    early), and the pooled CNN features join the transformer's global view at the end (fused late).
    """

    def __init__(
        self,
        trunks: tuple[TrunkConfig, ...],
        width: int,
        depth: int,
        heads: int,
        dropout: float,
        out_width: int,
        compact: CompactConfig | None = None,
        class_token: bool = False,
        late_fusion: bool = True,
    ) -> None:
        super().__init__()
        self.trunks = nn.ModuleList(Trunk(config) for config in trunks)
        self.token_norms = nn.ModuleList(nn.LayerNorm(t.width) for t in self._trunk_list())
        self.token_projections = nn.ModuleList(
            nn.Linear(t.width, width) for t in self._trunk_list()
        )
        tokens = sum(t.tokens for t in self._trunk_list())
        self.transformer = VisionTransformer(
            tokens, width, depth, heads, 2 * width, dropout, class_token
        )
        pooled = sum(t.width for t in self._trunk_list())
        self.late_fusion = late_fusion
        if late_fusion:
            self.local_norm = nn.LayerNorm(2 * pooled)
            self.local_projection = nn.Linear(2 * pooled, out_width)
        self.global_projection = nn.Linear(width, out_width)
        self.dropout = nn.Dropout(2 * dropout)
        grids = tuple(t.config.grid for t in self._trunk_list())
        self.compact_tokens = CompactTokens(grids, width, compact) if compact else None

    def _trunk_list(self) -> list[Trunk]:
        return [trunk for trunk in self.trunks if isinstance(trunk, Trunk)]

    def tokens(self, photos: Tensor) -> list[Tensor]:
        """(b, 3, s, s) in [0, 1] -> per trunk (b, tokens, width)."""
        return [trunk(photos) for trunk in self.trunks]

    def project(self, tokens: list[Tensor]) -> Tensor:
        """Per-trunk tokens -> one sequence (b, all tokens, width) for the transformer."""
        projected = [
            projection(norm(part))
            for part, norm, projection in zip(
                tokens, self.token_norms, self.token_projections, strict=True
            )
        ]
        return torch.cat(projected, 1)

    def context(self, tokens: list[Tensor], keep: Tensor | None = None) -> Tensor:
        """Per-trunk tokens -> the transformer's view of them: (b, all or kept tokens, width).

        Args:
            tokens: what ``tokens`` gave, or the same from a cache.
            keep: indices into the whole sequence of the tokens the transformer sees.
        """
        out: Tensor = self.transformer(self.project(tokens), keep)
        return out

    def fuse(self, tokens: list[Tensor], context: Tensor) -> Tensor:
        """Pooled CNN features and the transformer's global view -> (b, out_width)."""
        seen: Tensor = self.global_projection(self.dropout(self.transformer.summary(context)))
        if not self.late_fusion:
            return seen
        pooled = torch.cat([torch.cat([t.mean(1), t.amax(1)], -1) for t in tokens], -1)
        local: Tensor = self.local_projection(self.dropout(self.local_norm(pooled)))
        return local + seen

    def features(self, tokens: list[Tensor], keep: Tensor | None = None) -> Tensor:
        """Per-trunk tokens -> (b, out_width); ``keep`` as in ``context``."""
        return self.fuse(tokens, self.context(tokens, keep))

    def compact(self, tokens: list[Tensor]) -> Tensor:
        """Per-trunk tokens -> the compact tokens (b, regions, compact width) in [-1, 1].

        Raises:
            ValueError: this tower was built without them.
        """
        return self.compact_of(self.context(tokens))

    def compact_of(self, context: Tensor) -> Tensor:
        """The compact tokens (b, regions, compact width) of what ``context`` gave for all tokens.

        Raises:
            ValueError: this tower was built without them.
        """
        return self.compress(self.regions_of(context))

    def regions_of(self, context: Tensor) -> Tensor:
        """What the compact tokens are made of: (b, regions, trunks * width).

        Raises:
            ValueError: this tower was built without compact tokens.
        """
        found: Tensor = self._compact().regions(self.transformer.places(context))
        return found

    def compress(self, regions: Tensor) -> Tensor:
        """What ``regions_of`` gave -> compact tokens (b, regions, compact width) in [-1, 1].

        Raises:
            ValueError: this tower was built without them.
        """
        compact: Tensor = self._compact().compress(regions)
        return compact

    def _compact(self) -> CompactTokens:
        if self.compact_tokens is None:
            raise ValueError("this model keeps no image tokens")
        return self.compact_tokens

    def forward(self, photos: Tensor) -> Tensor:
        """(b, 3, s, s) in [0, 1] -> (b, out_width)."""
        return self.features(self.tokens(photos))
