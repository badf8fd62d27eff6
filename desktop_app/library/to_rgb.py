"""Any mode that a photo may be stored in -> RGB as an eye would see it."""

from __future__ import annotations

import numpy as np
from PIL import Image

from desktop_app.errors import UnsupportedFormat

_WITH_ALPHA = ("RGBA", "LA", "PA", "La", "RGBa")
_DEEP = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")
_REDUCIBLE = ("RGB", "L", "RGBA", "LA", "CMYK", "YCbCr")
_WHITE = (255, 255, 255, 255)
_MAX_16_BIT = 65535
_MAX_8_BIT = 255


def needs_all_pixels(image: Image.Image) -> bool:
    """Whether averaging neighbours before ``to_rgb`` would be wrong or impossible."""
    return image.mode not in _REDUCIBLE or "transparency" in image.info


def to_rgb(image: Image.Image) -> Image.Image:
    """Convert to RGB: what is transparent becomes white, deep greys keep their contrast.

    Returns:
        a new image, never a lazily loaded one.

    Raises:
        UnsupportedFormat: a colour space that Pillow cannot convert.
    """
    if image.mode == "RGB" and "transparency" not in image.info:
        return image.copy()
    if image.mode in _WITH_ALPHA or "transparency" in image.info:
        colours = image.convert("RGBA")
        white = Image.new("RGBA", colours.size, _WHITE)
        return Image.alpha_composite(white, colours).convert("RGB")
    if image.mode in _DEEP:
        return _from_deep_grey(image).convert("RGB")
    if image.mode in ("LAB", "HSV"):
        raise UnsupportedFormat(f"in a colour space that is not read ({image.mode})")
    return image.convert("RGB")


def _from_deep_grey(image: Image.Image) -> Image.Image:
    grey = np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0.0, neginf=0.0)
    low, high = float(grey.min()), float(grey.max())
    if low >= 0 and high <= _MAX_8_BIT and image.mode != "F":
        low, high = 0.0, float(_MAX_8_BIT)
    elif low >= 0 and _MAX_16_BIT / 16 < high <= _MAX_16_BIT:
        low, high = 0.0, float(_MAX_16_BIT)
    # Else measured values (12 bit sensors, floats): stretched over what there is.
    span = high - low if high > low else 1.0
    return Image.fromarray(((grey - low) * (_MAX_8_BIT / span)).round().astype(np.uint8))
