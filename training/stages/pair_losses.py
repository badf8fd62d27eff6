"""The loss between photos and texts, or between two texts or photos, that a stage asks for."""

from __future__ import annotations

import torch
from torch import Tensor

from training.config import StageConfig
from training.losses import (
    SMALLEST_TEMPERATURE,
    cosine_pairs,
    hardest_triplet,
    info_nce,
    siglip,
    stated_pairs,
    triplet_of,
)
from training.model.visita import VisitaModel


class PairLoss:
    """Holds b embeddings against c others, some of which belong together."""

    def __init__(self, stage: StageConfig, model: VisitaModel) -> None:
        """Take the loss of a stage.

        Raises:
            ValueError: the model lacks what the loss needs.
        """
        if stage.loss == "siglip" and model.sigmoid_bias is None:
            raise ValueError(f"stage {stage.name}: the loss siglip needs sigmoid_bias")
        self._stage = stage
        self._model = model

    def __call__(
        self, photos: Tensor, texts: Tensor, owners: Tensor, similar: Tensor | None = None
    ) -> Tensor:
        """A scalar.

        Args:
            photos: (b, dim) unit rows.
            texts: (c, dim) unit rows.
            owners: (c,) int64, row of ``photos`` that each text belongs to.
            similar: soft targets, see ``info_nce``.
        """
        stage = self._stage
        if stage.loss == "triplet":
            return hardest_triplet(photos, texts, owners, stage.margin)
        if stage.loss == "hinge":
            return triplet_of(texts @ photos.T, owners, stage.margin, hardest=False)
        if stage.loss == "cosine":
            return cosine_pairs(photos, texts, owners, stage.margin)
        if stage.loss == "stated":
            return stated_pairs(photos[owners], texts)
        temperature = self._model.log_temperature.exp().clamp_min(SMALLEST_TEMPERATURE)
        if stage.loss == "siglip":
            bias = self._model.sigmoid_bias
            assert bias is not None
            return siglip(photos, texts, owners, temperature, bias)
        return info_nce(photos, texts, owners, temperature, similar, stage.soft_targets)

    def of_kernels(self, photos: list[Tensor], texts: list[Tensor], owners: Tensor) -> Tensor:
        """The mean over the single kernels, so that each one learns by itself."""
        losses = [self(x, t, owners) for x, t in zip(photos, texts, strict=True)]
        return torch.stack(losses).mean()
