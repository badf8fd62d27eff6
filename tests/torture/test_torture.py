"""Twenty rounds of torture; ``make torture`` runs 500."""

from __future__ import annotations

import multiprocessing
from contextlib import closing
from pathlib import Path

import pytest

from tests.torture.driver import Torture
from tests.torture.table import is_clean, rows

ROUNDS = 20


@pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(),
    reason="processes are killed here as POSIX systems kill them",
)
def test_nothing_is_lost(tmp_path: Path, demo_photos: dict[str, Path]) -> None:
    with closing(Torture(tmp_path, list(demo_photos.values()), seed=20)) as torture:
        for _ in torture.run(ROUNDS):
            pass
        table = rows(torture)
        assert is_clean(torture.tally), table
        assert torture.tally.indexer_kills + torture.tally.owner_kills > ROUNDS
        assert torture.tally.damaged > 0
        assert torture.tally.rebuilds >= torture.tally.damaged
