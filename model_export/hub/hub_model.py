"""A dual encoder of whatever family, taken apart into what a bundle is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from desktop_app.inference.bundle import ImageTokens
from desktop_app.inference.model_input import ImageInput, TextInput

Pixels = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class PhotoSide:
    """How a family turns photos into embeddings."""

    graph: nn.Module
    """(b, 3, s, s) float32 in [0, 1] -> (b, dim) unit rows, and image tokens if there are any."""
    image_size: int
    way: ImageInput
    own_pixels: Callable[[Image.Image], Pixels]
    """What the family's own processor makes of a photo: (3, s, s), back in [0, 1]."""


@dataclass(frozen=True, eq=False)
class TextSide:
    """How a family turns texts into embeddings."""

    graph: nn.Module
    """(b, l) int64 ids, and a mask if it takes one -> (b, dim) unit rows, and token states if a
    matcher looks at them."""
    takes_mask: bool
    tokenizer_json: str
    context_length: int
    way: TextInput
    own_ids: Callable[[str], Sequence[int]]
    """What the family's own tokenizer makes of a text."""


@dataclass(frozen=True, eq=False)
class CaptionerSide:
    """A decoder of sentences over image tokens."""

    graph: nn.Module
    """Image tokens, embedding and caption tokens (b, t) -> (b, 3 + words) logits."""
    vocabulary: tuple[int, ...]
    """Tokenizer ids of caption tokens 3, 4, ..."""
    longest: int


@dataclass(frozen=True, eq=False)
class HubModel:
    """A loaded checkpoint, in evaluation mode."""

    family: str
    dim: int
    photos: PhotoSide
    texts: TextSide
    logit_scale: float | None = None
    logit_bias: float | None = None
    image_tokens: ImageTokens | None = None
    matcher: nn.Module | None = None
    """Image tokens, photo embedding, states, mask, text embedding -> (b,) logits, word regions."""
    text_width: int = 0
    """Width of the token states that the matcher looks at."""
    captioner: CaptionerSide | None = None
    notes: tuple[str, ...] = field(default=())
    """Sentences for the user: where the bundle differs from the family's own code."""


class PhotoGraph(nn.Module):
    """A vision tower behind the channel statistics that it was trained with."""

    scale: Tensor
    shift: Tensor

    def __init__(
        self, embed: Callable[[Tensor], Tensor], tower: nn.Module, scale: Tensor, shift: Tensor
    ) -> None:
        """Keep what embeds photos.

        Args:
            embed: (b, 3, s, s) in the tower's own numbers -> (b, dim).
            tower: the module whose weights ``embed`` uses.
            scale: (3,), what [0, 1] is multiplied by.
            shift: (3,), what is added then.
        """
        super().__init__()
        self._embed = embed
        self.tower = tower
        self.register_buffer("scale", scale.view(1, 3, 1, 1))
        self.register_buffer("shift", shift.view(1, 3, 1, 1))

    def forward(self, photos: Tensor) -> Tensor:
        """Embed photos."""
        return nn.functional.normalize(self._embed(photos * self.scale + self.shift), dim=-1)


class TextGraph(nn.Module):
    """A text tower that takes ids alone, or ids and a mask."""

    def __init__(self, embed: Callable[..., Tensor], tower: nn.Module) -> None:
        super().__init__()
        self._embed = embed
        self.tower = tower

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Embed texts."""
        found = self._embed(ids) if mask is None else self._embed(ids, mask)
        return nn.functional.normalize(found, dim=-1)
