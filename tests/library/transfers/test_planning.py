"""A plan says what would happen to the user's files, and does nothing."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from desktop_app.errors import DiskFull, FolderUnavailable, UsageError
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.transfer_planner import TransferPlanner
from tests.library.transfers.desk import Desk, hashed, whys

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and modes are POSIX's here")


def test_a_plan_tells_what_would_happen_and_does_nothing(desk: Desk) -> None:
    plan = desk.plan("copy")
    assert plan.photos == len(plan.steps) == 3
    assert plan.bytes_to_write == plan.size_bytes == sum(p.stat().st_size for p in desk.photos)
    assert not plan.renamed
    assert not plan.left_out
    assert desk.plan("move").bytes_to_write == 0  # only names change
    assert not desk.names(desk.goal)
    assert not desk.journals.exists()


def test_what_has_the_name_already_keeps_it(desk: Desk) -> None:
    coffee, rocket, china = desk.photos
    shutil.copy(coffee, desk.goal / "COFFEE.PNG")  # another case, the same content
    (desk.goal / "Rocket.jpg").write_bytes(b"another photo")
    (desk.goal / "rocket (2).jpg").write_bytes(b"and another")
    plan = desk.plan("copy")
    assert whys(plan) == {"coffee.png": "same"}
    assert [step.target.name for step in plan.steps] == ["rocket (3).jpg", "china.jpg"]
    assert [step.source for step in plan.renamed] == [rocket]
    summary = desk.run(plan)
    assert summary.photos == 2
    assert (desk.goal / "Rocket.jpg").read_bytes() == b"another photo"
    assert hashed(desk.goal / "rocket (3).jpg") == hashed(rocket)
    assert hashed(desk.goal / "china.jpg") == hashed(china)
    again = desk.plan("copy")
    assert set(whys(again).values()) == {"same"}
    assert not again.steps


def test_two_chosen_photos_of_one_name_both_arrive(desk: Desk) -> None:
    (desk.home / "trip").mkdir()
    twin = Path(shutil.copy(desk.photos[2], desk.home / "trip" / "Coffee.png"))
    desk.run(desk.plan("copy", [desk.photos[0], twin]))
    assert desk.names(desk.goal) == {"coffee.png", "Coffee (2).png"}


def test_sidecars_go_along_and_keep_belonging_to_their_photo(desk: Desk) -> None:
    coffee, rocket, _ = desk.photos
    raw = Path(shutil.copy(coffee, coffee.with_suffix(".cr2")))
    own, both = coffee.with_name("coffee.png.xmp"), coffee.with_suffix(".xmp")
    own.write_text("own")
    both.write_text("both")
    (desk.goal / "coffee.png").write_bytes(b"another")
    plan = desk.plan("move", [coffee, rocket])
    assert [(s.source.name, s.target.name, s.keeps_source) for s in plan.steps] == [
        ("coffee.png", "coffee (2).png", False),
        ("coffee.xmp", "coffee (2).xmp", True),  # coffee.cr2 stays, and needs it
        ("coffee.png.xmp", "coffee (2).png.xmp", False),
        ("rocket.jpg", "rocket.jpg", False),
    ]
    assert plan.photos == 2
    assert desk.run(plan).photos == 2
    assert desk.names(desk.home) == {"coffee.cr2", "coffee.xmp", "china.jpg"}
    assert (desk.goal / "coffee (2).xmp").read_text() == "both"
    assert desk.undo().left == ()
    assert desk.names(desk.home) == {
        *("coffee.cr2", "coffee.xmp", "coffee.png", "coffee.png.xmp", "rocket.jpg", "china.jpg")
    }
    assert desk.names(desk.goal) == {"coffee.png"}
    assert [step.keeps_source for step in desk.plan("move", [coffee, raw]).steps].count(True) == 0


def test_what_cannot_be_carried_is_named(desk: Desk) -> None:
    link = desk.home / "link.png"
    link.symlink_to(desk.photos[0])
    os.mkfifo(desk.home / "pipe.png")
    there = Path(shutil.copy(desk.photos[1], desk.goal))
    odd = [link, desk.home / "pipe.png", desk.home / "gone.png", there]
    assert whys(desk.plan("move", odd)) == {
        "link.png": "link",
        "pipe.png": "no_file",
        "gone.png": "vanished",
        "rocket.jpg": "here",
    }
    plan = desk.plan("copy", [link])  # what it points at
    desk.run(plan)
    assert not (desk.goal / "link.png").is_symlink()
    assert hashed(desk.goal / "link.png") == hashed(desk.photos[0])


def test_folders_that_cannot_take_photos_are_refused(desk: Desk, tmp_path: Path) -> None:
    planner = TransferPlanner(tmp_path / "data", (tmp_path,), ExclusionRules())

    def plan(folder: Path) -> None:
        list(planner.plan("copy", desk.photos, folder))

    with pytest.raises(FolderUnavailable, match="cannot be opened"):
        plan(tmp_path / "nowhere")
    with pytest.raises(FolderUnavailable, match="no folder"):
        plan(desk.photos[0])
    (tmp_path / "data" / "thumbnails").mkdir(parents=True)
    with pytest.raises(UsageError, match="own data"):
        plan(tmp_path / "data" / "thumbnails")


def test_a_plan_knows_whether_the_target_can_be_searched(desk: Desk, tmp_path: Path) -> None:
    def is_in_library(folder: Path, *roots: Path) -> bool:
        folder.mkdir(exist_ok=True)
        work = TransferPlanner(tmp_path / "data", roots, ExclusionRules()).plan("move", [], folder)
        with pytest.raises(StopIteration) as end:
            next(work)
        return end.value.value.is_in_library

    assert is_in_library(desk.goal, tmp_path)
    assert is_in_library(desk.goal, desk.home, desk.goal)
    assert not is_in_library(desk.goal, desk.home)
    assert not is_in_library(desk.goal / ".hidden", tmp_path)


def test_a_disk_that_is_too_small_is_refused_before_anything(desk: Desk, monkeypatch) -> None:
    size = sum(photo.stat().st_size for photo in desk.photos)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, size - 1)
    )
    with pytest.raises(DiskFull, match="are needed"):
        desk.plan("copy")
    assert desk.plan("move").photos == 3  # nothing is written
