"""Contrastive losses as pure functions of features."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def info_nce(photos: Tensor, texts: Tensor, owners: Tensor, temperature: Tensor) -> Tensor:
    """Symmetric InfoNCE with several captions per photo (van den Oord 2018; CLIP, Radford 2021).

    Text to image: each caption must pick its photo out of the batch. Image to text: each (photo,
    caption) pair competes with the captions of other photos; the photo's further captions are
    neither positives nor negatives of that pair.

    Args:
        photos: (b, dim) embeddings.
        texts: (c, dim) embeddings.
        owners: (c,) int64, row of the photo that each caption belongs to.
        temperature: scalar the similarities are divided by.

    Returns:
        scalar, the mean of both directions.
    """
    logits = texts @ photos.T / temperature
    text_to_image = F.cross_entropy(logits, owners)
    return (text_to_image + _image_to_text(logits, owners)) / 2


def _image_to_text(logits: Tensor, owners: Tensor) -> Tensor:
    # For pair (owners[c], c) the denominator is exp(logit of c) + sum over captions of others.
    captions = torch.arange(len(owners), device=owners.device)
    own = logits[captions, owners]
    foreign = owners.unsqueeze(1) != torch.arange(logits.shape[1], device=owners.device)
    others = logits.masked_fill(~foreign, float("-inf")).logsumexp(0)[owners]
    return (torch.logaddexp(own, others) - own).mean()
