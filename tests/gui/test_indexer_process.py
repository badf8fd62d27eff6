"""The indexer child: a real one for the normal life, small scripts for the bad days."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from desktop_app.gui.indexer_process import IndexerProcess, IndexerState
from desktop_app.gui.program import indexer_command
from desktop_app.paths import DataPaths
from tests.gui.conftest import MANY, PATIENCE_MS

MakeIndexer = Callable[..., IndexerProcess]

PROGRESS = (
    '{"type": "progress", "phase": "encoding", "done": 1, "total": 2, "indexed": 1, '
    '"unchanged": 0, "moved": 0, "missing": 0, "failed": 0, "photos_per_s": 3.5, '
    '"eta_s": 1.0, "current": null}'
)
FINISHED = (
    '{"type": "finished", "indexed": 2, "unchanged": 0, "moved": 0, "missing": 0, '
    '"failed": 0, "seconds": 0.5}'
)


@pytest.fixture
def make_indexer(qtbot) -> Iterator[MakeIndexer]:
    made: list[IndexerProcess] = []

    def make(command: list[str], **options: object) -> IndexerProcess:
        indexer = IndexerProcess(command, **options)
        made.append(indexer)
        return indexer

    yield make
    for indexer in made:
        indexer.stop_accepting()
        indexer.stop()
        qtbot.waitUntil(
            lambda indexer=indexer: indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS
        )


@pytest.fixture
def real_indexer(make_indexer: MakeIndexer, tmp_path: Path, model_dir: Path) -> IndexerProcess:
    paths = DataPaths(tmp_path / "data")
    paths.create()
    return make_indexer(indexer_command(paths.root, model_dir), back_off_s=(0.1, 0.2, 0.3))


@pytest.fixture
def make_script(tmp_path: Path, make_indexer: MakeIndexer) -> MakeIndexer:
    def make(body: str, **options: object) -> IndexerProcess:
        script = tmp_path / "child.py"
        script.write_text(f"import os, sys, time, signal\n{body}\n")
        return make_indexer([sys.executable, "-u", str(script)], **options)

    return make


def _wait_for_state(qtbot, indexer: IndexerProcess, state: IndexerState) -> None:
    qtbot.waitUntil(lambda: indexer.state is state, timeout=PATIENCE_MS)


def _run(qtbot, indexer: IndexerProcess, folder: Path):
    with qtbot.waitSignal(indexer.summarised, timeout=PATIENCE_MS) as caught:
        indexer.index([folder])
    return caught.args[0]


def test_a_folder_is_indexed_with_progress(qtbot, real_indexer, photo_folder) -> None:
    progress = QSignalSpy(real_indexer.progressed)
    (photo_folder / "broken.jpg").write_bytes(b"no photo")
    run = _run(qtbot, real_indexer, photo_folder)
    assert (run.indexed, run.failed, run.stopped) == (7, 1, False)
    assert progress.count() > 0
    assert real_indexer.state is IndexerState.IDLE
    again = _run(qtbot, real_indexer, photo_folder)
    assert (again.indexed, again.unchanged) == (0, 7)


def test_pause_resume_and_cancel(qtbot, real_indexer, many_photos) -> None:
    progress = QSignalSpy(real_indexer.progressed)
    summaries = QSignalSpy(real_indexer.summarised)

    def last():
        return progress.at(progress.count() - 1)[0] if progress.count() else None

    real_indexer.index([many_photos])
    qtbot.waitUntil(
        lambda: last() is not None and last().phase == "encoding" and last().done > 0,
        timeout=PATIENCE_MS,
    )
    real_indexer.pause()
    assert real_indexer.state is IndexerState.PAUSED
    qtbot.waitUntil(lambda: last().phase == "paused", timeout=PATIENCE_MS)
    assert summaries.count() == 0
    real_indexer.resume()
    assert real_indexer.state is IndexerState.RUNNING
    qtbot.waitUntil(lambda: last().phase == "encoding", timeout=PATIENCE_MS)
    with qtbot.waitSignal(real_indexer.idle, timeout=PATIENCE_MS):
        real_indexer.stop()
    assert summaries.count() == 1
    run = summaries.at(0)[0]
    assert run.stopped
    assert 0 < run.indexed < MANY


def test_a_killed_child_is_started_again_and_finishes(qtbot, real_indexer, many_photos) -> None:
    progress = QSignalSpy(real_indexer.progressed)
    real_indexer.index([many_photos])
    qtbot.waitUntil(
        lambda: progress.count() > 0 and progress.at(progress.count() - 1)[0].done > 0,
        timeout=PATIENCE_MS,
    )
    first = real_indexer.process_id
    with qtbot.waitSignal(real_indexer.crashed, timeout=PATIENCE_MS) as caught:
        os.kill(first, signal.SIGKILL)
    assert "started again" in caught.args[0].message
    assert str(many_photos) in caught.args[0].hint, "the photo is not named"
    with qtbot.waitSignal(real_indexer.summarised, timeout=PATIENCE_MS) as finished:
        assert real_indexer.state is IndexerState.RESTARTING
    run = finished.args[0]
    assert run.indexed + run.unchanged == MANY
    assert run.failed == 0


def test_folders_that_are_added_meanwhile_are_indexed_next(
    qtbot, real_indexer, photo_folder, many_photos
) -> None:
    summaries = QSignalSpy(real_indexer.summarised)
    real_indexer.index([photo_folder])
    real_indexer.index([many_photos, photo_folder])
    with qtbot.waitSignal(real_indexer.idle, timeout=PATIENCE_MS):
        pass
    assert [summaries.at(n)[0].indexed for n in range(summaries.count())] == [7, MANY]


def test_a_known_error_is_told_in_its_own_words(qtbot, real_indexer, tmp_path) -> None:
    with qtbot.waitSignal(real_indexer.failed, timeout=PATIENCE_MS) as caught:
        real_indexer.index([tmp_path / "nowhere"])
    assert "nowhere" in caught.args[0].message
    assert not caught.args[0].message.startswith("visita:")
    assert real_indexer.state is IndexerState.IDLE


def test_a_child_that_always_crashes_is_given_up(qtbot, make_script) -> None:
    indexer = make_script(
        "sys.stderr.write('something is very wrong\\n'); os.kill(os.getpid(), signal.SIGSEGV)",
        back_off_s=(0.0, 0.0, 0.0),
    )
    crashes = QSignalSpy(indexer.crashed)
    with qtbot.waitSignal(indexer.failed, timeout=PATIENCE_MS) as caught:
        indexer.index([Path("/a")])
    assert crashes.count() == 3
    assert "not started again" in caught.args[0].message
    assert "something is very wrong" in caught.args[0].details
    assert indexer.state is IndexerState.IDLE


def test_old_crashes_are_forgiven(qtbot, make_script) -> None:
    now = [0.0]

    def clock() -> float:
        now[0] += 400.0
        return now[0]

    indexer = make_script("sys.exit(70)", back_off_s=(0.0, 0.0), clock=clock)
    crashes = QSignalSpy(indexer.crashed)
    indexer.index([Path("/a")])
    qtbot.waitUntil(lambda: crashes.count() >= 6, timeout=PATIENCE_MS)
    indexer.stop()


def test_an_end_without_a_result_is_a_crash(qtbot, make_script) -> None:
    indexer = make_script("sys.exit(0)", back_off_s=())
    with qtbot.waitSignal(indexer.failed, timeout=PATIENCE_MS):
        indexer.index([Path("/a")])


def test_a_child_that_does_not_stop_is_killed(qtbot, make_script) -> None:
    indexer = make_script(f"print('{PROGRESS}')\nwhile True: time.sleep(60)")
    failures = QSignalSpy(indexer.failed)
    crashes = QSignalSpy(indexer.crashed)
    with qtbot.waitSignal(indexer.progressed, timeout=PATIENCE_MS):
        indexer.index([Path("/a")])
    with qtbot.waitSignal(indexer.idle, timeout=PATIENCE_MS):
        indexer.stop()
    assert failures.count() == crashes.count() == 0


def test_a_paused_child_can_be_stopped(qtbot, make_script) -> None:
    indexer = make_script(
        f"print('{PROGRESS}')\nwords = [sys.stdin.readline().strip() for _ in range(2)]\n"
        f"assert words == ['pause', 'stop'], words\nprint('{FINISHED}')"
    )
    with qtbot.waitSignal(indexer.progressed, timeout=PATIENCE_MS):
        indexer.index([Path("/a")])
    indexer.pause()
    with qtbot.waitSignal(indexer.summarised, timeout=PATIENCE_MS):
        indexer.stop()


def test_lines_may_come_in_pieces(qtbot, make_script) -> None:
    half = len(PROGRESS) // 2
    indexer = make_script(
        f"line = '{PROGRESS}'\nsys.stdout.write(line[:{half}]); sys.stdout.flush()\n"
        f"time.sleep(0.2)\nsys.stdout.write(line[{half}:] + '\\n')\n"
        f"print('no json')\nprint('[1]')\nprint('{FINISHED}')"
    )
    progress = QSignalSpy(indexer.progressed)
    run = _run(qtbot, indexer, Path("/a"))
    assert run.indexed == 2
    assert progress.count() == 1
    assert progress.at(0)[0].photos_per_s == 3.5


def test_a_stop_while_waiting_for_the_restart_ends_the_run(qtbot, make_script) -> None:
    indexer = make_script("sys.exit(70)", back_off_s=(1000.0,))
    with qtbot.waitSignal(indexer.crashed, timeout=PATIENCE_MS):
        indexer.index([Path("/a")])
    assert indexer.state is IndexerState.RESTARTING
    indexer.stop()
    assert indexer.state is IndexerState.IDLE


def test_a_program_that_is_not_there_is_told(qtbot, make_indexer, tmp_path) -> None:
    indexer = make_indexer([str(tmp_path / "missing-program")])
    with qtbot.waitSignal(indexer.failed, timeout=PATIENCE_MS) as caught:
        indexer.index([tmp_path])
    assert "cannot be started" in caught.args[0].message
    assert indexer.state is IndexerState.IDLE


def test_nothing_is_started_once_the_program_ends(qtbot, make_script) -> None:
    indexer = make_script(f"print('{FINISHED}')")
    indexer.stop_accepting()
    indexer.index([Path("/a")])
    indexer.rescan()
    assert indexer.state is IndexerState.IDLE


OBEDIENT = f"""
open(__file__ + '.log', 'a').write(' '.join(sys.argv[1:]) + ';')
print('{PROGRESS}')
for line in sys.stdin:
    open(__file__ + '.log', 'a').write(line.strip() + ';')
    if line.strip() == 'stop':
        break
