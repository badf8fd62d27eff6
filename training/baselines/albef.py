"""ALBEF (Li et al. 2021, arXiv 2107.07651): align photo and text, before they are fused."""

from __future__ import annotations

import math
from copy import deepcopy
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.baselines.baseline import Baseline, Encoded, unit
from training.baselines.config import AlbefConfig, BaselineConfig
from training.config import StageConfig
from training.model.state_memory import StateMemory
from training.model.vision_transformer import VisionTransformer

_COLDEST, _HOTTEST = 0.001, 0.5


class Towers(nn.Module):
    """Photo tokens and word states -> what is fused, and the two vectors that are aligned."""

    def __init__(self, shape: AlbefConfig, tokens: int, trunk_width: int, text_width: int) -> None:
        super().__init__()
        width = shape.width
        self.norm = nn.LayerNorm(trunk_width)
        self.projection = nn.Linear(trunk_width, width)
        self.transformer = VisionTransformer(
            tokens, width, shape.depth, shape.heads, 4 * width, shape.dropout, class_token=True
        )
        self.photo_head = nn.Linear(width, shape.embedding)
        self.text_head = nn.Linear(text_width, shape.embedding)

    def photo(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """(b, n, trunk width) -> (b, 1 + n, width) with the class token, (b, embedding) unit."""
        context = self.transformer(self.projection(self.norm(tokens)))
        return context, unit(self.photo_head(context[:, 0]))

    def text(self, states: Tensor, mask: Tensor) -> Tensor:
        """(c, l, text width) states -> (c, embedding) unit rows."""
        weights = mask.unsqueeze(-1).to(states.dtype)
        return unit(self.text_head((states * weights).sum(1) / weights.sum(1)))


class Albef(Baseline):
    """Image-text contrast with momentum distillation, a fusion encoder, and matching.

    * L_itc (eq. 1, 2, 6): cross entropy between softmax(s(photo, texts) / tau), over the batch's
      texts and a queue of the momentum model's, and (1 - alpha) times the one right text plus
      alpha times what the momentum model thinks; both ways.
    * L_itm (eq. 4): does the pair match? The fusion encoder reads the words with cross attention
      to the photo's tokens; its first token answers. Negatives: one text a photo and one photo a
      text, drawn as likely as they are near.
    * The momentum model's weights are m times themselves plus (1 - m) times the model's, each step.

    What is smaller or different here: the photo side is a vision transformer over a CNN's tokens,
    not ViT-B/16 over pixels; the text encoder is MiniLM, read off its mean, not the first half of
    BERT's layers, and the fusion encoder begins with nothing instead of with BERT's second half;
    only the towers above CNN and text encoder have a momentum copy; masked language modelling, the
    paper's third loss, is left out; a single logit answers "match?", which is the same as its two.
    """

    photo_queue: Tensor
    text_queue: Tensor
    queued: Tensor
    steps: Tensor

    def __init__(self, config: BaselineConfig, shape: AlbefConfig, text_encoder: Any) -> None:
        super().__init__(config)
        self.shape = shape
        self.look_again = shape.look_again
        self.text_encoder = text_encoder
        self.memory: StateMemory | None = None
        """With it the states of a text are computed once; only for a frozen text encoder."""
        text_width = int(text_encoder.config.hidden_size)
        self.towers = Towers(shape, self.trunk.tokens, self.trunk.width, text_width)
        self.momentum_towers = deepcopy(self.towers).requires_grad_(False)
        self.word_projection = nn.Linear(text_width, shape.fusion_width)
        self.region_projection = nn.Linear(shape.width, shape.fusion_width)
        self.fusion = nn.TransformerDecoder(
            nn.TransformerDecoderLayer(
                shape.fusion_width,
                shape.heads,
                4 * shape.fusion_width,
                shape.dropout,
                "gelu",
                batch_first=True,
                norm_first=True,
            ),
            shape.fusion_depth,
            nn.LayerNorm(shape.fusion_width),
        )
        self.match_head = nn.Linear(shape.fusion_width, 1)
        self.log_temperature = nn.Parameter(torch.tensor(math.log(shape.temperature)))
        self.register_buffer("photo_queue", torch.zeros(shape.queue, shape.embedding))
        self.register_buffer("text_queue", torch.zeros(shape.queue, shape.embedding))
        self.register_buffer("queued", torch.tensor(0))
        self.register_buffer("steps", torch.tensor(0))

    def photos(self, tokens: Tensor) -> Encoded:
        """(b, tokens, width) of the trunk -> b photos."""
        context, vectors = self.towers.photo(tokens)
        regions = self.region_projection(context)
        there = torch.ones(regions.shape[:2], dtype=torch.bool, device=regions.device)
        return Encoded(vectors, regions, there)

    def texts(self, ids: Tensor, mask: Tensor) -> Encoded:
        """(c, l) int64 ids and mask -> c texts."""
        states = self.states(ids, mask)
        return Encoded(self.towers.text(states, mask), self.word_projection(states), mask.bool())

    def judge(self, texts: Encoded, photos: Encoded) -> Tensor:
        """p texts and p photos -> (p,) logits of their matching."""
        assert texts.is_part is not None
        fused = self.fusion(texts.parts, photos.parts, tgt_key_padding_mask=~texts.is_part)
        logits: Tensor = self.match_head(fused[:, 0]).squeeze(-1)
        return logits

    def losses(
        self, tokens: Tensor, ids: Tensor, mask: Tensor, owners: Tensor, stage: StageConfig
    ) -> dict[str, Tensor]:
        """Contrast and matching; see the base class. Each photo has one text."""
        tokens = tokens[owners]
        if self.training:
            self.follow()
        states = self.states(ids, mask)
        with self._autocast():
            context, seen = self.towers.photo(tokens)
            read = self.towers.text(states, mask)
            words = Encoded(read.float(), self.word_projection(states), mask.bool())
            regions = Encoded(seen.float(), self.region_projection(context))
        contrast = self._contrast(regions.vectors, words.vectors, tokens, states, mask)
        match = self._matching(words, regions)
        return {"loss": contrast + match, "contrast": contrast, "match": match}

    @torch.no_grad()
    def follow(self) -> None:
        """Move the momentum model towards the model."""
        pairs = zip(self.momentum_towers.parameters(), self.towers.parameters(), strict=True)
        for slow, quick in pairs:
            slow.lerp_(quick, 1 - self.shape.momentum)

    def _contrast(
        self, seen: Tensor, read: Tensor, tokens: Tensor, states: Tensor, mask: Tensor
    ) -> Tensor:
        temperature = self.log_temperature.exp().clamp(_COLDEST, _HOTTEST)
        with torch.no_grad():
            with self._autocast():
                slow_seen = self.momentum_towers.photo(tokens)[1].float()
                slow_read = self.momentum_towers.text(states, mask).float()
            filled = int(self.queued)
            all_seen = torch.cat([slow_seen, self.photo_queue[:filled]])
            all_read = torch.cat([slow_read, self.text_queue[:filled]])
        begun = min(1.0, float(self.steps) / max(1, self.shape.distillation_warm_up))
        alpha = self.shape.distillation * begun
        losses = [
            distilled(mine, slow, others, temperature, alpha)
            for mine, slow, others in ((seen, slow_seen, all_read), (read, slow_read, all_seen))
        ]
        if self.training:
            size = self.shape.queue
            self.photo_queue[: len(all_seen)] = all_seen[:size]
            self.text_queue[: len(all_read)] = all_read[:size]
            self.queued.fill_(min(size, len(all_seen)))
            self.steps += 1
        return (losses[0] + losses[1]) / 2

    def _matching(self, words: Encoded, regions: Encoded) -> Tensor:
        """Each pair, and two negatives for it."""
        count = len(words)
        own = torch.arange(count, device=words.vectors.device)
        with torch.no_grad():
            temperature = self.log_temperature.exp().clamp(_COLDEST, _HOTTEST)
            near = (words.vectors @ regions.vectors.T / temperature).float()
            near.fill_diagonal_(float("-inf"))
            wrong_photos = torch.multinomial(near.softmax(1), 1).squeeze(1)
            wrong_texts = torch.multinomial(near.T.softmax(1), 1).squeeze(1)
        texts = torch.cat([own, own, wrong_texts])
        photos = torch.cat([own, wrong_photos, own])
        labels = torch.zeros(3 * count, device=own.device)
        labels[:count] = 1
        with self._autocast():
            logits = self.judge(words[texts], regions[photos])
        return F.binary_cross_entropy_with_logits(logits.float(), labels)

    def _autocast(self) -> torch.autocast:
        return torch.autocast(self.log_temperature.device.type, torch.bfloat16)

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(c, l) int64 ids and mask -> (c, l, text width) of the text encoder."""
        with torch.set_grad_enabled(self.memory is None and torch.is_grad_enabled()):
            if self.memory is not None:
                return self.memory.states(ids, mask, self._encode)
            return self._encode(ids, mask)

    def _encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        states: Tensor = self.text_encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return states

    def rates(self, stage: StageConfig) -> dict[str, float]:
        """Learning rates by the beginnings of parameters' names; 0 = frozen."""
        frozen = {"momentum_towers.": 0.0, "text_encoder.": stage.text_rate}
        return {**super().rates(stage), **frozen}

    def answering(self) -> int:
        """Numbers in the weights, without the momentum model's."""
        return super().answering() - sum(p.numel() for p in self.momentum_towers.parameters())

    def logged(self) -> dict[str, float]:
        """The learned temperature."""
        return {"temperature": float(self.log_temperature.detach().exp())}


def distilled(
    mine: Tensor, slow: Tensor, others: Tensor, temperature: Tensor, alpha: float
) -> Tensor:
    """Contrast of b vectors with m others, the first b of which are their own (eq. 6 of ALBEF).

    Args:
        mine: (b, dim) of the model.
        slow: (b, dim) the same by the momentum model.
        others: (m, dim) of the momentum model, row i < b belongs to row i of ``mine``.
        temperature: scalar.
        alpha: share of the target that is softmax(slow . others / temperature).

    Returns:
        scalar: mean cross entropy.
    """
    with torch.no_grad():
        target = alpha * (slow @ others.T / temperature).softmax(1)
        target.diagonal().add_(1 - alpha)
    return F.cross_entropy(mine @ others.T / temperature, target)
