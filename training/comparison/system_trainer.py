"""Trains the systems that can be trained here, each once, and says what it took."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor

from desktop_app.inference.tokenizer import Tokenizer
from training.baselines.albef import Albef
from training.baselines.build import baseline_tokenizer, build_baseline
from training.baselines.config import BaselineConfig, DeviseConfig
from training.baselines.stage import BaselineStages
from training.build import build_model, tokenizer_of
from training.comparison.systems import Trained
from training.config import FitConfig
from training.data.caption_groups import CaptionGroup
from training.data.feature_cache import FeatureCache
from training.experiments.caption_reading import read_captions
from training.experiments.material import Material
from training.experiments.variant_trainer import keeps_text_encoder
from training.model.state_memory import StateMemory
from training.stages.builder import StageBuilder
from training.stages.pairs import trunks_of
from training.train import Trainer

_TIME_NAME = "time.json"


@dataclass(frozen=True)
class TrainingTime:
    """What a training took: the computation and the measuring of its epochs.

    Features of frozen CNNs and states of frozen text encoders are computed before, once for all.
    """

    minutes: float
    """By the clock, on a machine that may have had other work."""
    cpu_minutes: float
    """Of all threads together."""
    finished: bool = False


@dataclass(frozen=True)
class Workshop:
    """Where systems are trained, and on what."""

    material: Material
    corpora: tuple[CaptionGroup, ...]
    """Captions without photos: only DeViSE's word vectors are learned from them."""
    weights: Path
    """Folder of the pretrained CNNs."""
    cache: Path
    run: Path
    """One folder for every system lies in it."""
    device: torch.device


class SystemTrainer:
    """What is trained is known by its recipe and the photos; a stopped training goes on."""

    def __init__(self, workshop: Workshop) -> None:
        self._shop = workshop
        self._photos = workshop.material.digest()
        self._memories: dict[str, StateMemory] = {}

    def trained(self, origin: Trained) -> tuple[Path, TrainingTime]:
        """The checkpoint of a recipe, trained now if it was not before, and what that took.

        Raises:
            ValueError: recipe and photos do not fit together.
            FileNotFoundError: pretrained weights are missing.
        """
        config = (BaselineConfig if origin.is_baseline else FitConfig).load(origin.recipe)
        folder = self._shop.run / f"{origin.recipe.stem}-{self._digest(config)}"
        spent = _read_time(folder)
        if spent.finished:
            return folder / "best", spent
        trainer = (
            self._baseline(config, folder)
            if isinstance(config, BaselineConfig)
            else self._visita(config, folder)
        )
        began, cpu_began = time.monotonic(), time.process_time()
        finished = False
        try:
            trainer.fit()
            finished = True
        finally:
            # what was spent before an interruption counts, too
            spent = TrainingTime(
                spent.minutes + (time.monotonic() - began) / 60,
                spent.cpu_minutes + (time.process_time() - cpu_began) / 60,
                finished,
            )
            _write_time(folder, spent)
        (folder / "last.pt").unlink()
        return folder / "best", spent

    def _digest(self, config: FitConfig | BaselineConfig) -> str:
        known = [config.to_json(), self._photos]
        if isinstance(config, BaselineConfig) and isinstance(config.shape, DeviseConfig):
            known += [caption for group in self._shop.corpora for caption in group.captions]
        return hashlib.sha256("\0".join(known).encode()).hexdigest()[:16]

    def _visita(self, config: FitConfig, folder: Path) -> Trainer:
        shop, train = self._shop, self._shop.material.train
        tokenizer = tokenizer_of(config, train.captions, folder)
        model = build_model(config, shop.weights, train.captions, tokenizer)
        model.to(shop.device)
        if keeps_text_encoder(config):
            model.text_tower.memory = memory = self._memory(config.text_encoder)
            if not len(memory):
                self._read(model.text_tower.states, tokenizer, config.context_length)
        cache = FeatureCache(shop.cache)
        for trunk in trunks_of(model):
            for photos in (train, shop.material.validation):
                cache.tokens(trunk, photos, config.image_size)
        groups = [
            CaptionGroup(photo.file, photo.captions)
            for photo in train.photos
            if len(photo.captions) > 1
        ]
        stages = StageBuilder(
            config,
            tokenizer,
            train,
            shop.material.validation,
            cache,
            shop.device,
            groups=groups,
        )
        return Trainer(config, model, stages, folder, shop.device)

    def _baseline(self, config: BaselineConfig, folder: Path) -> Trainer:
        shop, train = self._shop, self._shop.material.train
        captions = train.captions
        if isinstance(config.shape, DeviseConfig):
            captions = captions + [c for group in shop.corpora for c in group.captions]
        tokenizer = baseline_tokenizer(config, captions, folder)
        model = build_baseline(config, shop.weights, captions, tokenizer).to(shop.device)
        if isinstance(model, Albef) and not any(stage.text_rate for stage in config.stages):
            model.memory = memory = self._memory(model.shape.text_encoder)
            if not len(memory):
                self._read(model.states, tokenizer, config.context_length)
        cache = FeatureCache(shop.cache)
        for photos in (train, shop.material.validation):
            cache.tokens(model.trunk, photos, config.image_size)
        stages = BaselineStages(
            config, tokenizer, train, shop.material.validation, cache, shop.device
        )
        return Trainer(config, model, stages, folder, shop.device)

    def _memory(self, text_encoder: str) -> StateMemory:
        return self._memories.setdefault(text_encoder, StateMemory())

    def _read(
        self, states: Callable[[Tensor, Tensor], Tensor], tokenizer: Path, longest: int
    ) -> None:
        material = self._shop.material
        captions = material.train.captions + material.validation.captions
        read_captions(states, Tokenizer(tokenizer, longest), captions, self._shop.device)


def _read_time(folder: Path) -> TrainingTime:
    path = folder / _TIME_NAME
    if not path.is_file():
        return TrainingTime(0.0, 0.0)
    return TrainingTime(**json.loads(path.read_text("utf-8")))


def _write_time(folder: Path, spent: TrainingTime) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{_TIME_NAME}.tmp"
    temporary.write_text(json.dumps(asdict(spent)) + "\n", "utf-8")
    os.replace(temporary, folder / _TIME_NAME)
