"""Measures that need labels: category retrieval and zero-shot classification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from training.data.class_captions import TEMPLATES, label_captions
from training.data.source import PhotoSource
from training.metrics.category import CategoryMetrics, category_retrieval
from training.metrics.zero_shot import ZeroShotMetrics, class_embeddings, zero_shot


class TextEncoder(Protocol):
    """Texts to unit vectors."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """n texts -> (n, dim) unit rows."""


@dataclass(frozen=True)
class CategoryEvaluation:
    """Category retrieval (S2) in the directions that the data allows."""

    label_to_image: CategoryMetrics
    """The query is the name of the category, in the templates."""
    image_to_image: CategoryMetrics
    """The query is a photo, which does not answer itself."""
    text_to_image: CategoryMetrics | None = None
    """The query is a caption or the tags of a labelled photo; None where there are none."""
    image_to_text: CategoryMetrics | None = None
    """The other way round."""

    def to_json(self) -> dict[str, Any]:
        """Each direction by name; those that the data has not are left out."""
        directions = {
            "label_to_image": self.label_to_image,
            "image_to_image": self.image_to_image,
            "text_to_image": self.text_to_image,
            "image_to_text": self.image_to_text,
        }
        return {name: found.to_json() for name, found in directions.items() if found is not None}


class ClassTexts:
    """The labels of a photo set as unit vectors: templates filled, encoded, averaged."""

    def __init__(
        self, encoder: TextEncoder, photos: PhotoSource, templates: Sequence[str] = TEMPLATES
    ) -> None:
        """Encode the labels of a set.

        Raises:
            ValueError: no photo has a label.
        """
        self.labels = sorted({label for photo in photos.photos for label in photo.labels})
        if not self.labels:
            raise ValueError(f"{photos.source} has no labels in the split {photos.split!r}")
        captions = [label_captions(label, templates) for label in self.labels]
        owners = np.repeat(np.arange(len(captions)), [len(own) for own in captions])
        texts = encoder.encode_texts([text for own in captions for text in own])
        self.embeddings = class_embeddings(texts, owners)


def evaluate_categories(
    photos: NDArray[np.float32],
    texts: NDArray[np.float32],
    dataset: PhotoSource,
    classes: ClassTexts,
    ks: Sequence[int] = (1, 10, 50),
) -> CategoryEvaluation:
    """P@K and mAP@K of the photos that have a label.

    Args:
        photos: (n, dim) unit rows of all photos.
        texts: (c, dim) unit rows of all captions; c may be 0.
        dataset: which photo has which labels and captions.
        classes: its labels.
        ks: the cuts.
    """
    labels = [frozenset(photo.labels) for photo in dataset.photos]
    labelled = np.flatnonzero([bool(own) for own in labels])
    of_photos = [labels[row] for row in labelled]
    asked = photos[labelled]
    names = [frozenset((label,)) for label in classes.labels]
    text_rows = np.flatnonzero(np.isin(dataset.caption_owners, labelled))
    of_texts = [labels[owner] for owner in dataset.caption_owners[text_rows]]
    both_ways = (
        (
            category_retrieval(texts[text_rows], asked, of_texts, of_photos, ks),
            category_retrieval(asked, texts[text_rows], of_photos, of_texts, ks),
        )
        if len(text_rows)
        else (None, None)
    )
    return CategoryEvaluation(
        category_retrieval(classes.embeddings, asked, names, of_photos, ks),
        category_retrieval(asked, asked, of_photos, of_photos, ks, same_set=True),
        *both_ways,
    )


def evaluate_zero_shot(
    photos: NDArray[np.float32], dataset: PhotoSource, classes: ClassTexts
) -> ZeroShotMetrics:
    """Classify the labelled photos of a set among its labels.

    Args:
        photos: (n, dim) unit rows of all photos.
        dataset: which photo has which labels.
        classes: its labels.
    """
    number = {label: row for row, label in enumerate(classes.labels)}
    truths = [frozenset(number[label] for label in photo.labels) for photo in dataset.photos]
    labelled = np.flatnonzero([bool(own) for own in truths])
    return zero_shot(photos[labelled], classes.embeddings, [truths[row] for row in labelled])
