"""The training loop: stages, steps, selection on the validation split, resume."""

from __future__ import annotations

import json
import logging
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import torch
from torch import nn
from tqdm import tqdm

from training.checkpoint import load_model, load_progress, save_model, save_progress
from training.config import FitConfig, StageConfig
from training.ema import WeightAverage
from training.model.visita import VisitaModel
from training.schedule import warm_up_cosine
from training.stages.builder import StageBuilder
from training.stages.stage import Measure, Stage

log = logging.getLogger(__name__)

# reported layer by layer, everything else as a whole
_DEEP_PARTS = ("trunks", "transformer", "encoder", "layers")


class Trainer:
    """One run: everything it writes lies in its folder, and it goes on where it stopped.

    ``config.json`` the configuration, ``metrics.jsonl`` one line an epoch, ``best/`` the checkpoint
    with the highest score of the last stage, ``last.pt`` what a resumed run needs.
    """

    def __init__(
        self,
        config: FitConfig,
        model: VisitaModel,
        stages: StageBuilder,
        run: Path,
        device: torch.device,
    ) -> None:
        self._config = config
        self._model = model.to(device)
        # convolutions of the CPU and of tensor cores run on this layout
        self._model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._stages = stages
        self._run = run
        self._device = device
        self._best = -1.0
        self._measured_by = ""

    def fit(self) -> Path:
        """Train every stage; returns the folder of the best checkpoint."""
        self._run.mkdir(parents=True, exist_ok=True)
        (self._run / "config.json").write_text(self._config.to_json(), "utf-8")
        progress = load_progress(self._run / "last.pt")
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
        if number > 0 and progress is None:
            # each stage starts from the best weights so far, not from the last ones
            best = load_model(self._run / "best")
            self._model.load_state_dict(best.state_dict())
        if progress is not None:
            # before the stage is built: it may compute what frozen parts see
            self._model.load_state_dict(progress["model"])
        stage = self._stages.build(config, self._model)
        if stage.measured_by != self._measured_by:
            self._best, self._measured_by = -1.0, stage.measured_by
        groups = [
            {"params": parameters, "lr": rate, **({} if decayed else {"weight_decay": 0.0})}
            for rate, parameters, decayed in stage.parameters()
        ]
        average = WeightAverage(self._model, self._config.ema_decay)
        optimizer = torch.optim.AdamW(groups, weight_decay=self._config.weight_decay)
        steps = stage.steps()
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, warm_up_cosine(round(config.warm_up_epochs * steps), config.epochs * steps)
        )
        first_epoch = 0
        if progress is not None:
            average.shadow = {k: v.to(self._device) for k, v in progress["average"].items()}
            optimizer.load_state_dict(progress["optimizer"])
            schedule.load_state_dict(progress["schedule"])
            first_epoch = progress["epoch"] + 1
        for epoch in range(first_epoch, config.epochs):
            torch.manual_seed(self._config.seed * 1000 + number * 100 + epoch)
            started = time.monotonic()
            record = self._train_epoch(stage, config, epoch, optimizer, schedule, average)
            average.swap(self._model)
            self._model.eval()
            measure = stage.measure()
            if measure.score > self._best:
                self._best = measure.score
                save_model(self._model, self._stages.tokenizer_file, self._run / "best")
            average.swap(self._model)
            self._log(config, epoch, record, measure, time.monotonic() - started)
            save_progress(
                self._run / "last.pt",
                {
                    "stage": number,
                    "epoch": epoch,
                    "best": self._best,
                    "measured_by": self._measured_by,
                    "model": self._model.state_dict(),
                    "average": average.shadow,
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                },
            )

    def _train_epoch(
        self,
        stage: Stage,
        config: StageConfig,
        epoch: int,
        optimizer: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LRScheduler,
        average: WeightAverage,
    ) -> dict[str, Any]:
        self._model.train()
        sums: dict[str, float] = defaultdict(float)
        steps = stage.steps()
        bar = tqdm(
            stage.batches(epoch),
            total=steps,
            desc=f"{config.name} {epoch + 1}/{config.epochs}",
            unit="step",
        )
        gradient_norms: dict[str, float] = {}
        for step, batch in enumerate(bar):
            optimizer.zero_grad(set_to_none=True)
            losses = stage.backward(batch)
            if step == steps - 1:
                gradient_norms = _gradient_norms(self._model)
            nn.utils.clip_grad_norm_(self._model.parameters(), self._config.clip_norm)
            optimizer.step()
            schedule.step()
            average.update(self._model)
            for name, value in losses.items():
                sums[name] += value / steps
            bar.set_postfix(loss=f"{losses['loss']:.3f}")
        return {**sums, "gradient_norms": gradient_norms}

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
            "temperature": float(self._model.log_temperature.detach().exp()),
            "kernel_weights": self._model.named_kernel_weights(),
            **measure.facts,
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


def _gradient_norms(model: VisitaModel) -> dict[str, float]:
    """Norm per part: a vanishing one in the early layers is a failure sign (MKL-VisITA)."""
    squares: dict[str, float] = defaultdict(float)
    for name, parameter in model.named_parameters():
        if parameter.grad is not None:
            words = name.split(".")
            part = ".".join(words[: 4 if len(words) > 1 and words[1] in _DEEP_PARTS else 2])
            squares[part] += float(parameter.grad.pow(2).sum())
    return {part: value**0.5 for part, value in squares.items()}
