"""``visita index``: what it reports, what it notices, what it survives."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Visita, assert_known_error, last, objects

FINISHED = {
    *("type", "indexed", "unchanged", "moved", "missing", "failed", "excluded", "others"),
    "offline",
    "seconds",
}
PROGRESS = {
    *("type", "phase", "done", "total", "indexed", "unchanged", "moved", "missing", "failed"),
    *("photos_per_s", "eta_s", "current", "others"),
}


def counts(finished: dict[str, int]) -> dict[str, int]:
    """The counts that are not zero."""
    return {k: v for k, v in finished.items() if k not in ("type", "seconds") and v}


def test_first_run_indexes_all_and_second_finds_nothing_new(visita: Visita, photos: Path) -> None:
    total = sum(1 for path in photos.rglob("*") if path.is_file())
    first = visita.json("index", photos)
    assert set(last(first)) == FINISHED
    assert counts(last(first)) == {"indexed": total}
    assert last(first)["seconds"] > 0
    assert {record["type"] for record in first[:-1]} == {"progress"}
    assert all(set(record) == PROGRESS for record in first[:-1])

    assert counts(last(visita.json("index", photos))) == {"unchanged": total}


def test_without_folders_all_known_ones_are_looked_at(
    visita: Visita, copy_photos: Callable[..., Path]
) -> None:
    folder = copy_photos("coffee.png")
    visita.json("index", folder)
    copy_photos("flower.jpg")
    assert counts(last(visita.json("index"))) == {"indexed": 1, "unchanged": 1}


def test_a_moved_and_a_deleted_file_are_told_apart(
    visita: Visita, copy_photos: Callable[..., Path]
) -> None:
    folder = copy_photos("coffee.png", "flower.jpg", "china.jpg")
    visita.json("index", folder)
    before = visita.json("search", "coffee", "-k", "9")
    (folder / "renamed").mkdir()
    (folder / "coffee.png").rename(folder / "renamed" / "cup.png")
    (folder / "china.jpg").unlink()

    finished = last(visita.json("index", folder))
    assert counts(finished) == {"unchanged": 1, "moved": 1, "missing": 1}
    hits = {hit["path"]: hit["photo_id"] for hit in visita.json("search", "coffee", "-k", "9")}
    assert set(hits) == {str(folder / "renamed" / "cup.png"), str(folder / "flower.jpg")}
    id_before = next(hit["photo_id"] for hit in before if hit["path"].endswith("coffee.png"))
    assert hits[str(folder / "renamed" / "cup.png")] == id_before  # the embedding was kept


def test_bad_files_are_recorded_and_the_run_goes_on(
    visita: Visita, copy_photos: Callable[..., Path]
) -> None:
    folder = copy_photos("coffee.png")
    whole = (folder / "coffee.png").read_bytes()
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "truncated.png").write_bytes(whole[: len(whole) // 2])
    (folder / "letter.jpg").write_text("Dear reader, this is no photo.\n" * 50)
    (folder / "noise.webp").write_bytes(bytes(range(256)) * 20)

    assert counts(last(visita.json("index", folder))) == {"indexed": 1, "failed": 4}
    failures = {Path(f["path"]).name: f["reason"] for f in visita.json("failures")}
    assert set(failures) == {"empty.jpg", "truncated.png", "letter.jpg", "noise.webp"}
    assert "empty" in failures["empty.jpg"]
    assert not any(word in reason for reason in failures.values() for word in ("Error", "/"))

    (folder / "truncated.png").write_bytes(whole + b"\n")  # mended: not a failure any more
    assert counts(last(visita.json("index", folder)))["failed"] == 3


def test_a_missing_folder_is_one_sentence(visita: Visita, tmp_path: Path) -> None:
    assert_known_error(visita("index", tmp_path / "nowhere"), "nowhere")
    assert_known_error(visita("index", tmp_path / "nowhere", "--json"), "nowhere")


def test_a_file_is_no_folder(visita: Visita, photos: Path) -> None:
    assert_known_error(visita("index", photos / "coffee.png"), "coffee.png")


def test_a_folder_without_photos_is_no_error(visita: Visita, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("no photo")
    result = visita("index", tmp_path / "papers", "--json")
    assert result.returncode == 0
    assert not last(objects(result.stdout))["indexed"]
    assert result.stderr == f"visita: no photos found in {tmp_path / 'papers'}.\n"


def test_people_get_a_sentence_and_no_bar_in_a_pipe(
    visita: Visita, copy_photos: Callable[..., Path]
) -> None:
    result = visita("index", copy_photos("coffee.png", "flower.jpg"))
    assert result.returncode == 0
    assert result.stdout.startswith("2 indexed; ")
    assert result.stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are Unicode")
def test_a_name_that_is_not_unicode_survives(
    visita: Visita, copy_photos: Callable[..., Path]
) -> None:
    folder = copy_photos("coffee.png")
    name = os.fsdecode(b"caf\xe9 \xf0.png")
    (folder / "coffee.png").rename(folder / name)
    visita.json("index", folder)
    (hit,) = visita.json("search", "coffee")
    assert hit["path"] == str(folder / name)
    assert Path(hit["path"]).is_file()
    assert visita("search", "coffee").returncode == 0


def test_the_same_content_twice_is_one_photo(
    visita: Visita, copy_photos: Callable[..., Path]
) -> None:
    folder = copy_photos("coffee.png")
    (folder / "copy.png").write_bytes((folder / "coffee.png").read_bytes())
    visita.json("index", folder)
    assert len(visita.json("search", "coffee")) == 1
    (status,) = visita.json("status")
    assert (status["counts"]["photos"], status["counts"]["indexed"]) == (1, 2)
    assert "also" in visita("search", "coffee").stdout
