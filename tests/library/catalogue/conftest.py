"""An empty catalogue, and what fills it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.library.catalogue import Catalogue
from tests.library.catalogue.filling import Filler


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library" / "catalogue.sqlite"


@pytest.fixture
def catalogue(path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(path) as opened:
        yield opened


@pytest.fixture
def filler(catalogue: Catalogue, tmp_path: Path) -> Filler:
    return Filler(catalogue, tmp_path / "photos")
