"""What every baseline is to training and measuring."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from training.baselines.config import BaselineConfig
from training.config import StageConfig
from training.model.trainable import TrainableModel
from training.model.trunk import Trunk


@dataclass(frozen=True)
class Encoded:
    """n photos or texts, as far as each can be computed without the other side."""

    vectors: Tensor
    """(n, dim) unit rows: one feature of each."""
    parts: Tensor | None = None
    """(n, l, width) regions or words, for systems that compare these."""
    is_part: Tensor | None = None
    """(n, l) bool, False where ``parts`` is padding."""

    def __len__(self) -> int:
        return len(self.vectors)

    def __getitem__(self, rows: Any) -> Encoded:
        return Encoded(
            self.vectors[rows],
            None if self.parts is None else self.parts[rows],
            None if self.is_part is None else self.is_part[rows],
        )

    @classmethod
    def joined(cls, some: Sequence[Encoded]) -> Encoded:
        """Several as one; sequences are padded to the longest."""
        vectors = torch.cat([own.vectors for own in some])
        parts = [own.parts for own in some if own.parts is not None]
        masks = [own.is_part for own in some if own.is_part is not None]
        if not parts:
            return cls(vectors)
        longest = max(part.shape[1] for part in parts)
        return cls(
            vectors,
            torch.cat([F.pad(part, (0, 0, 0, longest - part.shape[1])) for part in parts]),
            torch.cat([F.pad(mask, (0, longest - mask.shape[1])) for mask in masks]),
        )


class Baseline(TrainableModel, ABC):
    """Photos, texts, and how well they fit; the CNN's tokens may come from a cache."""

    look_again = 0
    """Best hits of each query that ``judge`` puts in order; 0 = there is no second look."""

    def __init__(self, config: BaselineConfig) -> None:
        super().__init__()
        self.config = config
        self.trunk = Trunk(config.trunk)

    @abstractmethod
    def photos(self, tokens: Tensor) -> Encoded:
        """(b, tokens, width) of the trunk -> b photos."""

    @abstractmethod
    def texts(self, ids: Tensor, mask: Tensor) -> Encoded:
        """(c, l) int64 ids and mask (1 = token, tokens first) -> c texts."""

    def scores(self, texts: Encoded, photos: Encoded) -> Tensor:
        """How well each of c texts fits each of n photos: (c, n); here the cosine."""
        return texts.vectors @ photos.vectors.T

    def judge(self, texts: Encoded, photos: Encoded) -> Tensor:
        """The second look at p texts and p photos, pair by pair: (p,) logits."""
        raise NotImplementedError(f"{type(self).__name__} looks once")

    @abstractmethod
    def losses(
        self, tokens: Tensor, ids: Tensor, mask: Tensor, owners: Tensor, stage: StageConfig
    ) -> dict[str, Tensor]:
        """Losses of a batch, ``loss`` among them, which is what is minimised.

        Args:
            tokens: (b, tokens, width) of the trunk.
            ids: (c, l) int64.
            mask: (c, l) int64.
            owners: (c,) int64, row of each text's photo.
            stage: has the margin.
        """

    def rates(self, stage: StageConfig) -> dict[str, float]:
        """Learning rates by the beginnings of parameters' names; 0 = frozen."""
        return {"": stage.learning_rate, "trunk.": stage.trunk_rate}

    def answering(self) -> int:
        """Numbers in the weights that an answer needs: not what only training uses."""
        return sum(p.numel() for p in self.parameters())


def unit(rows: Tensor) -> Tensor:
    """Rows of length 1."""
    return F.normalize(rows, dim=-1)
