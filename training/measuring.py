"""All that ``evaluate`` can measure: retrieval always, the rest when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray

from training.cost import (
    Cost,
    MemoryMeter,
    MemoryUse,
    gflops,
    graph_parameters,
    latency,
    parameters,
)
from training.data.source import PhotoSource
from training.evaluate import (
    BundleEncoder,
    CheckpointEncoder,
    DualEncoder,
    Embedded,
    Evaluation,
    embed,
    require_captions,
    score,
)
from training.label_evaluation import (
    CategoryEvaluation,
    ClassTexts,
    evaluate_categories,
    evaluate_zero_shot,
)
from training.metrics.information import feature_entropy, shared_information
from training.metrics.matching import MatchingMetrics, caption_scores, matching
from training.metrics.zero_shot import ZeroShotMetrics

Measure = Literal["category", "zero_shot", "matching", "information", "cost"]

RIVALS = 9
"""Other photos that each caption meets in the easy form of the S1 measures."""
_TEXT = "a brown dog runs along the beach with a stick in its mouth"
_MIB = 2**20


@dataclass(frozen=True)
class InformationMetrics:
    """S3's measures of features, in nats; see ``metrics.information`` for the estimators."""

    image_entropy: float
    text_entropy: float
    mutual_information: float

    def to_json(self) -> dict[str, float]:
        """``{"image_entropy", "text_entropy", "mutual_information"}``."""
        return {
            "image_entropy": round(self.image_entropy, 4),
            "text_entropy": round(self.text_entropy, 4),
            "mutual_information": round(self.mutual_information, 4),
        }


@dataclass(frozen=True)
class ModelCost:
    """What a model costs on this machine."""

    encoders: Mapping[str, Cost]
    memory: MemoryUse

    def to_json(self) -> dict[str, Any]:
        """``{"image": {..}, "text": {..}, "memory": {..}}``."""
        named = {name: cost.to_json() for name, cost in self.encoders.items()}
        return {**named, "memory": self.memory.to_json()}


@dataclass(frozen=True)
class Measures:
    """What was measured; None for what was not asked for, or what the data does not allow."""

    photos: int
    captions: int
    retrieval: Evaluation | None
    category: CategoryEvaluation | None = None
    zero_shot: ZeroShotMetrics | None = None
    matching: Mapping[str, MatchingMetrics] | None = None
    information: InformationMetrics | None = None
    cost: ModelCost | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of ``evaluate --json``: retrieval's keys, and one for each more measure."""
        result: dict[str, Any] = {"photos": self.photos, "captions": self.captions}
        if self.retrieval is not None:
            result |= self.retrieval.to_json()
        if self.matching is not None:
            result["matching"] = {name: m.to_json() for name, m in self.matching.items()}
        for name in ("category", "zero_shot", "information", "cost"):
            found = getattr(self, name)
            if found is not None:
                result[name] = found.to_json()
        return result


def measure(
    encoder: DualEncoder,
    dataset: PhotoSource,
    asked: Collection[Measure] = (),
    meter: MemoryMeter | None = None,
) -> Measures:
    """Embed a photo set once and take every measure that is asked for.

    Args:
        encoder: the model.
        dataset: photos with captions, with labels, or with both.
        asked: measures besides retrieval.
        meter: started before the model was loaded, for the memory that it takes.

    Raises:
        ValueError: what was asked for needs captions or labels that the set has not.
    """
    by_label = {"category", "zero_shot"} & set(asked)
    has_captions = any(photo.captions for photo in dataset.photos)
    if not by_label or {"matching", "information"} & set(asked):
        require_captions(dataset)
    # First of all, so that a set without labels is refused before minutes of encoding.
    classes = ClassTexts(encoder, dataset) if by_label else None
    embedded = embed(encoder, dataset)
    photos, texts, owners = embedded.photos, embedded.texts, dataset.caption_owners
    return Measures(
        len(photos),
        len(texts),
        score(photos, texts, owners) if has_captions else None,
        evaluate_categories(photos, texts, dataset, classes)
        if classes and "category" in asked
        else None,
        evaluate_zero_shot(photos, dataset, classes) if classes and "zero_shot" in asked else None,
        _matching(embedded, owners) if "matching" in asked else None,
        _information(embedded, owners) if "information" in asked else None,
        model_cost(encoder, meter or MemoryMeter()) if "cost" in asked else None,
    )


def model_cost(encoder: DualEncoder, meter: MemoryMeter) -> ModelCost:
    """Time one photo and one text at a time, count weights and operations."""
    rng = np.random.default_rng(0)
    side = encoder.image_size
    pixels = rng.random((1, 3, side, side), np.float32)
    times = {
        "image": latency(lambda: encoder.encode_photos(pixels)),
        "text": latency(lambda: encoder.encode_texts([_TEXT])),
    }
    memory = meter.read()
    if isinstance(encoder, BundleEncoder):
        manifest = encoder.bundle.manifest
        graphs = {"image": manifest.image_encoder.file, "text": manifest.text_encoder.file}
        costs = {
            name: Cost(
                times[name],
                graph_parameters(encoder.bundle.path(file)),
                None,
                manifest.files[file].size_bytes / _MIB,
            )
            for name, file in graphs.items()
        }
    elif isinstance(encoder, CheckpointEncoder):
        calls = {
            "image": lambda: torch.from_numpy(encoder.encode_photos(pixels)),
            "text": lambda: torch.from_numpy(encoder.encode_texts([_TEXT])),
        }
        costs = {
            name: Cost(times[name], parameters(encoder.model, name), gflops(call), None)
            for name, call in calls.items()
        }
    else:
        raise ValueError(f"the cost of a {type(encoder).__name__} cannot be measured")
    return ModelCost(costs, memory)


def _matching(embedded: Embedded, owners: NDArray[np.int64]) -> dict[str, MatchingMetrics]:
    result = {}
    for name, rivals in (("all_photos", None), (f"{RIVALS}_rivals", RIVALS)):
        scores, matches = caption_scores(embedded.photos, embedded.texts, owners, rivals)
        result[name] = matching(scores, matches)
    return result


def _information(embedded: Embedded, owners: NDArray[np.int64]) -> InformationMetrics:
    return InformationMetrics(
        feature_entropy(embedded.photos),
        feature_entropy(embedded.texts),
        shared_information(embedded.photos, embedded.texts, owners),
    )
