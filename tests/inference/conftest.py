"""A bundle with both heads that needs no training."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.inference.bundle import ModelBundle
from tests.inference.tiny_bundle import write_tiny_bundle


@pytest.fixture(scope="session")
def tiny_bundle(model_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelBundle:
    folder = tmp_path_factory.mktemp("tiny") / "model"
    return ModelBundle.open(write_tiny_bundle(folder, model_dir / "tokenizer.json"))
