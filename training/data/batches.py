"""Training batches: photos (or their cached tokens) with some of their captions."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
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
    captions: tuple[str, ...] = ()
    """The c captions whole: no word is left out here."""


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
    """Shuffled batches of one epoch after another; every choice comes from the seed.

    Every batch draws from several sets, a fixed number from each. The first set makes the epoch:
    each of its photos is seen as
    often as its sampling weight says. From the others a photo is drawn per caption at random, so no
    two of a batch have the same caption (one label), which would be wrong negatives.
    """

    def __init__(
        self,
        sets: Sequence[PhotoSource],
        counts: Sequence[int],
        tokenizer: Tokenizer,
        captions_per_photo: int,
        seed: int,
        pixels: Sequence[PixelStore] | None = None,
        tokens: Sequence[list[NDArray[np.float16]]] | None = None,
        colour_jitter: float = 0.0,
    ) -> None:
        """Serve photo sets from decoded pixels or from cached tokens (one of the two).

        Args:
            sets: the photos; those without captions are left out.
            counts: photos of each set in a batch.
            tokenizer: makes the token ids.
            captions_per_photo: drawn from each photo's captions.
            seed: decides every random choice.
            pixels: of each set.
            tokens: of each set, one array per trunk.
            colour_jitter: strength of ``jitter_colours``, for pixels only.
        """
        if (pixels is None) == (tokens is None):
            raise ValueError("give either pixels or tokens")
        self._sets = sets
        self._counts = counts
        self._rows = np.array([i for i, p in enumerate(sets[0].photos) if p.captions])
        self._by_caption = [_rows_by_caption(extra) for extra in sets[1:]]
        self._tokenizer = tokenizer
        self._captions_per_photo = captions_per_photo
        self._seed = seed
        self._pixels = pixels
        self._tokens = tokens
        self._colour_jitter = colour_jitter
        self._weights = sets[0].sampling_weights[self._rows]

    def steps(self) -> int:
        """Batches per epoch; an incomplete last one is dropped unless it is the only one."""
        drawn = max(1, round(float(self._weights.sum())))
        return max(1, drawn // self._counts[0])

    def epoch(self, number: int, stage: StageConfig) -> Iterator[Batch]:
        """The batches of one epoch; the next one is prepared while this one is used."""
        chance = random.Random(f"{self._seed}-{number}")
        generator = np.random.default_rng([self._seed, number])
        order = draw_rows(self._rows, self._weights, generator)
        generator.shuffle(order)
        size = self._counts[0]
        parts = [order[s * size : (s + 1) * size] for s in range(self.steps())]
        with ThreadPoolExecutor(1) as pool:
            pending = pool.submit(self._batch, parts[0], stage, chance)
            for part in parts[1:]:
                ready = pending.result()
                pending = pool.submit(self._batch, part, stage, chance)
                yield ready
            yield pending.result()

    def _batch(self, rows: NDArray[np.int64], stage: StageConfig, chance: random.Random) -> Batch:
        chosen = [rows, *(self._draw(n, chance) for n in range(1, len(self._sets)))]
        captions: list[str] = []
        owners: list[int] = []
        position = 0
        for dataset, own_rows in zip(self._sets, chosen, strict=True):
            for row in own_rows:
                own = dataset.photos[row].captions
                some = chance.sample(own, min(self._captions_per_photo, len(own)))
                captions += some
                owners += [position] * len(some)
                position += 1
        words = [drop_words(caption, stage.drop_words, chance) for caption in captions]
        ids, mask = self._tokenizer.encode(words)
        photos = tokens = None
        if self._pixels is not None:
            generator = torch.Generator().manual_seed(chance.getrandbits(62))
            pixels = [store.batch(r) for store, r in zip(self._pixels, chosen, strict=True)]
            photos = augment_photos(torch.cat(pixels), stage.smallest_crop, generator)
            if self._colour_jitter:
                photos = jitter_colours(photos, self._colour_jitter, generator)
        if self._tokens is not None:
            by_set = [
                [torch.from_numpy(part[r]) for part in parts]
                for parts, r in zip(self._tokens, chosen, strict=True)
            ]
            tokens = [torch.cat(parts).float() for parts in zip(*by_set, strict=True)]
        return Batch(
            photos,
            tokens,
            torch.from_numpy(ids),
            torch.from_numpy(mask),
            torch.tensor(owners),
            tuple(captions),
        )

    def _draw(self, number: int, chance: random.Random) -> NDArray[np.int64]:
        """Rows of a further set, no two with the same caption."""
        groups = self._by_caption[number - 1]
        some = chance.sample(groups, min(self._counts[number], len(groups)))
        return np.array([chance.choice(group) for group in some], np.int64)


def _rows_by_caption(dataset: PhotoSource) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for row, photo in enumerate(dataset.photos):
        if photo.captions:
            groups.setdefault(photo.captions[0], []).append(row)
    return list(groups.values())
