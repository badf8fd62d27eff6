"""The result of an experiment: JSON with every figure, and its table in Markdown."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from training.experiments.trained import TrainedVariant
from training.experiments.variant import Column, Plan

_MISSING = "–"


@dataclass(frozen=True)
class ExperimentResult:
    """What an experiment found, and how it is done again."""

    experiment: str
    command: str
    facts: Mapping[str, Any]
    """Seeds, epochs, threads, data, recipe."""
    table: tuple[tuple[str, ...], ...]
    """Head and rows, as they are shown."""
    notes: tuple[str, ...]
    details: tuple[Mapping[str, Any], ...]
    """Every figure of every row."""
    picture: str | None = None
    """A file beside the JSON."""

    def write(self, path: Path) -> None:
        """Write the JSON to ``path`` and the table beside it, with the suffix ``.md``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"
        for target, content in ((path, text), (path.with_suffix(".md"), self.markdown())):
            temporary = target.with_name(target.name + ".tmp")
            temporary.write_text(content, "utf-8")
            os.replace(temporary, target)

    @classmethod
    def read(cls, path: Path) -> ExperimentResult:
        """Read what ``write`` wrote.

        Raises:
            ValueError: it is no result of an experiment.
        """
        try:
            stored: dict[str, Any] = json.loads(path.read_text("utf-8"))
            stored["table"] = tuple(tuple(row) for row in stored["table"])
            stored |= {name: tuple(stored[name]) for name in ("notes", "details")}
            return cls(**stored)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path} is no result of an experiment: {error!r}") from error

    def markdown(self, folder: str = "") -> str:
        """The command, the table and its notes.

        Args:
            folder: where the picture lies, as seen from the page; ends in a slash if it is not "".
        """
        head, *rows = self.table
        aligned = ["---", *["---:"] * (len(head) - 1)]
        lines = [f"`{self.command}`", "", _row(head), _row(aligned), *map(_row, rows)]
        if self.notes:
            lines += ["", *(f"* {note}" for note in self.notes)]
        if self.picture is not None:
            lines += ["", f"![{self.experiment}]({folder}{self.picture})"]
        return "\n".join(lines) + "\n"


def tabulated(plan: Plan, variants: Sequence[TrainedVariant]) -> tuple[tuple[str, ...], ...]:
    """Head and rows; a figure of several seeds is their mean ± half of their range."""
    head = ("", *(column.title for column in plan.columns))
    rows = []
    for variant in variants:
        row = [variant.name, *(_cell(column, variant, variants[0]) for column in plan.columns)]
        if plan.shows_kernels:
            weights = variant.kernel_weights().items()
            row.append(", ".join(f"{name} {weight:.2f}" for name, weight in weights))
        rows.append(tuple(row))
    return ((*head, "learned weights") if plan.shows_kernels else head, *rows)


def _cell(column: Column, variant: TrainedVariant, first: TrainedVariant) -> str:
    mean, base = variant.mean(column.figure), first.mean(column.figure)
    if mean is None or (column.is_difference and (base is None or variant is first)):
        return _MISSING
    if column.is_difference:
        return f"{mean - (base or 0.0):+.{column.digits}f}"
    spread = f" ± {variant.spread(column.figure):.{column.digits}f}"
    return f"{mean:.{column.digits}f}{spread if len(variant.runs) > 1 else ''}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
