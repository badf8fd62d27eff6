"""Text semantic contrastive learning (S2, stage 1): captions of one photo mean the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.data.augment import drop_words
from training.metrics import caption_to_caption
from training.model.multi_kernel import combine
from training.stages.context import StageContext
from training.stages.pair_losses import PairLoss
from training.stages.stage import Measure, group_parameters

_CHUNK = 64


@dataclass(frozen=True)
class CaptionPairs:
    """Two captions of each of b photos: rows of ``firsts`` and ``seconds`` belong together."""

    firsts: list[str]
    seconds: list[str]


class TextStage:
    """Trains the text tower and its kernels on captions alone; photos are not needed."""

    measured_by = "caption recall"

    def __init__(self, context: StageContext) -> None:
        if not context.caption_groups:
            raise ValueError(f"stage {context.stage.name} needs captions (--captions)")
        self._config = context.config
        self._stage = context.stage
        self._model = context.model
        self._tokenizer = context.tokenizer
        self._groups = [g.captions for g in context.caption_groups if len(g.captions) > 1]
        self._validation = context.validation
        self._device = context.device
        self._group = context.group
        self._pair_loss = PairLoss(context.stage, context.model)

    def parameters(self) -> list[tuple[float, list[nn.Parameter], bool]]:
        """The text tower, its kernels and the temperature."""
        return group_parameters(
            self._model,
            {
                "": 0.0,
                "text_tower.": self._stage.learning_rate,
                "text_tower.encoder.": self._stage.text_rate,
                "text_kernels.": self._stage.learning_rate,
                "log_temperature": self._stage.learning_rate,
                "sigmoid_bias": self._stage.learning_rate if self._stage.loss == "siglip" else 0.0,
            },
        )

    def steps(self) -> int:
        """Steps of one epoch: every photo once."""
        return max(1, len(self._groups) // self._stage.batch_size)

    def batches(self, epoch: int) -> Iterator[CaptionPairs]:
        """Shuffled photos, two captions of each."""
        chance = random.Random(f"{self._config.seed}-{epoch}-texts")
        order = list(range(len(self._groups)))
        chance.shuffle(order)
        size = min(self._stage.batch_size, len(order))
        for step in range(self.steps()):
            pairs = [
                [
                    drop_words(caption, self._stage.drop_words, chance)
                    for caption in chance.sample(self._groups[number], 2)
                ]
                for number in order[step * size : (step + 1) * size]
            ]
            yield CaptionPairs([first for first, _ in pairs], [second for _, second in pairs])

    def backward(self, batch: CaptionPairs) -> dict[str, float]:
        """The loss between first and second captions, on the kernel sum and on each kernel."""
        self._model.image_tower.eval()
        count = len(batch.firsts)
        parts = self._model.text_kernels(self._features(batch.firsts + batch.seconds))
        alpha = self._model.kernel_weights().detach()
        firsts = [self._group.gather(part[:count]) for part in parts]
        seconds = [self._group.gather(part[count:]) for part in parts]
        owners = torch.arange(len(firsts[0]), device=self._device)
        contrastive = self._pair_loss(combine(firsts, alpha), combine(seconds, alpha), owners)
        single = self._pair_loss.of_kernels(firsts, seconds, owners)
        loss = contrastive + self._config.kernel_loss * single
        loss.backward()
        losses = {"loss": loss, "contrastive": contrastive, "kernels": single}
        return {name: float(value.detach()) for name, value in losses.items()}

    @torch.no_grad()
    def measure(self) -> Measure:
        """Does a caption of a validation photo find another caption of the same photo?"""
        alpha = self._model.kernel_weights()
        features = self._features(self._validation.captions)
        embeddings = combine(self._model.text_kernels(features), alpha).cpu().numpy()
        recall = caption_to_caption(embeddings, self._validation.caption_owners)
        return Measure(sum(recall.values()), {f"R@{k}": round(v, 2) for k, v in recall.items()})

    def _features(self, captions: list[str]) -> Tensor:
        """(c, feature width) float32; captions of a length run together, padding costs time."""
        order = sorted(range(len(captions)), key=lambda number: len(captions[number]))
        features = []
        for start in range(0, len(order), _CHUNK):
            some = [captions[number] for number in order[start : start + _CHUNK]]
            ids, mask = (
                torch.from_numpy(part).to(self._device) for part in self._tokenizer.encode(some)
            )
            with torch.autocast(self._device.type, torch.bfloat16):
                features.append(self._model.text_tower(ids, mask).float())
        place = torch.empty(len(order), dtype=torch.long)
        place[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(features)[place.to(self._device)]
