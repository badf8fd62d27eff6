"""The training loop: stages, steps, selection on the validation split, resume."""

from __future__ import annotations

import json
import logging
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from desktop_app.inference.tokenizer import Tokenizer
from training.checkpoint import load_model, load_progress, save_model, save_progress
from training.config import FitConfig, StageConfig
from training.data.batches import Batch, BatchSource, PixelStore
from training.data.dataset import PhotoDataset
from training.data.feature_cache import FeatureCache
from training.ema import WeightAverage
from training.evaluate import Evaluation, score
from training.losses import info_nce
from training.model.multi_kernel import combine
from training.model.text_tower import load_text_encoder
from training.model.trunk import Trunk, load_trunk_weights
from training.model.visita import ModelConfig, VisitaModel
from training.pretrained import text_encoder_source, tokenizer_file, trunk_weights
from training.schedule import warm_up_cosine

log = logging.getLogger(__name__)

_SMALLEST_TEMPERATURE = 0.01
# reported layer by layer, everything else as a whole
_DEEP_PARTS = ("trunks", "transformer", "encoder")


def build_model(config: FitConfig, weights: Path) -> VisitaModel:
    """The untrained model on its pretrained towers.

    Raises:
        FileNotFoundError: pretrained weights are missing.
    """
    torch.manual_seed(config.seed)
    text_encoder = load_text_encoder(text_encoder_source(config.text_encoder))
    model = VisitaModel(
        ModelConfig(
            trunks=config.trunks,
            text_encoder=json.loads(text_encoder.config.to_json_string(use_diff=False)),
            kernels=config.kernels,
            image_size=config.image_size,
            context_length=config.context_length,
            width=config.width,
            depth=config.depth,
            heads=config.heads,
            dropout=config.dropout,
            feature_width=config.feature_width,
            kernel_seed=config.seed,
        ),
        text_encoder,
    )
    for trunk in _trunks(model):
        path = trunk_weights(trunk.config.name, weights)
        if path is not None:
            load_trunk_weights(trunk, path)
    return model


