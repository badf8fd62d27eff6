"""Retrieval examples as pictures: a caption and the photos that answer it."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from PIL import ImageOps

from training.data.source import PhotoSource
from training.evaluate import DualEncoder

_BATCH = 32
_SIDE = 128
_TOP = 5


@dataclass(frozen=True)
class Example:
    """One query and its best answers."""

    caption: str
    rank: int
    """Of the right photo, 1 = first."""
    photos: tuple[int, ...]
    right: int


def find_examples(encoder: DualEncoder, photos: PhotoSource, count: int = 8) -> list[Example]:
    """Captions spread evenly over the set, each asked of all its photos.

    Args:
        encoder: puts photos and texts into one space.
        photos: the set; every photo is encoded.
        count: queries at most.
    """
    asking = [(row, photo.captions[0]) for row, photo in enumerate(photos.photos) if photo.captions]
    places = np.unique(np.linspace(0, len(asking) - 1, min(count, len(asking))).astype(int))
    chosen = [asking[place] for place in places]
    if not chosen:
        return []
    found = []
    for start in range(0, len(photos), _BATCH):
        rows = range(start, min(start + _BATCH, len(photos)))
        pixels = np.stack([photos.pixels(row, encoder.image_size) for row in rows])
        found.append(encoder.encode_photos(pixels))
    texts = encoder.encode_texts([caption for _, caption in chosen])
    examples = []
    for (right, caption), scores in zip(chosen, texts @ np.concatenate(found).T, strict=True):
        order = np.argsort(-scores, kind="stable")
        rank = int(np.flatnonzero(order == right)[0]) + 1
        examples.append(Example(caption, rank, tuple(map(int, order[:_TOP])), right))
    return examples


def draw_examples(examples: Sequence[Example], photos: PhotoSource) -> str:
    """HTML with the pictures inside it; the right photo is framed."""
    rows = []
    for example in examples:
        pictures = "".join(
            f'<img class="{"right" if number == example.right else "other"}"'
            f' alt="answer {place}" src="{_data_uri(photos, number)}">'
            for place, number in enumerate(example.photos, 1)
        )
        rows.append(
            f"<div><p>{escape(example.caption)} <small>right photo: number {example.rank}</small>"
            f"</p>{pictures}</div>"
        )
    return "".join(rows)


def _data_uri(photos: PhotoSource, number: int) -> str:
    stream = io.BytesIO()
    ImageOps.fit(photos.open(number), (_SIDE, _SIDE)).save(stream, "JPEG", quality=75)
    return "data:image/jpeg;base64," + base64.b64encode(stream.getvalue()).decode("ascii")
