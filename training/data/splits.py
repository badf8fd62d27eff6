"""Deterministic splits: by a hash with a seed, equal photos always together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from training.data.duplicates import content_hash, groups, look_of, near_pairs, same_pairs
from training.data.source import CaptionedPhoto, PhotoSet, PhotoSource

S1_SHARES: Mapping[str, float] = {"train": 0.70, "val": 0.15, "test": 0.15}
"""The shares that S1 states."""
NUS_WIDE_SHARES: Mapping[str, float] = {"train": 0.8, "val": 0.1, "test": 0.1}
"""8,000 / 1,000 / 1,000 of NUS-WIDE-10K."""


def parse_shares(text: str) -> dict[str, float]:
    """``70/15/15`` -> train, val, test; ``90/10`` -> train, val.

    Raises:
        ValueError: not two or three numbers that sum to 100.
    """
    try:
        numbers = [float(part) for part in text.split("/")]
    except ValueError as error:
        raise ValueError(f"shares are written like 70/15/15, not {text!r}") from error
    if len(numbers) not in (2, 3) or min(numbers) < 0 or abs(sum(numbers) - 100) > 1e-9:
        raise ValueError(f"shares are two or three numbers that sum to 100, not {text!r}")
    return {k: n / 100 for k, n in zip(("train", "val", "test"), numbers, strict=False)}


def assign(keys: Sequence[str], shares: Mapping[str, float], seed: int = 0) -> list[str]:
    """The split of each key, alone from the key, the shares and the seed.

    A key's BLAKE2b hash is read as a number in [0, 1) and falls into the part of the interval
    that belongs to a split. So a photo never changes sides when others come or go; the price is
    that the shares are met only about (by a standard deviation of sqrt(n p (1 - p)) photos).

    Raises:
        ValueError: the shares do not sum to one, or one is negative.
    """
    if not shares or min(shares.values()) < 0 or abs(sum(shares.values()) - 1) > 1e-9:
        raise ValueError(f"the shares {dict(shares)} do not sum to one")
    names = [name for name, share in shares.items() if share > 0]
    ends = np.cumsum([shares[name] for name in names])
    places = np.searchsorted(ends[:-1], [_fraction(key, seed) for key in keys], side="right")
    return [names[place] for place in places]


def split_keys(
    photos: PhotoSource, by: Literal["content", "name"] = "content", near: bool = False
) -> list[str]:
    """What each photo's split is decided by; photos that are the same share one key.

    Args:
        photos: the set; every photo's bytes are read.
        by: ``content``: a hash of the bytes. ``name``: the file's name, which survives
            re-encoding; photos of equal bytes take the smallest of their names.
        near: also keep photos together that merely look the same (decodes every photo).
    """
    hashes, looks = [], []
    for index in tqdm(range(len(photos)), desc="reading photos", unit="photo", disable=None):
        hashes.append(content_hash(photos.read(index)))
        if near:
            looks.append(look_of(photos.open(index)))
    together = groups(len(photos), same_pairs(hashes) + near_pairs(looks))
    own = hashes if by == "content" else [photo.file for photo in photos.photos]
    smallest: dict[int, str] = {}
    for group, key in zip(together, own, strict=True):
        smallest[group] = min(key, smallest.get(group, key))
    return [smallest[group] for group in together]


class SplitPhotos(PhotoSet):
    """One part of a photo set that was split anew."""

    def __init__(self, photos: PhotoSource, assigned: Sequence[str], split: str) -> None:
        """Take one split.

        Args:
            photos: the whole set.
            assigned: the split of each of its photos, as ``assign`` gives it.
            split: which one to take.

        Raises:
            ValueError: no photo is in it.
        """
        self._rows = [row for row, name in enumerate(assigned) if name == split]
        self._inner = photos
        if not self._rows:
            raise ValueError(f"no photo of {photos.source} falls into the split {split!r}")
        records: list[CaptionedPhoto] = [
            replace(photos.photos[row], split=split) for row in self._rows
        ]
        super().__init__(photos.source, split, records)

    @property
    def sampling_weights(self) -> NDArray[np.float64]:
        """(photos,) float64: those of the set within."""
        return self._inner.sampling_weights[self._rows]

    def read(self, index: int) -> bytes:
        """The encoded bytes of one photo."""
        return self._inner.read(self._rows[index])

    def open(self, index: int) -> Image.Image:
        """Decode one photo to RGB."""
        return self._inner.open(self._rows[index])


def _fraction(key: str, seed: int) -> float:
    digest = hashlib.blake2b(key.encode("utf-8", "surrogateescape"), digest_size=8, key=b"split")
    digest.update(seed.to_bytes(8, "big", signed=True))
    return int.from_bytes(digest.digest(), "big") / 2**64
