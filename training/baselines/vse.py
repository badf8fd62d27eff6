"""VSE++ (Faghri et al. 2018, arXiv 1707.05612): a CNN, a GRU, and the hardest negative."""

from __future__ import annotations

from torch import Tensor, nn

from training.baselines.baseline import Baseline, Encoded, unit
from training.baselines.config import BaselineConfig, VseConfig
from training.baselines.word_gru import WordGru
from training.config import StageConfig
from training.losses import triplet_of


class Vse(Baseline):
    """f(i) = W_f phi(i) and g(c) = GRU(c), s(i, c) the cosine of the two (section 2.1).

    phi is the CNN's mean over the photo, g the state after the last word. The loss is the paper's
    eq. 6: max over negative captions [margin + s(i, c') - s(i, c)]_+ + the same over photos, with
    the hardest negatives of the batch.
    """

    def __init__(self, config: BaselineConfig, shape: VseConfig, words: int) -> None:
        super().__init__(config)
        self.photo_projection = nn.Linear(self.trunk.width, shape.width)
        self.word_gru = WordGru(words, shape.word_width, shape.width, both_ways=False)

    def photos(self, tokens: Tensor) -> Encoded:
        """(b, tokens, width) of the trunk -> b photos."""
        return Encoded(unit(self.photo_projection(tokens.mean(1))))

    def texts(self, ids: Tensor, mask: Tensor) -> Encoded:
        """(c, l) int64 ids and mask -> c texts."""
        return Encoded(unit(self.word_gru(ids, mask)[1]))

    def losses(
        self, tokens: Tensor, ids: Tensor, mask: Tensor, owners: Tensor, stage: StageConfig
    ) -> dict[str, Tensor]:
        """The hinge to the hardest negatives, or to all for a beginning; see the base class."""
        photos, texts = self.photos(tokens).vectors, self.texts(ids, mask).vectors
        scores = texts @ photos.T
        return {"loss": triplet_of(scores, owners, stage.margin, stage.loss == "triplet")}
