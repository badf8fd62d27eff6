"""Heat maps of words over photos, as one picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from training.experiments.word_heat import Look, WordHeat

_PANEL, _GAP, _LINE = 168, 10, 22
_PAPER, _INK, _FAINT = (255, 255, 255), (28, 30, 34), (104, 110, 120)
_RAMP = np.array([(48, 18, 59), (53, 171, 248), (164, 252, 60), (250, 186, 57), (203, 42, 4)])
"""From cold to hot: colours of Turbo (Mikhailov 2019)."""
_COLDEST, _HOTTEST = 0.2, 0.65
"""How much of a colour lies upon the photo."""
_LEAST_RANGE = 1e-3


def draw_sheet(rows: Sequence[tuple[NDArray[np.float32], str, Look]]) -> Image.Image:
    """One row for each (3, s, s) photo in [0, 1], text and look: the photo, then its words.

    All words share one scale, from the coldest region of the sheet to the hottest: a word that
    nothing answers stays cold.
    """
    heats = [heat.grid for _, _, look in rows for heat in look.words]
    low, high = min(float(g.min()) for g in heats), max(float(g.max()) for g in heats)
    columns = 1 + max(len(look.words) for _, _, look in rows)
    height = 2 * _LINE + _PANEL + _GAP
    size = (_GAP + columns * (_PANEL + _GAP), _GAP + len(rows) * (height + _GAP))
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    for number, (pixels, text, look) in enumerate(rows):
        top = _GAP + number * (height + _GAP)
        _write(pen, (_GAP, top), f"“{text}”   match {look.match:.0%}", _INK)
        photo = _panel(pixels)
        sheet.paste(photo, (_GAP, top + 2 * _LINE))
        for place, heat in enumerate(look.words, 1):
            left = _GAP + place * (_PANEL + _GAP)
            label = f"{heat.word}  {heat.best:.2f} / {heat.entropy:.2f}"
            _write(pen, (left, top + _LINE), label, _FAINT)
            sheet.paste(_heated(photo, heat, low, high), (left, top + 2 * _LINE))
    return sheet


def _panel(pixels: NDArray[np.float32]) -> Image.Image:
    """The photo as the model sees it: squeezed into a square."""
    whole = np.rint(pixels.transpose(1, 2, 0) * 255).astype(np.uint8)
    return Image.fromarray(whole).resize((_PANEL, _PANEL), Image.Resampling.LANCZOS)


def _heated(photo: Image.Image, word: WordHeat, low: float, high: float) -> Image.Image:
    """The photo, paled to grey where it is cold, under the colours of the grid."""
    smooth = Image.fromarray(word.grid.astype(np.float32)).resize(
        photo.size, Image.Resampling.BICUBIC
    )
    heat = np.clip((np.asarray(smooth) - low) / max(high - low, _LEAST_RANGE), 0, 1)[:, :, None]
    stops = np.linspace(0, 1, len(_RAMP))
    colours = np.stack([np.interp(heat[:, :, 0], stops, _RAMP[:, c]) for c in range(3)], -1)
    pixels = np.asarray(photo, np.float32)
    grey = np.asarray(photo.convert("L"), np.float32)[:, :, None]
    own = pixels * heat + grey * (1 - heat)
    weight = _COLDEST + (_HOTTEST - _COLDEST) * heat
    mixed = own * (1 - weight) + colours * weight
    return Image.fromarray(np.rint(mixed).clip(0, 255).astype(np.uint8))


def _write(
    pen: ImageDraw.ImageDraw, place: tuple[int, int], text: str, ink: tuple[int, int, int]
) -> None:
    pen.text(place, text, fill=ink, font=ImageFont.load_default(14))
