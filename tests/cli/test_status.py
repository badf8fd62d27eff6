"""``visita status`` and ``visita failures``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import PHOTOS, Visita


def test_status_tells_folders_counts_model_provider_and_index(
    library: Visita, photos: Path, model_dir: Path
) -> None:
    (status,) = library.json("status")
    manifest = json.loads((model_dir / "manifest.json").read_text("utf-8"))
    (told,) = status["folders"]
    assert (told["path"], told["state"]) == (str(photos), "online")
    assert told["watch"] in ("watched", "periodic")
    assert bool(told["watch_reason"]) == (told["watch"] == "periodic")
    assert status["watching"] is False
    assert status["counts"] == {
        "photos": PHOTOS,
        "indexed": PHOTOS,
        "pending": 0,
        "failed": 0,
        "missing": 0,
        "others": 0,
    }
    assert status["model"]["model_id"] == manifest["model_id"]
    assert status["model"]["name"] == manifest["name"]
    assert status["provider"].endswith("ExecutionProvider")
    assert status["index"]["generation"] >= 1
    assert status["index"]["applied_seq"] == status["index"]["change_seq"]
    assert status["data_dir"] == str(library.data_dir)


def test_people_read_the_same(library: Visita, photos: Path) -> None:
    text = library("status").stdout
    for word in (
        str(photos),
        f"{PHOTOS} can be found",
        f"{PHOTOS} indexed",
        "ExecutionProvider",
        "generation",
    ):
        assert word in text


def test_an_empty_library_has_a_status(visita: Visita) -> None:
    (status,) = visita.json("status")
    assert status["folders"] == []
    assert status["counts"]["photos"] == 0


def test_no_failures_is_good_news(library: Visita) -> None:
    result = library("failures")
    assert (result.returncode, result.stdout) == (0, "")
    assert "every photo" in result.stderr


def test_failures_for_people_have_path_and_reason(visita: Visita, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "empty.jpg").touch()
    visita("index", tmp_path / "photos")
    path, reason = visita("failures").stdout.splitlines()
    assert path == str(tmp_path / "photos" / "empty.jpg")
    assert reason.startswith("    ")
