"""Kernel sets and numbers of kernels, all with embeddings of the same width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from training.config import FitConfig
from training.experiments.material import Material
from training.experiments.variant import RECALL, Column, Experiment, Plan, Variant, without_heads
from training.model.multi_kernel import KernelConfig, KernelKind

_Kind = tuple[KernelKind, float]
"""Kind and bandwidth."""

_MANY: tuple[_Kind, ...] = (
    ("linear", 1.0),
    ("polynomial", 1.0),
    ("gaussian", 1.0),
    ("gaussian", 0.5),
    ("gaussian", 2.0),
    ("gaussian", 0.7),
    ("gaussian", 1.4),
    ("gaussian", 0.35),
)
_NUMBERS = (2, 4, 8)
_LINEAR_SHARE, _LINEAR_WEIGHT = 0.625, 0.6
"""What the linear kernel has of the dimensions and of the weight beside others, as by default."""


def beside_linear(dim: int, others: Sequence[_Kind]) -> tuple[KernelConfig, ...]:
    """A broad linear kernel and others that share the rest: ``dim`` dimensions in all.

    Args:
        dim: even; a Gaussian kernel has pairs of dimensions.
        others: kinds and bandwidths.
    """
    if not others:
        return (KernelConfig("linear", dim, 1.0),)
    narrow = round(dim * (1 - _LINEAR_SHARE) / len(others) / 2) * 2
    weight = (1 - _LINEAR_WEIGHT) / len(others)
    rest = tuple(KernelConfig(kind, narrow, weight, width) for kind, width in others)
    return (KernelConfig("linear", dim - narrow * len(others), _LINEAR_WEIGHT), *rest)


def equal(dim: int, count: int) -> tuple[KernelConfig, ...]:
    """The first ``count`` of eight kernels, equally broad (but for rounding) and weighted."""
    narrow = dim // count // 2 * 2
    first = dim - narrow * (count - 1)
    return tuple(
        KernelConfig(kind, first if number == 0 else narrow, 1 / count, width)
        for number, (kind, width) in enumerate(_MANY[:count])
    )


def _plan(config: FitConfig, material: Material) -> Plan:
    plain = without_heads(config)
    dim = sum(kernel.dim for kernel in config.kernels)
    polynomial: _Kind = ("polynomial", 1.0)
    gaussians: tuple[_Kind, ...] = (("gaussian", 2.0), ("gaussian", 1.0), ("gaussian", 0.5))
    sets = {
        "linear": beside_linear(dim, ()),
        "linear, polynomial": beside_linear(dim, (polynomial,)),
        "linear, Gaussian 1": beside_linear(dim, gaussians[1:2]),
        "linear, Gaussians 2, 1, 0.5": beside_linear(dim, gaussians),
        "the recipe's own": config.kernels,
    }
    own = "the recipe's own, weights projected onto the simplex"
    variants = (
        *(Variant(name, replace(plain, kernels=kernels)) for name, kernels in sets.items()),
        Variant(own, replace(plain, kernel_simplex="projection")),
        *(
            Variant(f"{count} kernels of {dim // count}", replace(plain, kernels=equal(dim, count)))
            for count in _NUMBERS
        ),
    )
    columns = (
        *RECALL,
        Column("parameters of both maps, M", "kernel parameters, M", 2),
        Column("kernels, ms a photo", "kernel ms", 2),
        Column("whole head, ms a photo", "head ms", 2),
        Column("s a step", "step seconds", 2),
    )
    notes = (
        f"Every embedding has {dim} dimensions; one kernel is the first row.",
        "The head is everything behind the cached CNN tokens: vision transformer, fusion, kernels.",
    )
    return Plan(variants, columns, notes, shows_kernels=True)


KERNELS = Experiment(
    "kernels", "Which kernels, and how many, at what cost? What weights are learned?", _plan
)
