"""Losses and metrics against slow, obvious twins."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from training.losses import (
    cosine_pairs,
    hardest_triplet,
    info_nce,
    listwise,
    match_error,
    next_word,
    siglip,
    stated_pairs,
)
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


def test_soft_targets_are_the_slow_ones() -> None:
    torch.manual_seed(1)
    photos = F.normalize(torch.randn(3, 8), dim=-1)
    texts = F.normalize(torch.randn(5, 8), dim=-1)
    owners = [0, 0, 1, 2, 2]
    similar = torch.rand(5, 3).softmax(1)
    logits = texts @ photos.T / 0.3
    by_text = by_photo = 0.0
    for c in range(5):
        for b in range(3):
            share = math.exp(logits[c, b]) / sum(math.exp(x) for x in logits[c])
            by_text -= float(similar[c, b]) * math.log(share) / 5
            wanted = float(similar[c, b]) / sum(float(x) for x in similar[:, b])
            share = math.exp(logits[c, b]) / sum(math.exp(x) for x in logits[:, b])
            by_photo -= wanted * math.log(share) / 3
    hard = slow_info_nce(photos, texts, owners, 0.3)
    fast = info_nce(photos, texts, torch.tensor(owners), torch.tensor(0.3), similar, 0.25)
    assert float(fast) == pytest.approx(0.75 * hard + 0.25 * (by_text + by_photo) / 2, rel=1e-5)


def test_listwise_is_the_slow_one() -> None:
    torch.manual_seed(2)
    logits = torch.randn(4, 3)
    matches = [0, 2, 1, 0]
    is_match = F.one_hot(torch.tensor(matches), 3).bool()
    ranking = calibration = 0.0
    for row, match in zip(logits.tolist(), matches, strict=True):
        ranking -= math.log(math.exp(row[match]) / sum(map(math.exp, row))) / 4
        for number, logit in enumerate(row):
            chance = 1 / (1 + math.exp(-logit))
            # matches and the others weigh the same as a whole: 1/3 and 2/3 of the pairs
            if number == match:
                calibration -= math.log(chance) * 0.5 / (1 / 3) / 12
            else:
                calibration -= math.log(1 - chance) * 0.5 / (2 / 3) / 12
    expected = ranking + 0.5 * calibration
    assert float(listwise(logits, is_match)) == pytest.approx(expected, rel=1e-5)


def test_next_word_is_the_slow_one_and_ignores_padding() -> None:
    torch.manual_seed(3)
    tokens = torch.tensor([[1, 4, 5, 2], [1, 3, 2, 0]])
    logits = torch.randn(2, 3, 6)
    total = 0.0
    for row, position, token in ((0, 0, 4), (0, 1, 5), (0, 2, 2), (1, 0, 3), (1, 1, 2)):
        shares = logits[row, position].log_softmax(0).tolist()
        total -= 0.9 * shares[token] + 0.1 * sum(shares) / 6
    assert float(next_word(logits, tokens, 0)) == pytest.approx(total / 5, rel=1e-5)
    changed = logits.clone()
    changed[1, 2] = 9.0  # predicts padding
    assert float(next_word(changed, tokens, 0)) == pytest.approx(total / 5, rel=1e-5)


def test_other_losses_between_pairs_are_the_slow_ones() -> None:
    torch.manual_seed(4)
    photos = F.normalize(torch.randn(4, 6), dim=-1)
    texts = F.normalize(torch.randn(7, 6), dim=-1)
    owners = [0, 0, 1, 2, 2, 3, 3]
    scores = (texts @ photos.T).tolist()
    sigmoid = triplet = 0.0
    pairs, others = [], []
    for c, owner in enumerate(owners):
        for p in range(4):
            logit = (scores[c][p] / 0.2 - 1.5) * (1 if p == owner else -1)
            sigmoid -= math.log(1 / (1 + math.exp(-logit))) / 7
            if p == owner:
                pairs.append(1 - scores[c][p])
            else:
                others.append(max(0.0, scores[c][p] - 0.1))
        own = scores[c][owner]
        worst_photo = max(scores[c][p] for p in range(4) if p != owner)
        worst_text = max(scores[o][owner] for o, other in enumerate(owners) if other != owner)
        triplet += max(0.0, 0.2 + worst_photo - own) / 7 + max(0.0, 0.2 + worst_text - own) / 7
    arguments = (photos, texts, torch.tensor(owners))
    found = siglip(*arguments, torch.tensor(0.2), torch.tensor(-1.5))
    assert float(found) == pytest.approx(sigmoid, rel=1e-5)
    assert float(hardest_triplet(*arguments, 0.2)) == pytest.approx(triplet, rel=1e-5)
    cosine = sum(pairs) / len(pairs) + sum(others) / len(others)
    assert float(cosine_pairs(*arguments, 0.1)) == pytest.approx(cosine, rel=1e-5)


def test_the_stated_loss_is_its_formula_and_does_not_tell_near_from_opposite() -> None:
    torch.manual_seed(5)
    firsts, seconds = torch.randn(2, 3, 6)
    slow = sum(
        abs(math.dist(f, g) + sum(a * b for a, b in zip(f, g, strict=True)))
        for f, g in zip(firsts.tolist(), seconds.tolist(), strict=True)
    )
    assert float(stated_pairs(firsts, seconds)) == pytest.approx(slow, rel=1e-5)
    unit = F.normalize(firsts, dim=-1)
    same, opposite = stated_pairs(unit, unit), stated_pairs(unit, -unit)
    assert float(same) == pytest.approx(float(opposite), abs=1e-3)


def test_match_error_is_the_mean_square_of_the_probability() -> None:
    logits, labels = torch.tensor([0.0, 2.0, -3.0]), torch.tensor([1.0, 1.0, 0.0])
    slow = sum(
        (1 / (1 + math.exp(-x)) - y) ** 2 for x, y in zip((0, 2, -3), (1, 1, 0), strict=True)
    )
    assert float(match_error(logits, labels)) == pytest.approx(slow / 3, rel=1e-5)


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
