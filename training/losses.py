"""Contrastive losses as pure functions of features."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

SMALLEST_TEMPERATURE = 0.01


def info_nce(
    photos: Tensor,
    texts: Tensor,
    owners: Tensor,
    temperature: Tensor,
    similar: Tensor | None = None,
    softness: float = 0.0,
) -> Tensor:
    """Symmetric InfoNCE with several captions per photo (van den Oord 2018; CLIP, Radford 2021).

    Text to image: each caption must pick its photo out of the batch. Image to text: each (photo,
    caption) pair competes with the captions of other photos; the photo's further captions are
    neither positives nor negatives of that pair.

    Args:
        photos: (b, dim) embeddings.
        texts: (c, dim) embeddings.
        owners: (c,) int64, row of the photo that each caption belongs to.
        temperature: scalar the similarities are divided by.
        similar: (c, b) rows that sum to 1, how well each caption fits each photo by another
            judgement, or None.
        softness: share of the target that ``similar`` gets.

    Returns:
        scalar, the mean of both directions.
    """
    logits = texts @ photos.T / temperature
    hard = (F.cross_entropy(logits, owners) + _image_to_text(logits, owners)) / 2
    if similar is None or softness == 0:
        return hard
    by_photo = similar.T / similar.sum(0).clamp_min(1e-6).unsqueeze(1)
    soft = (F.cross_entropy(logits, similar) + F.cross_entropy(logits.T, by_photo)) / 2
    return (1 - softness) * hard + softness * soft


def listwise(logits: Tensor, is_match: Tensor) -> Tensor:
    """Cross entropy of picking the match out of candidates, and of each "do they match?".

    Args:
        logits: (q, k), one row of candidates per query.
        is_match: (q, k) bool, one True in each row.

    Returns:
        scalar: the softmax term that ranks, and half the sigmoid term that calibrates.
    """
    ranking = F.cross_entropy(logits, is_match.to(logits.dtype))
    positives = is_match.sum() / is_match.numel()
    # as many votes for matches as for the others, which are more
    weight = torch.where(is_match, 0.5 / positives, 0.5 / (1 - positives))
    calibration = F.binary_cross_entropy_with_logits(logits, is_match.to(logits.dtype), weight)
    return ranking + 0.5 * calibration


def next_word(logits: Tensor, tokens: Tensor, padding: int, smoothing: float = 0.1) -> Tensor:
    """Cross entropy of each next token: (b, t, v) logits for tokens (b, t + 1), START first."""
    return F.cross_entropy(
        logits.flatten(0, 1),
        tokens[:, 1:].flatten(),
        ignore_index=padding,
        label_smoothing=smoothing,
    )


def _image_to_text(logits: Tensor, owners: Tensor) -> Tensor:
    # For pair (owners[c], c) the denominator is exp(logit of c) + sum over captions of others.
    captions = torch.arange(len(owners), device=owners.device)
    own = logits[captions, owners]
    foreign = owners.unsqueeze(1) != torch.arange(logits.shape[1], device=owners.device)
    others = logits.masked_fill(~foreign, float("-inf")).logsumexp(0)[owners]
    return (torch.logaddexp(own, others) - own).mean()
