"""Beam search against going through every sequence there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.inference.beam_search import END, START, Hypothesis, beam_search

_VOCABULARY = 6
_LONGEST = 6


def _logits(tokens: NDArray[np.int64], seed: int) -> NDArray[np.float32]:
    """Random, but the same for the same tokens."""
    rows = [np.random.default_rng([seed, *row]).normal(0, 2, _VOCABULARY) for row in tokens]
    return np.stack(rows).astype(np.float32)


def _log_probability(words: tuple[int, ...], seed: int) -> float:
    total = 0.0
    for place, token in enumerate((*words, END)):
        logits = _logits(np.array([(START, *words[:place])]), seed)[0].astype(np.float64)
        total += float(np.log(np.exp(logits)[token] / np.exp(logits).sum()))
    return total


def _has_repeated_trigram(words: tuple[int, ...]) -> bool:
    trigrams = [words[i : i + 3] for i in range(len(words) - 2)]
    return len(set(trigrams)) < len(trigrams)


@pytest.mark.parametrize("seed", range(3))
def test_with_beams_enough_nothing_better_exists(seed: int) -> None:
    every = [
        Hypothesis(words, _log_probability(words, seed))
        for length in range(1, _LONGEST)
        for words in product((3, 4, 5), repeat=length)
        if not _has_repeated_trigram(words)
    ]
    best = sorted(every, key=lambda s: -s.score)[:5]
    found = beam_search(lambda tokens: _logits(tokens, seed), _LONGEST, beams=400, count=5)
    assert [s.tokens for s in found] == [s.tokens for s in best]
    np.testing.assert_allclose(
        [s.log_probability for s in found], [s.log_probability for s in best], rtol=1e-6
    )


def test_no_three_tokens_follow_each_other_twice() -> None:
    def circle(tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        logits = np.full((len(tokens), _VOCABULARY), -9, np.float32)
        following = {START: 3, 3: 4, 4: 5, 5: 3}
        for row, last in enumerate(tokens[:, -1]):
            logits[row, following[int(last)]] = 9
        return logits

    words = beam_search(circle, 12, beams=3, count=1)[0].tokens
    assert len(words) >= 3
    assert not _has_repeated_trigram(words)


def test_one_beam_is_greedy_and_a_sequence_that_cannot_end_is_given_up() -> None:
    def endless(tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        logits = _logits(tokens, 4)
        logits[:, END] = -np.inf
        return logits

    assert beam_search(endless, 4, beams=2, count=2) == []
    first = beam_search(lambda tokens: _logits(tokens, 1), _LONGEST, beams=1, count=1)[0].tokens
    assert first[0] == 3 + int(_logits(np.array([[START]]), 1)[0, 3:].argmax())


def test_longer_tokens_than_the_model_takes_are_never_asked() -> None:
    asked = []

    def note(tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        asked.append(tokens.shape)
        return np.zeros((len(tokens), _VOCABULARY), np.float32)

    for sequence in beam_search(note, 5, beams=4, count=50):
        assert 1 <= len(sequence.tokens) <= 4
    assert max(length for _, length in asked) <= 5
    assert max(rows for rows, _ in asked) <= 4
