"""The training loop: stages, steps, selection on the validation split, resume."""

from __future__ import annotations

import json
import logging
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import nn
from tqdm import tqdm

from training.checkpoint import load_progress, load_state, save_progress
from training.config import StageConfig
from training.early_stopping import EarlyStopping
from training.ema import WeightAverage
from training.gradients import gradient_norms
from training.model.trainable import TrainableModel
from training.optimizer import build_optimizer
from training.process_group import ProcessGroup
from training.schedule import Schedule, build_schedule
from training.stages.stage import Measure, Stage

log = logging.getLogger(__name__)


class Recipe(Protocol):
    """What the loop asks of a run's configuration."""

    @property
    def stages(self) -> tuple[StageConfig, ...]:
        """The stretches of training, in their order."""

    @property
    def weight_decay(self) -> float:
        """Of everything but norms, biases and kernel weights."""

    @property
    def clip_norm(self) -> float:
        """The gradients' norm is cut to it."""

    @property
    def ema_decay(self) -> float:
        """Of the average of the weights, which is what is measured and kept; 0 = no average."""

    @property
    def seed(self) -> int:
        """Every random choice comes from it."""

    def to_json(self) -> str:
        """The configuration as it is stored."""


class Stages(Protocol):
    """Builds the stages of one kind of model, and stores such models."""

    def build(self, stage: StageConfig, model: Any) -> Stage:
        """The stage that a configuration describes."""

    def save(self, model: Any, folder: Path) -> None:
        """Replace the checkpoint in a folder, in one step; ``checkpoint.load_state`` reads it."""


@dataclass(frozen=True)
class _Running:
    """What one stage trains with."""

    stage: Stage
    config: StageConfig
    optimizer: torch.optim.Optimizer
    schedule: Schedule
    average: WeightAverage
    stopping: EarlyStopping


