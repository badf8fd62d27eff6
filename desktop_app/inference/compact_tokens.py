"""Compact image tokens as bytes: what of a photo is stored beside its embedding."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SCALE = 127


def pack(tokens: NDArray[np.float32]) -> bytes:
    """(regions, width) float32 in [-1, 1] -> one signed byte a number, row by row.

    The loss is at most 1/254 a number; 36 regions of 48 numbers take 1,728 bytes a photo.
    """
    return np.rint(np.clip(tokens, -1, 1) * _SCALE).astype(np.int8).tobytes()


def unpack(packed: bytes, width: int) -> NDArray[np.float32]:
    """What ``pack`` made -> (regions, width) float32 in [-1, 1].

    Args:
        packed: regions * width bytes.
        width: numbers of one region, ``manifest.image_tokens.width``.

    Raises:
        ValueError: the bytes are no whole regions.
    """
    if len(packed) % width:
        raise ValueError(f"{len(packed)} bytes are no whole regions of {width}")
    numbers = np.frombuffer(packed, np.int8).reshape(-1, width)
    return numbers.astype(np.float32) / np.float32(_SCALE)
