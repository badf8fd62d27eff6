"""What is kept of a trained variant, and how several seeds of it are put together."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_DIRECTIONS = {"text_to_image": "text-to-image", "image_to_text": "image-to-text"}
_SUM, _SUM_AGAIN = "recall sum", "re-ranked recall sum"


@dataclass(frozen=True)
class TrainedRun:
    """One variant, trained with one seed."""

    seed: int
    figures: Mapping[str, float]
    kernel_weights: Mapping[str, float]

    def save(self, path: Path) -> None:
        """Write it as JSON, whole or not at all."""
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")
        os.replace(temporary, path)

    @classmethod
    def load(cls, path: Path) -> TrainedRun:
        """Read what ``save`` wrote."""
        return cls(**json.loads(path.read_text("utf-8")))


@dataclass(frozen=True)
class TrainedVariant:
    """All seeds of one variant; at least one."""

    name: str
    runs: tuple[TrainedRun, ...]

    def mean(self, figure: str) -> float | None:
        """The mean of the seeds; None for a figure that this variant has not."""
        values = self._values(figure)
        return statistics.fmean(values) if values else None

    def spread(self, figure: str) -> float:
        """Half of the range of the seeds."""
        values = self._values(figure)
        return (max(values) - min(values)) / 2

    def kernel_weights(self) -> dict[str, float]:
        """Mean learned weight by kernel."""
        names = self.runs[0].kernel_weights
        return {
            name: statistics.fmean(run.kernel_weights[name] for run in self.runs) for name in names
        }

    def _values(self, figure: str) -> list[float]:
        return [run.figures[figure] for run in self.runs if figure in run.figures]


def logged_figures(run: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Figures and kernel weights of a run's best epoch, from its ``metrics.jsonl``.

    The best epoch is the one whose checkpoint the trainer keeps: the first with the highest
    recall sum. Of a matcher trained after it, the best re-ranked recall sum is added.
    """
    text = (run / "metrics.jsonl").read_text("utf-8")
    lines: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    plain = [line for line in lines if line["measured_by"] == _SUM]
    best = max(plain, key=lambda line: float(line["score"]))
    figures = {_SUM: float(best["score"]), "best epoch": float(best["epoch"])}
    for key, direction in _DIRECTIONS.items():
        for k in (1, 5, 10):
            figures[f"{direction} R@{k}"] = float(best["validation"][key][f"R@{k}"])
    if best.get("attention_entropy"):
        figures["attention entropy"] = statistics.fmean(best["attention_entropy"])
    figures["kernel entropy"] = float(best["kernel_entropy"])
    figures["step seconds"] = statistics.median(float(line["step_seconds"]) for line in plain)
    again = [line for line in lines if line["measured_by"] == _SUM_AGAIN]
    if again:
        figures[_SUM_AGAIN] = max(float(line["score"]) for line in again)
    return figures, dict(best["kernel_weights"])
