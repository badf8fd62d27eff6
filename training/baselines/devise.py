"""DeViSE (Frome et al. 2013, NeurIPS): photos are mapped into a space of word vectors."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.baselines.baseline import Baseline, Encoded, unit
from training.baselines.config import BaselineConfig, DeviseConfig
from training.config import StageConfig
from training.losses import hinge_rank


class Devise(Baseline):
    """A linear map M from the CNN to word vectors that stay as they are; cosine; hinge rank loss.

    The paper's texts are single labels. A caption is here the mean of its words' vectors, as in
    the papers that have DeViSE as a baseline of caption retrieval (Karpathy et al. 2014). The
    paper's vectors are a skip-gram model's of 5.4 billion words of Wikipedia; these are learned
    from captions, see ``word_vectors``. Loss: ``hinge_rank``, margin 0.1.
    """

    word_vectors: Tensor

    def __init__(self, config: BaselineConfig, shape: DeviseConfig, word_vectors: Tensor) -> None:
        """Take (words, width) vectors; a row of zeros is a word that counts for nothing."""
        super().__init__(config)
        self.map = nn.Linear(self.trunk.width, shape.width, bias=False)
        self.register_buffer("word_vectors", word_vectors)

    def photos(self, tokens: Tensor) -> Encoded:
        """(b, tokens, width) of the trunk -> b photos."""
        return Encoded(unit(self.map(tokens.mean(1))))

    def texts(self, ids: Tensor, mask: Tensor) -> Encoded:
        """(c, l) int64 ids and mask -> c texts; one of unknown words alone is all zeros."""
        words = self.word_vectors[ids] * mask.unsqueeze(-1)
        return Encoded(unit(words.sum(1)))

    def losses(
        self, tokens: Tensor, ids: Tensor, mask: Tensor, owners: Tensor, stage: StageConfig
    ) -> dict[str, Tensor]:
        """The hinge to all rivals; see the base class."""
        photos, texts = self.photos(tokens).vectors, self.texts(ids, mask).vectors
        return {"loss": hinge_rank(photos, texts, owners, stage.margin)}

    def answering(self) -> int:
        """Numbers in the weights, word vectors included."""
        return super().answering() + torch.numel(self.word_vectors)
