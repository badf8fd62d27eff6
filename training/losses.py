"""Losses as pure functions of features or logits."""

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


def siglip(
    photos: Tensor, texts: Tensor, owners: Tensor, temperature: Tensor, bias: Tensor
) -> Tensor:
    """A yes or no for every pair of the batch (Zhai et al. 2023, arXiv 2303.15343, eq. 1).

    Args:
        photos: (b, dim) embeddings.
        texts: (c, dim) embeddings.
        owners: (c,) int64, row of each caption's photo.
        temperature: scalar the similarities are divided by.
        bias: scalar added to every logit.

    Returns:
        scalar: summed over the photos that a caption is held against, mean over captions.
    """
    logits = texts @ photos.T / temperature + bias
    sign = 2.0 * _is_own(owners, len(photos)).to(logits.dtype) - 1
    return -F.logsigmoid(sign * logits).sum(1).mean()


def hardest_triplet(photos: Tensor, texts: Tensor, owners: Tensor, margin: float) -> Tensor:
    """Hinge to the hardest negative of the batch, both directions (VSE++, Faghri et al. 2018).

    Args:
        photos: (b, dim) embeddings, b > 1.
        texts: (c, dim) embeddings.
        owners: (c,) int64, row of each caption's photo.
        margin: by how much a pair must be closer than its hardest rival.

    Returns:
        scalar, mean over captions of the sum of both directions.
    """
    return hardest_triplet_of(texts @ photos.T, owners, margin)


def hardest_triplet_of(scores: Tensor, owners: Tensor, margin: float) -> Tensor:
    """The same from (c, b) scores of captions and photos, however they were made (SCAN)."""
    is_own = _is_own(owners, scores.shape[1])
    own = scores[torch.arange(len(owners), device=owners.device), owners]
    rivals = scores.masked_fill(is_own, float("-inf"))
    hardest_photo, hardest_text = rivals.amax(1), rivals.amax(0)[owners]
    return (
        (margin + hardest_photo - own).clamp_min(0) + (margin + hardest_text - own).clamp_min(0)
    ).mean()


def triplet_of(scores: Tensor, owners: Tensor, margin: float, hardest: bool = True) -> Tensor:
    """Hinge to negatives of the batch, from (c, b) scores of captions and photos.

    Args:
        scores: (c, b).
        owners: (c,) int64, row of each caption's photo.
        margin: by how much a pair must be better than its rivals.
        hardest: to the worst rival alone (VSE++), which from a random start may find no way out of
            giving all pairs the same score; or the mean over all rivals (the sum of hinges of
            Kiros et al. 2014, VSE0 in VSE++'s tables, on the scale of one rival).
    """
    if hardest:
        return hardest_triplet_of(scores, owners, margin)
    is_rival = ~_is_own(owners, scores.shape[1])
    own = scores[torch.arange(len(owners), device=owners.device), owners]
    to_photos = (margin + scores - own.unsqueeze(1)).clamp_min(0) * is_rival
    # (c, c): every caption against the photo of every caption
    to_texts = (margin + scores[:, owners] - own).clamp_min(0) * is_rival[:, owners]
    rivals = is_rival.sum(1).clamp_min(1), is_rival[:, owners].sum(0).clamp_min(1)
    return (to_photos.sum(1) / rivals[0] + to_texts.sum(0) / rivals[1]).mean()


def hinge_rank(photos: Tensor, texts: Tensor, owners: Tensor, margin: float) -> Tensor:
    """Hinge rank loss of DeViSE (Frome et al. 2013, eq. 1), from photos to texts alone.

    loss(photo, own text) = sum over other texts j of max(0, margin - t_own M(v) + t_j M(v)). The
    paper draws the other texts at random and stops at the first that is too near; here they are
    all texts of the batch that belong to other photos.

    Args:
        photos: (b, dim) M(v), unit rows.
        texts: (c, dim) unit rows.
        owners: (c,) int64, row of each text's photo.
        margin: the paper has 0.1.

    Returns:
        scalar, mean over texts of the sum over their rivals.
    """
    scores = texts @ photos.T
    own = scores[torch.arange(len(owners), device=owners.device), owners]
    # (c, c): what text j scores with the photo of text c
    rivals = scores.T[owners]
    is_rival = owners.unsqueeze(1) != owners
    return ((margin - own.unsqueeze(1) + rivals).clamp_min(0) * is_rival).sum(1).mean()


def cosine_pairs(photos: Tensor, texts: Tensor, owners: Tensor, margin: float) -> Tensor:
    """Cosine embedding loss (S3): 1 - cos for pairs, max(0, cos - margin) for the others.

    S3 does not say how the two are weighed: here as a whole they weigh the same, else the many
    others would drown the pairs.
    """
    scores = texts @ photos.T
    is_own = _is_own(owners, len(photos))
    return (1 - scores[is_own]).mean() + (scores[~is_own] - margin).clamp_min(0).mean()


def stated_pairs(firsts: Tensor, seconds: Tensor) -> Tensor:
    """S2's loss as it is printed: sum_i | EuclideanDistance(F_i, G_i) + dot(F_i, G_i) |.

    For unit rows that are cos apart it is sqrt(2 - 2 cos) + cos: least at cos = 1 and at cos = -1
    alike, most at 1/2, and no negative takes part. It draws together what already is near, drives
    apart what is not, and is content when all rows are one; it is here to be compared with.

    Args:
        firsts: (b, dim) rows.
        seconds: (b, dim), the positive of each.
    """
    distance = (firsts - seconds).pow(2).sum(1).clamp_min(1e-8).sqrt()
    return (distance + (firsts * seconds).sum(1)).abs().sum()


def match_error(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean squared error between the predicted match, in [0, 1], and the label, 0 or 1 (S1)."""
    return F.mse_loss(logits.sigmoid(), labels.to(logits.dtype))


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


def _is_own(owners: Tensor, photos: int) -> Tensor:
    return owners.unsqueeze(1) == torch.arange(photos, device=owners.device)
