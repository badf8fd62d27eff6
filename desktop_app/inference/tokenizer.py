"""Text -> token ids: the only tokenising in the repository (training imports it)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer as HubTokenizer

from desktop_app.errors import ModelMismatch
from desktop_app.inference.model_input import TextInput

_OURS = TextInput()


class Tokenizer:
    """A ``tokenizer.json`` with this model's own truncation and padding."""

    def __init__(self, path: Path, context_length: int, way: TextInput = _OURS) -> None:
        """Load the tokenizer.

        Args:
            path: the ``tokenizer.json``.
            context_length: longer texts are cut to so many tokens.
            way: how shorter ones are padded.

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
        self._context_length = context_length
        self._way = way

    def encode(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Token ids and attention mask, padded to the longest text of the batch or to the end.

        Returns:
            two (len(texts), longest) int64 arrays; the mask is 1 on tokens, 0 on padding.
        """
        encoded = self._tokenizer.encode_batch(list(texts))
        length = self._padded_length(max(len(e.ids) for e in encoded))
        ids = np.full((len(encoded), length), self._way.pad_id, np.int64)
        mask = np.zeros_like(ids)
        for row, e in enumerate(encoded):
            tokens = self._place(len(e.ids), length)
            ids[row, tokens] = e.ids
            mask[row, tokens] = 1
        return ids, mask

    def _padded_length(self, longest: int) -> int:
        return self._context_length if self._way.padding == "full" else longest

    def _place(self, tokens: int, length: int) -> slice:
        return slice(length - tokens, length) if self._way.pads_left else slice(0, tokens)

    def words(self, text: str) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """The words that the tokens of a text are pieces of.

        Returns:
            the words as they stand in the text (a punctuation mark is one), and (l,) int64: for
            each token of ``encode([text])`` the place of its word, -1 for the marks of beginning
            and end and for padding.
        """
        encoded = self._tokenizer.encode(text)
        words: list[str] = []
        starts: list[int] = []
        last: int | None = None
        length = self._padded_length(len(encoded.ids))
        word_of_token = np.full(length, -1, np.int64)
        first = self._place(len(encoded.ids), length).start
        pieces = zip(encoded.word_ids, encoded.offsets, strict=True)
        for token, (number, (start, end)) in enumerate(pieces, first):
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
