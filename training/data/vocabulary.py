"""Caption tokens: the part of the text tokenizer's vocabulary that captions are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.inference.tokenizer import Tokenizer
from training.model.captioner import END, PADDING, SPECIAL_TOKENS, START


def caption_vocabulary(
    tokenizer: Tokenizer, captions: Sequence[str], least_count: int = 4
) -> tuple[int, ...]:
    """Ids of the text tokenizer that occur in the captions often enough, most frequent first."""
    counts: Counter[int] = Counter()
    for caption in captions:
        counts.update(_pieces(tokenizer, caption))
    return tuple(number for number, count in counts.most_common() if count >= least_count)


class CaptionTokens:
    """Captions <-> caption tokens, for teaching the captioner."""

    def __init__(self, tokenizer: Tokenizer, vocabulary: Sequence[int], longest: int) -> None:
        self._tokenizer = tokenizer
        self._place = {number: SPECIAL_TOKENS + i for i, number in enumerate(vocabulary)}
        self._longest = longest

    def encode(self, captions: Sequence[str]) -> NDArray[np.int64]:
        """START, the caption, END, padding: (c, t) int64.

        A caption with a word that is too rare to be learned teaches nothing: its row is empty
        behind START.
        """
        rows = []
        for caption in captions:
            pieces = _pieces(self._tokenizer, caption)[: self._longest - 1]
            known = [self._place[piece] for piece in pieces if piece in self._place]
            rows.append([START, *known, END] if len(known) == len(pieces) else [START])
        tokens = np.full((len(rows), max(map(len, rows), default=1)), PADDING, np.int64)
        for number, row in enumerate(rows):
            tokens[number, : len(row)] = row
        return tokens


def _pieces(tokenizer: Tokenizer, caption: str) -> list[int]:
    ids, _ = tokenizer.encode([caption])
    inner: list[int] = ids[0, 1:-1].tolist()  # without the marks of beginning and end
    return inner
