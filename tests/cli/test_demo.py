"""``visita demo``: the first thing that a newcomer without a display sees."""

from __future__ import annotations

import errno
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.cli.demo_command import copy_demo_photos, demo_photos
from desktop_app.errors import CatalogueReadOnly
from tests.cli.conftest import PHOTOS, Visita, assert_known_error


def test_demo_copies_indexes_and_searches(visita: Visita) -> None:
    first = visita.json("demo")
    (finished,) = [record for record in first if record.get("type") == "finished"]
    assert finished["indexed"] == PHOTOS
    hits = [record for record in first if "query" in record]
    assert len(hits) >= 7
    assert all(hit["rank"] == 1 for hit in hits)
    assert all(Path(hit["path"]).parent == visita.data_dir / "demo photos" for hit in hits)

    again = visita("demo")
    assert again.returncode == 0
    assert f"{PHOTOS} unchanged" in again.stdout
    for hit in hits:
        assert hit["query"] in again.stdout


def test_without_the_packages_it_says_what_to_install(visita: Visita, tmp_path: Path) -> None:
    (tmp_path / "shadow").mkdir()
    (tmp_path / "shadow" / "skimage.py").touch()
    shadowed = replace(visita, environment={"PYTHONPATH": str(tmp_path / "shadow")})
    assert_known_error(shadowed("demo"), "pip install scikit-image scikit-learn")


def test_a_copy_that_was_interrupted_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:1000])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", half)
    with pytest.raises(CatalogueReadOnly, match="No space left"):
        copy_demo_photos(tmp_path)
    monkeypatch.undo()
    copy_demo_photos(tmp_path)
    sources = {source.name: source.read_bytes() for source in demo_photos()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == sources
