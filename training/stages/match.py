"""Match prediction, end to end (S1): photo and text go in, "do they match?" comes out."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.data.batches import Batch
from training.losses import match_error
from training.model.multi_kernel import combine
from training.rerank import reranked
from training.stages.pairs import PairStage
from training.stages.stage import Measure, group_parameters

_CHUNK = 64


class MatchStage(PairStage):
    """Trains the matcher and, through it, everything below: image encoder -> text encoder ->
    multi-kernel module -> vision transformer -> cross-modal attention -> match (S1's chain).

    S1 does not say where the pairs that do not match come from. Here every caption of a batch is
    held against its own photo (label 1) and against one other photo of the batch, drawn at random
    (label 0): as many pairs of each label.
    """

    measured_by = "re-ranked recall sum"

    def parameters(self) -> list[tuple[float, list[nn.Parameter], bool]]:
        """Everything but what only retrieval or the captioner need."""
        stage = self._stage
        return group_parameters(
            self._model,
            {
                "": stage.learning_rate,
                "image_tower.trunks.": stage.trunk_rate,
                "text_tower.encoder.": stage.text_rate,
                "captioner.": 0.0,
                "linear_map.": 0.0,
                "log_temperature": 0.0,
                "sigmoid_bias": 0.0,
            },
        )

    def _loss(self, batch: Batch, tokens: list[Tensor]) -> dict[str, Tensor]:
        owners = batch.owners.to(self._device)
        count = len(tokens[0])
        # 1 to count - 1 places further on: never the own photo
        others = (owners + torch.randint(1, count, owners.shape, device=self._device)) % count
        photos = torch.cat([owners, others])
        texts = torch.arange(len(owners), device=self._device).repeat(2)
        labels = (photos == owners[texts]).float()
        logits = self._judge(tokens, batch.ids, batch.mask, photos, texts)
        right = ((logits > 0) == (labels > 0.5)).float().mean()
        loss = match_error(logits, labels)
        return {"loss": loss, "match_error": loss, "match_accuracy": right}

    def _judge(
        self, tokens: list[Tensor], ids: Tensor, mask: Tensor, photos: Tensor, texts: Tensor
    ) -> Tensor:
        """(p,) logits of the pairs of rows ``photos`` and ``texts``."""
        model, mask = self._model, mask.to(self._device)
        matcher = model.matcher
        if matcher is None:
            raise ValueError(f"stage {self._stage.name} needs a matcher")
        with self._autocast():
            context = model.image_tower.context(tokens)
            image_features = model.image_tower.fuse(tokens, context)
            regions = model.image_tower.compact_of(context)
            with torch.set_grad_enabled(self._stage.text_rate > 0 and torch.is_grad_enabled()):
                states = model.text_tower.states(ids.to(self._device), mask)
            text_features = model.text_tower.features(states, mask)
        seen = model.image_embedding(model.image_kernels(image_features.float()))
        read = combine(model.text_kernels(text_features.float()), model.kernel_weights())
        with self._autocast():
            logits, _ = matcher(
                regions[photos], seen[photos], states[texts], mask[texts], read[texts]
            )
        out: Tensor = logits.float()
        return out

    @torch.no_grad()
    def measure(self) -> Measure:
        """R@k with and without the matcher on the validation photos."""
        model, dataset = self._model, self._validation
        seen, regions = [], []
        for tokens in self._validation_tokens():
            with self._autocast():
                context = model.image_tower.context(tokens)
                features = model.image_tower.fuse(tokens, context)
                regions.append(_array(model.image_tower.compact_of(context)))
            seen.append(_array(model.image_embedding(model.image_kernels(features.float()))))
        read, states = [], []
        for start in range(0, len(dataset.captions), _CHUNK):
            encoded = self._tokenizer.encode(dataset.captions[start : start + _CHUNK])
            ids, mask = (torch.from_numpy(part).to(self._device) for part in encoded)
            with self._autocast():
                embeddings, own = model.encode_text_states(ids, mask)
            read.append(_array(embeddings))
            lengths = mask.sum(1).tolist()
            states += [
                _array(state[:n]).astype(np.float16) for state, n in zip(own, lengths, strict=True)
            ]
        before, after = reranked(
            model,
            np.concatenate(seen),
            np.concatenate(regions),
            np.concatenate(read),
            states,
            dataset.caption_owners,
            depth=len(dataset),
        )
        facts: dict[str, Any] = {
            "validation": after.to_json(),
            "without_matcher": before.to_json(),
            "attention_entropy": self._attention_entropy(),
        }
        return Measure(after.recall_sum, facts)


def _array(tensor: Tensor) -> NDArray[np.float32]:
    out: NDArray[np.float32] = tensor.float().cpu().numpy()
    return out
