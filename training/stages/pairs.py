"""Photos and captions into one space, and with them the matcher and the captioner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.data.batches import Batch, BatchSource, PixelStore
from training.data.source import PhotoSource
from training.evaluate import Evaluation, score
from training.model.multi_kernel import combine
from training.model.trunk import Trunk
from training.model.visita import VisitaModel
from training.stages.context import StageContext
from training.stages.head_losses import Pairs
from training.stages.pair_losses import PairLoss
from training.stages.stage import Measure, group_parameters

_SOFT_TEMPERATURE = 0.1


class PairStage:
    """Contrastive learning of both towers; trunks frozen (and cached) or trained too."""

    measured_by = "recall sum"

    def __init__(self, context: StageContext) -> None:
        config, stage, train = context.config, context.stage, context.train
        if stage.labelled and context.labelled is None:
            raise ValueError(f"stage {stage.name} needs labelled photos (--labelled)")
        self._config = config
        self._stage = stage
        self._model = context.model
        self._tokenizer = context.tokenizer
        self._validation = context.validation
        self._cache = context.cache
        self._heads = context.heads
        self._device = context.device
        self._group = context.group
        self._pair_loss = PairLoss(stage, context.model)
        self._is_frozen = stage.trunk_rate == 0
        self._validation_pixels: PixelStore | None = None
        labelled = context.labelled if stage.labelled else None
        sets = [train] if labelled is None else [train, labelled]
        self._source = BatchSource(
            sets,
            [stage.batch_size, stage.labelled],
            context.tokenizer,
            config.captions_per_photo,
            config.seed,
            pixels=None if self._is_frozen else [self._pixel_store(s) for s in sets],
            tokens=[self._cached_tokens(s) for s in sets] if self._is_frozen else None,
        )

    def parameters(self) -> list[tuple[float, list[nn.Parameter], bool]]:
        """Trunks, text encoder and everything above, each at its own rate."""
        stage = self._stage
        return group_parameters(
            self._model,
            {
                "": stage.learning_rate,
                "linear_map.": 0.0,  # a stage of its own trains it
                "sigmoid_bias": stage.learning_rate if stage.loss == "siglip" else 0.0,
                "image_tower.trunks.": stage.trunk_rate,
                "text_tower.encoder.": stage.text_rate,
                "image_tower.compact_tokens.": (
                    stage.learning_rate if stage.match_loss or stage.caption_loss else 0.0
                ),
                "matcher.": stage.learning_rate if stage.match_loss else 0.0,
                "captioner.": stage.learning_rate if stage.caption_loss else 0.0,
                **dict.fromkeys(stage.fixed, 0.0),
            },
        )

    def steps(self) -> int:
        """Steps of one epoch: every captioned photo once."""
        return self._source.steps()

    def batches(self, epoch: int) -> Iterator[Batch]:
        """Shuffled photos with some of their captions."""
        for trunk in trunks_of(self._model):
            trunk.eval()  # batch statistics of small batches would spoil the pretrained ones
        return self._source.epoch(epoch, self._stage)

    def backward(self, batch: Batch) -> dict[str, float]:
        """Loss and gradients of one batch."""
        if batch.tokens is not None:
            tokens = [part.to(self._device) for part in batch.tokens]
        else:
            assert batch.photos is not None
            photos = batch.photos.to(self._device, memory_format=torch.channels_last)
            if 0 < self._stage.micro_batch < len(photos):
                return self._backward_in_parts(batch, photos.split(self._stage.micro_batch))
            tokens = self._trunk_tokens(photos)
        losses = self._loss(batch, tokens)
        losses["loss"].backward()
        return {name: float(value.detach()) for name, value in losses.items()}

    def _backward_in_parts(self, batch: Batch, parts: tuple[Tensor, ...]) -> dict[str, float]:
        """The same gradients with the memory of a part (gradient caching, Gao et al. 2021).

        The trunks run twice: without gradients for the tokens of the whole batch, so that every
        photo competes with every caption, then part by part to carry the tokens' gradients back.
        That is exact, because a trunk in evaluation mode is deterministic.
        """
        with torch.no_grad():
            by_part = [self._trunk_tokens(photos) for photos in parts]
        tokens = [torch.cat(own).requires_grad_() for own in zip(*by_part, strict=True)]
        losses = self._loss(batch, tokens)
        losses["loss"].backward()
        start = 0
        for photos in parts:
            rows = slice(start, start + len(photos))
            gradients = [part.grad[rows] for part in tokens if part.grad is not None]
            torch.autograd.backward(self._trunk_tokens(photos), gradients)
            start = rows.stop
        return {name: float(value.detach()) for name, value in losses.items()}

    def _loss(self, batch: Batch, tokens: list[Tensor]) -> dict[str, Tensor]:
        model, stage, config = self._model, self._stage, self._config
        mask = batch.mask.to(self._device)
        owners = batch.owners.to(self._device)
        needs_regions = stage.match_loss > 0 or stage.caption_loss > 0
        with self._autocast():
            count = sum(part.shape[1] for part in tokens)
            keep = torch.randperm(count, device=self._device)
            keep = keep[: max(1, round(count * stage.keep_tokens))]
            image_features = model.image_tower.features(tokens, keep)
            regions = model.image_tower.compact(tokens) if needs_regions else None
            with torch.set_grad_enabled(stage.text_rate > 0):
                states = model.text_tower.states(batch.ids.to(self._device), mask)
            text_features = model.text_tower.features(states, mask)
        image_parts = model.image_kernels(image_features.float())
        text_parts = model.text_kernels(text_features.float())
        # all processes' photos and texts are each other's negatives
        all_images = [self._group.gather(part) for part in image_parts]
        all_texts = [self._group.gather(part) for part in text_parts]
        all_owners = self._group.gather_owners(owners, len(image_features))
        alpha = model.kernel_weights()
        photos, texts = model.image_embedding(all_images), combine(all_texts, alpha)
        similar = self._similar(texts, all_owners, len(photos))
        contrastive = self._pair_loss(photos, texts, all_owners, similar)
        single = self._pair_loss.of_kernels(all_images, all_texts, all_owners)
        entropy = model.kernel_weights.entropy()
        loss = contrastive + config.kernel_loss * single - config.kernel_entropy * entropy
        losses = {"contrastive": contrastive, "kernels": single, "entropy": entropy}
        if regions is not None:
            # the towers learn from the heads through regions and states, not through embeddings,
            # which are kept for retrieval
            seen, read = model.image_embedding(image_parts), combine(text_parts, alpha)
            pairs = Pairs(
                regions, seen.detach(), states, mask, read.detach(), owners, batch.captions
            )
            with self._autocast():
                if stage.match_loss:
                    losses["match"] = self._heads.match(pairs)
                    loss = loss + stage.match_loss * losses["match"]
                if stage.caption_loss:
                    losses["caption"] = self._heads.caption(pairs)
                    loss = loss + stage.caption_loss * losses["caption"]
        return {"loss": loss, **losses}

    def _similar(self, texts: Tensor, owners: Tensor, photos: int) -> Tensor | None:
        """(c, b): which photos' captions mean the same as a caption, by the text tower itself."""
        if not self._stage.soft_targets:
            return None
        with torch.no_grad():
            likeness = texts @ texts.T / _SOFT_TEMPERATURE
            by_photo = likeness.new_full((len(texts), photos), float("-inf"))
            index = owners.expand(len(texts), -1)
            by_photo = by_photo.scatter_reduce(1, index, likeness, "amax")
            return by_photo.softmax(1)

    def measure(self) -> Measure:
        """R@k in both directions on the validation photos, and signs of failure."""
        evaluation = self.evaluate()
        facts = {
            "validation": evaluation.to_json(),
            "attention_entropy": self._attention_entropy(),
        }
        return Measure(evaluation.recall_sum, facts)

    @torch.no_grad()
    def evaluate(self) -> Evaluation:
        """Retrieval on the validation photos."""
        model = self._model
        dataset = self._validation
        alpha = model.kernel_weights()
        photos = [
            model.image_embedding(model.image_kernels(self._features(tokens).float())).cpu()
            for tokens in self._validation_tokens()
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

    def _validation_tokens(self) -> Iterator[list[Tensor]]:
        dataset = self._validation
        if self._is_frozen:
            cached = self._cached_tokens(dataset)
            for start in range(0, len(dataset), 64):
                rows = slice(start, start + 64)
                yield [torch.from_numpy(np.array(c[rows])).float().to(self._device) for c in cached]
            return
        if self._validation_pixels is None:
            self._validation_pixels = self._pixel_store(dataset)
        for start in range(0, len(dataset), 64):
            numbers = np.arange(start, min(start + 64, len(dataset)))
            photos = self._validation_pixels.batch(numbers)
            yield self._trunk_tokens(photos.to(self._device, memory_format=torch.channels_last))

    def _attention_entropy(self) -> list[float]:
        tower = self._model.image_tower
        with torch.no_grad():
            tokens = next(self._validation_tokens())
            return tower.transformer.attention_entropy(tower.project([t.float() for t in tokens]))

    def _trunk_tokens(self, photos: Tensor) -> list[Tensor]:
        with self._autocast():
            return [part.float() for part in self._model.image_tower.tokens(photos)]

    def _cached_tokens(self, dataset: PhotoSource) -> list[Any]:
        size = self._config.image_size
        return [self._cache.tokens(trunk, dataset, size) for trunk in trunks_of(self._model)]

    def _pixel_store(self, dataset: PhotoSource) -> PixelStore:
        return PixelStore(dataset, self._config.image_size)

    def _autocast(self) -> torch.autocast:
        return torch.autocast(self._device.type, torch.bfloat16)


def trunks_of(model: VisitaModel) -> list[Trunk]:
    """The CNNs of a model."""
    return [trunk for trunk in model.image_tower.trunks if isinstance(trunk, Trunk)]
