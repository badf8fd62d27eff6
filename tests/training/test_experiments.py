"""The experiments: what each changes, and the commands from photos to table, on real photos."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from tests.conftest import REPOSITORY
from tests.training.conftest import make_trainer
from training.__main__ import main
from training.build import build_model
from training.config import FitConfig, StageConfig
from training.data.dataset import PhotoDataset
from training.data.feature_cache import FeatureCache
from training.experiments.ablation import ABLATION
from training.experiments.attention import EXAMPLES
from training.experiments.changed_captions import captioned_rows, with_share, with_wrong
from training.experiments.command import EXPERIMENTS
from training.experiments.kernels import KERNELS, beside_linear, equal
from training.experiments.low_resource import LOW_RESOURCE, stretched
from training.experiments.material import Material
from training.experiments.page import filled
from training.experiments.result import ExperimentResult
from training.experiments.word_heat import WordHeat
from training.fit import PRESETS
from training.model.state_memory import StateMemory
from training.model.trunk import Trunk, TrunkConfig
from training.train import Trainer

DOCS = REPOSITORY / "docs"


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory, with_heads: FitConfig) -> Path:
    """A recipe of seconds, with a matcher."""
    stages = (
        StageConfig("frozen", 3, 3e-3, batch_size=16, keep_tokens=0.8, drop_words=0.0),
        StageConfig("heads", 1, 2e-3, batch_size=16, kind="heads", match_loss=1.0),
    )
    config = replace(with_heads, stages=stages, captioner=None)
    path = tmp_path_factory.mktemp("recipe") / "recipe.json"
    path.write_text(config.to_json())
    return path


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def material(photo_set: Path) -> Material:
    return Material(PhotoDataset(photo_set, "train"), PhotoDataset(photo_set, "val"))


def lines_of(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]


def stopped(*arguments: Any) -> Iterator[Any]:
    raise KeyboardInterrupt


class Experiments:
    """The command line on the small photo set."""

    def __init__(self, recipe: Path, photos: Path, weights: Path, cache: Path, run: Path) -> None:
        self.run = run
        self._usual = ["--data", photos, "--weights", weights, "--cache", cache, "--run", run]
        self._usual += ["--config", recipe, "--device", "cpu"]

    def __call__(self, name: str, *more: Any) -> int:
        return main(["experiment", name, *map(str, self._usual), *map(str, more)])

    def result(self, name: str) -> ExperimentResult:
        return ExperimentResult.read(self.run / f"{name}.json")


@pytest.fixture
def experiments(
    recipe: Path, photo_set: Path, weights: Path, cache: Path, tmp_path: Path
) -> Experiments:
    return Experiments(recipe, photo_set, weights, cache, tmp_path / "run")


def test_smaller_shares_lie_within_larger_ones_and_the_photos_stay(material: Material) -> None:
    photos = material.train
    shares = [with_share(photos, share, seed=3) for share in (0.01, 0.25, 0.5)]
    rows = [set(captioned_rows(share)) for share in shares]
    assert [len(own) for own in rows] == [1, 24, 48]
    assert rows[0] < rows[1] < rows[2]
    assert all([p.file for p in s.photos] == [p.file for p in photos.photos] for s in shares)
    assert captioned_rows(with_share(photos, 0.5, seed=3)) == sorted(rows[2])
    assert captioned_rows(with_share(photos, 0.5, seed=4)) != sorted(rows[2])
    assert all(shares[2].photos[row].captions == photos.photos[row].captions for row in rows[2])
    with pytest.raises(ValueError, match="above 0"):
        with_share(photos, 0, seed=3)


def test_wrong_captions_change_places_and_none_is_lost() -> None:
    class Named:
        """A set whose captions tell its photos apart."""

        def __init__(self, photos: PhotoDataset) -> None:
            self.source, self.split = photos.source, photos.split
            self.photos = tuple(
                replace(photo, captions=(photo.file,) if row % 5 else ())
                for row, photo in enumerate(photos.photos)
            )

        def __len__(self) -> int:
            return len(self.photos)

    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        names = [f"{n}.png" for n in range(50)]
        (Path(folder) / "metadata.jsonl").write_text(
            "\n".join(json.dumps({"file": name}) for name in names)
        )
        photos: Any = Named(PhotoDataset(Path(folder)))
        mixed = with_wrong(photos, 0.4, seed=1)
        right = [p.captions for p in photos.photos]
        found = [p.captions for p in mixed.photos]
        moved = [row for row in range(50) if found[row] != right[row]]
        assert len(moved) == 16  # of 40 with captions
        assert sorted(found) == sorted(right)
        assert all(bool(a) == bool(b) for a, b in zip(found, right, strict=True))
        assert with_wrong(photos, 0.0, seed=1) is photos
        again = [p.captions for p in with_wrong(photos, 0.4, seed=1).photos]
        assert again == found
