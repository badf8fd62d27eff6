"""An exported bundle must answer as the checkpoint does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.evaluate import DualEncoder, Evaluation


class ParityError(ValueError):
    """The exported graph and the checkpoint disagree."""


@dataclass(frozen=True)
class Parity:
    """Worst agreement over the samples: cosine, and largest difference of any component."""

    image_cosine: float
    image_difference: float
    text_cosine: float
    text_difference: float


def measure_parity(
    exported: DualEncoder,
    checkpoint: DualEncoder,
    pixels: NDArray[np.float32],
    texts: Sequence[str],
) -> Parity:
    """Embed the same samples with both."""
    images = exported.encode_photos(pixels), checkpoint.encode_photos(pixels)
    words = exported.encode_texts(texts), checkpoint.encode_texts(texts)
    return Parity(*_agreement(*images), *_agreement(*words))


def require_parity(parity: Parity, smallest_cosine: float) -> None:
    """Refuse a bundle that drifted.

    Raises:
        ParityError: a cosine is below the floor.
    """
    worst = min(parity.image_cosine, parity.text_cosine)
    if worst < smallest_cosine:
        raise ParityError(f"embeddings drifted: cosine {worst:.5f} < {smallest_cosine}")


def require_recall(exported: Evaluation, checkpoint: Evaluation, largest_loss: float) -> None:
    """Refuse a bundle whose mean recall fell by more than ``largest_loss`` points.

    Raises:
        ParityError: it did.
    """
    loss = (checkpoint.recall_sum - exported.recall_sum) / 6
    if loss > largest_loss:
        raise ParityError(f"the export loses {loss:.2f} points of recall on average")


def _agreement(a: NDArray[np.float32], b: NDArray[np.float32]) -> tuple[float, float]:
    return float((a * b).sum(1).min()), float(np.abs(a - b).max())
