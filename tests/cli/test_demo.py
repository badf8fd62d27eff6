"""``visita demo``: the first thing that a newcomer without a display sees."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

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
