"""Hits of real photographs, with thumbnails, without a library behind them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from desktop_app.library.records import Photo
from desktop_app.library.search import SearchHit


def hits_of(paths: Sequence[Path], thumbnails: Path) -> tuple[SearchHit, ...]:
    """One hit a file, in this order; ``thumbnails`` is a folder to write to."""
    hits = []
    for number, path in enumerate(paths, 1):
        thumbnail = thumbnails / f"{number}.jpg"
        with Image.open(path) as image:
            width, height = image.size
            small = image.convert("RGB")
        small.thumbnail((320, 320))
        small.save(thumbnail)
        photo = Photo(number, path, (), f"{number:064x}", width, height, None, offline=False)
        hits.append(SearchHit(number, None, photo, thumbnail))
    return tuple(hits)
