"""Entropy, mutual information, BLEU and CIDEr-D: known values and slow, obvious twins."""

from __future__ import annotations

import math
import random
from collections import Counter

import numpy as np
import pytest

from training.metrics.captions import bleu, cider_d, words
from training.metrics.information import feature_entropy, mutual_information, shared_information


def test_entropy_of_known_distributions() -> None:
    rng = np.random.default_rng(0)
    uniform = rng.random((8000, 2)).astype(np.float32)
    assert feature_entropy(uniform, 16) == pytest.approx(math.log(16), abs=0.03)
    coin = np.repeat([[0.0], [1.0]], 50, axis=0).astype(np.float32)
    assert feature_entropy(coin, 16) == pytest.approx(math.log(2))
    assert feature_entropy(np.full((50, 4), 0.3, np.float32)) == 0
    half = np.concatenate([coin, np.zeros_like(coin)], axis=1)
    assert feature_entropy(half, 16) == pytest.approx(math.log(2) / 2)
    with pytest.raises(ValueError, match="rows"):
        feature_entropy(np.zeros((0, 3), np.float32))


def slow_entropy(features: np.ndarray, bins: int) -> float:
    entropies = []
    for column in features.T.astype(np.float64):
        low, high = np.percentile(column, (0.5, 99.5))
        inside = Counter(
            min(bins - 1, max(0, math.floor((v - low) / (high - low) * bins))) for v in column
        )
        shares = [n / len(column) for n in inside.values()]
        entropies.append(-sum(p * math.log(p) for p in shares))
    return sum(entropies) / len(entropies)


def test_entropy_is_the_slow_one() -> None:
    features = np.random.default_rng(4).standard_normal((500, 5)).astype(np.float32)
    assert feature_entropy(features, 12) == pytest.approx(slow_entropy(features, 12))


def digamma(n: int) -> float:
    return -0.5772156649015329 + sum(1 / i for i in range(1, n))


def slow_kraskov(x: np.ndarray, y: np.ndarray, k: int) -> float:
    n, total = len(x), 0.0
    for i in range(n):
        apart_x = [float(np.abs(x[i] - x[j]).max()) for j in range(n) if j != i]
        apart_y = [float(np.abs(y[i] - y[j]).max()) for j in range(n) if j != i]
        reach = sorted(max(a, b) for a, b in zip(apart_x, apart_y, strict=True))[k - 1]
        near_x = sum(a < reach for a in apart_x)
        near_y = sum(b < reach for b in apart_y)
        total += digamma(near_x + 1) + digamma(near_y + 1)
    return digamma(k) + digamma(n) - total / n


@pytest.mark.parametrize("k", [1, 3, 7])
def test_mutual_information_is_the_slow_one(k: int) -> None:
    rng = np.random.default_rng(k)
    x = rng.standard_normal((60, 2))
    y = np.stack([x[:, 0] + 0.3 * rng.standard_normal(60), rng.standard_normal(60)], 1)
    assert mutual_information(x, y, k) == pytest.approx(slow_kraskov(x, y, k))
    ties = rng.integers(0, 3, (40, 1)).astype(np.float64)
    assert mutual_information(ties, ties, k) == pytest.approx(slow_kraskov(ties, ties, k))


def test_mutual_information_of_gaussians_is_the_formula() -> None:
    rng = np.random.default_rng(1)
    x = rng.standard_normal(1200)
    for correlation in (0.0, 0.6, 0.95):
        y = correlation * x + math.sqrt(1 - correlation**2) * rng.standard_normal(1200)
        true = -0.5 * math.log(1 - correlation**2)
        assert mutual_information(x, y) == pytest.approx(true, abs=0.1)
    with pytest.raises(ValueError, match="neighbours"):
        mutual_information(x[:3], x[:3], 3)


def test_matched_features_share_more_than_shuffled_ones() -> None:
    rng = np.random.default_rng(2)
    hidden = rng.standard_normal((600, 3))
    photos = hidden @ rng.standard_normal((3, 20)) + 0.3 * rng.standard_normal((600, 20))
    texts = np.repeat(hidden @ rng.standard_normal((3, 10)), 2, axis=0)
    texts += 0.3 * rng.standard_normal(texts.shape)
    owners = np.repeat(np.arange(600), 2)
    matched = shared_information(photos, texts, owners)
    shuffled = shared_information(photos[rng.permutation(600)], texts, owners)
    assert matched > 3
    assert shuffled < matched / 4
    without = np.concatenate([photos, photos[:5]])  # photos without a text
    assert shared_information(without, texts, owners) == pytest.approx(matched)


def test_words_are_those_of_the_treebank() -> None:
    assert words("A dog's toy doesn't break, it's well-made!") == (
        *("a", "dog", "'s", "toy", "does", "n't", "break", "it", "'s", "well-made"),
    )
    assert words(' "Two" men . ') == ("two", "men")
    assert words("...") == ()


