"""What the trainer needs of a stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from torch import nn


@dataclass(frozen=True)
class Measure:
    """How good the model is after an epoch."""

    score: float
    """Higher is better; the checkpoint with the highest one is kept."""
    facts: dict[str, Any]
    """For the log: every figure behind the score."""


class Stage(Protocol):
    """One stretch of training; the trainer owns optimizer, schedule, average and files."""

    measured_by: str
    """Name of the score: stages with the same one compete for the best checkpoint."""

    def parameters(self) -> list[tuple[float, list[nn.Parameter], bool]]:
        """Groups of (learning rate, parameters, decayed); all others are frozen."""

    def steps(self) -> int:
        """Steps of one epoch."""

    def batches(self, epoch: int) -> Iterator[Any]:
        """The batches of one epoch; every choice comes from the seed and the epoch."""

    def backward(self, batch: Any) -> dict[str, float]:
        """Losses of a batch, ``loss`` among them; their gradients are left in the parameters."""

    def measure(self) -> Measure:
        """Measure the model (in evaluation mode) on the validation photos."""


def group_parameters(
    model: nn.Module, rates: dict[str, float]
) -> list[tuple[float, list[nn.Parameter], bool]]:
    """Switch gradients on where a rate is positive, and group what they are on for.

    Args:
        model: all its parameters are looked at.
        rates: by the beginning of a parameter's name, the longest that fits counts; "" = the rest.
    """
    groups: dict[tuple[str, bool], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        prefix = max((p for p in rates if name.startswith(p)), key=len)
        parameter.requires_grad_(rates[prefix] > 0)
        if parameter.requires_grad:
            # norms, biases and kernel weights are not decayed
            groups.setdefault((prefix, parameter.dim() > 1), []).append(parameter)
    return [
        (rates[prefix], parameters, decayed) for (prefix, decayed), parameters in groups.items()
    ]
