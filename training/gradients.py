"""How large the gradients of each part of a model are."""

from __future__ import annotations

from collections import defaultdict

from torch import nn

# reported layer by layer, everything else as a whole
_DEEP_PARTS = ("trunks", "transformer", "encoder", "layers")


def gradient_norms(model: nn.Module) -> dict[str, float]:
    """Norm per part: a vanishing one in the early layers is a failure sign (MKL-VisITA)."""
    squares: dict[str, float] = defaultdict(float)
    for name, parameter in model.named_parameters():
        if parameter.grad is not None:
            words = name.split(".")
            part = ".".join(words[: 4 if len(words) > 1 and words[1] in _DEEP_PARTS else 2])
            squares[part] += float(parameter.grad.pow(2).sum())
    return {part: value**0.5 for part, value in squares.items()}