print('{FINISHED}')
"""


def _said(tmp_path: Path) -> list[str]:
    """What the children were started for, and told."""
    log = tmp_path / "child.py.log"
    return log.read_text().split(";")[:-1] if log.exists() else []


def test_new_settings_reach_a_child_that_runs(qtbot, make_script, tmp_path) -> None:
    indexer = make_script(OBEDIENT)
    indexer.index([Path("/a")])
    qtbot.waitUntil(lambda: _said(tmp_path) == ["/a"], timeout=PATIENCE_MS)
    indexer.renew()
    indexer.index([Path("/b")])
    qtbot.waitUntil(lambda: len(_said(tmp_path)) == 3, timeout=PATIENCE_MS)
    assert _said(tmp_path) == ["/a", "stop", "/a /b"]
    _wait_for_state(qtbot, indexer, IndexerState.RUNNING)
    # What was stopped by the user stays so, also while a child is being replaced.
    indexer.renew()
    indexer.stop()
    _wait_for_state(qtbot, indexer, IndexerState.IDLE)
    assert _said(tmp_path) == ["/a", "stop", "/a /b", "stop"]
    indexer.renew()
    assert indexer.state is IndexerState.IDLE


@pytest.mark.parametrize("job", ["all", "changed"])
def test_a_paused_child_is_replaced_when_it_goes_on(qtbot, make_script, tmp_path, job) -> None:
    indexer = make_script(OBEDIENT)
    if job == "all":
        indexer.rescan()
    else:
        indexer.refresh([Path("/a/b")])
    first = "" if job == "all" else "--changed /a/b"
    qtbot.waitUntil(lambda: _said(tmp_path) == [first], timeout=PATIENCE_MS)
    indexer.pause()
    indexer.renew()
    assert indexer.state is IndexerState.PAUSED
    indexer.resume()
    qtbot.waitUntil(lambda: len(_said(tmp_path)) == 4, timeout=PATIENCE_MS)
    assert _said(tmp_path) == [first, "pause", "stop", first]
