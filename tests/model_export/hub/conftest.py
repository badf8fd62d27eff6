"""One tiny checkpoint and one bundle of each family, made once."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.inference.bundle import ModelBundle, ModelManifest
from model_export.hub.bundle_writing import Origin, write_bundle
from model_export.hub.families import model_type_of
from model_export.hub.hub_model import HubModel
from model_export.hub.loading import load
from model_export.hub.tracing import HubPrecision
from tests.model_export.hub.tiny_checkpoints import WRITERS, write_blip_captioner

_PHOTOS = ("coffee.png", "chelsea.png", "rocket.jpg", "china.jpg", "camera.png")


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def test_photos(demo_photos: dict[str, Path]) -> list[Image.Image]:
    """Real photographs, small, wide and tall ones, one of them grey."""
    photos = [Image.open(demo_photos[name]).convert("RGB") for name in _PHOTOS]
    photos[1] = photos[1].crop((0, 0, 151, 289))
    for photo in photos:
        photo.thumbnail((301, 301))
    return photos


@dataclass(frozen=True)
class Specimen:
    """A checkpoint, what it was taken apart into, and its bundle."""

    checkpoint: Path
    model: HubModel
    bundle: ModelBundle

    @property
    def manifest(self) -> ModelManifest:
        return self.bundle.manifest


Specimens = Callable[[str], Specimen]


@pytest.fixture(scope="session")
def specimens(
    tmp_path_factory: pytest.TempPathFactory, test_photos: list[Image.Image]
) -> Specimens:
    """A family's specimen; it is made when it is asked for first."""
    root = tmp_path_factory.mktemp("hub")
    made: dict[str, Specimen] = {}

    def specimen(name: str) -> Specimen:
        if name not in made:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # transformers on its own tiny models
                folder = WRITERS[name](root / name)
                writer = write_blip_captioner(root / "captioner") if name == "blip" else None
                model = load(folder, model_type_of(folder), test_photos, captioner=writer)
            made[name] = Specimen(
                folder, model, exported(model, root / f"{name}-bundle", "float32", test_photos)
            )
        return made[name]

    return specimen


def exported(
    model: HubModel, output: Path, precision: HubPrecision, photos: list[Image.Image]
) -> ModelBundle:
    origin = Origin("tiny", "a test", "none", ("en",))
    write_bundle(model, origin, output, precision, photos)
    return ModelBundle.open(output)
