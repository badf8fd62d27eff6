"""An explanation as a picture: a copy of the photo under a heat map, and one for each word."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from desktop_app.errors import CatalogueReadOnly, UsageError
from desktop_app.library.explaining import Explanation, Grid, WordMap, mean_grid
from desktop_app.library.left_overs import remove_quietly

SIDE = 640
"""Longest side of the large picture in pixels."""
_PANEL = 240
_MARGIN, _GAP = 24, 16
_MOST_PANELS = 12
_WIDTH = SIDE + 2 * _MARGIN + 120
"""Enough for three panels in a row, and for the legend."""

_PAPER, _INK, _FAINT_INK = (255, 255, 255), (28, 30, 34), (104, 110, 120)
_TITLE, _LABEL, _SMALL = 22, 18, 15
_RAMP = ((48, 18, 59), (70, 98, 215), (53, 171, 248), (164, 252, 60), (250, 186, 57), (203, 42, 4))
"""From cold to hot: six colours of Turbo (Mikhailov 2019), which differ in lightness, too."""
_COLDEST, _HOTTEST = 0.25, 0.65
"""How much of a colour lies upon the photo: what is hot is to be seen, and recognised."""
_LEAST_RANGE = 1e-3
_LONGEST_TITLE = 500
"""Characters: more than four lines hold."""
_SOFTWARE = "VisITA explanation"

Pixels = NDArray[np.float32]


def draw_explanation(photo: Image.Image, explanation: Explanation) -> Image.Image:
    """Draw a copy of a photo (RGB, upright) with what the matcher saw in it.

    The large picture shows all words together, stretched to its own range; the panels share one
    scale, so that a word which nothing in the photo answers stays cold.
    """
    words = explanation.words[:_MOST_PANELS]
    large = _fitted(photo, SIDE)
    is_single = len(words) == 1
    low, high = _range([word.grid for word in words])
    own = (low, high) if is_single else _range([explanation.together])
    panels = [] if is_single else [_panel(photo, word, low, high) for word in words]
    columns = max(1, (_WIDTH - 2 * _MARGIN + _GAP) // (_PANEL + _GAP))
    rows = [panels[i : i + columns] for i in range(0, len(panels), columns)]
    heights = [max(panel.height for panel in row) + _GAP for row in rows]
    title = _wrapped(f"“{explanation.text}”", _TITLE, _WIDTH - 2 * _MARGIN)
    top = _MARGIN + len(title) * (_TITLE + 8) + _SMALL + 2 * _GAP
    legend = 64
    sheet = Image.new("RGB", (_WIDTH, top + large.height + _GAP + sum(heights) + legend), _PAPER)
    pen = ImageDraw.Draw(sheet)
    for number, line in enumerate(title):
        _write(pen, (_MARGIN, _MARGIN + number * (_TITLE + 8)), line, _TITLE)
    what = f"“{words[0].word}”" if is_single else "all words together"
    facts = f"match {explanation.match:.0%}   ·   {what}"
    _write(pen, (_MARGIN, top - _SMALL - _GAP), facts, _SMALL, _FAINT_INK)
    grid = words[0].grid if is_single else explanation.together
    sheet.paste(_heated(large, grid, *own), ((_WIDTH - large.width) // 2, top))
    y = top + large.height + _GAP
    for row, height in zip(rows, heights, strict=True):
        width = sum(panel.width for panel in row) + _GAP * (len(row) - 1)
        x = (_WIDTH - width) // 2
        for panel in row:
            sheet.paste(panel, (x, y))
            x += panel.width + _GAP
        y += height
    _draw_legend(sheet, pen, y)
    return sheet


def heat_layers(
    photo: Image.Image, words: Sequence[WordMap]
) -> tuple[Image.Image, tuple[Image.Image, ...]]:
    """A photo under the heat of all words together, and of each: to be shown one at a time.

    The scales are those of ``draw_explanation``.

    Args:
        photo: RGB, upright; the layers have its size.
        words: at least one.
    """
    low, high = _range([word.grid for word in words])
    mean = mean_grid(words)
    all_together = _heated(photo, mean, *_range([mean]))
    return all_together, tuple(_heated(photo, word.grid, low, high) for word in words)


def require_place(output: Path, photo: Path) -> None:
    """Refuse a name that an explanation must not take: photos are only read, never replaced.

    Raises:
        UsageError: it is no PNG's, is that of the photo, or belongs to another file.
    """
    if output.suffix.casefold() != ".png":
        raise UsageError(f"{output} is no name of a PNG file.", "Choose one that ends in .png.")
    # By os.path: Path raises at a name that is too long.
    if os.path.exists(output) and (_is_same(output, photo) or not _is_ours(output)):  # noqa: PTH110
        raise UsageError(
            f"{output} exists already and is no explanation.", "Choose a name that is free."
        )


def save_explanation(picture: Image.Image, output: Path, photo: Path) -> None:
    """Write a picture as PNG, whole or not at all; no file but an older explanation is replaced.

    Raises:
        UsageError: as ``require_place``.
        CatalogueReadOnly: it cannot be written there.
    """
    require_place(output, photo)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Software", _SOFTWARE)
    temporary = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        picture.save(temporary, "PNG", pnginfo=notes, optimize=True)
        os.replace(temporary, output)
    except OSError as error:
        remove_quietly(temporary)
        raise CatalogueReadOnly(f"{output} cannot be written: {error.strerror}.") from error


def _is_same(output: Path, photo: Path) -> bool:
    return os.path.exists(photo) and output.samefile(photo)  # noqa: PTH110 - as above


def _is_ours(path: Path) -> bool:
    try:
        with Image.open(path, formats=("PNG",)) as image:
            return image.info.get("Software") == _SOFTWARE
    except Exception:  # Pillow raises nearly anything; whatever it is, it is not ours
        return False


def _range(grids: Sequence[Grid]) -> tuple[float, float]:
    values = np.array(grids, np.float32)
    return float(values.min()), float(values.max())


def _panel(photo: Image.Image, word: WordMap, low: float, high: float) -> Image.Image:
    small = _heated(_fitted(photo, _PANEL), word.grid, low, high)
    panel = Image.new("RGB", (_PANEL, small.height + _LABEL + 10), _PAPER)
    pen = ImageDraw.Draw(panel)
    fits = f"{word.best:.2f}"
    number = pen.textlength(fits, _font(_SMALL))
    label = _shortened(word.word, _LABEL, _PANEL - number - _GAP)
    left = (_PANEL - small.width) // 2
    _write(pen, (0, 0), label, _LABEL)
    _write(pen, (_PANEL - number, 3), fits, _SMALL, _FAINT_INK)
    panel.paste(small, (left, _LABEL + 10))
    return panel


def _heated(photo: Image.Image, grid: Grid, low: float, high: float) -> Image.Image:
    """The photo, paled to grey, under the grid's colours."""
    heat = _smooth(np.array(grid, np.float32), photo.size)
    heat = np.clip((heat - low) / max(high - low, _LEAST_RANGE), 0, 1)
    pixels = np.asarray(photo, np.float32)
    grey = np.asarray(photo.convert("L"), np.float32)[:, :, None]
    # Where it is hot the photo keeps its own colours, to be recognised.
    own = pixels * heat[:, :, None] + grey * (1 - heat[:, :, None])
    weight = (_COLDEST + (_HOTTEST - _COLDEST) * heat)[:, :, None]
    mixed = own * (1 - weight) + _colours(heat) * weight
    return Image.fromarray(np.rint(mixed).clip(0, 255).astype(np.uint8))


