"""Query bank: what is near to everything says little, so its nearness counts less."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn


class QueryBank(nn.Module):
    """A sample of the other kind's embeddings, against which a photo or a text is weighed.

    In spaces of many dimensions some photos are near to any text ("hubs") and stand in answers
    where they do not belong. Querybank normalisation (Bogolin et al. 2022, arXiv 2112.12777) takes
    off what a photo has in common with a bank of texts. Here it is the softmax's own normaliser:
    t * log mean_j exp(cosine_j / t) at the temperature t that the towers were trained with.
    An empty bank of zeros takes nothing off.
    """

    bank: Tensor
    temperature: Tensor

    def __init__(self, size: int, dim: int) -> None:
        super().__init__()
        self.register_buffer("bank", torch.zeros(size, dim))
        self.register_buffer("temperature", torch.tensor(0.05))

    def fill(self, embeddings: Tensor, temperature: float) -> None:
        """Take up to as many embeddings as it has rows; they repeat where there are fewer.

        Args:
            embeddings: (n, dim) unit rows.
            temperature: of the contrastive loss.
        """
        rows = torch.arange(len(self.bank), device=embeddings.device) % len(embeddings)
        self.bank.copy_(embeddings[rows])
        self.temperature.fill_(temperature)

    def forward(self, embeddings: Tensor) -> Tensor:
        """(b, dim) unit rows -> (b,) what each has in common with the bank, in cosines."""
        cosines = embeddings @ self.bank.T
        soft = torch.logsumexp(cosines / self.temperature, 1) - math.log(len(self.bank))
        common: Tensor = self.temperature * soft
        return common
