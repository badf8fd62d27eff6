"""Multi-kernel learning as an embedding: the inner product of two embeddings is the kernel sum.

MKL-VisITA (arXiv 2406.15306) combines kernels k_1..k_m with learned weights alpha_1..alpha_m. Every
kernel here has an explicit feature map phi_m of unit length, so

    <e(x), e(t)> = sum_m alpha_m <phi_m(x), phi_m(t)> = sum_m alpha_m k_m(x, t)

with e = concat_m sqrt(alpha_m) phi_m, and a nearest-neighbour index searches the kernel sum itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

KernelKind = Literal["linear", "polynomial", "gaussian"]
SimplexKind = Literal["softmax", "projection"]


@dataclass(frozen=True)
class KernelConfig:
    """One kernel: its kind, how many dimensions its feature map has, its weight at the start."""

    kind: KernelKind
    dim: int
    initial_weight: float
    bandwidth: float = 1.0
    """sigma of the Gaussian kernel on unit vectors; the other kinds ignore it."""

    @property
    def name(self) -> str:
        """How reports call it."""
        return f"gaussian {self.bandwidth:g}" if self.kind == "gaussian" else self.kind


class LinearMap(nn.Module):
    """k(x, t) = <Px, Pt> / (|Px| |Pt|): a projection of unit length."""

    def __init__(self, width: int, dim: int) -> None:
        super().__init__()
        self.projection = nn.Linear(width, dim)

    def forward(self, features: Tensor) -> Tensor:
        """(b, width) -> (b, dim), unit rows."""
        unit: Tensor = F.normalize(self.projection(features), dim=-1)
        return unit


class PolynomialMap(nn.Module):
    """Degree 2: (Ax) * (Bx) elementwise is a low-rank map of the polynomial kernel (x^T t)^2."""

    def __init__(self, width: int, dim: int) -> None:
        super().__init__()
        self.left = nn.Linear(width, dim)
        self.right = nn.Linear(width, dim)

    def forward(self, features: Tensor) -> Tensor:
        """(b, width) -> (b, dim), unit rows."""
        return F.normalize(self.left(features) * self.right(features), dim=-1)


class GaussianMap(nn.Module):
    """exp(-|u - v|^2 / (2 sigma^2)) by random Fourier features (Rahimi and Recht 2007).

    u is a learned unit projection; the frequencies are orthogonal draws (Yu et al. 2016), the same
    for photos and texts, and cos/sin pairs give every vector unit length exactly.
    """

    frequencies: Tensor

    def __init__(self, width: int, dim: int, frequencies: Tensor) -> None:
        super().__init__()
        self.projection = nn.Linear(width, frequencies.shape[0])
        self.register_buffer("frequencies", frequencies)
        self.scale = math.sqrt(2.0 / dim)

    def forward(self, features: Tensor) -> Tensor:
        """(b, width) -> (b, dim), unit rows."""
        unit = F.normalize(self.projection(features), dim=-1)
        phase = unit @ self.frequencies
        waves: Tensor = self.scale * torch.cat([phase.cos(), phase.sin()], -1)
        return waves


def orthogonal_frequencies(dim: int, bandwidth: float, generator: torch.Generator) -> Tensor:
    """(dim / 2, dim / 2) frequencies ~ N(0, 1 / bandwidth^2) with orthogonal columns."""
    half = dim // 2
    basis, _ = torch.linalg.qr(torch.randn(half, half, generator=generator))
    lengths = torch.randn(half, half, generator=generator).norm(dim=0)
    frequencies: Tensor = basis * lengths / bandwidth
    return frequencies


class KernelWeights(nn.Module):
    """alpha on the simplex, shared by both towers."""

    def __init__(self, kernels: tuple[KernelConfig, ...]) -> None:
        super().__init__()
        initial = torch.tensor([kernel.initial_weight for kernel in kernels])
        self.logits = nn.Parameter((initial / initial.sum()).log())

    def forward(self) -> Tensor:
        """(m,) weights that sum to 1."""
        return self.logits.softmax(0)

    def entropy(self) -> Tensor:
        """In [0, 1]; 0 = everything on one kernel (a failure sign)."""
        alpha = self()
        if len(alpha) == 1:
            return torch.ones_like(alpha).sum()
        entropy: Tensor = -(alpha * alpha.log()).sum() / math.log(len(alpha))
        return entropy

    def project(self) -> None:
        """After a step of the optimizer: nothing to do, softmax is always on the simplex."""


class ProjectedWeights(KernelWeights):
    """alpha itself is learned and projected back onto the simplex after every step.

    That is classical multi-kernel learning (sum alpha_m = 1, alpha_m >= 0), but for a small floor:
    sqrt(alpha_m) in the embedding has no gradient at zero, and a kernel there could not return.
    """

    floor = 1e-3

    def __init__(self, kernels: tuple[KernelConfig, ...]) -> None:
        super().__init__(kernels)
        self.weights = nn.Parameter(self.logits.detach().softmax(0))
        del self.logits
        self.project()

    def forward(self) -> Tensor:
        """(m,) weights that sum to 1."""
        alpha: Tensor = self.weights
        return alpha

    @torch.no_grad()
    def project(self) -> None:
        """After a step of the optimizer: the nearest point of the simplex."""
        room = 1 - self.floor * len(self.weights)
        above = project_to_simplex((self.weights - self.floor) / room)
        self.weights.copy_(above * room + self.floor)


def project_to_simplex(point: Tensor) -> Tensor:
    """(m,) -> the nearest point with entries >= 0 that sum to 1 (Duchi et al. 2008, figure 1)."""
    falling = point.sort(descending=True).values
    numbers = torch.arange(1, len(point) + 1, device=point.device)
    shift = (falling.cumsum(0) - 1) / numbers
    last = int((falling > shift).nonzero().max())
    nearest: Tensor = (point - shift[last]).clamp_min(0)
    return nearest


def build_kernel_weights(kernels: tuple[KernelConfig, ...], simplex: SimplexKind) -> KernelWeights:
    """alpha, kept on the simplex in one of two ways."""
    return ProjectedWeights(kernels) if simplex == "projection" else KernelWeights(kernels)


class MultiKernelMap(nn.Module):
    """Features of one tower -> the unit vectors phi_m of every kernel."""

    def __init__(self, width: int, kernels: tuple[KernelConfig, ...], seed: int) -> None:
        super().__init__()
        # Both towers draw from the same seed: a Gaussian kernel needs the same frequencies.
        generator = torch.Generator().manual_seed(seed)
        self.maps = nn.ModuleList(_build_map(width, kernel, generator) for kernel in kernels)

    def forward(self, features: Tensor) -> list[Tensor]:
        """(b, width) -> one (b, dim_m) tensor of unit rows per kernel."""
        return [kernel_map(features) for kernel_map in self.maps]


def combine(parts: list[Tensor], alpha: Tensor) -> Tensor:
    """concat_m sqrt(alpha_m) phi_m: (b, sum of dims), unit rows."""
    return torch.cat([part * alpha[m].sqrt() for m, part in enumerate(parts)], -1)


def _build_map(width: int, kernel: KernelConfig, generator: torch.Generator) -> nn.Module:
    if kernel.kind == "linear":
        return LinearMap(width, kernel.dim)
    if kernel.kind == "polynomial":
        return PolynomialMap(width, kernel.dim)
    frequencies = orthogonal_frequencies(kernel.dim, kernel.bandwidth, generator)
    return GaussianMap(width, kernel.dim, frequencies)
