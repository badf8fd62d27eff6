"""Retrieval, categories, zero-shot and S1's measures against slow, obvious twins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.metrics import image_to_text, text_to_image
from training.metrics.category import category_retrieval
from training.metrics.matching import average_precision, best_threshold, caption_scores, matching
from training.metrics.zero_shot import class_embeddings, zero_shot

seeds = st.integers(0, 2**32 - 1)


def rounded(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Vectors of few different values, so that scores tie often."""
    return rng.integers(-1, 2, shape).astype(np.float32)


def slow_rank(scores: list[float], right: set[int]) -> int:
    best = max(scores[i] for i in right)
    others = [s for i, s in enumerate(scores) if i not in right]
    return 1 + sum(s > best for s in others) + sum(s == best for s in others) // 2


@given(seeds)
@settings(max_examples=30, deadline=None)
def test_ranks_with_ties_are_the_slow_ones(seed: int) -> None:
    rng = np.random.default_rng(seed)
    photos = rounded(rng, 7, 3)
    owners = np.sort(np.concatenate([np.arange(7), rng.integers(0, 7, 8)]))
    texts = rounded(rng, 15, 3)
    scores = texts @ photos.T
    forward = [slow_rank(list(scores[c]), {int(owners[c])}) for c in range(15)]
    backward = [slow_rank(list(scores[:, p]), set(np.flatnonzero(owners == p))) for p in range(7)]
    for metrics, ranks in (
        (text_to_image(photos, texts, owners), forward),
        (image_to_text(photos, texts, owners), backward),
    ):
        assert metrics.mean_rank == pytest.approx(np.mean(ranks))
        assert metrics.median_rank == np.median(ranks)
        assert metrics.recall[5] == pytest.approx(100 * np.mean([rank <= 5 for rank in ranks]))


def test_a_collapsed_model_is_no_better_than_chance() -> None:
    photos = np.ones((200, 4), np.float32)
    metrics = text_to_image(photos, np.ones((200, 4), np.float32), np.arange(200))
    assert metrics.recall[10] == 0
    assert metrics.median_rank == 100


def slow_category(
    scores: np.ndarray, asked: list[frozenset[str]], held: list[frozenset[str]], k: int, same: bool
) -> tuple[float, float]:
    precisions, averages = [], []
    for q, row in enumerate(scores):
        order = [i for i in sorted(range(len(row)), key=lambda i: -row[i]) if not (same and i == q)]
        relevant = [bool(asked[q] & held[i]) for i in order]
        if not any(relevant):
            continue
        first = relevant[:k]
        precisions.append(sum(first) / len(first))
        at = [sum(first[: i + 1]) / (i + 1) for i in range(len(first)) if first[i]]
        averages.append(sum(at) / min(k, sum(relevant)))
    if not precisions:
        return 0.0, 0.0
    return 100 * float(np.mean(precisions)), 100 * float(np.mean(averages))


@pytest.mark.parametrize("same", [False, True])
@given(seeds)
@settings(max_examples=25, deadline=None)
def test_category_retrieval_is_the_slow_one(same: bool, seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = ["cat", "dog", "car", "sky"]

    def categories(count: int) -> list[frozenset[str]]:
        return [frozenset(rng.choice(names, rng.integers(0, 3))) for _ in range(count)]

    queries = rounded(rng, 6, 3)
    answers = queries if same else rounded(rng, 9, 3)
    asked = categories(6)
    held = asked if same else categories(9)
    ks = (1, 3, 50)  # 50 is more than there is
    found = category_retrieval(queries, answers, asked, held, ks, same)
    for k in ks:
        precision, average = slow_category(queries @ answers.T, asked, held, k, same)
        assert found.precision[k] == pytest.approx(precision)
        assert found.mean_average_precision[k] == pytest.approx(average)
    assert found.queries + found.without_answer == 6


def test_category_retrieval_by_hand() -> None:
    queries = np.array([[1, 0]], np.float32)
    answers = np.array([[0.9, 0], [0.8, 0], [0.7, 0], [0.6, 0]], np.float32)
    held = [frozenset("a"), frozenset("b"), frozenset("a"), frozenset("a")]
    found = category_retrieval(queries, answers, [frozenset("a")], held, (1, 3))
    assert found.precision == pytest.approx({1: 100, 3: 200 / 3})
    assert found.mean_average_precision == pytest.approx({1: 100, 3: 100 * (1 + 2 / 3) / 3})
    one_class = category_retrieval(answers, answers, [frozenset("a")] * 4, [frozenset("a")] * 4)
    assert set(one_class.mean_average_precision.values()) == {100.0}
    assert category_retrieval(queries, answers, [frozenset("x")], held).queries == 0
    with pytest.raises(ValueError, match="one or more"):
        category_retrieval(queries, answers, [frozenset("a")], held, (0,))


def slow_matching(scores: np.ndarray, matches: np.ndarray, threshold: float) -> tuple[float, ...]:
    precisions, recalls, averages = [], [], []
    pooled = np.zeros(3)
    for row, right in zip(scores, matches, strict=True):
        if not right.any():
            continue
        tp = sum(1 for s, r in zip(row, right, strict=True) if s >= threshold and r)
        fp = sum(1 for s, r in zip(row, right, strict=True) if s >= threshold and not r)
        fn = sum(1 for s, r in zip(row, right, strict=True) if s < threshold and r)
        pooled += (tp, fp, fn)
        precisions.append(tp / (tp + fp) if tp + fp else 0.0)
        recalls.append(tp / (tp + fn))
        order = sorted(range(len(row)), key=lambda i: (-row[i], right[i]))
        hits = [bool(right[i]) for i in order]
        at = [sum(hits[: i + 1]) / (i + 1) for i in range(len(hits)) if hits[i]]
        averages.append(sum(at) / len(at))
    tp, fp, fn = pooled
    whole = (tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn))
    means = (np.mean(precisions), np.mean(recalls), np.mean(averages))
    return tuple(100 * float(value) for value in (*means, *whole))


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_matching_is_the_slow_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 4, (5, 6)).astype(np.float32)
    matches = rng.random((5, 6)) < 0.3
    matches[0, 0] = True
    for threshold in (-1.0, 2.0, 9.0):
        found = matching(scores, matches, threshold)
        fast = (
            found.precision,
            found.recall,
            found.mean_average_precision,
            found.pooled_precision,
            found.pooled_recall,
        )
        assert fast == pytest.approx(slow_matching(scores, matches, threshold))


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_no_threshold_is_better_than_the_best(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 5, (4, 5)).astype(np.float32)
    matches = rng.random((4, 5)) < 0.4
    matches[0, 0] = True

    def f1(threshold: float) -> float:
        predicted = scores >= threshold
        return 2 * (predicted & matches).sum() / (predicted.sum() + matches.sum())

    best = best_threshold(scores, matches)
    assert f1(best) == pytest.approx(max(f1(t) for t in np.unique(scores)))


