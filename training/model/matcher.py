"""Matcher: does this text describe this photo? The second, exact look at the best hits."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.model.cross_attention import CrossLayer, masked_mean
from training.model.query_bank import QueryBank


@dataclass(frozen=True)
class MatcherConfig:
    """Shape of the matcher."""

    width: int = 128
    depth: int = 2
    heads: int = 4
    dropout: float = 0.1
    bank: int = 0
    """Captions, and photos, in the query banks; 0 = none."""
    hubness: float = 0.5
    """Share of what an embedding has in common with its bank that is taken off the cosine."""
    cosine_dropout: float = 0.0
    """Chance that a training step does without the cosine. On training pairs retrieval is nearly
    always right; what looks at words and regions would learn only where it is not."""
    late_dropout: float = 0.0
    """The same for late interaction: without it, cross attention alone must tell the pairs apart.
    Else it stays what it is at the start, uniform, because the easier part is good enough."""

    residual_share: float = 1.0
    """How much of what is seen beyond the cosine counts once training is over. Towers hardly err
    on the pairs that they were trained with, so the residual learns to trust itself too much;
    ``training calibrate`` chooses the share on validation photos."""


class Matcher(nn.Module):
    """Cross-modal attention between a text's tokens and a photo's compact tokens.

    The logit is a residual upon retrieval: scale * cosine + bias, plus what bidirectional cross
    attention sees (MKL-VisITA), plus late interaction (each word's best region; ColBERT, Khattab
    and Zaharia 2020; FILIP, Yao et al. 2022). Query banks correct the cosine for hubs. An untrained
    residual is zero, so the matcher starts as good as retrieval and can only learn from where
    retrieval is wrong.
    """

    def __init__(
        self, config: MatcherConfig, region_width: int, text_width: int, embedding_dim: int
    ) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.region_projection = nn.Linear(region_width, width)
        self.word_norm = nn.LayerNorm(text_width)
        self.word_projection = nn.Linear(text_width, width)
        self.photo_projection = nn.Linear(embedding_dim, width)
        self.text_projection = nn.Linear(embedding_dim, width)
        self.positions = nn.Parameter(torch.randn(1, 64, width) * 0.02)
        self.layers = nn.ModuleList(
            CrossLayer(width, config.heads, config.dropout) for _ in range(config.depth)
        )
        self.late_word = nn.Linear(width, width, bias=False)
        self.late_region = nn.Linear(width, width, bias=False)
        self.late_weight = nn.Linear(width, 1)
        self.late_scale = nn.Parameter(torch.tensor(1.0))
        self.head = nn.Sequential(
            nn.LayerNorm(3 * width), nn.Linear(3 * width, width), nn.GELU(), nn.Linear(width, 1)
        )
        last = self.head[-1]
        assert isinstance(last, nn.Linear)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)
        self.log_scale = nn.Parameter(torch.tensor(math.log(20.0)))
        self.bias = nn.Parameter(torch.tensor(-8.0))
        self.caption_bank: QueryBank | None = None
        self.photo_bank: QueryBank | None = None
        if config.bank:
            self.caption_bank = QueryBank(config.bank, embedding_dim)
            self.photo_bank = QueryBank(config.bank, embedding_dim)

    def forward(
        self,
        regions: Tensor,
        photo_embedding: Tensor,
        states: Tensor,
        mask: Tensor,
        text_embedding: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Judge b pairs.

        Args:
            regions: (b, n, region width) compact image tokens, n <= 63.
            photo_embedding: (b, dim), unit rows.
            states: (b, l, text width) token states of the text encoder.
            mask: (b, l) int64, 1 for a token.
            text_embedding: (b, dim), unit rows.

        Returns:
            (b,) logits of "they match", and (b, l, n) how much each word looks at each region.
        """
        is_word = mask > 0
        words, seen = self._project(regions, photo_embedding, states, text_embedding)
        late, word_regions = self._late_interaction(words, seen[:, 1:], is_word)
        for layer in self.layers:
            words, seen = layer(words, seen, is_word)
        text, photo = masked_mean(words, is_word), seen.mean(1)
        residual = self.head(torch.cat([text, photo, text * photo], -1)).squeeze(-1)
        cosine = self._cosine(photo_embedding, text_embedding)
        cosine = self._at_times(cosine, self.config.cosine_dropout)
        late = self._at_times(late, self.config.late_dropout)
        share = 1.0 if self.training else self.config.residual_share
        seen_beyond = self.late_scale * late + residual
        logits = self.log_scale.exp() * cosine + self.bias + share * seen_beyond
        return logits, word_regions

    def _at_times(self, part: Tensor, dropout: float) -> Tensor:
        """A part of the logit, or zeros in a share of the training steps."""
        if self.training and dropout and torch.rand(()) < dropout:
            return torch.zeros_like(part)
        return part

    def _cosine(self, photos: Tensor, texts: Tensor) -> Tensor:
        """(b,) retrieval's own score, less what photo and text have in common with all others."""
        cosine: Tensor = (photos * texts).sum(-1)
        if self.caption_bank is None or self.photo_bank is None:
            return cosine
        common = self.caption_bank(photos) + self.photo_bank(texts)
        corrected: Tensor = cosine - self.config.hubness * common
        return corrected

    @torch.no_grad()
    def attention_entropy(
        self,
        regions: Tensor,
        photo_embedding: Tensor,
        states: Tensor,
        mask: Tensor,
        text_embedding: Tensor,
    ) -> list[float]:
        """Mean entropy of each layer's attention of words to regions, 1.0 = uniform."""
        is_word = mask > 0
        words, seen = self._project(regions, photo_embedding, states, text_embedding)
        entropies = []
        for layer in self.layers:
            assert isinstance(layer, CrossLayer)
            weights = layer.word_attention(words, seen)
            entropy = -(weights * weights.clamp_min(1e-9).log()).sum(-1)[is_word].mean()
            entropies.append(float(entropy) / math.log(seen.shape[1]))
            words, seen = layer(words, seen, is_word)
        return entropies

    def _project(
        self, regions: Tensor, photo_embedding: Tensor, states: Tensor, text_embedding: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Words (b, l, width) and [photo, regions] (b, 1 + n, width)."""
        words = self.word_projection(self.word_norm(states))
        words = words + self.text_projection(text_embedding).unsqueeze(1)
        seen = torch.cat(
            [self.photo_projection(photo_embedding).unsqueeze(1), self.region_projection(regions)],
            1,
        )
        return words, seen + self.positions[:, : seen.shape[1]]

    def _late_interaction(
        self, words: Tensor, regions: Tensor, is_word: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Each word's best region, weighted by how much the word says: (b,) and (b, l, n)."""
        w = F.normalize(self.late_word(words), dim=-1)
        r = F.normalize(self.late_region(regions), dim=-1)
        similarity = w @ r.transpose(1, 2)
        weight = self.late_weight(words).squeeze(-1).masked_fill(~is_word, -1e4).softmax(-1)
        late = 10 * (similarity.amax(-1) * weight).sum(-1)
        return late, similarity
