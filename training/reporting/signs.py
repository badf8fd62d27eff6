"""The failure signs that MKL-VisITA's notes ask to watch, looked for in a run's metrics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

VANISHING = 1e-4
"""A layer's gradient against the largest of its tower."""
COLLAPSED = 0.25
"""Entropy of the kernel weights, 1 = all equal."""
UNIFORM = 0.98
"""Entropy of an attention map, 1 = it looks everywhere alike."""
OVERFIT_EPOCHS = 3
OVERFIT_LOSS = 0.03
"""Share of the best score that was lost since, over so many epochs, while the loss still fell."""


def failure_signs(lines: Sequence[dict[str, Any]]) -> list[str]:
    """A sentence for every sign that the lines of ``metrics.jsonl`` show."""
    found = []
    for stage in dict.fromkeys(line["stage"] for line in lines):
        own = [line for line in lines if line["stage"] == stage]
        found += [f"{stage}: {sign}" for sign in (*_vanishing(own[-1]), *_overfitting(own))]
        found += [f"{stage}: {sign}" for sign in (*_collapse(own[-1]), *_uniform(own[-1]))]
    return found


def _vanishing(line: dict[str, Any]) -> list[str]:
    found = []
    norms: dict[str, float] = line.get("gradient_norms") or {}
    for tower in ("image_tower", "text_tower"):
        own = {part: norm for part, norm in norms.items() if part.startswith(tower)}
        largest = max(own.values(), default=0.0)
        weak = [part for part, norm in own.items() if norm < VANISHING * largest]
        if weak:
            found.append(
                f"vanishing gradients: {', '.join(weak)} below {VANISHING:g} of the largest in the"
                f" {tower.replace('_', ' ')}."
            )
    return found


def _collapse(line: dict[str, Any]) -> list[str]:
    weights: dict[str, float] = line.get("kernel_weights") or {}
    entropy = line.get("kernel_entropy")
    if len(weights) < 2 or entropy is None or entropy >= COLLAPSED:
        return []
    name = max(weights, key=lambda kernel: weights[kernel])
    return [f"the kernel weights collapse onto {name} ({weights[name]:.0%})."]


def _uniform(line: dict[str, Any]) -> list[str]:
    entropies: list[float] = line.get("attention_entropy") or []
    flat = [str(number + 1) for number, entropy in enumerate(entropies) if entropy > UNIFORM]
    return [f"uniform attention in layer {', '.join(flat)}."] if flat else []


def _overfitting(lines: Sequence[dict[str, Any]]) -> list[str]:
    scores = [line.get("score") for line in lines]
    if None in scores:
        return []
    known = [float(score) for score in scores if score is not None]
    best = max(range(len(known)), key=lambda epoch: known[epoch])
    lost = known[best] - known[-1]
    falls = lines[-1]["loss"] < lines[best]["loss"]
    if len(known) - 1 - best >= OVERFIT_EPOCHS and lost > OVERFIT_LOSS * known[best] and falls:
        return [
            f"overfitting: the validation score was best in epoch {lines[best]['epoch']}"
            f" ({known[best]:.1f}) and is {known[-1]:.1f} now, though the loss still falls."
        ]
    return []
