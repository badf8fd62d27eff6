"""What every test may ask for: real photographs and the real model."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import settings

from desktop_app.inference.bundle import MANIFEST_NAME, ModelBundle
from desktop_app.inference.encoders import ImageEncoder
from desktop_app.inference.runtime import RuntimeOptions

# The same examples at every run: what turns red is due to a change. Others are looked for with
# --hypothesis-profile=exploring
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("exploring", deadline=None)
settings.load_profile("repeatable")

REPOSITORY = Path(__file__).resolve().parents[1]

_SKIMAGE = (
    "astronaut.png",
    "brick.png",
    "camera.png",
    "chelsea.png",
    "coffee.png",
    "coins.png",
    "grass.png",
    "gravel.png",
    "hubble_deep_field.jpg",
    "moon.png",
    "motorcycle_left.png",
    "rocket.jpg",
)
_SKLEARN = ("china.jpg", "flower.jpg")


def _package_folder(name: str) -> Path:
    found = importlib.util.find_spec(name)  # found, never imported: that takes seconds
    if found is None or found.origin is None:
        pytest.skip(f"the demo photos' package {name} is not installed")
    return Path(found.origin).parent


@pytest.fixture(scope="session")
def demo_photos() -> dict[str, Path]:
    """Real photographs by file name; never to be written to."""
    skimage = _package_folder("skimage") / "data"
    sklearn = _package_folder("sklearn") / "datasets" / "images"
    photos = {name: skimage / name for name in _SKIMAGE}
    photos |= {name: sklearn / name for name in _SKLEARN}
    assert all(path.is_file() for path in photos.values())
    return photos


@pytest.fixture(scope="session")
def model_dir() -> Path:
    """The model bundle that ships with the app."""
    folder = REPOSITORY / "assets" / "model"
    if not (folder / MANIFEST_NAME).is_file():
        pytest.skip("assets/model holds no bundle; make one with `python -m model_export`")
    return folder


@pytest.fixture(scope="session")
def encoder(model_dir: Path) -> ImageEncoder:
    """The shipped image encoder, on the CPU."""
    return ImageEncoder(ModelBundle.open(model_dir), RuntimeOptions("cpu"))
