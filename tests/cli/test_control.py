"""A parent that holds the indexer by its stdin, and Ctrl+C."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PHOTOS, TIMEOUT_S, Visita


@contextmanager
def paused(visita: Visita, photos: Path) -> Iterator[subprocess.Popen[str]]:
    """An indexer that was told to pause before it began, and has said that it does."""
    with visita.start("--json", "index", "--control", photos) as child:
        try:
            tell(child, "pause")
            while (record := read(child))["type"] == "progress":
                if record["phase"] == "paused":
                    break
            else:
                pytest.fail(f"it never paused: {record}")
            yield child
        finally:
            child.kill()


def tell(child: subprocess.Popen[str], word: str) -> None:
    assert child.stdin is not None
    child.stdin.write(f"{word}\n")
    child.stdin.flush()


def read(child: subprocess.Popen[str]) -> dict[str, Any]:
    assert child.stdout is not None
    line = child.stdout.readline()
    assert line, "the indexer ended without a word"
    return json.loads(line)


def finish(child: subprocess.Popen[str], exit_code: int = 0) -> dict[str, Any]:
    while (record := read(child))["type"] != "finished":
        pass
    assert child.wait(TIMEOUT_S) == exit_code
    assert child.stdout is not None
    assert child.stderr is not None
    assert child.stdout.read() == ""
    assert child.stderr.read() == ""
    return record


def test_pause_then_resume_does_it_all(visita: Visita, photos: Path) -> None:
    with paused(visita, photos) as child:
        tell(child, "resume")
        record = finish(child)
    assert record["indexed"] == PHOTOS
    assert "stopped" not in record


def test_stop_ends_a_pause_and_the_next_run_goes_on(visita: Visita, photos: Path) -> None:
    with paused(visita, photos) as child:
        tell(child, "stop")
        record = finish(child)
    assert record["stopped"] is True
    assert record["indexed"] < PHOTOS
    again = visita.json("index", photos)[-1]
    assert again["indexed"] + again["unchanged"] == PHOTOS
    assert again["failed"] == 0


def test_the_end_of_stdin_means_that_the_parent_is_gone(visita: Visita, photos: Path) -> None:
    with paused(visita, photos) as child:
        assert child.stdin is not None
        child.stdin.close()
        record = finish(child)
    assert record["stopped"] is True


def test_words_that_mean_nothing_do_nothing(visita: Visita, photos: Path) -> None:
    with paused(visita, photos) as child:
        tell(child, "faster")
        tell(child, "resume")
        assert finish(child)["indexed"] == PHOTOS


def test_without_control_stdin_is_left_alone(visita: Visita, photos: Path) -> None:
    finished = visita.json("index", photos, stdin="stop\n")[-1]
    assert finished["indexed"] == PHOTOS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_commits_and_says_so(visita: Visita, photos: Path) -> None:
    with paused(visita, photos) as child:
        child.send_signal(signal.SIGINT)
        record = finish(child, exit_code=130)
    assert record["stopped"] is True
