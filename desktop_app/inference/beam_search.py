"""Beam search: the likeliest sequences of tokens, by a model that says what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PADDING, START, END = 0, 1, 2
"""Caption tokens before the vocabulary's own."""
SPECIAL_TOKENS = 3

_LENGTH_POWER = 0.7
"""Sums of log probabilities fall with every token; divided by length ** 0.7, long captions have
a chance without winning by length alone (after Wu et al. 2016, arXiv 1609.08144, eq. 14)."""

NextLogits = Callable[[NDArray[np.int64]], NDArray[np.float32]]
"""(b, t) tokens, START first -> (b, vocabulary) logits of what comes next."""


@dataclass(frozen=True)
class Hypothesis:
    """What stands between START and END, and the natural logarithm of its probability."""

    tokens: tuple[int, ...]
    log_probability: float

    @property
    def score(self) -> float:
        """Log probability with length normalisation: what sequences are ranked by."""
        return self.log_probability / float((len(self.tokens) + 1) ** _LENGTH_POWER)


def beam_search(next_logits: NextLogits, longest: int, beams: int, count: int) -> list[Hypothesis]:
    """The best sequences that the search finds, best first.

    No three tokens follow each other twice in a sequence, and none is empty.

    Args:
        next_logits: the model.
        longest: tokens that it takes at most, START included; a sequence that is not at its end
            there is given up.
        beams: open sequences that are followed at a time; with 1 the search is greedy.
        count: sequences wanted; fewer come back when the search finds no more.
    """
    open_ = [Hypothesis((), 0.0)]
    finished: list[Hypothesis] = []
    for length in range(1, longest + 1):
        tokens = np.array([(START, *sequence.tokens) for sequence in open_], np.int64)
        gains = _log_softmax(next_logits(tokens).astype(np.float64))
        _forbid(gains, open_, must_end=length == longest)
        extended = _best(open_, gains, 2 * beams)
        finished += [Hypothesis(s.tokens[:-1], s.log_probability) for s in extended if _ends(s)]
        open_ = [s for s in extended if not _ends(s)][:beams]
        finished.sort(key=lambda s: -s.score)
        del finished[max(beams, count) :]
        if not open_ or (len(finished) >= count and _is_beyond_reach(open_, finished, longest)):
            break
    return finished[:count]


def _best(open_: list[Hypothesis], gains: NDArray[np.float64], count: int) -> list[Hypothesis]:
    """The likeliest continuations by one token, END included, of all open sequences together."""
    totals = gains + np.array([s.log_probability for s in open_])[:, None]
    order = np.argsort(-totals, axis=None, kind="stable")[:count]
    rows, tokens = np.unravel_index(order, totals.shape)
    return [
        Hypothesis((*open_[row].tokens, int(token)), float(totals[row, token]))
        for row, token in zip(rows, tokens, strict=True)
        if np.isfinite(totals[row, token])
    ]


def _forbid(gains: NDArray[np.float64], open_: list[Hypothesis], must_end: bool) -> None:
    gains[:, [PADDING, START]] = -np.inf
    for row, sequence in enumerate(open_):
        tokens = sequence.tokens
        if not tokens:
            gains[row, END] = -np.inf
        for i in range(len(tokens) - 2):
            if tokens[i : i + 2] == tokens[-2:]:
                gains[row, tokens[i + 2]] = -np.inf
    if must_end:
        gains[:, SPECIAL_TOKENS:] = -np.inf


def _is_beyond_reach(open_: list[Hypothesis], finished: list[Hypothesis], longest: int) -> bool:
    # a log probability only falls; at best it stays as it is up to the greatest length
    possible = max(s.log_probability for s in open_) / float(longest**_LENGTH_POWER)
    return possible <= finished[-1].score


def _ends(sequence: Hypothesis) -> bool:
    return sequence.tokens[-1] == END


def _log_softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = logits - logits.max(1, keepdims=True)
    found: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return found
