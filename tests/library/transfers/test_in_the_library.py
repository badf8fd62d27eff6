"""The journals, and the catalogue that follows what was moved."""

from __future__ import annotations

import sys

import pytest

from desktop_app.errors import TransferRunning, UsageError
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.index_control import IndexControl
from desktop_app.library.transfer_journal import KEPT, read_record, read_records
from desktop_app.library.transfer_plan import TransferProgress
from desktop_app.library.transfer_recovery import recover
from desktop_app.library.transfers import Transfers
from tests.library.transfers.desk import Desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and modes are POSIX's here")


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