class Trainer:
    """One run: everything it writes lies in its folder, and it goes on where it stopped.

    ``config.json`` the configuration, ``metrics.jsonl`` one line an epoch, ``best/`` the checkpoint
    with the highest recall sum on the validation photos, ``last.pt`` what a resumed run needs.
    """

    def __init__(
        self,
        config: FitConfig,
        model: VisitaModel,
        train: PhotoDataset,
        validation: PhotoDataset,
        run: Path,
        cache: FeatureCache,
        device: torch.device,
    ) -> None:
        self._config = config
        self._model = model.to(device)
        # convolutions of the CPU and of tensor cores run on this layout
        self._model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._train_set = train
        self._validation_set = validation
        self._run = run
        self._cache = cache
        self._device = device
        self._tokenizer_file = tokenizer_file(text_encoder_source(config.text_encoder))
        self._tokenizer = Tokenizer(self._tokenizer_file, config.context_length)
        self._best = -1.0
        self._pixels: dict[PhotoDataset, PixelStore] = {}

    def fit(self) -> Path:
        """Train every stage; returns the folder of the best checkpoint."""
        self._run.mkdir(parents=True, exist_ok=True)
        (self._run / "config.json").write_text(self._config.to_json(), "utf-8")
        progress = load_progress(self._run / "last.pt")
        first_stage = 0
        if progress is not None:
            first_stage = progress["stage"]
            self._best = progress["best"]
            log.info("resuming in stage %s", self._config.stages[first_stage].name)
        for number in range(first_stage, len(self._config.stages)):
            self._fit_stage(number, progress if number == first_stage else None)
        return self._run / "best"

    def _fit_stage(self, number: int, progress: dict[str, Any] | None) -> None:
        stage = self._config.stages[number]
        if number > 0 and progress is None:
            # each stage starts from the best weights so far, not from the last ones
            best = load_model(self._run / "best")
            self._model.load_state_dict(best.state_dict())
        groups = self._parameter_groups(stage)
        average = WeightAverage(self._model, self._config.ema_decay)
        optimizer = torch.optim.AdamW(groups, weight_decay=self._config.weight_decay)
        source = self._source(stage)
        steps = source.steps(stage.batch_size)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, warm_up_cosine(round(stage.warm_up_epochs * steps), stage.epochs * steps)
        )
        first_epoch = 0
        if progress is not None:
            self._model.load_state_dict(progress["model"])
            average.shadow = {k: v.to(self._device) for k, v in progress["average"].items()}
            optimizer.load_state_dict(progress["optimizer"])
            schedule.load_state_dict(progress["schedule"])
            first_epoch = progress["epoch"] + 1
        for epoch in range(first_epoch, stage.epochs):
            torch.manual_seed(self._config.seed * 1000 + number * 100 + epoch)
            started = time.monotonic()
            record = self._train_epoch(stage, epoch, source, optimizer, schedule, average)
            average.swap(self._model)
            evaluation = self._evaluate(stage)
            if evaluation.recall_sum > self._best:
                self._best = evaluation.recall_sum
                save_model(self._model, self._tokenizer_file, self._run / "best")
            record |= {"attention_entropy": self._attention_entropy(stage)}
            average.swap(self._model)
            self._log(stage, epoch, record, evaluation, time.monotonic() - started)
            save_progress(
                self._run / "last.pt",
                {
                    "stage": number,
                    "epoch": epoch,
                    "best": self._best,
                    "model": self._model.state_dict(),
                    "average": average.shadow,
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                },
            )

    def _train_epoch(
        self,
        stage: StageConfig,
        epoch: int,
        source: BatchSource,
        optimizer: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LRScheduler,
        average: WeightAverage,
    ) -> dict[str, Any]:
        self._model.train()
        for trunk in _trunks(self._model):
            trunk.eval()  # batch statistics of small batches would spoil the pretrained ones
        sums: dict[str, float] = defaultdict(float)
        steps = source.steps(stage.batch_size)
        bar = tqdm(
            source.epoch(epoch, stage),
            total=steps,
            desc=f"{stage.name} {epoch + 1}/{stage.epochs}",
            unit="step",
        )
        gradient_norms: dict[str, float] = {}
        for step, batch in enumerate(bar):
            optimizer.zero_grad(set_to_none=True)
            losses = self._backward(stage, batch)
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

    def _backward(self, stage: StageConfig, batch: Batch) -> dict[str, float]:
        """Loss and gradients of one batch."""
        if batch.tokens is not None:
            tokens = [part.to(self._device) for part in batch.tokens]
        else:
            assert batch.photos is not None
            photos = batch.photos.to(self._device, memory_format=torch.channels_last)
            if 0 < stage.micro_batch < len(photos):
                return self._backward_in_parts(stage, batch, photos.split(stage.micro_batch))
            tokens = self._trunk_tokens(photos)
        losses = self._loss(stage, batch, tokens)
        losses["loss"].backward()
        return {name: float(value.detach()) for name, value in losses.items()}

    def _backward_in_parts(
        self, stage: StageConfig, batch: Batch, parts: tuple[Tensor, ...]
    ) -> dict[str, float]:
        """The same gradients with the memory of a part (gradient caching, Gao et al. 2021).

        The trunks run twice: without gradients for the tokens of the whole batch, so that every
        photo competes with every caption, then part by part to carry the tokens' gradients back.
        That is exact, because a trunk in evaluation mode is deterministic.
        """
        with torch.no_grad():
            by_part = [self._trunk_tokens(photos) for photos in parts]
        tokens = [torch.cat(own).requires_grad_() for own in zip(*by_part, strict=True)]
        losses = self._loss(stage, batch, tokens)
        losses["loss"].backward()
        start = 0
        for photos in parts:
            rows = slice(start, start + len(photos))
            gradients = [part.grad[rows] for part in tokens if part.grad is not None]
            torch.autograd.backward(self._trunk_tokens(photos), gradients)
            start = rows.stop
        return {name: float(value.detach()) for name, value in losses.items()}

    def _loss(self, stage: StageConfig, batch: Batch, tokens: list[Tensor]) -> dict[str, Tensor]:
        model = self._model
        mask = batch.mask.to(self._device)
        owners = batch.owners.to(self._device)
        with self._autocast():
            count = sum(part.shape[1] for part in tokens)
            keep = torch.randperm(count, device=self._device)
            keep = keep[: max(1, round(count * stage.keep_tokens))]
            image_features = model.image_tower.features(tokens, keep)
            with torch.set_grad_enabled(stage.text_rate > 0):
                states = model.text_tower.states(batch.ids.to(self._device), mask)
            text_features = model.text_tower.features(states, mask)
        image_parts = model.image_kernels(image_features.float())
        text_parts = model.text_kernels(text_features.float())
        alpha = model.kernel_weights()
        temperature = model.log_temperature.exp().clamp_min(_SMALLEST_TEMPERATURE)
        contrastive = info_nce(
            combine(image_parts, alpha), combine(text_parts, alpha), owners, temperature
        )
        single = torch.stack(
            [
                info_nce(x, t, owners, temperature)
                for x, t in zip(image_parts, text_parts, strict=True)
            ]
        ).mean()
        entropy = model.kernel_weights.entropy()
        loss = (
            contrastive + self._config.kernel_loss * single - self._config.kernel_entropy * entropy
        )
        return {"loss": loss, "contrastive": contrastive, "kernels": single, "entropy": entropy}

    @torch.no_grad()
    def _evaluate(self, stage: StageConfig) -> Evaluation:
        model = self._model.eval()
        dataset = self._validation_set
        alpha = model.kernel_weights()
        photos = [
            combine(model.image_kernels(self._features(tokens).float()), alpha).cpu()
            for tokens in self._validation_tokens(stage)
        ]
        texts = []
        captions = dataset.captions
        for start in range(0, len(captions), 256):
            encoded = self._tokenizer.encode(captions[start : start + 256])
            ids, mask = (torch.from_numpy(part).to(self._device) for part in encoded)
            with self._autocast():
                features = model.text_tower.features(model.text_tower.states(ids, mask), mask)
            texts.append(combine(model.text_kernels(features.float()), alpha).cpu())
        return score(torch.cat(photos).numpy(), torch.cat(texts).numpy(), dataset.caption_owners)

    def _features(self, tokens: list[Tensor]) -> Tensor:
        with self._autocast():
            return self._model.image_tower.features(tokens)

    def _validation_tokens(self, stage: StageConfig) -> Iterator[list[Tensor]]:
        dataset = self._validation_set
        if stage.trunk_rate == 0:
            cached = self._cached_tokens(dataset)
            for start in range(0, len(dataset), 64):
                rows = slice(start, start + 64)
                yield [torch.from_numpy(np.array(c[rows])).float().to(self._device) for c in cached]
            return
        pixels = self._pixel_store(dataset)
        for start in range(0, len(dataset), 64):
            photos = pixels.batch(np.arange(start, min(start + 64, len(dataset))))
            yield self._trunk_tokens(photos.to(self._device, memory_format=torch.channels_last))

    def _attention_entropy(self, stage: StageConfig) -> list[float]:
        tower = self._model.image_tower
        with torch.no_grad():
            tokens = next(self._validation_tokens(stage))
            return tower.transformer.attention_entropy(tower.project([t.float() for t in tokens]))

    def _trunk_tokens(self, photos: Tensor) -> list[Tensor]:
        with self._autocast():
            return [part.float() for part in self._model.image_tower.tokens(photos)]

    def _source(self, stage: StageConfig) -> BatchSource:
        dataset = self._train_set
        frozen = stage.trunk_rate == 0
        return BatchSource(
            dataset,
            self._tokenizer,
            self._config.captions_per_photo,
            self._config.seed,
            pixels=None if frozen else self._pixel_store(dataset),
            tokens=self._cached_tokens(dataset) if frozen else None,
        )

    def _cached_tokens(self, dataset: PhotoDataset) -> list[Any]:
        size = self._config.image_size
        return [self._cache.tokens(trunk, dataset, size) for trunk in _trunks(self._model)]

    def _pixel_store(self, dataset: PhotoDataset) -> PixelStore:
        if dataset not in self._pixels:
            self._pixels[dataset] = PixelStore(dataset, self._config.image_size)
        return self._pixels[dataset]

    def _parameter_groups(self, stage: StageConfig) -> list[dict[str, Any]]:
        rates = {"trunk": stage.trunk_rate, "text": stage.text_rate, "head": stage.learning_rate}
        groups: dict[tuple[str, bool], list[nn.Parameter]] = defaultdict(list)
        for name, parameter in self._model.named_parameters():
            kind = _kind(name)
            parameter.requires_grad_(rates[kind] > 0)
            if parameter.requires_grad:
                groups[kind, parameter.dim() > 1].append(parameter)
        return [
            # norms, biases and kernel weights are not decayed
            {"params": parameters, "lr": rates[kind], **({} if decayed else {"weight_decay": 0.0})}
            for (kind, decayed), parameters in groups.items()
        ]

    def _autocast(self) -> torch.autocast:
        return torch.autocast(self._device.type, torch.bfloat16)

    def _log(
        self,
        stage: StageConfig,
        epoch: int,
        record: dict[str, Any],
        evaluation: Evaluation,
        seconds: float,
    ) -> None:
        line = {
            "stage": stage.name,
            "epoch": epoch + 1,
            **record,
            "temperature": float(self._model.log_temperature.detach().exp()),
            "kernel_weights": self._model.named_kernel_weights(),
            "validation": evaluation.to_json(),
            "recall_sum": round(evaluation.recall_sum, 2),
            "seconds": round(seconds, 1),
        }
        with (self._run / "metrics.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")
        log.info(
            "%s %d: loss %.3f, text-to-image %s, image-to-text %s, sum %.1f",
            stage.name,
            epoch + 1,
            record["loss"],
            list(evaluation.text_to_image.recall.values()),
            list(evaluation.image_to_text.recall.values()),
            evaluation.recall_sum,
        )


def _trunks(model: VisitaModel) -> list[Trunk]:
    return [trunk for trunk in model.image_tower.trunks if isinstance(trunk, Trunk)]


def _kind(name: str) -> str:
    if name.startswith("image_tower.trunks."):
        return "trunk"
    return "text" if name.startswith("text_tower.encoder.") else "head"


def _gradient_norms(model: VisitaModel) -> dict[str, float]:
    """Norm per part: a vanishing one in the early layers is a failure sign (MKL-VisITA)."""
    squares: dict[str, float] = defaultdict(float)
    for name, parameter in model.named_parameters():
        if parameter.grad is not None:
            words = name.split(".")
            part = ".".join(words[: 4 if len(words) > 1 and words[1] in _DEEP_PARTS else 2])
            squares[part] += float(parameter.grad.pow(2).sum())
    return {part: value**0.5 for part, value in squares.items()}
