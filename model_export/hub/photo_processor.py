"""A family's own image processor -> how VisITA makes the model's square, and its statistics."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from desktop_app.errors import ModelMismatch
from desktop_app.inference.model_input import ImageInput, Resample, Resize

_FILTERS: dict[int, Resample] = {
    Image.Resampling[name.upper()]: name for name in get_args(Resample)
}


@dataclass(frozen=True)
class PhotoProcessor:
    """What a processor does, found out by asking it."""

    processor: Any
    image_size: int
    way: ImageInput
    scale: NDArray[np.float64]
    """(3,): what [0, 1] is multiplied by ..."""
    shift: NDArray[np.float64]
    """... and what is added then, to get the model's numbers."""

    @classmethod
    def of(cls, processor: Any) -> PhotoProcessor:
        """Read its settings, and measure what it does to black and to white.

        Sizes are settings; of the numbers there are too many (mean, deviation, factor, offset),
        and families combine them differently. All of them are a line for each channel.

        Raises:
            ModelMismatch: it makes no square of a photo.
        """
        size = _sides(getattr(processor, "size", None))
        way, image_size = _way(processor, size)
        black, white = (
            _pixels(processor, Image.new("RGB", (image_size, image_size), (grey,) * 3))
            for grey in (0, 255)
        )
        if black.shape != (3, image_size, image_size):
            raise ModelMismatch(
                f"The model takes photos of the shape {black.shape}, not squares of "
                f"{image_size} pixels."
            )
        middle = image_size // 2
        shift = black[:, middle, middle].astype(np.float64)
        scale = white[:, middle, middle].astype(np.float64) - shift
        return cls(processor, image_size, way, scale, shift)

    @classmethod
    def open(cls, folder: Path) -> PhotoProcessor:
        """That of a checkpoint.

        Raises:
            ModelMismatch: there is none, or it makes no square of a photo.
        """
        from transformers import AutoImageProcessor

        try:
            processor = AutoImageProcessor.from_pretrained(folder, backend="pil")
        except (OSError, ValueError, ImportError) as error:
            raise ModelMismatch(
                f"The checkpoint's image processor cannot be loaded: {_first_line(error)}"
            ) from error
        return cls.of(processor)

    def own_pixels(self, photo: Image.Image) -> NDArray[np.float32]:
        """What the processor makes of a photo: (3, s, s), back in [0, 1]."""
        pixels = _pixels(self.processor, photo.convert("RGB"))
        back = (pixels - self.shift[:, None, None]) / self.scale[:, None, None]
        return np.asarray(back, np.float32)

    @property
    def statistics(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Scale and shift, (3,) float32 each."""
        return (
            torch.from_numpy(self.scale.astype(np.float32)),
            torch.from_numpy(self.shift.astype(np.float32)),
        )


def _pixels(processor: Any, photo: Image.Image) -> NDArray[np.float32]:
    return np.asarray(processor(images=photo, return_tensors="np")["pixel_values"][0], np.float32)


def _way(processor: Any, size: dict[str, int]) -> tuple[ImageInput, int]:
    crops = bool(getattr(processor, "do_center_crop", False))
    crop = _sides(getattr(processor, "crop_size", None)) if crops else {}
    resize: Resize = "squeeze"
    if "shortest_edge" in size:
        resize, resized_to = "cover", size["shortest_edge"]
    else:
        resized_to = size.get("height", 0)
        if size.get("width") != resized_to:
            raise ModelMismatch(f"The model makes no square of a photo: {size}.")
    image_size = crop.get("height", crop.get("shortest_edge", resized_to))
    if not image_size or crop.get("width", image_size) != image_size:
        raise ModelMismatch(f"The model makes no square of a photo: {size}, {crop}.")
    if not getattr(processor, "do_resize", True):
        raise ModelMismatch("The model's processor does not resize photos.")
    if resize == "cover" and not crops:
        raise ModelMismatch("The model takes photos that are no squares.")
    resample = _FILTERS[int(getattr(processor, "resample", None) or Image.Resampling.BICUBIC)]
    kept = 0 if resized_to == image_size else resized_to
    return ImageInput(resize, kept, resample, reducing_gap=0.0), image_size


def _sides(size: Any) -> dict[str, int]:
    """A size of the hub, which may be a number, a mapping, or an object with fields."""
    if size is None:
        return {}
    if isinstance(size, int):
        return {"shortest_edge": size}
    return {name: int(size[name]) for name in _SIDES if name in size and size[name] is not None}


_SIDES = ("height", "width", "shortest_edge")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
