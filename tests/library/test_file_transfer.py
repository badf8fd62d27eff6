"""Copying and moving the user's own files: planned, verified, undone, and never a file lost."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from desktop_app.errors import DiskFull, FolderUnavailable, TransferRunning, UsageError
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.file_transfer import FileTransfer
from desktop_app.library.free_name import name_key, numbered, take_name
from desktop_app.library.index_control import IndexControl
from desktop_app.library.transfer_journal import KEPT, read_record, read_records
from desktop_app.library.transfer_plan import (
    TransferKind,
    TransferPlan,
    TransferProgress,
    TransferSummary,
)
from desktop_app.library.transfer_planner import TransferPlanner
from desktop_app.library.transfer_recovery import recover
from desktop_app.library.transfer_undo import TransferUndo
from desktop_app.library.transfers import Transfers
from tests.library.conftest import NOBODY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and modes are POSIX's here")


class Desk:
    """Photos, a folder to carry them to, and journals."""

    def __init__(self, home: Path, goal: Path, sources: Sequence[Path]) -> None:
        self.home, self.goal = home / "home", goal / "goal"
        self.journals = home / "data" / "transfers"
        for folder in (self.home, self.goal):
            folder.mkdir(parents=True)
        self.photos = [Path(shutil.copy(source, self.home)) for source in sources]
        self.content = {hashed(photo) for photo in self.photos}

    def plan(self, kind: TransferKind, photos: Sequence[Path] | None = None) -> TransferPlan:
        planner = TransferPlanner(self.journals.parent, (), ExclusionRules())
        work = planner.plan(kind, photos if photos is not None else self.photos, self.goal)
        while True:
            try:
                next(work)
            except StopIteration as end:
                return end.value

    def run(self, plan: TransferPlan, write=os.write) -> TransferSummary:
        return last(FileTransfer(plan, self.journals, IndexControl(), write).run())

    def undo(self) -> TransferSummary:
        return last(TransferUndo(read_records(self.journals)[0], IndexControl()).run())

    def names(self, folder: Path) -> set[str]:
        return {path.name for path in folder.iterdir()}


def last(events) -> TransferSummary:
    *progress, summary = events
    assert all(isinstance(event, TransferProgress) for event in progress)
    assert isinstance(summary, TransferSummary)
    return summary


def hashed(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def whys(summary: TransferSummary | TransferPlan) -> dict[str, str]:
    left = summary.left if isinstance(summary, TransferSummary) else summary.left_out
    return {item.source.name: item.why for item in left}


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


# -- names --------------------------------------------------------------------------------------


def test_a_name_that_is_taken_is_not_taken_again(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    with pytest.raises(FileExistsError):
        take_name(one, two)
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    take_name(one, tmp_path / "three")
    assert not one.exists()
    assert (tmp_path / "three").read_bytes() == b"1"


def test_what_somebody_else_saves_meanwhile_is_not_removed(tmp_path: Path, monkeypatch) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"before")
    link = os.link

    def link_and_save(source: Path, target: Path, **named: bool) -> None:
        link(source, target, **named)
        (tmp_path / "new").write_bytes(b"edited")
        (tmp_path / "new").replace(photo)  # how editors save

    monkeypatch.setattr(os, "link", link_and_save)
    with pytest.raises(OSError, match="busy"):
        take_name(photo, tmp_path / "moved.jpg")
    assert photo.read_bytes() == b"edited"
    assert not (tmp_path / "moved.jpg").exists()


def test_without_hard_links_nothing_is_replaced_either(tmp_path: Path, monkeypatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")  # what FAT says

    monkeypatch.setattr(os, "link", no_links)
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    with pytest.raises(FileExistsError):
        take_name(one, two)
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    take_name(one, tmp_path / "three")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["three", "two"]
    assert (tmp_path / "three").read_bytes() == b"1"


def test_numbers_stand_before_what_tells_files_apart() -> None:
    assert numbered("a.jpg", "a", 1) == "a.jpg"
    assert numbered("a.jpg.xmp", "a", 2) == "a (2).jpg.xmp"
    assert name_key("STRASSE.JPG") == name_key("straße.jpg")
    assert name_key("e\u0301.jpg") == name_key("É.jpg")


# -- plans --------------------------------------------------------------------------------------


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


# -- copies and moves ---------------------------------------------------------------------------


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


class SmallDisk:
    """A disk with so many bytes; then it is full."""

    def __init__(self, size: int) -> None:
        self.left = size

    def write(self, handle: int, part: bytes) -> int:
        if not self.left:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = os.write(handle, part[: self.left])
        self.left -= written
        return written


def test_a_disk_that_gets_full_ends_the_run(two_disks: Desk) -> None:
    first, second, _ = two_disks.photos
    disk = SmallDisk(first.stat().st_size + second.stat().st_size // 2)
    summary = two_disks.run(two_disks.plan("move"), disk.write)
    assert summary.photos == 1
    assert whys(summary) == {"rocket.jpg": "full", "china.jpg": "full"}
    assert two_disks.names(two_disks.goal) == {"coffee.png"}
    assert two_disks.names(two_disks.home) == {"rocket.jpg", "china.jpg"}
    assert two_disks.undo().photos == 1


def test_a_read_only_target_and_a_read_only_source(two_disks: Desk, drop_root) -> None:
    plan = two_disks.plan("move")
    with drop_root(two_disks.home.parent, two_disks.goal.parent):
        two_disks.goal.chmod(0o555)
        summary = two_disks.run(plan)
        assert set(whys(summary).values()) == {"denied"}
        with pytest.raises(FolderUnavailable, match="may not be written"):
            two_disks.plan("copy")
        two_disks.goal.chmod(0o755)
        two_disks.home.chmod(0o555)
        summary = two_disks.run(two_disks.plan("move"))
        # The copies stand, their originals too: said so, and undone without loss.
        assert set(whys(summary).values()) == {"original_stays"}
        assert len(two_disks.names(two_disks.goal)) == len(two_disks.names(two_disks.home)) == 3
        assert two_disks.undo().photos == 3
        assert not two_disks.names(two_disks.goal)
        two_disks.home.chmod(0o755)
    assert {hashed(path) for path in two_disks.home.iterdir()} == two_disks.content


def test_a_move_out_of_a_read_only_folder_leaves_one_name(desk: Desk, drop_root) -> None:
    with drop_root(desk.home.parent, desk.goal.parent):
        desk.home.chmod(0o555)
        summary = desk.run(desk.plan("move"))
        desk.home.chmod(0o755)
    assert set(whys(summary).values()) == {"denied"}
    assert not desk.names(desk.goal)
    assert all(path.stat().st_nlink == 1 for path in desk.home.iterdir())


@pytest.fixture
def drop_root():
    """Within: root is nobody, and owns what is in these folders."""
    from contextlib import contextmanager

    @contextmanager
    def dropped(*folders: Path):
        if os.geteuid() != 0:
            yield
            return
        for folder in folders:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
            # pytest's own folders are for their owner alone
            for parent in folder.parents:
                if parent.stat().st_uid == 0 and "pytest" in parent.name:
                    parent.chmod(parent.stat().st_mode | 0o011)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return dropped


def test_cancelled_in_the_middle_of_a_file(desk: Desk) -> None:
    control = IndexControl()
    written = 0

    def write(handle: int, part: bytes) -> int:
        nonlocal written
        written += 1
        if written == 2:
            control.stop()
        return os.write(handle, part[: max(1, len(part) // 2)])

    summary = last(FileTransfer(desk.plan("copy"), desk.journals, control, write).run())
    assert summary.stopped
    assert summary.photos == 0
    assert not desk.names(desk.goal)
    assert read_records(desk.journals)[0].is_ended


def test_progress_ends_where_it_should(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr("desktop_app.library.file_transfer.PROGRESS_S", 0.0)
    plan = desk.plan("copy")
    *progress, _ = FileTransfer(plan, desk.journals, IndexControl()).run()
    assert [p.done_files for p in progress] == sorted(p.done_files for p in progress)
    assert progress[-1].done_bytes == progress[-1].total_bytes == plan.bytes_to_write
    assert {p.current for p in progress} == {photo.name for photo in desk.photos}


# -- kills --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def child() -> Iterator[Callable[..., str]]:
    """Have something done that is killed before its n-th call."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.library.transfer_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def work(**task: object) -> str:
        process.stdin.write(json.dumps(task) + "\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    yield work
    process.stdin.close()
    process.wait(timeout=60)
    process.stdout.close()


def _fresh(root: Path, goal: Path, sources: list[Path], number: int) -> Desk:
    desk = Desk(root / f"{number}", goal / f"{number}", sources)
    for photo in desk.photos[:1]:
        photo.with_suffix(".xmp").write_text("<x/>")
        desk.content.add(hashed(photo.with_suffix(".xmp")))
    return desk


def _nothing_is_lost(desk: Desk) -> None:
    files = [*desk.home.iterdir(), *desk.goal.iterdir()]
    named = {hashed(path) for path in files if not path.name.startswith(".visita-")}
    assert named == desk.content  # all of it, and nothing that is half of a photo


def _is_as_before(desk: Desk) -> None:
    assert not desk.names(desk.goal)
    assert len(desk.names(desk.home)) == len(desk.content)
    assert {hashed(path) for path in desk.home.iterdir()} == desk.content


@pytest.mark.parametrize("where", ["one disk", "two disks"])
@pytest.mark.parametrize("kind", ["copy", "move"])
def test_killed_at_any_moment_nothing_is_lost_and_all_can_be_undone(
    kind, where, tmp_path, sources, child, request
) -> None:
    goal = tmp_path if where == "one disk" else request.getfixturevalue("other_disk")
    for number in range(1, 400):
        desk = _fresh(tmp_path, goal, sources[:2], number)
        outcome = child(
            do=kind,
            kill_before=number,
            journals=str(desk.journals),
            folder=str(desk.goal),
            photos=[str(photo) for photo in desk.photos],
        )
        _nothing_is_lost(desk)
        interrupted = recover(desk.journals)
        assert recover(desk.journals) == []
        assert not [name for name in desk.names(desk.goal) if name.startswith(".visita-")]
        _nothing_is_lost(desk)
        for record in read_records(desk.journals):
            assert record.is_ended
            if record.can_be_undone:
                assert last(TransferUndo(record, IndexControl()).run()).left == ()
        _is_as_before(desk)
        shutil.rmtree(desk.home.parent)
        shutil.rmtree(desk.goal.parent, ignore_errors=True)
        if outcome == "finished":
            assert number > 15
            assert not interrupted
            return
        assert outcome == "killed"
    pytest.fail("it never came to its end")


@pytest.mark.parametrize("where", ["one disk", "two disks"])
@pytest.mark.parametrize("kind", ["copy", "move"])
def test_undoing_is_killed_at_any_moment(kind, where, tmp_path, sources, child, request) -> None:
    goal = tmp_path if where == "one disk" else request.getfixturevalue("other_disk")
    for number in range(1, 200):
        desk = _fresh(tmp_path, goal, sources[:2], number)
        desk.run(desk.plan(kind))
        outcome = child(do="undo", kill_before=number, journals=str(desk.journals))
        _nothing_is_lost(desk)
        recover(desk.journals)
        _nothing_is_lost(desk)
        (record,) = read_records(desk.journals)
        assert not record.is_undoing
        if record.can_be_undone:
            assert last(TransferUndo(record, IndexControl()).run()).left == ()
        _is_as_before(desk)
        shutil.rmtree(desk.home.parent)
        shutil.rmtree(desk.goal.parent, ignore_errors=True)
        if outcome == "finished":
            assert number > 5
            return
        assert outcome == "killed"
    pytest.fail("it never came to its end")


# -- the journal, and the library ---------------------------------------------------------------


def test_a_journal_survives_a_line_that_was_cut_off(desk: Desk) -> None:
    desk.run(desk.plan("move"))
    (record,) = read_records(desk.journals)
    data = record.file.read_bytes()
    cut = data[: data.rindex(b'{"is": "ended"') + 7]
    record.file.write_bytes(cut)
    read = read_record(record.file)
    assert read is not None
    assert not read.is_ended
    (recovered,) = recover(desk.journals)
    assert recovered.is_ended
    assert desk.undo().photos == 3
    record.file.write_bytes(b"")
    assert read_records(desk.journals) == []


def test_old_journals_go(desk: Desk) -> None:
    for _ in range(KEPT + 3):
        desk.run(desk.plan("copy"))
        desk.undo()
    assert len(read_records(desk.journals)) == KEPT


def test_the_catalogue_follows_and_nothing_is_encoded_again(bench, folder, tmp_path) -> None:
    bench.run(folder)
    goal = folder / "best of"
    goal.mkdir()
    before = bench.photo_at(folder / "coffee.png")
    bench.catalogue.albums.add("Rome", [before.photo_id])
    transfers = Transfers(bench.catalogue, bench.paths, ExclusionRules())
    told: list[TransferProgress] = []
    photos = [folder / "coffee.png", folder / "trip" / "china.jpg"]
    plan = transfers.plan("move", photos, goal, IndexControl())
    assert plan is not None
    assert plan.is_in_library
    change = bench.catalogue.change_seq()
    assert transfers.run(plan, IndexControl(), told.append).photos == 2
    assert told
    after = bench.photo_at(goal / "coffee.png")  # at once, before any index run
    assert after.photo_id == before.photo_id
    assert bench.catalogue.change_seq() > change
    encoded = bench.encoder.calls if hasattr(bench.encoder, "calls") else None
    assert bench.counts_of(folder) == {"unchanged": 5}
    if encoded is not None:
        assert bench.encoder.calls == encoded
    assert bench.catalogue.albums.of(after.photo_id) == ["Rome"]
    latest = transfers.latest()
    assert latest is not None
    assert latest.photos_to_undo == 2
    assert transfers.undo(latest, IndexControl(), told.append).photos == 2
    assert bench.photo_at(folder / "coffee.png").photo_id == before.photo_id
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert transfers.latest() is None
    with pytest.raises(UsageError, match="nothing left"):
        transfers.undo(latest, IndexControl(), told.append)


def test_what_is_moved_out_of_sight_stays_known(bench, folder) -> None:
    bench.run(folder)
    hidden = folder / ".hidden"
    hidden.mkdir()
    photo_id = bench.photo_at(folder / "coffee.png").photo_id
    transfers = Transfers(bench.catalogue, bench.paths, ExclusionRules())
    plan = transfers.plan("move", [folder / "coffee.png"], hidden, IndexControl())
    assert not plan.is_in_library
    transfers.run(plan, IndexControl(), lambda _: None)
    assert bench.counts_of(folder) == {"unchanged": 4, "missing": 1}
    transfers.undo(transfers.latest(), IndexControl(), lambda _: None)
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.photo_at(folder / "coffee.png").photo_id == photo_id


def test_a_move_while_indexing_is_followed_by_the_next_run(bench, folder) -> None:
    bench.run(folder)
    goal = folder / "best of"
    goal.mkdir()
    before = bench.photo_at(folder / "coffee.png")
    transfers = Transfers(bench.catalogue, bench.paths, ExclusionRules())
    plan = transfers.plan("move", [folder / "coffee.png"], goal, IndexControl())
    from desktop_app.library.indexer_lock import only_indexer

    with only_indexer(bench.paths):  # an indexer runs
        assert transfers.run(plan, IndexControl(), lambda _: None).photos == 1
    assert bench.counts_of(folder) == {"unchanged": 4, "moved": 1}
    assert bench.photo_at(goal / "coffee.png").photo_id == before.photo_id


def test_one_transfer_at_a_time(bench, folder, tmp_path) -> None:
    transfers = Transfers(bench.catalogue, bench.paths, ExclusionRules())
    other = Transfers(bench.catalogue, bench.paths, ExclusionRules())
    plan = transfers.plan("copy", [folder / "coffee.png"], tmp_path, IndexControl())
    with transfers._alone():
        with pytest.raises(TransferRunning):
            other.run(plan, IndexControl(), lambda _: None)
        assert other.recover() == []
    assert other.run(plan, IndexControl(), lambda _: None).photos == 1


def test_planning_can_be_stopped(bench, folder, tmp_path) -> None:
    control = IndexControl()
    control.stop()
    transfers = Transfers(bench.catalogue, bench.paths, ExclusionRules())
    assert transfers.plan("copy", [folder / "coffee.png"], tmp_path, control) is None
