"""Folders as people have them: left out, linked, watched, gone, of any name."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Visita, assert_known_error, last
from tests.cli.test_control import finish, read, tell

CopyPhotos = Callable[..., Path]


def test_patterns_are_listed_added_and_removed(visita: Visita, copy_photos: CopyPhotos) -> None:
    folder = copy_photos("coffee.png", "flower.jpg")
    assert last(visita.json("index", folder))["indexed"] == 2
    (listed,) = visita.json("exclude")
    assert listed["patterns"] == []
    assert "@eadir/" in listed["defaults"]
    added = visita("exclude", "add", "*.png", "*.gif")
    assert (added.returncode, added.stdout) == (0, "*.png\n*.gif\n")
    assert "1 known files will be forgotten" in added.stderr
    finished = last(visita.json("index"))
    assert (finished["unchanged"], finished["missing"], finished["excluded"]) == (1, 0, 1)
    (status,) = visita.json("status")
    assert status["exclude"] == ["*.png", "*.gif"]
    assert (status["counts"]["indexed"], status["counts"]["missing"]) == (1, 0)
    assert "*.png" in visita("status").stdout
    removed = visita("exclude", "remove", "*.png")
    assert removed.stdout == "*.gif\n"
    assert "computes" in removed.stderr or "computed" in removed.stderr
    finished = last(visita.json("index"))
    assert (finished["unchanged"], finished["indexed"]) == (1, 1)


def test_patterns_that_make_no_sense_are_refused(visita: Visita) -> None:
    assert_known_error(visita("exclude", "add", "!"), "no pattern", ".gitignore")
    assert_known_error(visita("exclude", "remove", "*.gif"), "*.gif")
    assert_known_error(visita("exclude", "add"), "No pattern")
    assert visita.json("exclude")[0]["patterns"] == []


def test_a_folder_that_is_left_out_is_refused_with_the_reason(
    visita: Visita, copy_photos: CopyPhotos
) -> None:
    folder = copy_photos("coffee.png")
    (folder / ".hidden").mkdir()
    visita("index", folder)
    assert_known_error(visita("index", folder / ".hidden"), "left out", "visita exclude")


def test_missing_photos_are_forgotten_only_when_told_so(
    visita: Visita, copy_photos: CopyPhotos
) -> None:
    folder = copy_photos("coffee.png", "flower.jpg")
    visita("index", folder)
    (folder / "coffee.png").unlink()
    visita("index", folder)
    asked = visita("remove-missing")
    assert asked.returncode == 0
    assert "1 missing file, 1 photo." in asked.stdout
    assert "nothing was forgotten" in asked.stderr
    (status,) = visita.json("status")
    assert status["counts"]["missing"] == 1
    assert_known_error(visita("remove-missing", "--folder", folder.parent), "not in the library")
    (done,) = visita.json("remove-missing", "--yes", "--folder", folder)
    assert (done["forgotten"], done["files"], done["photos"]) == (True, 1, 1)
    (status,) = visita.json("status")
    assert status["counts"]["missing"] == 0
    (again,) = visita.json("remove-missing", "--yes")
    assert (again["forgotten"], again["files"]) == (False, 0)
    backups = visita.json("backup", "--list")
    assert done["backup"] in [one["name"] for one in backups]


def test_an_unplugged_folder_is_offline_its_hits_are_marked_and_nothing_is_forgotten(
    visita: Visita, copy_photos: CopyPhotos
) -> None:
    folder = copy_photos("coffee.png")
    visita("index", folder)
    folder.rename(folder.with_name("unplugged"))
    told = visita("index").stderr
    assert "one folder cannot be reached now" in told
    assert "no photos found" not in told
    (status,) = visita.json("status")
    assert [(f["state"], f["watch"]) for f in status["folders"]] == [("offline", "periodic")]
    assert "not connected" in status["folders"][0]["watch_reason"]
    assert status["counts"]["indexed"] == 1
    (hit,) = visita.json("search", "a cup of coffee", "-k", "1")
    assert (hit["offline"], hit["path"]) == (True, str(folder / "coffee.png"))
    assert "not connected" in visita("search", "a cup of coffee").stdout
    (count,) = visita.json("remove-missing", "--yes")
    assert (count["files"], count["offline"]) == (0, 0)
    assert len(list((visita.data_dir / "thumbnails").glob("*/*.jpg"))) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux")
def test_names_that_are_no_text_from_end_to_end(
    visita: Visita, photos: Path, tmp_path: Path
) -> None:
    folder = tmp_path / os.fsdecode(b"ph\xf6tos")
    folder.mkdir()
    good, bad = folder / os.fsdecode(b"caf\xe9\n.png"), folder / os.fsdecode(b"bad\xff.jpg")
    shutil.copyfile(photos / "coffee.png", good)
    bad.write_bytes(b"no photo")
    finished = last(visita.json("index", folder))
    assert (finished["indexed"], finished["failed"]) == (1, 1)
    (hit,) = visita.json("search", "a cup of coffee")
    assert os.fsencode(hit["path"]) == os.fsencode(good)
    (failure,) = visita.json("failures")
    assert os.fsencode(failure["path"]) == os.fsencode(bad)
    (status,) = visita.json("status")
    assert os.fsencode(status["folders"][0]["path"]) == os.fsencode(folder)
    for command in (("search", "a cup"), ("failures",), ("status",)):
        result = visita(*command)
        assert (result.returncode, "Traceback" in result.stderr) == (0, False)
    assert len(list((visita.data_dir / "thumbnails").glob("*/*.jpg"))) == 1
    (similar,) = visita.json("search", "--photo", good)
    assert similar["path"] == hit["path"]


def test_the_same_content_is_shown_with_all_its_paths(
    visita: Visita, copy_photos: CopyPhotos
) -> None:
    folder = copy_photos("coffee.png")
    (folder / "copies").mkdir()
    copy = folder / "copies" / "again.png"
    shutil.copyfile(folder / "coffee.png", copy)
    visita("index", folder)
    (hit,) = visita.json("search", "a cup of coffee")
    assert {hit["path"], *hit["other_paths"]} == {str(folder / "coffee.png"), str(copy)}
    first, also = visita("search", "a cup of coffee").stdout.splitlines()[-2:]
    assert first.endswith(hit["path"])
    assert also.strip() == f"also {hit['other_paths'][0]}"
    assert also.startswith(" " * 10)


def test_watching_goes_on_until_it_is_stopped(visita: Visita, copy_photos: CopyPhotos) -> None:
    folder = copy_photos("coffee.png")
    with visita.start("--json", "index", "--control", "--watch", folder) as child:
        try:
            while (record := read(child))["type"] != "finished":
                pass
            assert record["indexed"] == 1
            watching = read(child)
            assert watching == {
                "type": "watching",
                "folders": [{"path": str(folder), "watch": "watched", "watch_reason": ""}],
            }
            (status,) = visita.json("status")
            assert status["watching"] is True
            assert status["folders"][0]["watch"] == "watched"
            copy_photos("flower.jpg")
            while (record := read(child))["type"] != "finished" or not record["indexed"]:
                pass
            assert (record["indexed"], record["unchanged"]) == (1, 1)
            excluded = visita("exclude", "add", "*.jpg")  # in another terminal
            assert "1 known files will be forgotten by the next run, which" in excluded.stderr
            while (record := read(child))["type"] != "finished" or not record["excluded"]:
                pass
            assert (record["excluded"], record["unchanged"]) == (1, 1)
            tell(child, "stop")
            assert child.wait(120) == 0
        finally:
            child.kill()
    (status,) = visita.json("status")
    assert (status["watching"], status["counts"]["indexed"]) == (False, 1)
    assert "not just now" in visita("status").stdout


def test_what_a_watcher_asks_for_adds_no_folder(visita: Visita, copy_photos: CopyPhotos) -> None:
    folder = copy_photos("coffee.png")
    with visita.start("--json", "index", "--control", "--changed", folder) as child:
        assert finish(child)["indexed"] == 0
    assert visita.json("status")[0]["folders"] == []
