"""Every figure of one system: how well it finds, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from training.comparison.contenders import Contender
from training.cost import latency
from training.data.source import PhotoSource
from training.metrics.category import mean_average_precision
from training.metrics.information import feature_entropy, shared_information
from training.metrics.matching import matching, with_rivals
from training.ranking import Ranked

Figures = Mapping[str, float]
Ids = NDArray[np.int64]

RIVALS = 9
"""Other photos that each caption meets in the easy form of S1's measures."""
_KS = (1, 5, 10)
_QUERY = "a brown dog runs along the beach with a stick in its mouth"
_BATCH, _BATCHES, _CALLS = 32, 3, 20


def quality(contender: Contender, photos: PhotoSource) -> Figures:
    """How well a system finds; see the modules of ``training.metrics`` for what each figure is.

    Args:
        contender: is left ready to answer queries about these photos.
        photos: with captions.
    """
    ranked = contender.rank(photos)
    owners = photos.caption_owners
    evaluation = ranked.evaluation(owners)
    figures = {"recall sum": evaluation.recall_sum}
    for name, direction in (
        ("text-to-image", evaluation.text_to_image),
        ("image-to-text", evaluation.image_to_text),
    ):
        figures.update({f"{name} R@{k}": value for k, value in direction.recall.items()})
        figures[f"{name} median rank"] = direction.median_rank
    figures.update(_average_precision(ranked, owners))
    figures.update(_matching(ranked, owners))
    figures["image entropy"] = feature_entropy(ranked.photos)
    figures["text entropy"] = feature_entropy(ranked.texts)
    figures["mutual information"] = shared_information(ranked.photos, ranked.texts, owners)
    return figures


def price(contender: Contender) -> Figures:
    """What a system takes on this machine, after ``quality``: weights and times.

    One photo, one text and one query about all photos are timed alone, the median of some calls;
    photos per second in batches of 32, from pixels.
    """
    side = contender.image_size
    pixels = np.random.default_rng(0).random((_BATCH, 3, side, side), np.float32)
    contender.see(pixels)
    began = time.perf_counter()
    for _ in range(_BATCHES):
        contender.see(pixels)
    seconds = time.perf_counter() - began
    return {
        "parameters, M": contender.weights.parameters / 1e6,
        "MB": contender.weights.mib,
        "photo ms": latency(lambda: contender.see(pixels[:1]), _CALLS).p50_ms,
        "text ms": latency(lambda: contender.read([_QUERY]), _CALLS).p50_ms,
        "query ms": latency(lambda: contender.answer(_QUERY), _CALLS, 2).p50_ms,
        "photos/s": _BATCH * _BATCHES / seconds,
    }


def _average_precision(ranked: Ranked, owners: Ids) -> Figures:
    asking = np.unique(owners)
    found: dict[str, float] = {}
    for name, scores, is_right in (
        ("text-to-image", ranked.to_photos, owners[:, None] == np.arange(len(ranked.photos))),
        ("image-to-text", ranked.to_texts[asking], asking[:, None] == owners),
    ):
        by_k = mean_average_precision(scores, is_right, _KS)
        found |= {f"{name} mAP@{k}": value for k, value in by_k.items()}
    return found


def _matching(ranked: Ranked, owners: Ids) -> Figures:
    found: dict[str, float] = {}
    for name, rivals in (("all photos", None), (f"{RIVALS} rivals", RIVALS)):
        measured = matching(*with_rivals(ranked.to_photos, owners, rivals))
        found |= {
            f"{name}: Recall": measured.recall,
            f"{name}: Precision": measured.precision,
            f"{name}: mAP": measured.mean_average_precision,
        }
    return found