class Trainer:
    """One run: everything it writes lies in its folder, and it goes on where it stopped.

    ``config.json`` the configuration, ``metrics.jsonl`` one line an epoch, ``best/`` the checkpoint
    with the highest score of the last stage, ``last.pt`` what a resumed run needs. Of several
    processes only the first one measures and writes.
    """

    def __init__(
        self,
        config: Recipe,
        model: TrainableModel,
        stages: Stages,
        run: Path,
        device: torch.device,
        group: ProcessGroup | None = None,
    ) -> None:
        self._config = config
        self._model = model.to(device)
        # convolutions of the CPU and of tensor cores run on this layout
        self._model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._stages = stages
        self._run = run
        self._device = device
        self._group = group or ProcessGroup()
        self._best = -1.0
        self._measured_by = ""

    def fit(self) -> Path:
        """Train every stage; returns the folder of the best checkpoint."""
        progress = None
        if self._group.is_first:
            self._run.mkdir(parents=True, exist_ok=True)
            (self._run / "config.json").write_text(self._config.to_json(), "utf-8")
            progress = load_progress(self._run / "last.pt")
        progress = self._group.share(progress)
        first_stage = 0
        if progress is not None:
            first_stage = progress["stage"]
            self._best, self._measured_by = progress["best"], progress["measured_by"]
            log.info("resuming in stage %s", self._config.stages[first_stage].name)
        for number in range(first_stage, len(self._config.stages)):
            self._fit_stage(number, progress if number == first_stage else None)
        return self._run / "best"

    def _fit_stage(self, number: int, progress: dict[str, Any] | None) -> None:
        config = self._config.stages[number]
        # before the stage is built: it may compute what frozen parts see
        if progress is not None:
            self._model.load_state_dict(progress["model"])
        elif number > 0 and self._group.is_first:
            # each stage starts from the best weights so far, not from the last ones
            self._model.load_state_dict(load_state(self._run / "best"))
        self._group.share_model(self._model)
        stage = self._stages.build(config, self._model)
        if stage.measured_by != self._measured_by:
            self._best, self._measured_by = -1.0, stage.measured_by
        # what the last stage left on parameters that are frozen now would still count in clipping
        self._model.zero_grad(set_to_none=True)
        optimizer = build_optimizer(config, stage.parameters(), self._config.weight_decay)
        running = _Running(
            stage,
            config,
            optimizer,
            build_schedule(config, optimizer, -(-stage.steps() // config.accumulate)),
            WeightAverage(self._model, self._config.ema_decay),
            EarlyStopping(config.patience),
        )
        epochs = range(config.epochs)
        if progress is not None:
            epochs = self._restore(running, progress)
        for epoch in epochs:
            seed = self._config.seed * 1000 + number * 100 + epoch
            torch.manual_seed(seed + 1_000_000 * self._group.rank)
            started = time.monotonic()
            is_measured = (epoch + 1) % config.measure_every == 0 or epoch + 1 == config.epochs
            record = self._train_epoch(running, epoch, is_measured)
            if not is_measured:
                continue
            running.average.swap(self._model)
            score = self._measure(running, epoch, record, started)
            running.average.swap(self._model)
            running.schedule.after_epoch(score)
            is_over = running.stopping.sees(score)
            if self._group.is_first:
                self._save(number, epoch, is_over, running)
            if is_over:
                log.info("%s: no better for %d epochs", config.name, config.patience)
                break

    def _measure(
        self, running: _Running, epoch: int, record: dict[str, Any], started: float
    ) -> float:
        """The score of an epoch; the best model so far is kept."""
        score = 0.0
        if self._group.is_first:
            self._model.eval()
            measure = running.stage.measure()
            score = measure.score
            if score > self._best:
                self._best = score
                self._stages.save(self._model, self._run / "best")
            self._log(running.config, epoch, record, measure, time.monotonic() - started)
        return float(self._group.share(score))

    def _restore(self, running: _Running, progress: dict[str, Any]) -> range:
        """Go on from a file of ``_save``; returns the epochs that are left."""
        shadow = progress["average"]
        running.average.shadow = {k: v.to(self._device) for k, v in shadow.items()}
        running.optimizer.load_state_dict(progress["optimizer"])
        running.schedule.load_state_dict(progress["schedule"])
        running.stopping.best = progress.get("stopping_best", float("-inf"))
        running.stopping.epochs_without = progress.get("epochs_without", 0)
        is_over = progress.get("is_over", False)
        epochs = running.config.epochs
        return range(epochs if is_over else progress["epoch"] + 1, epochs)

    def _save(self, number: int, epoch: int, is_over: bool, running: _Running) -> None:
        save_progress(
            self._run / "last.pt",
            {
                "stage": number,
                "epoch": epoch,
                "best": self._best,
                "measured_by": self._measured_by,
                "model": self._model.state_dict(),
                "average": running.average.shadow,
                "optimizer": running.optimizer.state_dict(),
                "schedule": running.schedule.state_dict(),
                "stopping_best": running.stopping.best,
                "epochs_without": running.stopping.epochs_without,
                "is_over": is_over,
            },
        )

    def _train_epoch(self, running: _Running, epoch: int, keep_bar: bool) -> dict[str, Any]:
        self._model.train()
        stage, config = running.stage, running.config
        sums: dict[str, float] = defaultdict(float)
        steps = stage.steps()
        bar = tqdm(
            stage.batches(epoch),
            total=steps,
            desc=f"{config.name} {epoch + 1}/{config.epochs}",
            unit="step",
            leave=keep_bar,
            disable=not self._group.is_first,
        )
        norms: dict[str, float] = {}
        running.optimizer.zero_grad(set_to_none=True)
        pending = 0
        started = time.monotonic()
        for number, batch in enumerate(bar, 1):
            losses = stage.backward(batch)
            pending += 1
            for name, value in losses.items():
                sums[name] += value / steps
            bar.set_postfix(loss=f"{losses['loss']:.3f}")
            if pending == config.accumulate or number == steps:
                norms = self._step(running, pending, number == steps)
                pending = 0
        seconds = (time.monotonic() - started) / steps
        return {**sums, "gradient_norms": norms, "step_seconds": round(seconds, 4)}

    def _step(self, running: _Running, batches: int, is_last: bool) -> dict[str, float]:
        """One step of the optimizer from the gradients of some batches, added up."""
        self._group.average_gradients(self._model)
        if batches > 1:
            for parameter in self._model.parameters():
                if parameter.grad is not None:
                    parameter.grad /= batches
        norms = gradient_norms(self._model) if is_last else {}
        nn.utils.clip_grad_norm_(self._model.parameters(), self._config.clip_norm)
        running.optimizer.step()
        self._model.after_step()
        running.schedule.after_step()
        running.average.update(self._model)
        running.optimizer.zero_grad(set_to_none=True)
        return norms

    def _log(
        self,
        stage: StageConfig,
        epoch: int,
        record: dict[str, Any],
        measure: Measure,
        seconds: float,
    ) -> None:
        line = {
            "stage": stage.name,
            "epoch": epoch + 1,
            **record,
            **self._model.logged(),
            **measure.facts,
            "measured_by": self._measured_by,
            "score": round(measure.score, 2),
            self._measured_by.replace(" ", "_").replace("-", "_"): round(measure.score, 2),
            "seconds": round(seconds, 1),
        }
        with (self._run / "metrics.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")
        log.info(
            "%s %d: loss %.3f, %s %.1f",
            stage.name,
            epoch + 1,
            record["loss"],
            self._measured_by,
            measure.score,
        )
