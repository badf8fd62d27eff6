"""Any mode that a photo may be stored in -> RGB as an eye would see it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PIL import Image

from desktop_app.errors import UnsupportedFormat

_WITH_ALPHA = ("RGBA", "LA", "PA", "La", "RGBa")
_DEEP = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")
_REDUCIBLE = ("RGB", "L", "RGBA", "LA", "CMYK", "YCbCr")
_WHITE = (255, 255, 255, 255)
_MAX_16_BIT = 65535
_MAX_8_BIT = 255
_PIXELS_AT_ONCE = 4_000_000

Levels = tuple[float, float]


def reduced_to_rgb(image: Image.Image, keep: int) -> Image.Image:
    """Load an image, and make it RGB and small.

    Modes whose neighbours cannot be averaged are converted at full size, in strips: a photo
    takes little memory beside what its decoder needs.

    Args:
        image: opened; it is loaded here.
        keep: both sides of the result are at least that large, where the image has it.

    Raises:
        UnsupportedFormat: a colour space that Pillow cannot convert.
    """
    image.load()
    factor = max(1, min(image.size) // keep)
    if image.mode in _REDUCIBLE and "transparency" not in image.info:
        # By the class: a JPEG 2000 image has a number of that name.
        small = Image.Image.reduce(image, factor) if factor > 1 else image
        return to_rgb(small)
    levels = _levels(image) if image.mode in _DEEP else None
    size = (-(-image.width // factor), -(-image.height // factor))
    result = Image.new("RGB", size)
    for top, strip in _strips(image, factor):
        part = to_rgb(strip, levels)
        if factor > 1:
            part = part.reduce(factor)
        result.paste(part, (0, top // factor))
    return result


def to_rgb(image: Image.Image, levels: Levels | None = None) -> Image.Image:
    """Convert to RGB: what is transparent becomes white, deep greys keep their contrast.

    Args:
        image: in any mode, loaded.
        levels: of a deep grey: what becomes black and what becomes white; None looks at the
            image itself.

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
        low, high = levels or _levels(image)
        grey = (_values(image) - low) * (_MAX_8_BIT / (high - low))
        return Image.fromarray(grey.round().astype(np.uint8)).convert("RGB")
    if image.mode in ("LAB", "HSV"):
        raise UnsupportedFormat(f"in a colour space that is not read ({image.mode})")
    return image.convert("RGB")


def _strips(image: Image.Image, factor: int) -> Iterator[tuple[int, Image.Image]]:
    """The image from top to bottom, each part as high as a multiple of ``factor``."""
    rows = max(1, _PIXELS_AT_ONCE // (image.width * factor)) * factor
    if rows >= image.height:
        yield 0, image
        return
    for top in range(0, image.height, rows):
        yield top, image.crop((0, top, image.width, min(image.height, top + rows)))


def _values(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0.0, neginf=0.0)


def _levels(image: Image.Image) -> Levels:
    """The values that become black and white; the second is the larger one."""
    ends = [(values.min(), values.max()) for _, s in _strips(image, 1) for values in (_values(s),)]
    low, high = float(min(end[0] for end in ends)), float(max(end[1] for end in ends))
    if low >= 0 and high <= _MAX_8_BIT and image.mode != "F":
        low, high = 0.0, float(_MAX_8_BIT)
    elif low >= 0 and _MAX_16_BIT / 16 < high <= _MAX_16_BIT:
        low, high = 0.0, float(_MAX_16_BIT)
    # Else measured values (12 bit sensors, floats): stretched over what there is.
    return low, high if high > low else low + 1.0
