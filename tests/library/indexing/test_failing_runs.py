"""Bugs and full disks end a run; what was done is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import DiskFull
from desktop_app.library.decoder import Decoder
from desktop_app.library.ledger import MAX_ATTEMPTS
from desktop_app.library.photo_file import PhotoFile
from desktop_app.library.records import Counts
from tests.fakes import ColourEncoder
from tests.library.conftest import Workbench, mounted_tmpfs, tiles


class BuggyDecoder(Decoder):
    """Trips over one file in a way that nobody foresaw."""

    def read(self, path: Path) -> PhotoFile:
        if path.name == "coffee.png":
            raise ZeroDivisionError
        return super().read(path)


def test_a_file_that_a_bug_trips_over_is_given_up_in_the_end(
    bench: Workbench, folder: Path
) -> None:
    bench.decoder = BuggyDecoder()
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            bench.run(folder)
    summary = bench.run(folder)
    assert (summary.failed, bench.catalogue.counts().indexed) == (1, 4)
    assert set(bench.failures()) == {"coffee.png"}


def test_a_file_that_a_new_model_trips_over_is_given_up_in_the_end(
    bench: Workbench, folder: Path
) -> None:
    bench.run(folder)
    bench.encoder = ColourEncoder("colour-encoder-2")
    bench.decoder = BuggyDecoder()
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            bench.run(folder)
    bench.run(folder)
    assert set(bench.failures()) == {"coffee.png"}
    assert len(bench.followed()) == 4


def test_a_full_disk_keeps_what_was_done(tmp_path: Path, folder: Path) -> None:
    many = tmp_path / "many"
    tiles([folder / "coffee.png", folder / "rocket.jpg"], many, 120, side=256)
    place = tmp_path / "small disk"
    with mounted_tmpfs(place, "900k") as remount:
        bench = Workbench(place)
        with pytest.raises(DiskFull):
            bench.run(many)
        kept = bench.catalogue.counts().indexed
        assert kept > 0
        assert len(bench.followed()) == kept
        bench.verify()
        for _ in range(MAX_ATTEMPTS):  # a full disk is nobody's crash
            with pytest.raises(DiskFull):
                bench.run(many)
        remount("size=16m")
        bench.run(many)
        assert bench.catalogue.counts() == Counts(120, 120, 0, 0, 0)
        bench.verify()
        bench.catalogue.close()
