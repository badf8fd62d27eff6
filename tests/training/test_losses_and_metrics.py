"""Losses and metrics against slow, obvious twins."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from training.losses import info_nce
from training.metrics import image_to_text, text_to_image
from training.schedule import warm_up_cosine


def slow_info_nce(
    photos: torch.Tensor, texts: torch.Tensor, owners: list[int], temperature: float
) -> float:
    similar = [[float(t @ p) / temperature for p in photos] for t in texts]
    text_to_photo = 0.0
    photo_to_text = 0.0
    for c, owner in enumerate(owners):
        row = similar[c]
        text_to_photo -= math.log(math.exp(row[owner]) / sum(math.exp(s) for s in row))
        rivals = [math.exp(similar[o][owner]) for o, other in enumerate(owners) if other != owner]
        own = math.exp(row[owner])
        photo_to_text -= math.log(own / (own + sum(rivals)))
    return (text_to_photo + photo_to_text) / 2 / len(owners)


def test_info_nce_is_the_slow_one() -> None:
    torch.manual_seed(0)
    photos = F.normalize(torch.randn(5, 8), dim=-1)
    texts = F.normalize(torch.randn(9, 8), dim=-1)
    owners = [0, 0, 1, 2, 2, 2, 3, 4, 4]
    fast = info_nce(photos, texts, torch.tensor(owners), torch.tensor(0.3))
    assert float(fast) == pytest.approx(slow_info_nce(photos, texts, owners, 0.3), rel=1e-5)


def test_info_nce_falls_towards_zero_when_pairs_agree() -> None:
    photos = torch.eye(6)
    owners = torch.arange(6).repeat_interleave(2)
    agreeing = info_nce(photos, photos[owners], owners, torch.tensor(0.05))
    swapped = info_nce(photos, photos[owners.flip(0)], owners, torch.tensor(0.05))
    assert float(agreeing) < 1e-4
    assert float(swapped) > 10


def slow_ranks(scores: np.ndarray, right: list[set[int]]) -> list[int]:
    ranks = []
    for row, own in zip(scores, right, strict=True):
        order = sorted(range(len(row)), key=lambda i: -row[i])
        ranks.append(1 + min(order.index(i) for i in own))
    return ranks


def test_retrieval_metrics_are_the_slow_ones() -> None:
    rng = np.random.default_rng(3)
    photos = rng.standard_normal((30, 8)).astype(np.float32)
    owners = np.sort(np.concatenate([np.arange(30), rng.integers(0, 30, 60)]))
    texts = (photos[owners] + 2 * rng.standard_normal((90, 8))).astype(np.float32)
    scores = texts @ photos.T
    forward = slow_ranks(scores, [{int(o)} for o in owners])
    backward = slow_ranks(
        scores.T, [{int(c) for c in np.flatnonzero(owners == i)} for i in range(30)]
    )
    for metrics, ranks in (
        (text_to_image(photos, texts, owners), forward),
        (image_to_text(photos, texts, owners), backward),
    ):
        for k in (1, 5, 10):
            assert metrics.recall[k] == pytest.approx(100 * np.mean([r <= k for r in ranks]))
        assert metrics.median_rank == np.median(ranks)


def test_schedule_rises_then_falls_to_zero() -> None:
    factor = warm_up_cosine(10, 100)
    values = [factor(step) for step in range(101)]
    assert values[0] == pytest.approx(0.1)
    assert max(values) == values[9] == 1.0
    assert values[9:] == sorted(values[9:], reverse=True)
    assert values[100] == pytest.approx(0.0)