def _smooth(grid: Pixels, size: tuple[int, int]) -> Pixels:
    """A small grid stretched over (width, height) without edges: (height, width)."""
    stretched = Image.fromarray(grid).resize(size, Image.Resampling.BICUBIC)
    return np.asarray(stretched, np.float32)


def _colours(heat: Pixels) -> Pixels:
    """(h, w) in [0, 1] -> (h, w, 3) in [0, 255], between the colours of the ramp."""
    ramp = np.array(_RAMP, np.float32)
    stops = np.linspace(0, 1, len(ramp))
    channels = [np.interp(heat, stops, ramp[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=-1).astype(np.float32)


def _draw_legend(sheet: Image.Image, pen: ImageDraw.ImageDraw, y: int) -> None:
    cold, hot = "fits least", "fits best"
    left = _MARGIN + round(pen.textlength(cold, _font(_SMALL))) + _GAP
    right = sheet.width - _MARGIN - round(pen.textlength(hot, _font(_SMALL))) - _GAP
    bar = _colours(np.tile(np.linspace(0, 1, right - left, dtype=np.float32), (14, 1)))
    sheet.paste(Image.fromarray(np.rint(bar).astype(np.uint8)), (left, y + 4))
    _write(pen, (_MARGIN, y), cold, _SMALL)
    _write(pen, (right + _GAP, y), hot, _SMALL)
    note = "The numbers are the cosine of the word and its best region."
    _write(pen, (_MARGIN, y + 28), note, _SMALL, _FAINT_INK)


def _fitted(photo: Image.Image, side: int) -> Image.Image:
    """A copy whose longest side is ``side``, in the photo's own shape."""
    scale = side / max(photo.size)
    size = (max(1, round(photo.width * scale)), max(1, round(photo.height * scale)))
    return photo.resize(size, Image.Resampling.LANCZOS)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _write(
    pen: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    size: int,
    ink: tuple[int, int, int] = _INK,
) -> None:
    pen.text(place, text, fill=ink, font=_font(size))


def _wrapped(text: str, size: int, width: float) -> list[str]:
    """Lines of at most this width; at most four, the last one shortened."""
    font = _font(size)
    lines = [""]
    for word in text[:_LONGEST_TITLE].split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > 4:
        lines = [*lines[:3], " ".join(lines[3:])]
    return [_shortened(line, size, width) for line in lines]


def _shortened(text: str, size: int, width: float) -> str:
    font = _font(size)
    text = text[: round(width)]  # more could not stand there, and measuring takes its time
    if font.getlength(text) <= width:
        return text
    lengths = range(len(text))
    kept = bisect_left(lengths, True, key=lambda n: font.getlength(f"{text[: n + 1]}…") > width)
    return f"{text[:kept]}…"
