"""The measures on the command line: their flags, and how they are printed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, get_args

from training.evaluate import Evaluation
from training.measuring import Measure, Measures
from training.metrics import RetrievalMetrics

_HELP: Mapping[Measure, str] = {
    "category": "P@K and mAP@K by label",
    "zero_shot": "classify the labelled photos by the names of their labels",
    "matching": "Precision, Recall and mAP of caption and photo pairs",
    "information": "entropy of the features and mutual information",
    "cost": "latency, parameters, memory and operations on this machine",
}


def add_measures(parser: argparse.ArgumentParser) -> None:
    """One flag for each measure besides retrieval."""
    for name, text in _HELP.items():
        parser.add_argument(f"--{name.replace('_', '-')}", action="store_true", help=text)


def asked_measures(options: argparse.Namespace) -> frozenset[Measure]:
    """The measures whose flags were given."""
    return frozenset(name for name in get_args(Measure) if getattr(options, name))


def retrieval_lines(retrieval: Evaluation) -> list[str]:
    """A line for each direction."""
    return [
        _direction("text-to-image", retrieval.text_to_image),
        _direction("image-to-text", retrieval.image_to_text),
    ]


def table(measures: Measures) -> str:
    """Everything that was measured, a line for each direction or part."""
    lines = [f"{measures.photos} photos, {measures.captions} captions"]
    if measures.retrieval is not None:
        lines += retrieval_lines(measures.retrieval)
    for name, found in measures.to_json().items():
        if isinstance(found, dict) and name not in ("text_to_image", "image_to_text"):
            lines += _part(name.replace("_", "-"), found)
    return "\n".join(lines)


def _direction(name: str, metrics: RetrievalMetrics) -> str:
    recall = "  ".join(f"R@{k} {value:5.1f}" for k, value in metrics.recall.items())
    ranks = f"median rank {metrics.median_rank:g}  mean rank {metrics.mean_rank:.1f}"
    return f"{name}  {recall}  {ranks}"


def _part(name: str, found: Mapping[str, Any]) -> list[str]:
    nested = {key: value for key, value in found.items() if isinstance(value, dict)}
    flat = "  ".join(f"{key} {value:,}" for key, value in found.items() if key not in nested)
    lines = [f"{name}  {flat}"] if flat else []
    for key, value in nested.items():
        lines += _part(f"{name} {key.replace('_', '-')}", value)
    return lines
