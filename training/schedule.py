"""Learning-rate schedules."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Protocol

from torch.optim import Optimizer
from torch.optim.lr_scheduler import LambdaLR, ReduceLROnPlateau

from training.config import StageConfig


class Schedule(Protocol):
    """Changes the learning rates of an optimizer."""

    def after_step(self) -> None:
        """The optimizer has made a step."""

    def after_epoch(self, score: float) -> None:
        """An epoch is over and was measured; higher is better."""

    def state_dict(self) -> dict[str, Any]:
        """What a resumed run needs."""

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from there."""


class ByStep:
    """A factor for every step, whatever the score."""

    def __init__(self, optimizer: Optimizer, factor: Callable[[int], float]) -> None:
        self._inner = LambdaLR(optimizer, factor)

    def after_step(self) -> None:
        """Take the next factor."""
        self._inner.step()

    def after_epoch(self, score: float) -> None:
        """Nothing: only steps count."""

    def state_dict(self) -> dict[str, Any]:
        """What a resumed run needs."""
        return self._inner.state_dict()

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from there."""
        self._inner.load_state_dict(state)


class Plateau:
    """Lower the rates when the score stops rising ("changed by validation performance", S1)."""

    def __init__(self, optimizer: Optimizer, patience: int, factor: float) -> None:
        self._inner = ReduceLROnPlateau(optimizer, mode="max", patience=patience, factor=factor)

    def after_step(self) -> None:
        """Nothing: only epochs count."""

    def after_epoch(self, score: float) -> None:
        """Look at the score."""
        self._inner.step(score)

    def state_dict(self) -> dict[str, Any]:
        """What a resumed run needs."""
        state: dict[str, Any] = self._inner.state_dict()
        return state

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from there."""
        self._inner.load_state_dict(state)


def build_schedule(stage: StageConfig, optimizer: Optimizer, steps: int) -> Schedule:
    """The schedule of a stage.

    Args:
        stage: decides it.
        optimizer: its rates are changed.
        steps: of the optimizer, in one epoch.
    """
    if stage.schedule == "plateau":
        return Plateau(optimizer, stage.plateau_patience, stage.plateau_factor)
    warm_up = round(stage.warm_up_epochs * steps)
    if stage.schedule == "constant":
        return ByStep(optimizer, lambda step: min(1.0, (step + 1) / max(1, warm_up)))
    return ByStep(optimizer, warm_up_cosine(warm_up, stage.epochs * steps))


def warm_up_cosine(warm_up_steps: int, steps: int) -> Callable[[int], float]:
    """Factor of the learning rate at a step: linear rise, then half a cosine down to zero."""

    def factor(step: int) -> float:
        if step < warm_up_steps:
            return (step + 1) / warm_up_steps
        progress = (step - warm_up_steps) / max(1, steps - warm_up_steps)
        return 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))

    return factor
