"""Progress, pause and stop: what is committed stays, and the next run goes on."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from desktop_app.library.indexer import IndexControl
from desktop_app.library.ledger import MAX_ATTEMPTS
from desktop_app.library.records import Counts, IndexProgress, IndexSummary, Scope
from tests.fakes import ColourEncoder
from tests.library.conftest import Workbench, tiles
from tests.library.indexing.stopping_encoder import StoppingEncoder


def test_progress_is_told_and_adds_up(bench: Workbench, folder: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png", folder / "rocket.jpg"], many, 40)
    *progress, summary = bench.events(many, folder)
    assert isinstance(summary, IndexSummary)
    assert not summary.stopped
    phases = [event.phase for event in progress if isinstance(event, IndexProgress)]
    assert len(phases) == len(progress)
    assert phases == sorted(phases, key=["scanning", "encoding"].index)
    last = progress[-1]
    assert isinstance(last, IndexProgress)
    assert (last.done, last.total, last.indexed) == (45, 45, 45)
    assert last.photos_per_s > 0
    assert last.eta_s == 0


def test_stop_keeps_what_is_committed_and_the_next_run_goes_on(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png"], many, 40)
    bench.encoder = StoppingEncoder(bench.control, after=12)
    summary = bench.run(many)
    assert summary.stopped
    assert summary.indexed == 12
    assert bench.catalogue.counts() == Counts(12, 12, 28, 0, 0)
    bench.control = IndexControl()
    bench.encoder = ColourEncoder()
    assert bench.counts_of(many) == {"indexed": 28, "unchanged": 12}


def test_a_stopped_run_makes_nobody_a_suspect(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png"], many, 40)
    for _ in range(MAX_ATTEMPTS + 1):
        bench.control = IndexControl()
        bench.encoder = StoppingEncoder(bench.control, after=4)
        assert bench.run(many).stopped
        [root] = bench.catalogue.folders()
        waiting = bench.catalogue.ledger.pending(Scope(root.folder_id))
        assert {attempts for attempts, _ in waiting} == {0}
    bench.control = IndexControl()
    bench.encoder = ColourEncoder()
    assert bench.counts_of(many) == {"indexed": 24, "unchanged": 16}


def test_stop_before_the_start(bench: Workbench, folder: Path) -> None:
    bench.control.stop()
    assert bench.run(folder).stopped
    assert bench.photos() == []


def test_pause_waits_after_a_commit_until_resumed(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png"], many, 24)
    bench.encoder = StoppingEncoder(bench.control, after=8, pause=True)
    run = bench.indexer().run([many], bench.control)
    for event in run:
        assert isinstance(event, IndexProgress)
        if event.phase == "paused":
            break
    assert bench.catalogue.counts().indexed == 8  # all that was encoded is committed
    resumed_at: list[float] = []

    def resume() -> None:
        resumed_at.append(time.monotonic())
        bench.control.resume()

    timer = threading.Timer(0.2, resume)
    timer.start()
    rest = list(run)
    timer.join()
    assert isinstance(rest[-1], IndexSummary)
    assert rest[-1].indexed == 24
    assert rest[-1].seconds >= 0.2
    assert len(resumed_at) == 1


def test_a_paused_run_can_be_stopped(bench: Workbench, folder: Path) -> None:
    bench.control.pause()
    run = bench.indexer().run([folder], bench.control)
    assert any(isinstance(e, IndexProgress) and e.phase == "paused" for e in run_until_paused(run))
    bench.control.stop()
    *_, summary = run
    assert isinstance(summary, IndexSummary)
    assert summary.stopped


def run_until_paused(run: object) -> list[object]:
    seen: list[object] = []
    for event in run:  # type: ignore[attr-defined]
        seen.append(event)
        if isinstance(event, IndexProgress) and event.phase == "paused":
            break
    return seen


def test_an_abandoned_run_lets_go_of_everything(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png"], many, 24)
    threads = threading.active_count()
    for _ in range(MAX_ATTEMPTS + 1):
        bench.encoder = StoppingEncoder(bench.control, after=4, pause=True)
        run = bench.indexer().run([many], bench.control)
        run_until_paused(run)
        run.close()  # type: ignore[attr-defined]
        bench.control.resume()
        assert threading.active_count() == threads
    bench.encoder = ColourEncoder()
    bench.run(many)
    assert bench.catalogue.counts() == Counts(24, 24, 0, 0, 0)
