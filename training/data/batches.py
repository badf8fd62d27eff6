"""Training batches: photos (or their cached tokens) with some of their captions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from desktop_app.inference.tokenizer import Tokenizer
from training.config import StageConfig
from training.data.augment import augment_photos, drop_words, jitter_colours
from training.data.joined import draw_rows
from training.data.source import PhotoSource


@dataclass(frozen=True)
class Batch:
    """b photos and c captions; exactly one of ``photos`` and ``tokens`` is there."""

    photos: Tensor | None
    """(b, 3, s, s) float32 in [0, 1], augmented."""
    tokens: list[Tensor] | None
    """Per trunk (b, tokens, width) float32 from the cache."""
    ids: Tensor
    """(c, l) int64."""
    mask: Tensor
    """(c, l) int64."""
    owners: Tensor
    """(c,) int64: row of each caption's photo."""


class PixelStore:
    """All photos of a set, decoded once: (photos, 3, s, s) uint8 in memory."""

    def __init__(self, dataset: PhotoSource, image_size: int) -> None:
        shape = (len(dataset), 3, image_size, image_size)
        self._pixels = np.empty(shape, np.uint8)
        # ZipFile is not safe to read from several threads, decoding 7,000 small photos is quick.
        for row in tqdm(range(len(dataset)), desc="decoding photos", unit="photo"):
            self._pixels[row] = np.round(dataset.pixels(row, image_size) * 255)

    def batch(self, rows: NDArray[np.int64]) -> Tensor:
        """(len(rows), 3, s, s) float32 in [0, 1]."""
        return torch.from_numpy(self._pixels[rows]).float().div_(255)


class BatchSource:
    """Shuffled batches of one epoch after another; every choice comes from the seed."""

    def __init__(
        self,
        dataset: PhotoSource,
        tokenizer: Tokenizer,
        captions_per_photo: int,
        seed: int,
        pixels: PixelStore | None = None,
        tokens: list[NDArray[np.float16]] | None = None,
        colour_jitter: float = 0.0,
    ) -> None:
        """Serve a dataset from decoded pixels or from cached tokens (one of the two).

        Photos come as often as the dataset's sampling weights say. ``colour_jitter`` is the
        strength of ``jitter_colours``, for pixels only.
        """
        if (pixels is None) == (tokens is None):
            raise ValueError("give either pixels or tokens")
        self._dataset = dataset
        self._rows = np.array([i for i, p in enumerate(dataset.photos) if p.captions])
        self._tokenizer = tokenizer
        self._captions_per_photo = captions_per_photo
        self._seed = seed
        self._pixels = pixels
        self._tokens = tokens
        self._colour_jitter = colour_jitter
        self._weights = dataset.sampling_weights[self._rows]

    def steps(self, batch_size: int) -> int:
        """Batches per epoch; an incomplete last one is dropped unless it is the only one."""
        drawn = max(1, round(float(self._weights.sum())))
        return max(1, drawn // batch_size)

    def epoch(self, number: int, stage: StageConfig) -> Iterator[Batch]:
        """The batches of one epoch; the next one is prepared while this one is used."""
        chance = random.Random(f"{self._seed}-{number}")
        generator = np.random.default_rng([self._seed, number])
        order = draw_rows(self._rows, self._weights, generator)
        generator.shuffle(order)
        steps = self.steps(stage.batch_size)
        parts = [order[s * stage.batch_size : (s + 1) * stage.batch_size] for s in range(steps)]
        with ThreadPoolExecutor(1) as pool:
            pending = pool.submit(self._batch, parts[0], stage, chance)
            for part in parts[1:]:
                ready = pending.result()
                pending = pool.submit(self._batch, part, stage, chance)
                yield ready
            yield pending.result()

    def _batch(self, rows: NDArray[np.int64], stage: StageConfig, chance: random.Random) -> Batch:
        captions: list[str] = []
        owners: list[int] = []
        for position, row in enumerate(rows):
            own = self._dataset.photos[row].captions
            chosen = chance.sample(own, min(self._captions_per_photo, len(own)))
            captions += [drop_words(caption, stage.drop_words, chance) for caption in chosen]
            owners += [position] * len(chosen)
        ids, mask = self._tokenizer.encode(captions)
        photos = tokens = None
        if self._pixels is not None:
            generator = torch.Generator().manual_seed(chance.getrandbits(62))
            photos = augment_photos(self._pixels.batch(rows), stage.smallest_crop, generator)
            if self._colour_jitter:
                photos = jitter_colours(photos, self._colour_jitter, generator)
        if self._tokens is not None:
            tokens = [torch.from_numpy(part[rows]).float() for part in self._tokens]
        return Batch(
            photos, tokens, torch.from_numpy(ids), torch.from_numpy(mask), torch.tensor(owners)
        )
