"""Learning-rate schedules."""

from __future__ import annotations

import math
from collections.abc import Callable


def warm_up_cosine(warm_up_steps: int, steps: int) -> Callable[[int], float]:
    """Factor of the learning rate at a step: linear rise, then half a cosine down to zero."""

    def factor(step: int) -> float:
        if step < warm_up_steps:
            return (step + 1) / warm_up_steps
        progress = (step - warm_up_steps) / max(1, steps - warm_up_steps)
        return 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))

    return factor
