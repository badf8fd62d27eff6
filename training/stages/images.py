"""Image semantic contrastive learning (S2, stage 2): photos of one kind are drawn together."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.data.source import PhotoSource
from training.metrics import caption_to_caption, summary
from training.model.multi_kernel import combine
from training.stages.context import StageContext
from training.stages.pair_losses import PairLoss
from training.stages.pairs import trunks_of
from training.stages.stage import Measure, group_parameters
from training.stages.views import AugmentedPhotos

_CHUNK = 64
_VIEWS = 2


@dataclass(frozen=True)
class PhotoPairs:
    """Two views of each of b kinds: row i of ``firsts`` and of ``seconds`` are positives."""

    firsts: list[Tensor]
    """Per trunk (b, tokens, width)."""
    seconds: list[Tensor]


class ImageStage:
    """Trains the image tower above its frozen trunks on photos alone; no caption is read.

    Photos with the same first label are of a kind. A photo without a label is a kind of its own,
    whose two sides are augmented views. The views of every photo are made once, so that the
    trunks' tokens can be cached: ``views`` of them, at least two.
    """

    measured_by = "image recall"

    def __init__(self, context: StageContext) -> None:
        stage, photos = context.stage, context.labelled or context.train
        if stage.trunk_rate:
            raise ValueError(f"stage {stage.name}: trunks are frozen in stages of kind images")
        self._config = context.config
        self._stage = stage
        self._model = context.model
        self._validation = context.validation
        self._cache = context.cache
        self._device = context.device
        self._group = context.group
        self._pair_loss = PairLoss(stage, context.model)
        views = max(_VIEWS, stage.views)
        self._views = [self._tokens_of(self._view(photos, number)) for number in range(views)]
        kinds: dict[str, list[int]] = {}
        for row, photo in enumerate(photos.photos):
            kinds.setdefault(photo.labels[0] if photo.labels else f"#{row}", []).append(row)
        self._kinds = list(kinds.values())
        self._photos = len(photos)
        self._validation_views: list[list[NDArray[np.float16]]] | None = None

    def parameters(self) -> list[tuple[float, list[nn.Parameter], bool]]:
        """The image tower above its trunks, its kernels and the temperature."""
        rate = self._stage.learning_rate
        return group_parameters(
            self._model,
            {
                "": 0.0,
                "image_tower.": rate,
                "image_tower.trunks.": 0.0,
                "image_tower.compact_tokens.": 0.0,
                "image_kernels.": rate,
                "log_temperature": rate,
                "sigmoid_bias": rate if self._stage.loss == "siglip" else 0.0,
            },
        )

    def steps(self) -> int:
        """Steps of one epoch: about as many pairs as there are photos."""
        return max(1, self._photos // min(self._stage.batch_size, len(self._kinds)))

    def batches(self, epoch: int) -> Iterator[PhotoPairs]:
        """Kinds drawn at random, no two the same; of each two photos, or two views of its one."""
        chance = random.Random(f"{self._config.seed}-{epoch}-images")
        size = min(self._stage.batch_size, len(self._kinds))
        for trunk in trunks_of(self._model):
            trunk.eval()
        self._model.text_tower.eval()
        for _ in range(self.steps()):
            sides: tuple[list[tuple[int, int]], ...] = ([], [])
            for kind in chance.sample(self._kinds, size):
                rows = chance.sample(kind, 2) if len(kind) > 1 else kind * 2
                views = chance.sample(range(len(self._views)), 2)
                for side, view, row in zip(sides, views, rows, strict=True):
                    side.append((view, row))
            yield PhotoPairs(*(self._rows(side) for side in sides))

    def backward(self, batch: PhotoPairs) -> dict[str, float]:
        """The loss between both sides, on the kernel sum and on each kernel."""
        firsts, seconds = (
            [self._group.gather(part) for part in self._parts(side, self._stage.keep_tokens)]
            for side in (batch.firsts, batch.seconds)
        )
        alpha = self._model.kernel_weights().detach()
        owners = torch.arange(len(firsts[0]), device=self._device)
        contrastive = self._pair_loss(combine(firsts, alpha), combine(seconds, alpha), owners)
        single = self._pair_loss.of_kernels(firsts, seconds, owners)
        loss = contrastive + self._config.kernel_loss * single
        loss.backward()
        losses = {"loss": loss, "contrastive": contrastive, "kernels": single}
        return {name: float(value.detach()) for name, value in losses.items()}

    @torch.no_grad()
    def measure(self) -> Measure:
        """Does a validation photo find another of its kind, or, without labels, its other view?"""
        if self._validation_views is None:
            self._validation_views = [
                self._tokens_of(self._view(self._validation, number)) for number in range(_VIEWS)
            ]
        one, two = (self._embeddings(tokens) for tokens in self._validation_views)
        labels = [photo.labels[0] if photo.labels else "" for photo in self._validation.photos]
        counts = {label: labels.count(label) for label in labels}
        shared = [row for row, label in enumerate(labels) if label and counts[label] > 1]
        if shared:
            owners = np.unique([labels[row] for row in shared], return_inverse=True)[1]
            recall = caption_to_caption(one[shared], owners.astype(np.int64))
        else:
            scores = one @ two.T
            own = np.diagonal(scores)[:, None]
            recall = summary((1 + (scores > own).sum(1)).astype(np.int64)).recall
        facts: dict[str, Any] = {f"R@{k}": round(v, 2) for k, v in recall.items()}
        tower = self._model.image_tower
        some = [torch.from_numpy(np.array(c[:_CHUNK])) for c in self._validation_views[0]]
        projected = tower.project([part.float().to(self._device) for part in some])
        facts["attention_entropy"] = tower.transformer.attention_entropy(projected)
        return Measure(sum(recall.values()), facts)

    def _embeddings(self, tokens: list[NDArray[np.float16]]) -> NDArray[np.float32]:
        alpha = self._model.kernel_weights()
        found = []
        for start in range(0, len(tokens[0]), _CHUNK):
            rows = slice(start, start + _CHUNK)
            some = [torch.from_numpy(np.array(c[rows])).float().to(self._device) for c in tokens]
            found.append(combine(self._parts(some, 1.0), alpha).cpu().numpy())
        out: NDArray[np.float32] = np.concatenate(found)
        return out

    def _parts(self, tokens: list[Tensor], share: float) -> list[Tensor]:
        keep = None
        if share < 1:
            count = sum(part.shape[1] for part in tokens)
            keep = torch.randperm(count, device=self._device)[: max(1, round(count * share))]
        with torch.autocast(self._device.type, torch.bfloat16):
            features = self._model.image_tower.features(tokens, keep)
        parts: list[Tensor] = self._model.image_kernels(features.float())
        return parts

    def _rows(self, chosen: list[tuple[int, int]]) -> list[Tensor]:
        trunks = range(len(self._views[0]))
        return [
            torch.from_numpy(np.stack([self._views[view][trunk][row] for view, row in chosen]))
            .float()
            .to(self._device)
            for trunk in trunks
        ]

    def _view(self, photos: PhotoSource, number: int) -> PhotoSource:
        return AugmentedPhotos(photos, self._stage.smallest_crop, self._config.seed * 100 + number)

    def _tokens_of(self, photos: PhotoSource) -> list[NDArray[np.float16]]:
        size = self._config.image_size
        return [self._cache.tokens(trunk, photos, size) for trunk in trunks_of(self._model)]
