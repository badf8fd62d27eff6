"""Several photo sets as one, each with a weight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from training.data.source import PhotoSet, PhotoSource


class JoinedDataset(PhotoSet):
    """Photo sets one after another; ``file`` begins with the name of its set.

    A weight says how often an epoch shows each photo of the set: 1 once, 3 three times, 0.25
    every fourth time (a different quarter in each epoch).
    """

    def __init__(self, parts: Iterable[tuple[PhotoSource, float]]) -> None:
        """Join (set, weight) pairs.

        Raises:
            ValueError: there is none, or a weight is not above zero.
        """
        self.parts = tuple(parts)
        if not self.parts:
            raise ValueError("no photo sets to join")
        for part, weight in self.parts:
            if not weight > 0 or weight == float("inf"):
                raise ValueError(f"the weight of {part.source} is {weight}, not above zero")
        names = _distinct_names([part.source for part, _ in self.parts])
        splits = {part.split for part, _ in self.parts}
        super().__init__(
            Path("+".join(names)),
            splits.pop() if len(splits) == 1 else None,
            (
                replace(photo, file=f"{name}/{photo.file}")
                for name, (part, _) in zip(names, self.parts, strict=True)
                for photo in part.photos
            ),
        )
        self._starts = np.cumsum([0] + [len(part) for part, _ in self.parts])

    @property
    def sampling_weights(self) -> NDArray[np.float64]:
        """(photos,) float64: how often an epoch shows each photo, on average."""
        return np.concatenate([weight * part.sampling_weights for part, weight in self.parts])

    def read(self, index: int) -> bytes:
        """The encoded bytes of one photo."""
        part, row = self._place(index)
        return part.read(row)

    def open(self, index: int) -> Image.Image:
        """Decode one photo to RGB."""
        part, row = self._place(index)
        return part.open(row)

    def pixels(self, index: int, image_size: int) -> NDArray[np.float32]:
        """One photo as the app would feed it: (3, image_size, image_size) float32 in [0, 1]."""
        part, row = self._place(index)
        return part.pixels(row, image_size)

    def _place(self, index: int) -> tuple[PhotoSource, int]:
        if not 0 <= index < len(self):
            raise IndexError(f"photo {index} of {len(self)}")
        number = int(np.searchsorted(self._starts, index, side="right")) - 1
        return self.parts[number][0], index - int(self._starts[number])


def draw_rows(
    rows: NDArray[np.int64], weights: NDArray[np.float64], generator: np.random.Generator
) -> NDArray[np.int64]:
    """The rows of one epoch: each as often as its weight says, rounded up or down by chance.

    Systematic sampling (Kish, Survey Sampling, 1965): one random offset, then equal steps along
    the cumulated weights, so that the number of rows is the same in every epoch.

    Args:
        rows: (n,) int64.
        weights: (n,) float64, of these rows; all ones give the rows back as they are.
        generator: where chance comes from; left alone when all weights are one.

    Returns:
        (round(sum of weights), at least 1) int64, in the order of the rows.
    """
    if (weights == 1).all():
        return rows.copy()
    ends = np.cumsum(weights)
    count = max(1, round(float(ends[-1])))
    # Shuffled first: else neighbours would never be drawn in the same epoch.
    order = generator.permutation(len(rows))
    ends = np.cumsum(weights[order])
    points = (np.arange(count) + generator.random()) * (ends[-1] / count)
    drawn = np.minimum(np.searchsorted(ends, points, side="right"), len(rows) - 1)
    drawn_rows: NDArray[np.int64] = rows[np.sort(order[drawn])]
    return drawn_rows


def _distinct_names(sources: list[Path]) -> list[str]:
    names: list[str] = []
    for source in sources:
        name, number = source.name, 2
        while name in names:
            name, number = f"{source.name}-{number}", number + 1
        names.append(name)
    return names
