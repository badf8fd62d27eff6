"""Why a photo fits a text: which of its regions answers which word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import UsageError
from desktop_app.inference.encoders import EncodedText, TextEncoder
from desktop_app.library.heads import Heads
from desktop_app.library.photo_encodings import PhotoEncodings
from desktop_app.library.stop_words import is_content

Grid = tuple[tuple[float, ...], ...]
"""Rows from the top, each from the left."""


@dataclass(frozen=True)
class WordMap:
    """How well each region of a photo fits one word."""

    word: str
    """As it stands in the text."""
    grid: Grid
    """Cosines in [-1, 1] of the word, in its sentence, and the regions."""

    @property
    def best(self) -> float:
        """The cosine of the region that fits best."""
        return max(max(row) for row in self.grid)

    @property
    def best_region(self) -> tuple[int, int]:
        """Row and column of the region that fits best, from the top left."""
        return max(
            ((row, column) for row, cells in enumerate(self.grid) for column in range(len(cells))),
            key=lambda place: self.grid[place[0]][place[1]],
        )


@dataclass(frozen=True)
class Explanation:
    """What the matcher saw when it compared a text with a photo."""

    path: Path
    text: str
    match: float
    """Probability that the text describes the photo."""
    words: tuple[WordMap, ...]
    """In the order of the text; at least one."""

    @property
    def together(self) -> Grid:
        """The mean of the words' grids."""
        return mean_grid(self.words)


def mean_grid(words: Sequence[WordMap]) -> Grid:
    """The mean of the grids of words, of which there is at least one."""
    mean = np.mean([word.grid for word in words], axis=0)
    return tuple(tuple(row) for row in mean.tolist())


class Explainer:
    """Explains matches. Lives on the thread of its catalogue."""

    def __init__(
        self, heads: Heads, text_encoder: Callable[[], TextEncoder], photos: PhotoEncodings
    ) -> None:
        self._heads = heads
        self._text_encoder = text_encoder
        self._photos = photos

    def explain(
        self, text: str, path: Path, word: str | None = None, photo_id: int | None = None
    ) -> Explanation:
        """Compare a text with a photo, which need not be in the library.

        Args:
            text: a plain sentence.
            path: of the photo.
            word: explain this word of the text alone; else all but those that name nothing.
            photo_id: of the photo, where it is known; its file need not be there then.

        Raises:
            UsageError: the text is empty, or does not have this word.
            PhotoError: the photo cannot be used; the message is a sentence.
            ModelError: the model has no matcher, or cannot be used.
        """
        text = " ".join(text.split())
        if not text:
            raise UsageError("The text is empty.", "Type what the photo shows.")
        matcher = self._heads.matcher()  # first: without one, nothing else is worth its time
        photo = self._photos.of(path, photo_id)
        tokens = photo.require_tokens()
        encoded = self._text_encoder().encode_all(text)
        scores = matcher.score(encoded, photo.embedding[None], tokens[None])
        maps = _word_maps(encoded, scores.word_regions[0])
        return Explanation(path, text, float(scores.probability[0]), _chosen(maps, word))


def _word_maps(text: EncodedText, token_regions: NDArray[np.float32]) -> list[WordMap]:
    """One map a word: the mean of its pieces, and of all its places in the text."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(text.words):
        places.setdefault(word.casefold(), []).append(place)
    maps = []
    for found in places.values():
        rows = token_regions[np.isin(text.word_of_token, found)]
        side = round(rows.shape[1] ** 0.5)
        grid = rows.mean(axis=0).reshape(side, side)
        maps.append(WordMap(text.words[found[0]], tuple(tuple(row) for row in grid.tolist())))
    return maps


def _chosen(maps: list[WordMap], word: str | None) -> tuple[WordMap, ...]:
    """The word that is asked for, else those that name something, else all."""
    if word is not None:
        named = [m for m in maps if m.word.casefold() == word.strip().casefold()]
        if not named:
            words = ", ".join(m.word for m in maps)
            raise UsageError(f'The text has no word "{word}".', f"Its words are: {words}.")
        return tuple(named)
    return tuple(m for m in maps if is_content(m.word)) or tuple(maps)
