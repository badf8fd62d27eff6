"""The multi-kernel embedding keeps what it promises: inner product = weighted sum of kernels."""

from __future__ import annotations

import pytest
import torch

from training.model.multi_kernel import (
    KernelConfig,
    KernelWeights,
    MultiKernelMap,
    combine,
    orthogonal_frequencies,
)

KERNELS = (
    KernelConfig("linear", 24, 0.5),
    KernelConfig("polynomial", 16, 0.2),
    KernelConfig("gaussian", 32, 0.3, bandwidth=0.7),
)


def test_inner_product_is_the_weighted_kernel_sum() -> None:
    torch.manual_seed(1)
    photos, texts = MultiKernelMap(12, KERNELS, 5), MultiKernelMap(12, KERNELS, 5)
    weights = KernelWeights(KERNELS)
    image_parts, text_parts = photos(torch.randn(7, 12)), texts(torch.randn(6, 12))
    alpha = weights()
    whole = combine(image_parts, alpha) @ combine(text_parts, alpha).T
    single = sum(a * x @ t.T for a, x, t in zip(alpha, image_parts, text_parts, strict=True))
    torch.testing.assert_close(whole, single)
    torch.testing.assert_close(combine(image_parts, alpha).norm(dim=1), torch.ones(7))


def test_weights_start_as_asked_and_stay_on_the_simplex() -> None:
    weights = KernelWeights(KERNELS)
    torch.testing.assert_close(weights(), torch.tensor([0.5, 0.2, 0.3]))
    with torch.no_grad():
        weights.logits.copy_(torch.tensor([9.0, 0.0, 0.0]))
    assert float(weights().sum().detach()) == pytest.approx(1.0)
    assert float(weights.entropy().detach()) < 0.01
    with torch.no_grad():
        weights.logits.zero_()
    assert float(weights.entropy().detach()) == pytest.approx(1.0)


def test_both_towers_share_the_random_frequencies() -> None:
    photos, texts = MultiKernelMap(12, KERNELS, 5), MultiKernelMap(12, KERNELS, 5)
    torch.testing.assert_close(photos.maps[2].frequencies, texts.maps[2].frequencies)


def test_random_features_approximate_the_gaussian_kernel() -> None:
    torch.manual_seed(0)
    dim, bandwidth = 2048, 0.8
    frequencies = orthogonal_frequencies(dim, bandwidth, torch.Generator().manual_seed(3))
    points = torch.nn.functional.normalize(torch.randn(20, dim // 2), dim=-1)
    phase = points @ frequencies
    features = (2.0 / dim) ** 0.5 * torch.cat([phase.cos(), phase.sin()], -1)
    exact = torch.exp(-torch.cdist(points, points).pow(2) / (2 * bandwidth**2))
    assert float((features @ features.T - exact).abs().max()) < 0.1
