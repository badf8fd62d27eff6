"""What every test may ask for: real photographs and the real model."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from desktop_app.errors import DemoPhotosMissing
from desktop_app.inference.bundle import MANIFEST_NAME, ModelBundle
from desktop_app.inference.encoders import ImageEncoder
from desktop_app.inference.runtime import RuntimeOptions

# The same examples at every run: what turns red is due to a change. Others are looked for with
# --hypothesis-profile=exploring
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("exploring", deadline=None)
settings.load_profile("repeatable")

REPOSITORY = Path(__file__).resolve().parents[1]

_DEMO_PHOTOS = 14


@pytest.fixture(scope="session")
def demo_photos() -> dict[str, Path]:
    """Real photographs by file name; never to be written to."""
    from desktop_app.cli import demo_command  # not for tests of other parts

    try:
        photos = {path.name: path for path in demo_command.demo_photos()}
    except DemoPhotosMissing as error:
        pytest.skip(error.message)
    assert len(photos) == _DEMO_PHOTOS
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