def test_perfect_and_useless_matching() -> None:
    photos = np.eye(12, dtype=np.float32)
    owners = np.repeat(np.arange(12), 2)
    for rivals in (None, 4, 99):
        scores, matches = caption_scores(photos, photos[owners], owners, rivals)
        assert scores.shape == ((24, 5) if rivals == 4 else (24, 12))
        found = matching(scores, matches)
        assert (found.precision, found.recall, found.mean_average_precision) == (100, 100, 100)
    ties = average_precision(np.zeros((1, 10), np.float32), np.arange(10)[None] == 0)
    assert ties.tolist() == [0.1]
    with pytest.raises(ValueError, match="no class"):
        matching(np.zeros((2, 2), np.float32), np.zeros((2, 2), np.bool_))


def test_rivals_are_others_and_drawn_once() -> None:
    photos = np.diag(np.arange(1, 9)).astype(np.float32)
    owners = np.arange(8)
    texts = np.ones((8, 8), np.float32)
    scores, matches = caption_scores(photos, texts, owners, 3, seed=5)
    assert scores[:, 0].tolist() == list(range(1, 9))  # the own photo comes first
    for row in scores:
        assert len(set(row.tolist())) == 4
    assert matches.sum(1).tolist() == [1] * 8
    assert np.array_equal(scores, caption_scores(photos, texts, owners, 3, seed=5)[0])


def slow_zero_shot(
    photos: np.ndarray, classes: np.ndarray, truths: list[frozenset[int]]
) -> tuple[float, float, float]:
    ranks = [slow_rank(list(classes @ p), set(t)) for p, t in zip(photos, truths, strict=True)]
    by_class = []
    for c in sorted(frozenset().union(*truths)):
        own = [rank == 1 for rank, truth in zip(ranks, truths, strict=True) if c in truth]
        by_class.append(np.mean(own))
    first, five = np.mean([r == 1 for r in ranks]), np.mean([r <= 5 for r in ranks])
    return 100 * float(first), 100 * float(five), 100 * float(np.mean(by_class))


@given(seeds, st.integers(1, 9))
@settings(max_examples=40, deadline=None)
def test_zero_shot_is_the_slow_one(seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    photos, classes = rounded(rng, 11, 3), rounded(rng, k, 3)
    truths = [frozenset(map(int, rng.integers(0, k, rng.integers(1, 3)))) for _ in range(11)]
    found = zero_shot(photos, classes, truths)
    fast = (found.top1, found.top5, found.mean_class_top1)
    assert fast == pytest.approx(slow_zero_shot(photos, classes, truths))
    if k == 1:
        assert found.top1 == 100


def test_class_embeddings_are_unit_means() -> None:
    texts = np.array([[1, 0], [0, 1], [0, -1], [0, 1], [0, -1]], np.float32)
    found = class_embeddings(texts, np.array([0, 0, 1, 2, 2]))
    half = 0.5**0.5
    assert found == pytest.approx(np.array([[half, half], [0, -1], [0, 0]]))
    with pytest.raises(ValueError, match="needs a class"):
        zero_shot(texts[:1], found, [frozenset()])
