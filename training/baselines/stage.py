"""How a baseline is trained: batches of photos and captions, frozen trunks from the cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from desktop_app.inference.tokenizer import Tokenizer
from training.baselines.baseline import Baseline, Encoded
from training.baselines.build import save_baseline
from training.baselines.config import BaselineConfig
from training.baselines.encoder import BaselineEncoder
from training.config import StageConfig
from training.data.batches import Batch, BatchSource, PixelStore
from training.data.feature_cache import FeatureCache
from training.data.source import PhotoSource
from training.stages.stage import Measure, group_parameters

_CHUNK = 64


class BaselineStage:
    """One stretch of training of one baseline."""

    measured_by = "recall sum"

    def __init__(
        self,
        config: BaselineConfig,
        stage: StageConfig,
        model: Baseline,
        tokenizer_file: Path,
        train: PhotoSource,
        validation: PhotoSource,
        cache: FeatureCache,
        device: torch.device,
    ) -> None:
        self._config = config
        self._stage = stage
        self._model = model
        self._encoder = BaselineEncoder(model, tokenizer_file)
        self._validation = validation
        self._device = device
        self._is_frozen = stage.trunk_rate == 0
        size = config.image_size
        pixels = tokens = None
        if self._is_frozen:
            tokens = [[cache.tokens(model.trunk, train, size)]]
            self._validation_tokens = cache.tokens(model.trunk, validation, size)
        else:
            pixels = [PixelStore(train, size)]
            self._validation_pixels = PixelStore(validation, size)
        self._source = BatchSource(
            [train],
            [stage.batch_size],
            Tokenizer(tokenizer_file, config.context_length),
            config.captions_per_photo,
            config.seed,
            pixels,
            tokens,
        )

    def parameters(self) -> list[tuple[float, list[nn.Parameter], bool]]:
        """What is not frozen, each at its rate."""
        return group_parameters(self._model, self._model.rates(self._stage))

    def steps(self) -> int:
        """Steps of one epoch: every captioned photo once."""
        return self._source.steps()

    def batches(self, epoch: int) -> Iterator[Batch]:
        """Shuffled photos with some of their captions."""
        self._model.trunk.eval()  # batch statistics would spoil the pretrained ones
        return self._source.epoch(epoch, self._stage)

    def backward(self, batch: Batch) -> dict[str, float]:
        """Losses and gradients of one batch."""
        if batch.tokens is not None:
            tokens = batch.tokens[0].to(self._device)
        else:
            assert batch.photos is not None
            photos = batch.photos.to(self._device, memory_format=torch.channels_last)
            tokens = self._model.trunk(photos)
        ids, mask, owners = (
            part.to(self._device) for part in (batch.ids, batch.mask, batch.owners)
        )
        losses = self._model.losses(tokens, ids, mask, owners, self._stage)
        losses["loss"].backward()
        return {name: float(value.detach()) for name, value in losses.items()}

    @torch.no_grad()
    def measure(self) -> Measure:
        """R@k in both directions on the validation photos, the second look included."""
        photos = Encoded.joined([self._model.photos(part) for part in self._tokens()])
        texts = self._encoder.read(self._validation.captions)
        ranked = self._encoder.ranked(photos, texts)
        evaluation = ranked.evaluation(self._validation.caption_owners)
        return Measure(evaluation.recall_sum, {"validation": evaluation.to_json()})

    def _tokens(self) -> Iterator[Tensor]:
        for start in range(0, len(self._validation), _CHUNK):
            stop = min(start + _CHUNK, len(self._validation))
            if self._is_frozen:
                some = np.array(self._validation_tokens[start:stop])
                yield torch.from_numpy(some).float().to(self._device)
            else:
                photos = self._validation_pixels.batch(np.arange(start, stop))
                yield self._model.trunk(photos.to(self._device))


class BaselineStages:
    """Builds the stages of a baseline; knows the data of the run."""

    def __init__(
        self,
        config: BaselineConfig,
        tokenizer_file: Path,
        train: PhotoSource,
        validation: PhotoSource,
        cache: FeatureCache,
        device: torch.device,
    ) -> None:
        self._config = config
        self._tokenizer_file = tokenizer_file
        self._train = train
        self._validation = validation
        self._cache = cache
        self._device = device

    def build(self, stage: StageConfig, model: Baseline) -> BaselineStage:
        """The stage that a configuration describes, on this model."""
        return BaselineStage(
            self._config,
            stage,
            model,
            self._tokenizer_file,
            self._train,
            self._validation,
            self._cache,
            self._device,
        )

    def save(self, model: Baseline, folder: Path) -> None:
        """Replace the checkpoint in a folder, in one step."""
        save_baseline(model, self._tokenizer_file, folder)
