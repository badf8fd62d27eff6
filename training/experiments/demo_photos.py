"""Photographs that may be shown: those that scikit-image and scikit-learn carry."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PIL import Image

_FOLDERS = (("skimage", "data"), ("sklearn", "datasets/images"))


def open_demo_photo(name: str) -> Image.Image:
    """Decode one of them to RGB.

    Raises:
        FileNotFoundError: the packages are not installed, or have it no more.
    """
    for package, folder in _FOLDERS:
        # importing them would take seconds; only their data is wanted
        spec = find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            path = Path(place) / folder / name
            if path.is_file():
                with Image.open(path) as image:
                    return image.convert("RGB")
    raise FileNotFoundError(f"no demo photo {name}: `pip install 'visita[demo]'` brings them")
