"""Disks that are full or closed, and runs that are cancelled: nothing is lost, nothing is left."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from desktop_app.errors import FolderUnavailable
from desktop_app.library.file_transfer import FileTransfer
from desktop_app.library.index_control import IndexControl
from desktop_app.library.transfer_journal import read_records
from tests.library.conftest import NOBODY
from tests.library.transfers.desk import Desk, hashed, last, whys

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and modes are POSIX's here")


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
