"""A part of what ``make corpus`` decodes: no crash, no hang, and a reason for every refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.driver import decode_all
from tests.corpus.sources import cached, damaged, encoded, files_of

DAMAGED = 140
EVERY = 12


def test_photos_in_every_format_and_damaged_copies(
    tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    own = encoded(list(demo_photos.values()), tmp_path / "encoded")
    outcome = decode_all(own, tmp_path / "thumbnails")
    assert (outcome.decoded, outcome.is_clean) == (len(own), True), outcome.rows()
    broken = damaged(own, tmp_path / "damaged", DAMAGED, seed=5)
    outcome = decode_all(broken, tmp_path / "thumbnails")
    assert outcome.is_clean, outcome.rows()
    assert outcome.files == DAMAGED
    assert outcome.refused.total() > DAMAGED // 8  # else nothing was damaged


def test_files_that_are_made_to_break_decoders(tmp_path: Path) -> None:
    if not cached().is_dir():
        pytest.skip("the corpus is not here; `make corpus` downloads it")
    outcome = decode_all(files_of(cached())[::EVERY], tmp_path / "thumbnails")
    assert outcome.is_clean, outcome.rows()
    assert outcome.decoded > outcome.files // 3
