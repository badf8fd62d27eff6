"""Copying and moving the user's own files: verified, undone, and never a file lost."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from desktop_app.library.transfer_journal import read_records
from tests.library.transfers.desk import Desk, hashed, whys

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and modes are POSIX's here")


def test_a_copy_is_the_same_file_in_every_respect(desk: Desk) -> None:
    photo = desk.photos[0]
    photo.chmod(0o640)
    os.utime(photo, ns=(10**18, 1_234_567_890_123_456_789))
    has_attributes = True
    try:
        os.setxattr(photo, "user.comment", b"at the lake")
    except OSError:
        has_attributes = False
    summary = desk.run(desk.plan("copy", [photo]))
    copy = desk.goal / photo.name
    assert (summary.photos, summary.left, summary.carried) == (1, (), ())
    assert summary.touched == (desk.goal,)
    assert hashed(copy) == hashed(photo)
    assert copy.stat().st_mtime_ns == 1_234_567_890_123_456_789
    assert copy.stat().st_mode == photo.stat().st_mode
    if has_attributes:
        assert os.getxattr(copy, "user.comment") == b"at the lake"
    assert desk.names(desk.goal) == {photo.name}  # no temporary file


def test_undoing_a_copy_deletes_nothing_but_copies(desk: Desk) -> None:
    _, _, china = desk.photos
    desk.run(desk.plan("copy"))
    (desk.goal / "mine.txt").write_text("mine")
    edited = (desk.goal / "rocket.jpg").read_bytes() + b"edited"
    (desk.goal / "rocket.jpg").write_bytes(edited)
    china.unlink()  # its copy is all there is
    summary = desk.undo()
    assert (summary.photos, summary.is_undo) == (1, True)
    assert whys(summary) == {"rocket.jpg": "changed", "china.jpg": "original_gone"}
    assert desk.names(desk.goal) == {"mine.txt", "rocket.jpg", "china.jpg"}
    assert (desk.goal / "rocket.jpg").read_bytes() == edited
    assert desk.names(desk.home) == {"coffee.png", "rocket.jpg"}
    # What may pass is tried again, what cannot change is not.
    (record,) = read_records(desk.journals)
    assert record.photos_to_undo == 1
    shutil.copy2(desk.goal / "china.jpg", china)
    assert desk.undo().photos == 1
    assert not read_records(desk.journals)[0].can_be_undone


def test_same_size_and_time_but_other_bytes_is_no_copy(desk: Desk) -> None:
    photo = desk.photos[0]
    desk.run(desk.plan("copy", [photo]))
    copy = desk.goal / photo.name
    status = copy.stat()
    data = bytearray(copy.read_bytes())
    data[-1] ^= 1
    copy.write_bytes(data)
    os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert whys(desk.undo()) == {photo.name: "changed"}
    assert copy.read_bytes() == bytes(data)


@pytest.mark.parametrize("where", ["one disk", "two disks"])
def test_a_move_and_its_undoing(where: str, request: pytest.FixtureRequest) -> None:
    desk = request.getfixturevalue("desk" if where == "one disk" else "two_disks")
    times = {photo.name: photo.stat().st_mtime_ns for photo in desk.photos}
    summary = desk.run(desk.plan("move"))
    assert (summary.photos, summary.left) == (3, ())
    assert summary.carried == tuple((photo, desk.goal / photo.name) for photo in desk.photos)
    assert not desk.names(desk.home)
    assert {hashed(path) for path in desk.goal.iterdir()} == desk.content
    back = desk.undo()
    assert (back.photos, back.left) == (3, ())
    assert set(back.carried) == {(desk.goal / photo.name, photo) for photo in desk.photos}
    assert not desk.names(desk.goal)
    assert {hashed(path) for path in desk.home.iterdir()} == desk.content
    assert {path.name: path.stat().st_mtime_ns for path in desk.home.iterdir()} == times


@pytest.mark.parametrize("where", ["one disk", "two disks"])
def test_a_move_is_undone_as_far_as_nothing_changed(
    where: str, request: pytest.FixtureRequest
) -> None:
    desk = request.getfixturevalue("desk" if where == "one disk" else "two_disks")
    coffee, rocket, _ = desk.photos
    desk.run(desk.plan("move"))
    coffee.write_bytes(b"somebody else's photo")
    with (desk.goal / "rocket.jpg").open("ab") as stream:
        stream.write(b"edited")
    (desk.goal / "china.jpg").unlink()
    summary = desk.undo()
    assert whys(summary) == {
        "coffee.png": "taken",
        "rocket.jpg": "changed",
        "china.jpg": "vanished",
    }
    assert summary.photos == 0
    assert coffee.read_bytes() == b"somebody else's photo"
    assert desk.names(desk.goal) == {"coffee.png", "rocket.jpg"}
    assert not rocket.exists()
    coffee.unlink()
    assert desk.undo().photos == 1
    assert hashed(coffee) in desk.content


def test_the_old_folder_is_not_made_up(desk: Desk) -> None:
    desk.run(desk.plan("move"))
    desk.home.rmdir()
    assert set(whys(desk.undo()).values()) == {"folder_gone"}
    assert {hashed(path) for path in desk.goal.iterdir()} == desk.content
    desk.home.mkdir()  # the drive is back
    assert desk.undo().photos == 3


def test_names_that_are_no_text_survive(desk: Desk, other_disk: Path) -> None:
    name = os.fsdecode(b"caf\xe9 \xff.jpg")
    photo = Path(shutil.copy(desk.photos[1], desk.home / name))
    desk.run(desk.plan("move", [photo]))
    assert hashed(desk.goal / name) in desk.content
    assert desk.undo().photos == 1
    assert photo.exists()
    assert desk.run(desk.plan("copy", [photo])).photos == 1
    assert desk.undo().photos == 1


def test_what_changes_after_the_plan_is_left(desk: Desk) -> None:
    _, rocket, china = desk.photos
    for kind in ("copy", "move"):
        plan = desk.plan(kind)
        with rocket.open("ab") as stream:
            stream.write(b"edited")
        china.rename(desk.home / "renamed.jpg")
        (desk.goal / "coffee.png").write_bytes(b"somebody was faster")
        summary = desk.run(plan)
        assert whys(summary) == {
            "coffee.png": "taken",
            "rocket.jpg": "changed",
            "china.jpg": "vanished",
        }
        assert desk.names(desk.goal) == {"coffee.png"}
        assert (desk.goal / "coffee.png").read_bytes() == b"somebody was faster"
        assert desk.names(desk.home) == {"coffee.png", "rocket.jpg", "renamed.jpg"}
        (desk.home / "renamed.jpg").rename(china)
        (desk.goal / "coffee.png").unlink()


def test_a_photo_that_is_written_to_while_it_is_copied_is_left(desk: Desk) -> None:
    photo = desk.photos[0]

    def write(handle: int, part: bytes) -> int:
        with photo.open("ab") as stream:
            stream.write(b"more")
        return os.write(handle, part)

    assert whys(desk.run(desk.plan("copy", [photo]), write)) == {photo.name: "changed"}
    assert not desk.names(desk.goal)


def test_a_disk_that_writes_something_else_is_found_out(two_disks: Desk) -> None:
    def write(handle: int, part: bytes) -> int:
        return os.write(handle, bytes([part[0] ^ 1]) + part[1:])

    summary = two_disks.run(two_disks.plan("move"), write)
    assert set(whys(summary).values()) == {"broken"}
    assert not two_disks.names(two_disks.goal)
    assert {hashed(path) for path in two_disks.home.iterdir()} == two_disks.content
