"""``visita search``: the contract of its output, and that it finds the right photo."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import PHOTOS, Visita, assert_known_error, objects

HIT = [
    *("query", "rank", "score", "match", "photo_id", "path", "other_paths", "offline"),
    *("trouble", "likely", "likely_from"),
]
RIGHT_PHOTOS = {
    "a cat": "chelsea.png",
    "a motorcycle": "motorcycle_left.png",
    "a flower": "flower.jpg",
    "a man with a camera": "camera.png",
    "a pagoda by a lake": "china.jpg",
}


@pytest.fixture
def trained(model_dir: Path) -> None:
    """Skip where the bundle has never been trained."""
    if not json.loads((model_dir / "manifest.json").read_text("utf-8"))["metrics"]:
        pytest.skip("the model bundle is not trained: its manifest has no metrics")


def test_hits_keep_the_contract(library: Visita, photos: Path) -> None:
    hits = library.json("search", "a photo of something", "-k", "5", "--no-rerank")
    assert [list(hit) for hit in hits] == [HIT] * 5
    assert [hit["rank"] for hit in hits] == [1, 2, 3, 4, 5]
    assert {hit["query"] for hit in hits} == {"a photo of something"}
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(-1 <= score <= 1 for score in scores)
    assert len({hit["photo_id"] for hit in hits}) == 5
    for hit in hits:
        path = Path(hit["path"])
        assert path.is_absolute()
        assert path.is_file()
        assert photos in path.parents


def test_k_beyond_the_library_gives_all_of_it(library: Visita) -> None:
    (status,) = library.json("status")
    hits = library.json("search", "anything", "-k", "500")
    assert len(hits) == status["counts"]["photos"] == PHOTOS


@pytest.mark.usefixtures("trained")
@pytest.mark.parametrize("text", RIGHT_PHOTOS)
def test_the_right_photo_is_first(library: Visita, text: str) -> None:
    assert Path(library.json("search", text)[0]["path"]).name == RIGHT_PHOTOS[text]


def test_a_photo_finds_itself_first(library: Visita, photos: Path) -> None:
    for name in ("coffee.png", "space/rocket.jpg"):
        hits = library.json("search", "--photo", photos / name, "-k", "3")
        assert len(hits) == 3
        assert hits[0]["path"] == str(photos / name)
        assert hits[0]["score"] > 0.99
        assert {hit["query"] for hit in hits} == {str(photos / name)}


def test_the_query_field_is_the_photo_as_it_was_given(library: Visita, photos: Path) -> None:
    given = os.path.relpath(photos / "coffee.png", Path(__file__).parents[2])
    assert library.json("search", "--photo", given, "-k", "1")[0]["query"] == given


def test_a_photo_that_cannot_be_read_is_one_sentence(library: Visita, tmp_path: Path) -> None:
    (tmp_path / "letter.jpg").write_text("no photo at all")
    assert_known_error(library("search", "--photo", tmp_path / "letter.jpg"), "letter.jpg")
    assert_known_error(library("search", "--photo", tmp_path / "none.jpg"), "none.jpg")


def test_many_queries_answer_as_one_by_one(library: Visita, tmp_path: Path) -> None:
    texts = ["a cat", "ein Gebäude", "two words"]
    one_by_one = [hit for text in texts for hit in library.json("search", text, "-k", "3")]
    lines = "\n".join([texts[0], "", f"  {texts[1]}\r", texts[2]])
    (tmp_path / "queries.txt").write_text(lines, "utf-8", newline="")
    from_file = library.json("search", "--queries", tmp_path / "queries.txt", "-k", "3")
    from_stdin = library.json("search", "--queries", "-", "-k", "3", stdin=lines)
    assert [hit["query"] for hit in from_file] == [text for text in texts for _ in range(3)]
    assert from_file == from_stdin == one_by_one


def test_a_typo_is_pointed_at(library: Visita) -> None:
    result = library("search", "a cat date:2020-13 x")
    assert (result.returncode, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("visita: ")
    assert lines[1] == "  a cat date:2020-13 x"
    assert lines[2] == "             ^^^^^^^"
    assert lines[3].startswith("hint: ")


def test_a_typo_among_many_queries_does_not_stop_the_others(library: Visita) -> None:
    result = library("--json", "search", "--queries", "-", "-k", "1", stdin="a\nsize:big\nb\n")
    assert result.returncode == 2
    assert [hit["query"] for hit in objects(result.stdout)] == ["a", "b"]
    assert "  size:big" in result.stderr.splitlines()


def test_a_query_without_an_answer_does_not_stop_the_others(library: Visita) -> None:
    lines = "a\nphoto:none.jpg\na in:failed\nb\n"
    result = library("--json", "search", "--queries", "-", "-k", "1", stdin=lines)
    assert result.returncode == 1
    assert [hit["query"] for hit in objects(result.stdout)] == ["a", "b"]
    assert "visita: There is no file none.jpg." in result.stderr.splitlines()


def test_filters_and_orders_are_typed(library: Visita) -> None:
    named = library.json("search", "folder:space type:jpeg sort:name")
    assert [Path(hit["path"]).name for hit in named] == ["hubble_deep_field.jpg", "rocket.jpg"]
    assert {hit["score"] for hit in named} == {None}
    overridden = library.json("search", "a cat folder:space", "--sort", "name")
    names = [Path(hit["path"]).name for hit in overridden]
    assert names == sorted(names)
    assert len(names) == 4
    assert "date:2019..2021-06" in library("search", "--help").stdout


def test_likely_hits_end_with_a_line(library: Visita) -> None:
    hits = library.json("search", "a cat", "-k", "14")
    likely = [hit for hit in hits if hit["likely"]]
    assert hits[: len(likely)] == likely
    assert 0 < len(likely) < 14
    assert library.json("search", "a cat", "-k", "14", "--likely") == likely
    lines = library("search", "a cat", "-k", "14").stdout.splitlines()
    assert lines[len(likely)].strip() == "-- less likely --"
    assert len(lines) == 15


def test_a_person_moves_where_likely_ends(library: Visita) -> None:
    counts, bars = [], []
    for strictness in ("-1", "0", "1"):
        hits = library.json("search", "a cat", "-k", "14", "--strictness", strictness)
        (bar,) = {hit["likely_from"] for hit in hits}
        assert all(hit["likely"] == (hit["score"] >= bar) for hit in hits)
        counts.append(sum(hit["likely"] for hit in hits))
        bars.append(bar)
    assert bars == sorted(bars)
    assert bars[0] < bars[1] < bars[2]
    assert counts[0] > counts[2]
    assert bars[1] == library.json("search", "a cat", "-k", "1")[0]["likely_from"]
    assert library("search", "a cat", "--strictness", "2").returncode == 2
    settings = library.data_dir / "settings.json"
    settings.write_text('{"strictness": 1.0}')
    try:
        assert library.json("search", "a cat", "-k", "1")[0]["likely_from"] == bars[2]
    finally:
        settings.unlink()


def test_files_that_failed_are_listed(visita: Visita, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "photos" / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0isom")
    (tmp_path / "photos" / "notes.txt").write_text("milk, eggs")
    (tmp_path / "photos" / "all.zip").write_bytes(b"PK\x03\x04")
    assert visita("index", tmp_path / "photos").returncode == 0
    # in a library without photos a notice says so
    listed = objects(visita("--json", "search", "in:failed").stdout)
    assert listed == visita.json("failures")
    assert [Path(failure["path"]).name for failure in listed] == ["clip.mp4", "cut.jpg"]
    assert listed[0]["reason"] == "a video; only photos are searched"
    assert len(visita.json("failures", "--all")) == 4
    assert "2 other files are no photos" in visita("failures").stderr
    assert "2 failed, 0 missing, 2 no photos" in visita("status").stdout
    assert_known_error(visita("search", "a dog in:failed"), "no picture")


def test_queries_that_cannot_be_read_are_one_sentence(library: Visita, tmp_path: Path) -> None:
    assert_known_error(library("search", "--queries", tmp_path / "none.txt"), "none.txt")


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_query_is_one_sentence(library: Visita, text: str) -> None:
    assert_known_error(library("search", text), "empty")


def test_an_empty_library_says_how_to_begin(visita: Visita) -> None:
    result = visita("--json", "search", "a cat")
    assert (result.returncode, result.stdout) == (0, "")
    assert "visita index" in result.stderr


def test_people_get_rank_score_and_path(library: Visita, photos: Path) -> None:
    line = library("search", "--photo", photos / "coffee.png", "-k", "1").stdout
    assert line.split() == ["1", "1.00", str(photos / "coffee.png")]


@pytest.mark.parametrize("index", [None, "rubbish"])
def test_the_index_is_a_cache(
    visita: Visita, photos: Path, index: str | None, model_dir: Path
) -> None:
    visita.json("index", photos)
    before = visita.json("search", "a cat", "-k", "5")
    for file in (visita.data_dir / "index").iterdir():
        file.unlink() if index is None else file.write_text(index)
    assert visita.json("search", "a cat", "-k", "5") == before


def test_a_search_is_kept_under_a_name(visita: Visita) -> None:
    assert visita("search", "type:png", "--save", "My PNGs").returncode == 0
    again = visita("search", "--saved", "my pngs")
    assert again.returncode == 0
    assert "no photos yet" in again.stderr
    assert_known_error(visita("search", "--saved", "Sea"), "no saved search", "“My PNGs”")
    assert visita("search", "type:jepg", "--save", "Typo").returncode == 2
    assert_known_error(visita("search", "--saved", "Typo"), "no saved search")
    assert_known_error(visita("search", "--photo", "a.jpg", "--save", "Photo"), "typed")
