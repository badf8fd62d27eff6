"""All systems, one after another: trained and measured once, whatever stops in between."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.inference.bundle import MANIFEST_NAME
from training.baselines.encoder import BaselineEncoder
from training.comparison.contenders import BaselineContender, Contender, open_contender
from training.comparison.figures import Figures, price, quality
from training.comparison.system_trainer import SystemTrainer
from training.comparison.systems import Hub, Shipped, System, Trained
from training.comparison.table import Row
from training.data.source import PhotoSource

log = logging.getLogger(__name__)

_METRICS_NAME = "training_metrics.jsonl"


@dataclass(frozen=True)
class _Found:
    """The weights of a system."""

    folder: Path
    identity: str
    """What its figures depend on besides the photos."""
    weights: str
    """For the table."""
    training: Figures


class Campaign:
    """Knows where weights are, and what was measured before."""

    def __init__(
        self,
        trainer: SystemTrainer,
        photos: PhotoSource,
        photos_digest: str,
        kept: Path,
        shipped: Path,
        models: Sequence[Path],
        measure_again: bool = False,
    ) -> None:
        """The collaborators.

        Args:
            trainer: trains what can be trained.
            photos: everything is measured on them.
            photos_digest: tells them from others.
            kept: folder for what was measured.
            shipped: the app's own bundle.
            models: folders in which added bundles lie, at any depth.
            measure_again: do not believe what is kept.
        """
        self._trainer = trainer
        self._photos = photos
        self._digest = photos_digest
        self._kept = kept
        self._shipped = shipped
        self._models = models
        self._measure_again = measure_again

    def rows(self, systems: Sequence[System]) -> Iterator[tuple[Row, ...]]:
        """The table after each row: those that are still to come say so."""
        done: dict[str, Row] = {}
        for number, system in enumerate(systems, 1):
            log.info("%d of %d: %s", number, len(systems), system.name)
            done[system.key] = self._row(system)
            yield tuple(done.get(own.key) or _row(own, "not measured yet", {}) for own in systems)

    def _row(self, system: System) -> Row:
        found = self._found(system)
        if found is None:
            assert isinstance(system.origin, Hub)
            return _row(system, f"not on this machine: `{system.origin.command}`", {})
        known = hashlib.sha256(f"{found.identity}\0{self._digest}".encode()).hexdigest()[:16]
        path = self._kept / f"{system.key}-{known}.json"
        if path.is_file() and not self._measure_again:
            figures: dict[str, float] = json.loads(path.read_text("utf-8"))
        else:
            contender = _opened(system, found.folder)
            figures = {**quality(contender, self._photos), **price(contender)}
            _keep(path, figures)
        log.info("recall sum %.1f", figures["recall sum"])
        return _row(system, found.weights, {**figures, **found.training})

    def _found(self, system: System) -> _Found | None:
        origin = system.origin
        if isinstance(origin, Trained):
            best, spent = self._trainer.trained(origin)
            training = {
                "training minutes": spent.minutes,
                "training CPU minutes": spent.cpu_minutes,
            }
            return _Found(best, best.parent.name, "trained here", training)
        if isinstance(origin, Shipped):
            return _Found(
                self._shipped, _model_id(self._shipped), "shipped", _logged(self._shipped)
            )
        for folder in self._models:
            for manifest in sorted(folder.rglob(MANIFEST_NAME)):
                if _is_of(json.loads(manifest.read_text("utf-8")), origin):
                    bundle = manifest.parent
                    return _Found(bundle, _model_id(bundle), f"`{origin.repository}`", {})
        return None


def _opened(system: System, folder: Path) -> Contender:
    if isinstance(system.origin, Trained) and system.origin.is_baseline:
        return BaselineContender(BaselineEncoder.open(folder))
    return open_contender(folder, system.looks_again)


def _row(system: System, weights: str, figures: Figures) -> Row:
    return Row(
        system.key,
        system.name,
        weights,
        figures,
        "; ".join(map(str, system.published)),
        system.what,
        system.source,
    )


def _keep(path: Path, figures: Figures) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    os.replace(temporary, path)


def _model_id(bundle: Path) -> str:
    manifest: dict[str, Any] = json.loads((bundle / MANIFEST_NAME).read_text("utf-8"))
    return str(manifest["model_id"])


def _is_of(manifest: dict[str, Any], origin: Hub) -> bool:
    """Whether a bundle was made of a repository: its name or its source says so."""
    told = f"{manifest.get('name', '')} {manifest.get('source', '')}".lower()
    return origin.repository.lower() in told


def _logged(bundle: Path) -> Figures:
    """What the shipped model's own log says of its training; nothing where there is none."""
    path = bundle / _METRICS_NAME
    if not path.is_file():
        return {}
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {"training minutes": sum(line.get("seconds", 0.0) for line in lines) / 60}
