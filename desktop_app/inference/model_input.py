"""What a model's encoders take: how a photo becomes a square, and a text a row of token ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Resize = Literal["squeeze", "cover"]
Resample = Literal["nearest", "box", "bilinear", "hamming", "bicubic", "lanczos"]
"""Pillow's filters, by their names."""
Padding = Literal["longest", "full"]


@dataclass(frozen=True)
class ImageInput:
    """How a photo becomes the model's square; the defaults are those of VisITA's own models.

    Channel statistics are no part of it: every image encoder takes [0, 1] and subtracts them
    inside its graph.
    """

    resize: Resize = "squeeze"
    """``squeeze``: the whole photo, its sides made equal. ``cover``: the shorter side fits, and the
    middle of the longer one is kept."""
    resized_to: int = 0
    """Pixels that the side has before the middle is cut out; 0 = as many as the model takes."""
    resample: Resample = "bicubic"
    reducing_gap: float = 3.0
    """As for ``PIL.Image.resize``: how early a large photo may be reduced coarsely; 0 = never."""
    rounds_middle: bool = False
    """Where the middle lies between two pixels: the even one (torchvision), else the first."""

    def __post_init__(self) -> None:
        is_known = self.resize in get_args(Resize) and self.resample in get_args(Resample)
        if not is_known or self.resized_to < 0 or self.reducing_gap < 0:
            raise ValueError(f"{self} is no way to make a square of a photo")

    def side(self, image_size: int) -> int:
        """Pixels that a side of the photo must have so that nothing is scaled up."""
        return self.resized_to or image_size


@dataclass(frozen=True)
class TextInput:
    """How a text becomes token ids; the defaults are those of VisITA's own models.

    What is done to the characters (lower case, say) is a part of ``tokenizer.json``.
    """

    padding: Padding = "longest"
    """``full``: every text is padded to the context length, because the model learnt it so."""
    pad_id: int = 0
    pads_left: bool = False

    def __post_init__(self) -> None:
        if self.padding not in get_args(Padding) or self.pad_id < 0:
            raise ValueError(f"{self} is no way to pad a text")
