"""Augmentation of training photos and captions; the app never does any of this."""

from __future__ import annotations

import math
import random

import torch
import torch.nn.functional as F
from torch import Tensor

_RGB_TO_YIQ = [[0.299, 0.587, 0.114], [0.5959, -0.2746, -0.3213], [0.2115, -0.5227, 0.3112]]


def augment_photos(photos: Tensor, smallest_crop: float, generator: torch.Generator) -> Tensor:
    """Random crop with random aspect ratio, flip and brightness, one resampling for all.

    Args:
        photos: (b, 3, s, s) float in [0, 1].
        smallest_crop: smallest share of the area kept, in (0, 1].

    Returns:
        a tensor of the same shape.
    """
    b = len(photos)
    area = torch.empty(b).uniform_(smallest_crop, 1.0, generator=generator)
    # The training photos are squeezed to squares, photos elsewhere are not: vary the aspect.
    aspect = torch.empty(b).uniform_(-math.log(4 / 3), math.log(4 / 3), generator=generator).exp()
    scale_x = (area * aspect).sqrt().clamp_max(1.0)
    scale_y = (area / aspect).sqrt().clamp_max(1.0)
    flip = torch.where(torch.rand(b, generator=generator) < 0.5, -1.0, 1.0)
    theta = torch.zeros(b, 2, 3)
    theta[:, 0, 0] = scale_x * flip
    theta[:, 1, 1] = scale_y
    theta[:, 0, 2] = (torch.rand(b, generator=generator) * 2 - 1) * (1 - scale_x)
    theta[:, 1, 2] = (torch.rand(b, generator=generator) * 2 - 1) * (1 - scale_y)
    grid = F.affine_grid(theta, list(photos.shape), align_corners=False)
    cropped = F.grid_sample(photos, grid, mode="bilinear", align_corners=False)
    brightness = torch.empty(b, 1, 1, 1).uniform_(0.8, 1.2, generator=generator)
    return (cropped * brightness).clamp_(0, 1)


def jitter_colours(photos: Tensor, strength: float, generator: torch.Generator) -> Tensor:
    """Random contrast, saturation and hue, for each photo its own.

    Contrast and saturation change by a factor in [1 - strength, 1 + strength] about the photo's
    mean grey and about each pixel's grey; the hue turns by up to strength * 45 degrees, as a
    rotation of the chroma plane in YIQ (NTSC): all linear, so one product a photo does it.

    Args:
        photos: (b, 3, h, w) float in [0, 1].
        strength: in [0, 1]; 0 changes nothing.
        generator: where chance comes from.

    Returns:
        a tensor of the same shape, in [0, 1].
    """
    b = len(photos)
    factor = torch.empty(3, b).uniform_(-strength, strength, generator=generator)
    contrast, saturation, angle = 1 + factor[0], 1 + factor[1], factor[2] * math.pi / 4
    turn = torch.zeros(b, 3, 3)
    turn[:, 0, 0] = 1
    turn[:, 1, 1] = turn[:, 2, 2] = saturation * angle.cos()
    turn[:, 1, 2] = -saturation * angle.sin()
    turn[:, 2, 1] = saturation * angle.sin()
    to_yiq = torch.tensor(_RGB_TO_YIQ)
    matrix = (torch.linalg.inv(to_yiq) @ turn @ to_yiq).to(photos)
    recoloured = torch.einsum("bij,bjhw->bihw", matrix, photos)
    grey = torch.einsum("j,bjhw->bhw", to_yiq[0].to(photos), photos).mean((1, 2))
    grey, by = grey[:, None, None, None], contrast[:, None, None, None].to(photos)
    return ((recoloured - grey) * by + grey).clamp_(0, 1)


def drop_words(caption: str, probability: float, generator: random.Random) -> str:
    """Leave out words at random; at least one stays."""
    words = caption.split()
    kept = [word for word in words if generator.random() >= probability]
    return " ".join(kept or words[:1])
