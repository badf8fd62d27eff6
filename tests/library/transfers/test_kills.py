"""Copying, moving and undoing are killed before every call: no photo is lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.library.index_control import IndexControl
from desktop_app.library.transfer_journal import read_records
from desktop_app.library.transfer_recovery import recover
from desktop_app.library.transfer_undo import TransferUndo
from tests.conftest import REPOSITORY
from tests.library.transfers.desk import Desk, hashed, last

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and modes are POSIX's here")


@pytest.fixture(scope="module")
def child() -> Iterator[Callable[..., str]]:
    """Have something done that is killed before its n-th call."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.library.transfer_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
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
