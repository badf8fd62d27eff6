"""Text -> token ids: the only tokenising in the repository (training imports it)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer as HubTokenizer

from desktop_app.errors import ModelMismatch


class Tokenizer:
    """A ``tokenizer.json`` with this model's own truncation and padding."""

    def __init__(self, path: Path, context_length: int) -> None:
        """Load the tokenizer.

        Raises:
            ModelMismatch: the file cannot be read.
        """
        try:
            self._tokenizer = HubTokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare Exception
            raise ModelMismatch(f"The tokenizer {path.name} cannot be read: {error}.") from error
        # MiniLM's file pads every text to 128 tokens, which costs 20x the time of a short query.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(context_length)

    def encode(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Token ids and attention mask, padded to the longest text of the batch.

        Returns:
            two (len(texts), longest) int64 arrays; the mask is 1 on tokens, 0 on padding.
        """
        encoded = self._tokenizer.encode_batch(list(texts))
        longest = max(len(e.ids) for e in encoded)
        ids = np.zeros((len(encoded), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, e in enumerate(encoded):
            ids[row, : len(e.ids)] = e.ids
            mask[row, : len(e.ids)] = 1
        return ids, mask

    def words(self, text: str) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """The words that the tokens of a text are pieces of.

        Returns:
            the words as they stand in the text (a punctuation mark is one), and (l,) int64: for
            each token of ``encode([text])`` the place of its word, -1 for the marks of beginning
            and end.
        """
        encoded = self._tokenizer.encode(text)
        words: list[str] = []
        starts: list[int] = []
        last: int | None = None
        word_of_token = np.full(len(encoded.ids), -1, np.int64)
        pieces = zip(encoded.word_ids, encoded.offsets, strict=True)
        for token, (number, (start, end)) in enumerate(pieces):
            if number is None:
                continue
            if number != last:
                last = number
                words.append("")
                starts.append(start)
            words[-1] = text[starts[-1] : end]
            word_of_token[token] = len(words) - 1
        return tuple(words), word_of_token

    def decode(self, ids: Sequence[int]) -> str:
        """Token ids -> text, the pieces of a word joined, punctuation close to its word."""
        return str(self._tokenizer.decode(list(ids)))
