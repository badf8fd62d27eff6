"""A linear map between two finished spaces (S2, stage 3), learned in seconds on cached features."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save
from torch import Tensor, nn

from training.data.source import PhotoSource
from training.evaluate import score
from training.model.multi_kernel import combine
from training.model.visita import VisitaModel
from training.stages.context import StageContext
from training.stages.pair_losses import PairLoss
from training.stages.pairs import trunks_of
from training.stages.stage import Measure, group_parameters

_CHUNK = 64

Rows = NDArray[np.float32]


class MapStage:
    """Trains ``linear_map`` alone: both towers are frozen, and what they give is computed once."""

    measured_by = "recall sum"

    def __init__(self, context: StageContext) -> None:
        stage, model = context.stage, context.model
        if model.linear_map is None:
            raise ValueError(f"stage {stage.name} needs a model with linear_map")
        self._config = context.config
        self._stage = stage
        self._model = model.eval()
        self._tokenizer = context.tokenizer
        self._cache = context.cache
        self._device = context.device
        self._group = context.group
        self._map = model.linear_map
        self._pair_loss = PairLoss(stage, model)
        self._weights = _weights_of(model)
        photos, texts = (
            torch.from_numpy(rows).to(self._device) for rows in self._embeddings(context.train)
        )
        self._photos, self._texts = photos, texts
        self._owners = torch.from_numpy(context.train.caption_owners).to(self._device)
        self._validation = self._embeddings(context.validation)
        self._validation_owners = context.validation.caption_owners

    def parameters(self) -> list[tuple[float, list[nn.Parameter], bool]]:
        """The map and the temperature."""
        rate = self._stage.learning_rate
        return group_parameters(
            self._model,
            {
                "": 0.0,
                "linear_map.": rate,
                "log_temperature": rate,
                "sigmoid_bias": rate if self._stage.loss == "siglip" else 0.0,
            },
        )

    def steps(self) -> int:
        """Steps of one epoch: every captioned photo once."""
        return max(1, len(self._owners.unique()) // self._stage.batch_size)

    def batches(self, epoch: int) -> Iterator[Tensor]:
        """Rows of some photos, shuffled."""
        generator = torch.Generator().manual_seed(self._config.seed * 1000 + epoch)
        captioned = self._owners.unique().cpu()
        order = captioned[torch.randperm(len(captioned), generator=generator)]
        size = self._stage.batch_size
        for step in range(self.steps()):
            yield order[step * size : (step + 1) * size].to(self._device)

    def backward(self, batch: Tensor) -> dict[str, float]:
        """The loss between mapped photos and all of their captions."""
        captions = torch.isin(self._owners, batch).nonzero().squeeze(1)
        owners = (self._owners[captions, None] == batch).long().argmax(1)
        photos = self._group.gather(self._across(self._photos[batch]))
        texts = self._group.gather(self._texts[captions])
        loss = self._pair_loss(photos, texts, self._group.gather_owners(owners, len(batch)))
        loss.backward()
        return {"loss": float(loss.detach())}

    @torch.no_grad()
    def measure(self) -> Measure:
        """R@k in both directions, and the same without the map."""
        photos, texts = self._validation
        mapped = self._across(torch.from_numpy(photos).to(self._device)).cpu().numpy()
        after = score(mapped, texts, self._validation_owners)
        before = score(photos, texts, self._validation_owners)
        facts = {"validation": after.to_json(), "without_map": before.to_json()}
        return Measure(after.recall_sum, facts)

    def _across(self, photos: Tensor) -> Tensor:
        return torch.nn.functional.normalize(self._map(photos), dim=-1)

    def _embeddings(self, dataset: PhotoSource) -> tuple[Rows, Rows]:
        """(photos, dim) before the map and (captions, dim), from a file if there is one."""
        digest = hashlib.sha256(self._weights)
        for part in (str(self._config.image_size), *(p.file for p in dataset.photos)):
            digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
        for caption in dataset.captions:
            digest.update(caption.encode("utf-8", "surrogateescape") + b"\0")
        path = self._cache.folder / f"embeddings-{digest.hexdigest()[:16]}.npz"
        if not path.exists():
            self._compute(dataset, path)
        with np.load(path) as stored:
            return stored["photos"], stored["texts"]

    @torch.no_grad()
    def _compute(self, dataset: PhotoSource, path: Path) -> None:
        model, size = self._model, self._config.image_size
        alpha = model.kernel_weights()
        cached = [self._cache.tokens(trunk, dataset, size) for trunk in trunks_of(model)]
        photos, texts = [], []
        for start in range(0, len(dataset), _CHUNK):
            rows = slice(start, start + _CHUNK)
            tokens = [torch.from_numpy(np.array(c[rows])).float().to(self._device) for c in cached]
            with torch.autocast(self._device.type, torch.bfloat16):
                features = model.image_tower.features(tokens)
            photos.append(combine(model.image_kernels(features.float()), alpha).cpu().numpy())
        for start in range(0, len(dataset.captions), _CHUNK):
            encoded = self._tokenizer.encode(dataset.captions[start : start + _CHUNK])
            ids, mask = (torch.from_numpy(part).to(self._device) for part in encoded)
            with torch.autocast(self._device.type, torch.bfloat16):
                features = model.text_tower(ids, mask)
            texts.append(combine(model.text_kernels(features.float()), alpha).cpu().numpy())
        temporary = path.with_suffix(".tmp.npz")
        np.savez(temporary, photos=np.concatenate(photos), texts=np.concatenate(texts))
        os.replace(temporary, path)


def _weights_of(model: VisitaModel) -> bytes:
    """A digest of everything that the embeddings before the map depend on."""
    parts = ("image_tower.", "text_tower.", "image_kernels.", "text_kernels.", "kernel_weights.")
    state = {k: v.contiguous() for k, v in model.state_dict().items() if k.startswith(parts)}
    return hashlib.sha256(save(state)).digest()
