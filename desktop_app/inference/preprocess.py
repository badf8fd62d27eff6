"""Photo -> model input: the only image preprocessing in the repository (training imports it)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def preprocess(photo: Image.Image, image_size: int) -> NDArray[np.float32]:
    """Resize a photo to the model's square and scale it to [0, 1].

    The whole photo is squeezed into the square, nothing is cropped away: a person at the edge
    must be found too, and the training photos are squeezed the same way. Channel statistics are
    subtracted inside the graph, because each CNN trunk has its own.

    Args:
        photo: any mode; converted to RGB.
        image_size: side of the square in pixels.

    Returns:
        (3, image_size, image_size) float32 in [0, 1], channels RGB.
    """
    rgb = photo if photo.mode == "RGB" else photo.convert("RGB")
    if rgb.size != (image_size, image_size):
        rgb = rgb.resize((image_size, image_size), Image.Resampling.BICUBIC, reducing_gap=3.0)
    planes = np.empty((3, image_size, image_size), np.float32)
    # one pass: turned into floats, scaled and sorted by channel at once
    np.divide(np.asarray(rgb).transpose(2, 0, 1), np.float32(255), out=planes)
    return planes
