"""What is stored of a photo's regions."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.inference.compact_tokens import pack, unpack


def test_tokens_survive_to_half_a_step() -> None:
    tokens = np.random.default_rng(0).uniform(-1, 1, (36, 48)).astype(np.float32)
    tokens[0, :3] = (-1, 0, 1)
    packed = pack(tokens)
    assert len(packed) == 1728
    found = unpack(packed, 48)
    assert (found.shape, found.dtype) == ((36, 48), np.float32)
    assert np.abs(found - tokens).max() <= 0.5 / 127 + 1e-6
    assert found[0, :3].tolist() == [-1, 0, 1]
    assert pack(found) == packed


def test_what_lies_beyond_one_by_a_rounding_error_does_not_turn_around() -> None:
    assert unpack(pack(np.array([[1.01, -1.01]], np.float32)), 2).tolist() == [[1, -1]]


def test_broken_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="no whole regions"):
        unpack(bytes(47), 48)
    assert unpack(b"", 48).shape == (0, 48)
