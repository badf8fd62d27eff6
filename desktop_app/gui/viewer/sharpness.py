"""How many pixels of a photo are worth decoding, as it is shown."""

from __future__ import annotations

from PySide6.QtCore import QSizeF

from desktop_app.gui.viewer.view_place import ViewPlace
from desktop_app.library.records import Photo

MOST_PIXELS = 100_000_000
"""More are never held for the screen: a larger photo is shown with half as many on each side."""


def fit_need(photo: Photo, place: ViewPlace) -> int:
    """Pixels of the shorter side that show a photo sharp, fitted to the window."""
    shorter = min(photo.width, photo.height)
    zoom = place.fit_zoom(QSizeF(photo.width, photo.height))
    return max(1, round(shorter * min(1.0, zoom)))


def shown_need(photo: Photo, place: ViewPlace, most: int | None) -> int:
    """Pixels of the shorter side that show it sharp as it is zoomed now.

    It is either what the window shows of a fitted photo or everything there is, so that zooming
    decodes it once more and no oftener.

    Args:
        photo: what is shown.
        place: how it is shown.
        most: where more was asked for in vain, what there is; else None.
    """
    fitted = fit_need(photo, place)
    shorter = min(photo.width, photo.height)
    wanted = fitted if shorter * place.zoom <= fitted + 1 else shorter
    pixels = photo.width * photo.height
    while pixels > MOST_PIXELS:
        pixels, shorter = pixels // 4, shorter // 2
    return min(wanted, shorter, most or wanted)
