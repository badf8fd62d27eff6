"""Losses of matcher and captioner, for whoever has embeddings, regions and captions."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from training.data.vocabulary import CaptionTokens
from training.losses import listwise, next_word
from training.model.captioner import PADDING
from training.model.visita import VisitaModel

_RIVALS = 4
"""Hard negatives of each query: the best wrong answers of retrieval in the batch."""


@dataclass(frozen=True)
class Pairs:
    """b photos and c captions, as the towers see them."""

    regions: Tensor
    """(b, n, w) compact tokens."""
    photos: Tensor
    """(b, dim) embeddings, unit rows."""
    states: Tensor
    """(c, l, text width)."""
    mask: Tensor
    """(c, l) int64."""
    texts: Tensor
    """(c, dim) embeddings, unit rows."""
    owners: Tensor
    """(c,) int64, row of each caption's photo."""
    captions: tuple[str, ...]


class HeadLosses:
    """Computes them; needs a model with both heads, or with the one that is asked for."""

    def __init__(self, model: VisitaModel, tokens: CaptionTokens | None) -> None:
        self._model = model
        self._tokens = tokens

    def match(self, pairs: Pairs) -> Tensor:
        """Each query must pick its match out of itself and its hardest rivals; both directions."""
        matcher = self._model.matcher
        assert matcher is not None
        with torch.no_grad():
            scores = pairs.texts @ pairs.photos.T
            foreign = pairs.owners.unsqueeze(1) != torch.arange(
                len(pairs.photos), device=scores.device
            )
            rivals = min(_RIVALS, len(pairs.photos) - 1)
            wrong_photos = scores.masked_fill(~foreign, -2).topk(rivals, 1).indices
            wrong_texts = scores.masked_fill(~foreign, -2).T.topk(rivals, 1).indices
            # one caption of each photo asks, another is asked for: half the pairs, all photos
            first = _one_caption_each(pairs.owners, len(pairs.photos))
        t2i_photos = torch.cat([pairs.owners[first, None], wrong_photos[first]], 1)
        t2i_texts = first[:, None].expand_as(t2i_photos)
        i2t_texts = torch.cat([first[:, None], wrong_texts], 1)
        i2t_photos = torch.arange(len(first), device=first.device)[:, None].expand_as(i2t_texts)
        photos = torch.cat([t2i_photos, i2t_photos])
        texts = torch.cat([t2i_texts, i2t_texts])
        p, t = photos.flatten(), texts.flatten()
        logits, _ = matcher(
            pairs.regions[p], pairs.photos[p], pairs.states[t], pairs.mask[t], pairs.texts[t]
        )
        is_match = torch.zeros_like(photos, dtype=torch.bool)
        is_match[:, 0] = True
        return listwise(logits.float().view_as(photos), is_match)

    def caption(self, pairs: Pairs) -> Tensor:
        """Every caption must be the likely words for its photo."""
        regions, photos = pairs.regions[pairs.owners], pairs.photos[pairs.owners]
        return self._caption(regions, photos, pairs.captions)

    def caption_of_text(self, embeddings: Tensor, captions: tuple[str, ...]) -> Tensor:
        """The same from the embedding of another caption of the photo, which is not at hand.

        In one space a text's embedding stands for its photo's (CapDec, Nukrai et al. 2022); that
        it is another caption's embedding is the noise that their method adds by hand.
        """
        return self._caption(None, embeddings, captions)

    def _caption(self, regions: Tensor | None, seen: Tensor, captions: tuple[str, ...]) -> Tensor:
        captioner = self._model.captioner
        assert captioner is not None
        assert self._tokens is not None
        tokens = torch.from_numpy(self._tokens.encode(captions)).to(seen.device)
        logits = captioner(regions, seen, tokens[:, :-1])
        return next_word(logits.float(), tokens, PADDING)


def _one_caption_each(owners: Tensor, photos: int) -> Tensor:
    """(photos,) a random caption of each photo (every photo of a batch has one)."""
    chance = torch.rand(len(owners), device=owners.device)
    order = chance.argsort()
    chosen = torch.zeros(photos, dtype=torch.long, device=owners.device)
    chosen[owners[order]] = order
    return chosen
