"""Which photos of a set are the same: by their bytes, and nearly, by how they look."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_CHUNK = 512
_SIDE = 16


@dataclass(frozen=True)
class Look:
    """How a photo looks, in 264 bytes."""

    difference_hash: int
    """64 bits: is each cell of 8 rows of 9 brighter than its right neighbour?"""
    thumbnail: NDArray[np.uint8]
    """(16, 16) grey values."""


def content_hash(data: bytes) -> str:
    """BLAKE2b of the bytes, 32 hex digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def look_of(photo: Image.Image) -> Look:
    """The look of a photo.

    The difference hash is Krawetz' dHash ("Kind of Like That", hackerfactor.com, 2013): it
    survives another size, compression and brightness.
    """
    grey = photo.convert("L")
    cells = np.asarray(grey.resize((9, 8), Image.Resampling.BOX), np.int16)
    bits = (cells[:, :-1] > cells[:, 1:]).ravel()
    number = int.from_bytes(np.packbits(bits).tobytes(), "big")
    return Look(number, np.asarray(grey.resize((_SIDE, _SIDE), Image.Resampling.BOX), np.uint8))


def near_pairs(
    looks: Sequence[Look], most_bits: int = 6, least_correlation: float = 0.98
) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, of photos that are nearly the same picture.

    Hashes alone join what is merely dark or flat; a pair counts only if its 16 x 16 grey values
    correlate too (Pearson). Photos without any contrast have no look and are never near.

    Args:
        looks: one for each photo.
        most_bits: largest Hamming distance of the difference hashes, of 64.
        least_correlation: smallest correlation of the thumbnails.
    """
    if len(looks) < 2:
        return []
    hashes = np.array([look.difference_hash for look in looks], np.uint64)
    flat = np.stack([look.thumbnail.ravel() for look in looks]).astype(np.float32)
    flat -= flat.mean(1, keepdims=True)
    spread = np.linalg.norm(flat, axis=1)
    # Below one grey value of standard deviation there is nothing to compare.
    seen = spread > _SIDE
    unit = flat / np.maximum(spread, 1)[:, None]
    pairs = []
    for start in range(0, len(looks), _CHUNK):
        distance = np.bitwise_count(hashes[start : start + _CHUNK, None] ^ hashes[None, start:])
        for row, column in np.argwhere(distance <= most_bits):
            one, other = int(start + row), int(start + column)
            alike = seen[one] and seen[other] and unit[one] @ unit[other] >= least_correlation
            if one < other and alike:
                pairs.append((one, other))
    return pairs


def groups(count: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """For each of ``count`` things the smallest member of its group, pairs being links."""
    parent = list(range(count))

    def root(thing: int) -> int:
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    for one, other in pairs:
        a, b = sorted((root(one), root(other)))
        parent[b] = a
    return [root(thing) for thing in range(count)]


def same_pairs(keys: Sequence[str]) -> list[tuple[int, int]]:
    """Links between things with equal keys: each with the first of its kind."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        places[key].append(index)
    return [(found[0], other) for found in places.values() for other in found[1:]]
