"""A library that does not exist yet, opened by several processes at once."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

from desktop_app.library.catalogue import Catalogue

PROCESSES = 3
LIBRARIES = 12


def _open_all(folder: Path, together: Barrier) -> None:
    """Open each new library at the moment when the others do."""
    for number in range(LIBRARIES):
        together.wait(60)
        with Catalogue.open(folder / str(number) / "catalogue.sqlite") as catalogue:
            assert catalogue.folders() == []


def test_a_new_library_is_made_once_and_opened_by_all(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(PROCESSES)
    openers = [
        context.Process(target=_open_all, args=(tmp_path, together)) for _ in range(PROCESSES)
    ]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join(120)
    assert [opener.exitcode for opener in openers] == [0] * PROCESSES
