"""The indexer is killed, and goes on: real processes, real signals."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.library.health import Finding, HealthCheck
from desktop_app.library.index_control import IndexControl
from desktop_app.library.ledger import DECODER_CRASHED, MAX_ATTEMPTS
from desktop_app.library.records import Counts
from desktop_app.library.schema import Database
from tests.conftest import REPOSITORY
from tests.fakes import ColourEncoder
from tests.library.conftest import Workbench, tiles
from tests.library.indexer_child import CRASH
from tests.library.indexing.stopping_encoder import StoppingEncoder

PHOTOS = 96
ROUNDS = 6
BATCHES_IN_FLIGHT = 2
BATCH = 4


def start(data_dir: Path, folder: Path, *killer: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.library.indexer_child", data_dir, folder, *killer],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONWARNINGS": "error"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(data_dir: Path, folder: Path, *killer: str) -> tuple[int, str]:
    """The exit code and the last line."""
    process = start(data_dir, folder, *killer)
    out, errors = process.communicate(timeout=60)
    assert errors == ""
    return process.returncode, out.splitlines()[-1]


def kill_after(process: subprocess.Popen[str], batches: int, delay_s: float) -> bool:
    """SIGKILL, so many batches and a moment after the start; False if it finished before."""
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "started\n"
    for _ in range(batches):
        assert process.stdout.readline() == "encoding\n"
    time.sleep(delay_s)
    process.kill()
    process.wait(timeout=60)
    rest = process.stdout.read() + process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    assert "Error" not in rest
    return "finished" not in rest


def embeddings(bench: Workbench) -> dict[str, NDArray[np.float32]]:
    """By content: what a search sees."""
    changes = bench.catalogue.embeddings.changes_after(0, bench.encoder.manifest.model_id, 10**6)
    photos = bench.catalogue.photos(changes.ids.tolist())
    return {
        photos[photo_id].content_hash: vector
        for photo_id, vector in zip(changes.ids.tolist(), changes.vectors, strict=True)
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random_moments(seed: int, tmp_path: Path, demo_photos: dict[str, Path]) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "photos"
    paths = tiles(list(demo_photos.values()), folder, PHOTOS - 4)
    for number, path in enumerate(paths[:4]):
        shutil.copyfile(path, folder / f"double {number}.jpg")
    originals = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}
    assert len({content for content, _ in originals.values()}) == PHOTOS - 4

    data_dir = tmp_path / "library"
    indexed = killed = 0
    for _ in range(ROUNDS):
        # So few batches are touched in a round that no photo becomes a suspect, which is read
        # alone: a third kill just then would rightly count against it.
        process = start(data_dir, folder)
        killed += kill_after(process, chance.randrange(2), chance.random() * 0.03)
        survivor = Workbench(data_dir)
        survivor.verify()
        counts = survivor.catalogue.counts()
        assert counts.indexed >= indexed  # what was committed stays
        assert counts.failed == counts.missing == 0
        assert len(survivor.followed()) == counts.photos
        indexed = counts.indexed
        survivor.catalogue.close()
    assert killed > ROUNDS // 2  # else nothing was shown
    code, last = finish(data_dir, folder)
    assert (code, last) == (0, f"finished {PHOTOS - indexed} {indexed} 0")

    bench, clean = Workbench(data_dir), Workbench(tmp_path / "clean")
    clean.run(folder)
    bench.verify()
    assert bench.catalogue.counts() == Counts(PHOTOS - 4, PHOTOS, 0, 0, 0)
    found = [path for photo in bench.photos() for path in (photo.path, *photo.other_paths)]
    assert sorted(found) == sorted(originals)
    after, expected = embeddings(bench), embeddings(clean)
    assert after.keys() == expected.keys()
    assert all(np.array_equal(after[content], expected[content]) for content in expected)
    for content in expected:
        thumbnail = bench.thumbnails.path(content).read_bytes()
        assert thumbnail == clean.thumbnails.path(content).read_bytes()
    assert not list(data_dir.rglob("*.tmp"))
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()} == originals
    bench.catalogue.close()
    clean.catalogue.close()


def test_what_a_killed_run_leaves_is_no_fault(tmp_path: Path, demo_photos: dict[str, Path]) -> None:
    folder, data_dir = tmp_path / "photos", tmp_path / "library"
    # Whoever reads the last file of the first batch has written the thumbnail of another; nothing
    # of that batch is committed.
    killer = tiles(list(demo_photos.values()), folder, BATCH)[-1]
    assert finish(data_dir, folder, killer.name)[0] == CRASH
    bench = Workbench(data_dir)
    assert bench.catalogue.counts().photos == 0
    written = set(data_dir.rglob("thumbnails/*/*.jpg"))
    assert written
    [found] = checked(bench)
    assert (found.check, found.is_fault, found.is_mended) == ("thumbnails", False, False)
    assert bench.counts_of(folder) == {"indexed": BATCH}  # what it says of the next run is true
    assert checked(bench) == []
    assert written < set(data_dir.rglob("thumbnails/*/*.jpg"))
    bench.catalogue.close()


def test_a_cancelled_run_leaves_no_fault(tmp_path: Path, demo_photos: dict[str, Path]) -> None:
    folder, data_dir = tmp_path / "photos", tmp_path / "library"
    tiles(list(demo_photos.values()), folder, 6 * BATCH)
    bench = Workbench(data_dir)
    bench.encoder = StoppingEncoder(bench.control, after=BATCH)
    assert bench.run(folder).stopped
    assert bench.catalogue.counts().photos == BATCH
    assert not [finding for finding in checked(bench) if finding.is_fault]
    bench.encoder, bench.control = ColourEncoder(), IndexControl()
    bench.run(folder)
    assert checked(bench) == []
    assert bench.catalogue.counts().photos == 6 * BATCH
    bench.catalogue.close()


def checked(bench: Workbench) -> list[Finding]:
    with closing(Database(bench.paths.catalogue)) as database:
        return list(HealthCheck(database, bench.paths, bench.thumbnails, {}).run(repair=False))


def test_a_file_that_kills_the_decoder_is_found_out(
    tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    folder, data_dir = tmp_path / "photos", tmp_path / "library"
    killer = tiles(list(demo_photos.values()), folder, 40)[17]
    for _ in range(MAX_ATTEMPTS):
        code, _ = finish(data_dir, folder, killer.name)
        assert code == CRASH
    code, last = finish(data_dir, folder, killer.name)
    assert (code, last.split()[0], last.split()[-1]) == (0, "finished", "1")
    bench = Workbench(data_dir)
    bench.verify()
    assert bench.failures() == {killer.name: DECODER_CRASHED}
    assert bench.catalogue.counts() == Counts(39, 39, 0, 1, 0)
    # It is left alone, although this decoder would survive it, until it changes.
    assert bench.counts_of(folder) == {"unchanged": 39, "failed": 1}
    os.utime(killer)
    assert bench.counts_of(folder) == {"unchanged": 39, "indexed": 1}
    bench.catalogue.close()


def test_a_crash_does_not_hold_up_the_other_photos(
    tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    folder, data_dir = tmp_path / "photos", tmp_path / "library"
    killer = tiles(list(demo_photos.values()), folder, 40)[0]
    assert finish(data_dir, folder, killer.name)[0] == CRASH
    assert finish(data_dir, folder, killer.name)[0] == CRASH
    bench = Workbench(data_dir)
    # What was in flight at the first crash came last; the batch before it was not committed yet.
    in_flight = BATCH * BATCHES_IN_FLIGHT + BATCH
    assert bench.catalogue.counts().indexed >= 40 - in_flight
    bench.catalogue.close()
