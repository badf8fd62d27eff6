"""Re-ranking, explanations and captions in the terminal, with and without the heads they need."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.inference.bundle import ModelBundle
from tests.cli.conftest import Visita, assert_known_error
from tests.inference.conftest import tiny_bundle

__all__ = ["tiny_bundle"]  # a fixture

LINES = "a cat looks into the camera\na cup of coffee\n"


@pytest.fixture
def with_heads(tmp_path: Path, tiny_bundle: ModelBundle) -> Visita:
    return Visita(tmp_path / "data", tiny_bundle.folder)


@pytest.fixture
def without_heads(visita: Visita) -> Visita:
    manifest = json.loads((visita.model_dir / "manifest.json").read_text("utf-8"))
    if manifest.get("matcher") or manifest.get("captioner"):
        pytest.skip("the shipped model has heads")
    return visita


def test_hits_are_in_the_order_of_the_match(with_heads: Visita, photos: Path) -> None:
    assert with_heads("index", photos).returncode == 0
    hits = with_heads.json("search", "a dog runs", "--rerank")
    for is_likely in (True, False):
        matches = [hit["match"] for hit in hits if hit["likely"] is is_likely]
        assert matches == sorted(matches, reverse=True)
        assert all(0 <= match <= 1 for match in matches)
    plain = with_heads.json("search", "a dog runs", "--no-rerank")
    scores = [hit["score"] for hit in plain]
    assert scores == sorted(scores, reverse=True)
    assert {hit["match"] for hit in plain} == {None}
    assert {hit["path"]: hit["score"] for hit in plain} == {
        hit["path"]: hit["score"] for hit in hits
    }


def test_an_explanation_is_drawn_beside_the_photo(
    with_heads: Visita, photos: Path, tmp_path: Path
) -> None:
    photo, output = photos / "chelsea.png", tmp_path / "heat.png"
    before = photo.read_bytes()
    [found] = with_heads.json("explain", "a cat with green eyes", photo, "--output", output)
    assert list(found) == ["path", "text", "match", "words", "output"]
    assert [word["word"] for word in found["words"]] == ["cat", "green", "eyes"]
    for word in found["words"]:
        assert [len(row) for row in word["grid"]] == [2, 2]
    with Image.open(output) as picture:
        assert picture.format == "PNG"
        assert picture.width > 600
    assert photo.read_bytes() == before
    result = with_heads("explain", "a cat", photo, "--word", "cat", "--output", photo)
    assert_known_error(result, "exists already")
    assert photo.read_bytes() == before
    lines = with_heads("explain", "a cat", photo).stdout.splitlines()
    assert lines[0].startswith("match ")
    assert "cat" in lines[1]


def test_captions_come_from_both_sources(with_heads: Visita, photos: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text(LINES, "utf-8")
    *progress, finished = with_heads.json("captions", "import", tmp_path / "mine.txt")
    assert [(p["type"], p["done"], p["total"]) for p in progress] == [("progress", 2, 2)]
    assert finished == {
        "type": "finished",
        "collection": "mine",
        "found": 2,
        "added": 2,
        "remaining": 0,
    }
    [found] = with_heads.json("caption", photos / "chelsea.png", "--count", "1")
    assert list(found) == ["path", "captions"]
    assert sorted(c["source"] for c in found["captions"]) == ["collection", "generated"]
    assert all(list(c) == ["text", "score", "source"] for c in found["captions"])
    [listed] = with_heads.json("captions", "list")
    assert (listed["collection"], listed["count"], listed["embedded"]) == ("mine", 2, 2)
    assert with_heads("captions", "remove", "mine").returncode == 0
    assert with_heads.json("caption", photos / "chelsea.png") != []
    assert_known_error(with_heads("captions", "remove", "mine"), "no collection")


def test_a_model_without_heads_says_so(without_heads: Visita, photos: Path, tmp_path: Path) -> None:
    photo = photos / "chelsea.png"
    assert_known_error(without_heads("search", "a cat", "--rerank"), "has no matcher")
    assert_known_error(without_heads("explain", "a cat", photo), "has no matcher")
    assert_known_error(without_heads("caption", photo), "has no captioner")
    (tmp_path / "mine.txt").write_text(LINES, "utf-8")
    assert without_heads("captions", "import", tmp_path / "mine.txt").returncode == 0
    result = without_heads("caption", photo, "--json")
    assert result.returncode == 0
    assert "no captioner" in result.stderr
    captions = json.loads(result.stdout)["captions"]
    assert [c["text"] for c in captions] == LINES.splitlines()
