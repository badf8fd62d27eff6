"""Photos to be copied and moved, on one disk or between two."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.transfers.desk import Desk


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on another file system."""
    place = Path("/dev/shm")
    if not place.is_dir() or place.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system to move files to")
    with tempfile.TemporaryDirectory(dir=place, prefix="visita-test-") as folder:
        yield Path(folder)


@pytest.fixture
def sources(demo_photos: dict[str, Path]) -> list[Path]:
    return [demo_photos[name] for name in ("coffee.png", "rocket.jpg", "china.jpg")]


@pytest.fixture
def desk(tmp_path: Path, sources: list[Path]) -> Desk:
    return Desk(tmp_path, tmp_path, sources)


@pytest.fixture
def two_disks(tmp_path: Path, other_disk: Path, sources: list[Path]) -> Desk:
    return Desk(tmp_path, other_disk, sources)