def test_bleu_by_hand() -> None:
    # 5 words; unigrams the, cat, on (the second "the" is one too many), mat: 4 of 5;
    # bigrams: "the cat" of 4; the shorter of two references equally far is the length
    found = bleu(["the cat the on mat"], [["the cat sat on mat", "a mat"]], 2)
    assert found[0] == pytest.approx(4 / 5, rel=1e-6)
    assert found[1] == pytest.approx(math.sqrt(4 / 5 * 2 / 4), rel=1e-6)
    short = bleu(["a cat"], [["a cat sat down"]], 1)
    assert short[0] == pytest.approx(math.exp(1 - 4 / 2), rel=1e-6)
    perfect = bleu(["a cat sat down there"], [["a cat sat down there"]])
    assert perfect == pytest.approx([1.0] * 4, rel=1e-6)
    assert bleu(["x y"], [["a b"]])[3] < 1e-3
    # of the corpus: not the mean of (1, 0)
    assert bleu(["a b", "c"], [["a b"], ["d"]], 1)[0] == pytest.approx(2 / 3, rel=1e-6)
    with pytest.raises(ValueError, match="every photo"):
        bleu(["a"], [[]])


def test_cider_d_by_hand() -> None:
    # two photos, nothing shared: every n-gram has idf log 2. Equal captions of four words have
    # cosine 1 for every n; a different one has none.
    score, each = cider_d(["a b c d", "x y"], [["a b c d"], ["p q"]])
    assert each == pytest.approx([10.0, 0.0])
    assert score == pytest.approx(5.0)
    # two words: no 3-grams and 4-grams, half of the mean is nought
    assert cider_d(["a b", "x"], [["a b"], ["y"]])[1][0] == pytest.approx(5.0)
    # half of two references
    assert cider_d(["a b c d", "x"], [["a b c d", "p"], ["y"]])[1][0] == pytest.approx(5.0)
    # what every photo has weighs nothing; one photo alone knows no idf
    assert cider_d(["a", "a"], [["a"], ["a"]])[0] == 0
    assert cider_d(["a b c d"], [["a b c d"]])[0] == 0
    # said twice it is clipped, longer it is punished: one word more is one bigram more
    repeated = cider_d(["a a", "x"], [["a"], ["y"]])[1][0]
    assert repeated == pytest.approx(10 / 4 * 0.5 * math.exp(-1 / 72))


def slow_cider_d(candidates: list[str], references: list[list[str]]) -> list[float]:
    def grams(text: str, n: int) -> list[str]:
        parts = text.split()
        return [" ".join(parts[i : i + n]) for i in range(len(parts) - n + 1)]

    def vector(text: str, n: int) -> dict[str, float]:
        found = grams(text, n)
        result = {}
        for gram in found:
            photos = sum(any(gram in grams(r, n) for r in own) for own in references)
            result[gram] = found.count(gram) * math.log(len(references) / max(1, photos))
        return result

    scores = []
    for candidate, own in zip(candidates, references, strict=True):
        values = []
        for reference in own:
            bigrams = len(grams(candidate, 2)) - len(grams(reference, 2))
            for n in range(1, 5):
                a, b = vector(candidate, n), vector(reference, n)
                dot = sum(min(a[g], b[g]) * b[g] for g in a if g in b)
                norm = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
                similar = dot / norm if norm else 0.0
                values.append(similar * math.exp(-(bigrams**2) / 72))
        scores.append(10 * sum(values) / len(values))
    return scores


def slow_bleu(candidates: list[str], references: list[list[str]], most: int) -> float:
    logs = 0.0
    for n in range(1, most + 1):
        correct = total = 0
        for candidate, own in zip(candidates, references, strict=True):
            parts = candidate.split()
            grams = [tuple(parts[i : i + n]) for i in range(len(parts) - n + 1)]
            total += len(grams)
            for gram in set(grams):
                most_often = 0
                for reference in own:
                    other = reference.split()
                    there = [tuple(other[i : i + n]) for i in range(len(other) - n + 1)]
                    most_often = max(most_often, there.count(gram))
                correct += min(grams.count(gram), most_often)
        logs += math.log(correct / total)
    length = sum(len(c.split()) for c in candidates)
    closest = sum(
        min((abs(len(r.split()) - len(c.split())), len(r.split())) for r in own)[1]
        for c, own in zip(candidates, references, strict=True)
    )
    return math.exp(logs / most) * (1 if length >= closest else math.exp(1 - closest / length))


def test_caption_metrics_are_the_slow_ones() -> None:
    chance = random.Random(7)
    vocabulary = ["a", "dog", "cat", "runs", "on", "grass", "red"]

    def caption() -> str:
        return " ".join(chance.choice(vocabulary) for _ in range(chance.randint(1, 9)))

    references = [[caption() for _ in range(chance.randint(1, 4))] for _ in range(15)]
    candidates = [caption() for _ in range(15)]
    assert cider_d(candidates, references)[1] == pytest.approx(slow_cider_d(candidates, references))
    for most in (1, 2, 3):
        slow = slow_bleu(candidates, references, most)
        assert bleu(candidates, references, most)[-1] == pytest.approx(slow, rel=1e-6)
