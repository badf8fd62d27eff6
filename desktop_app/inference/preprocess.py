"""Photo -> model input: the only image preprocessing in the repository (training imports it)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.inference.model_input import ImageInput

_OURS = ImageInput()


def preprocess(photo: Image.Image, image_size: int, way: ImageInput = _OURS) -> NDArray[np.float32]:
    """Make a photo the model's square and scale it to [0, 1].

    VisITA's own models take the whole photo, squeezed into the square: nothing is cropped away,
    for a person at the edge must be found too, and the training photos are squeezed the same way.
    Others learnt their own way. Channel statistics are subtracted inside the graph.

    Args:
        photo: any mode; converted to RGB.
        image_size: side of the square in pixels.
        way: how the square is made.

    Returns:
        (3, image_size, image_size) float32 in [0, 1], channels RGB.
    """
    rgb = photo if photo.mode == "RGB" else photo.convert("RGB")
    square = _middle(_resized(rgb, image_size, way), image_size, way)
    planes = np.empty((3, image_size, image_size), np.float32)
    # one pass: turned into floats, scaled and sorted by channel at once
    np.divide(np.asarray(square).transpose(2, 0, 1), np.float32(255), out=planes)
    return planes


def _resized(rgb: Image.Image, image_size: int, way: ImageInput) -> Image.Image:
    side = way.side(image_size)
    width, height = side, side
    if way.resize == "cover":
        shorter = min(rgb.size)
        # the longer side is cut, not rounded, as the models' own processors do
        width, height = (side * given // shorter for given in rgb.size)
    if rgb.size == (width, height):
        return rgb
    resample = Image.Resampling[way.resample.upper()]
    return rgb.resize((width, height), resample, reducing_gap=way.reducing_gap or None)


def _middle(image: Image.Image, side: int, way: ImageInput) -> Image.Image:
    """The square in the middle."""
    if image.size == (side, side):
        return image
    rests = [given - side for given in image.size]
    left, top = (round(rest / 2) if way.rounds_middle else rest // 2 for rest in rests)
    return image.crop((left, top, left + side, top + side))
