"""SCAN (Lee et al. 2018, arXiv 1803.08024): words and regions, compared by stacked attention.

The paper's regions are 36 boxes of an object detector trained on Visual Genome (bottom-up
attention, Anderson et al. 2018). No detector is at hand here: **the cells of the CNN's grid stand
for regions**, all of one size and whether something is in them or not. That is the one change, and
it is a large one: figures below the paper's are to be expected for that reason alone.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.baselines.baseline import Baseline, Encoded, unit
from training.baselines.config import BaselineConfig, ScanConfig
from training.baselines.word_gru import WordGru
from training.config import StageConfig
from training.losses import triplet_of


class Scan(Baseline):
    """Every pair of photo and text is compared region by word; nothing can be indexed.

    With ``asks`` = words (text-image, eq. 6 to 9 of the paper), for word j and region i:
    s_ij = cos(v_i, e_j); s'_ij = [s_ij]_+ / sqrt(sum_j [s_ij]_+^2); a_j = sum_i softmax_i(lambda_1
    s'_ij) v_i; R_j = cos(e_j, a_j); S = log(sum_j exp(lambda_2 R_j)) / lambda_2, or the mean of
    R_j. With ``asks`` = regions (image-text, eq. 1 to 5) the two change their parts. The loss is
    the hinge to the hardest negative (eq. 11), as in VSE++.
    """

    def __init__(self, config: BaselineConfig, shape: ScanConfig, words: int) -> None:
        super().__init__(config)
        self.shape = shape
        self.region_projection = nn.Linear(self.trunk.width, shape.width)
        self.word_gru = WordGru(words, shape.word_width, shape.width, both_ways=True)

    def photos(self, tokens: Tensor) -> Encoded:
        """(b, tokens, width) of the trunk -> b photos: each token is a region."""
        regions = unit(self.region_projection(tokens))
        there = torch.ones(regions.shape[:2], dtype=torch.bool, device=regions.device)
        return Encoded(unit(regions.mean(1)), regions, there)

    def texts(self, ids: Tensor, mask: Tensor) -> Encoded:
        """(c, l) int64 ids and mask -> c texts."""
        is_word = mask.bool()
        words = unit(self.word_gru(ids, mask)[0]) * is_word.unsqueeze(-1)
        return Encoded(unit(words.sum(1)), words, is_word)

    def scores(self, texts: Encoded, photos: Encoded) -> Tensor:
        """(c, n) stacked cross attention of every text with every photo."""
        if self.shape.asks == "words":
            return self._pooled(texts, photos).T
        return self._pooled(photos, texts)

    def _pooled(self, queries: Encoded, contexts: Encoded) -> Tensor:
        """(b, a) from a queries and b contexts."""
        assert queries.parts is not None
        assert queries.is_part is not None
        assert contexts.parts is not None
        assert contexts.is_part is not None
        found = relevance(
            queries.parts, contexts.parts, queries.is_part, contexts.is_part, self.shape.softness
        )
        asks = queries.is_part
        if self.shape.pooling == "mean":
            return (found * asks).sum(-1) / asks.sum(-1)
        sharp = (self.shape.sharpness * found).masked_fill(~asks, float("-inf"))
        pooled: Tensor = sharp.logsumexp(-1) / self.shape.sharpness
        return pooled

    def losses(
        self, tokens: Tensor, ids: Tensor, mask: Tensor, owners: Tensor, stage: StageConfig
    ) -> dict[str, Tensor]:
        """The hinge to the hardest negatives, or to all for a beginning; see the base class."""
        scores = self.scores(self.texts(ids, mask), self.photos(tokens))
        return {"loss": triplet_of(scores, owners, stage.margin, stage.loss == "triplet")}


def relevance(
    queries: Tensor, contexts: Tensor, asks: Tensor, is_there: Tensor, softness: float
) -> Tensor:
    """R(query, what it attends to), for each query of each pair.

    Args:
        queries: (a, q, dim) unit rows.
        contexts: (b, k, dim) unit rows.
        asks: (a, q) bool, False where ``queries`` is padding.
        is_there: (b, k) bool, False where ``contexts`` is padding.
        softness: lambda_1.

    Returns:
        (b, a, q) cosines of query and attended context; what padding has is without meaning.
    """
    near = torch.einsum("bkd,aqd->baqk", contexts, queries)
    positive = near.clamp_min(0) * asks[None, :, :, None]
    even = positive / positive.norm(dim=2, keepdim=True).clamp_min(1e-8)
    wanted = (softness * even).masked_fill(~is_there[:, None, None, :], float("-inf"))
    weights = wanted.softmax(-1)
    # The attended vector itself is not needed: query . sum_k w_k c_k = sum_k w_k near_k, and its
    # length is sqrt(w G w) with G = C C^T, which is a tenth of the arithmetic.
    along = (weights * near).sum(-1)
    gram = contexts @ contexts.transpose(1, 2)
    spread = (weights.flatten(1, 2) @ gram).view_as(weights)
    length = (spread * weights).sum(-1).clamp_min(1e-12).sqrt()
    cosines: Tensor = along / length
    return cosines
