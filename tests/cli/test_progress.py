"""What the reporters leave out, and what they never do."""

from __future__ import annotations

import pytest

from desktop_app.cli.progress import JsonReporter, sentence
from desktop_app.library.records import IndexProgress, IndexSummary
from tests.cli.conftest import objects


class Clock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def now(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds


def progress(phase: str, done: int) -> IndexProgress:
    return IndexProgress(phase, done, 900, done, 0, 0, 0, 0, 12.5, None, None)  # type: ignore[arg-type]


def test_at_most_ten_lines_per_second(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    reporter = JsonReporter(clock.now, clock.sleep)
    for done in range(1000):
        reporter.progress(progress("encoding", done))
        clock.now_s += 0.005
    assert 45 <= len(objects(capsys.readouterr().out)) <= 51


def test_a_new_phase_is_never_left_out_nor_too_early(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    reporter = JsonReporter(clock.now, clock.sleep)
    for phase in ("scanning", "encoding", "paused", "encoding"):
        reporter.progress(progress(phase, 1))
    lines = objects(capsys.readouterr().out)
    assert [line["phase"] for line in lines] == ["scanning", "encoding", "paused", "encoding"]
    assert clock.now_s == pytest.approx(100.3)


def test_stopped_is_said_only_when_it_is_so(capsys: pytest.CaptureFixture[str]) -> None:
    JsonReporter().finished(IndexSummary(1, 2, 3, 4, 5, 6.0, stopped=False))
    JsonReporter().finished(IndexSummary(1, 2, 3, 4, 5, 6.0, stopped=True))
    whole, early = objects(capsys.readouterr().out)
    assert whole == {
        "type": "finished",
        "indexed": 1,
        "unchanged": 2,
        "moved": 3,
        "missing": 4,
        "failed": 5,
        "seconds": 6.0,
        "excluded": 0,
        "others": 0,
        "offline": 0,
    }
    assert early == {**whole, "stopped": True}


def test_the_sentence_names_what_happened() -> None:
    assert sentence(IndexSummary(3, 0, 0, 0, 0, 1.26, stopped=False)) == "3 indexed; 1.3 s."
    text = sentence(IndexSummary(0, 5, 1, 2, 4, 9.0, stopped=True))
    assert text.startswith("Stopped early: 0 indexed, 5 unchanged, 1 moved, 2 missing, 4 failed")


def test_files_of_other_kinds_are_no_failures() -> None:
    one = IndexSummary(3, 0, 0, 0, failed=1, seconds=1.0, stopped=False, others=1)
    assert sentence(one) == "3 indexed, 1 no photo; 1.0 s."
    more = IndexSummary(3, 0, 0, 0, failed=5, seconds=1.0, stopped=False, others=3)
    assert sentence(more) == "3 indexed, 2 failed (`visita failures` says why), 3 no photos; 1.0 s."
