"""What the training loop asks of a model."""

from __future__ import annotations

from typing import Any

from torch import nn


class TrainableModel(nn.Module):
    """A module that the loop can train."""

    def after_step(self) -> None:
        """The optimizer has changed the weights: put right what must hold for them."""

    def logged(self) -> dict[str, Any]:
        """What each line of the log says of the model itself."""
        return {}
