"""Trains a variant with a seed, measures it, and remembers that it did."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from desktop_app.inference.tokenizer import Tokenizer
from training.build import build_model, tokenizer_of
from training.config import FitConfig
from training.cost import latency, parameters
from training.data.feature_cache import FeatureCache
from training.evaluate import CheckpointEncoder
from training.experiments.caption_reading import read_captions
from training.experiments.material import Material
from training.experiments.trained import TrainedRun, logged_figures
from training.experiments.variant import Variant
from training.measuring import measure
from training.model.state_memory import StateMemory
from training.model.visita import VisitaModel
from training.stages.builder import StageBuilder
from training.stages.pairs import trunks_of
from training.train import Trainer

RESULT_NAME = "result.json"
_TRAINED = ("image_tower.", "text_tower.", "image_kernels.", "text_kernels.", "kernel_weights.")
_NOT_TRAINED = ("image_tower.trunks.", "image_tower.compact_tokens.", "text_tower.encoder.")
_MAPS = ("image_kernels.", "text_kernels.")


@dataclass(frozen=True)
class Workshop:
    """Where experiments are trained, and on what."""

    material: Material
    weights: Path
    """Folder of the pretrained CNNs."""
    cache: Path
    run: Path
    """One folder for every variant and seed lies in it."""
    device: torch.device


class VariantTrainer:
    """Every variant is trained once: what is done is known by recipe, photos and seed.

    So an experiment that was stopped goes on, one that is asked for again is only read, and a
    variant that two experiments share is trained for the first alone.
    """

    def __init__(self, workshop: Workshop) -> None:
        self._shop = workshop
        self._photos = workshop.material.digest()
        self._memories: dict[str, StateMemory] = {}

    def finished(self, variant: Variant, seed: int) -> TrainedRun | None:
        """What is known of a variant already."""
        path = self._folder(variant, seed) / RESULT_NAME
        return TrainedRun.load(path) if path.is_file() else None

    def train(self, variant: Variant, seed: int) -> TrainedRun:
        """Train and measure a variant, going on where it was stopped.

        Raises:
            ValueError: recipe and photos do not fit together.
            FileNotFoundError: pretrained weights are missing.
        """
        shop, folder = self._shop, self._folder(variant, seed)
        config = replace(variant.config, seed=seed)
        train = shop.material.captioned(variant.share, variant.wrong, seed)
        tokenizer = tokenizer_of(config, train.captions, folder)
        model = build_model(config, shop.weights, train.captions, tokenizer)
        if keeps_text_encoder(config):
            model.to(shop.device)
            model.text_tower.memory = self._memory(model, config, tokenizer)
        stages = StageBuilder(
            config,
            tokenizer,
            train,
            shop.material.validation,
            FeatureCache(shop.cache),
            shop.device,
            shop.material.class_captioned(variant.labelled),
        )
        best = Trainer(config, model, stages, folder, shop.device).fit()
        figures, kernel_weights = logged_figures(folder)
        encoder = CheckpointEncoder(best)
        figures |= _cost(encoder.model)
        figures |= self._on_labelled(encoder, variant.measured)
        run = TrainedRun(seed, figures, kernel_weights)
        run.save(folder / RESULT_NAME)
        # half a gigabyte that nothing asks for any more
        shutil.rmtree(best)
        (folder / "last.pt").unlink()
        return run

    def _folder(self, variant: Variant, seed: int) -> Path:
        known = [
            replace(variant.config, seed=seed).to_json(),
            *(variant.share, variant.wrong, variant.labelled, variant.measured),
            self._photos,
        ]
        return self._shop.run / hashlib.sha256(json.dumps(known).encode()).hexdigest()[:16]

    def _memory(self, model: VisitaModel, config: FitConfig, tokenizer: Path) -> StateMemory:
        """The states of all captions, read once for all variants with this text encoder."""
        name = config.text_encoder
        if name not in self._memories:
            memory = self._memories[name] = StateMemory()
            model.text_tower.memory = memory
            material = self._shop.material
            read_captions(
                model.text_tower.states,
                Tokenizer(tokenizer, config.context_length),
                material.train.captions + material.validation.captions,
                self._shop.device,
            )
        return self._memories[name]

    def _on_labelled(self, encoder: CheckpointEncoder, names: Sequence[str]) -> dict[str, float]:
        """Zero-shot accuracy, and what a class name finds, in the held-out parts."""
        figures = {}
        for name in names:
            found = measure(encoder, self._shop.material.measured(name), ("zero_shot", "category"))
            assert found.zero_shot is not None
            assert found.category is not None
            figures[f"{name} top-1"] = found.zero_shot.top1
            figures[f"{name} P@10"] = found.category.label_to_image.precision[10]
        return figures


def keeps_text_encoder(config: FitConfig) -> bool:
    """Whether a recipe trains nothing of a pretrained text encoder, which then reads once."""
    return config.recurrent is None and all(not stage.text_rate for stage in config.stages)


def _cost(model: VisitaModel) -> dict[str, float]:
    """Parameters, and milliseconds of one photo behind its cached CNN tokens."""
    trained = sum(parameters(model, part) for part in _TRAINED)
    trained -= sum(parameters(model, part) for part in _NOT_TRAINED)
    generator = torch.Generator().manual_seed(0)
    tokens = [
        torch.rand(1, trunk.tokens, trunk.width, generator=generator) for trunk in trunks_of(model)
    ]
    with torch.inference_mode():
        features = model.image_tower.features(tokens)

        def kernels() -> Tensor:
            return model.image_embedding(model.image_kernels(features))

        def head() -> Tensor:
            return model.image_embedding(model.image_parts(tokens))

        times: dict[str, Callable[[], Tensor]] = {"kernel ms": kernels, "head ms": head}
        cost = {name: latency(call).p50_ms for name, call in times.items()}
    cost["parameters, M"] = trained / 1e6
    cost["kernel parameters, M"] = sum(parameters(model, part) for part in _MAPS) / 1e6
    return cost
