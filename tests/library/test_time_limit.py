"""A decoder that hangs costs the photo that it hangs on, and no other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.library.decode_memory import DecodeBudget
from desktop_app.library.decoder import SPARE, DecodedPhoto, Decoder
from desktop_app.library.indexer import Indexer, IndexerOptions
from desktop_app.library.photo_file import PhotoFile
from desktop_app.library.photo_reader import NotRead, PhotoReader
from desktop_app.library.reading_pool import ReadingPool
from desktop_app.library.records import IndexSummary, PendingFile
from tests.library.conftest import Workbench, tiles

LIMIT_S = 0.4


class HangingDecoder(Decoder):
    """Never comes back from some photos, until the test lets it."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = names
        self._hashes: set[bytes] = set()
        self.let_go = threading.Event()

    def read(self, path: Path) -> PhotoFile:
        file = super().read(path)
        if path.name in self._names:
            self._hashes.add(file.content_hash)
        return file

    def decode_file(self, file: PhotoFile, side: int, spare: float = SPARE) -> DecodedPhoto:
        if file.content_hash in self._hashes:
            self.let_go.wait()
        return super().decode_file(file, side, spare)


@pytest.fixture
def many(tmp_path: Path, demo_photos: dict[str, Path]) -> Path:
    folder = tmp_path / "many"
    tiles(list(demo_photos.values()), folder, 40)
    return folder


@pytest.fixture
def hanging() -> Iterator[HangingDecoder]:
    decoder = HangingDecoder("tile 003.jpg", "tile 017.jpg", "tile 018.jpg")
    yield decoder
    decoder.let_go.set()
    for thread in threading.enumerate():
        if thread.name == "decoder":
            thread.join(10)


def run(bench: Workbench, decoder: Decoder, folder: Path, workers: int) -> IndexSummary:
    options = IndexerOptions(
        bench.paths, workers, batch_size=4, batches_ahead=2, decode_limit_s=LIMIT_S
    )
    indexer = Indexer(bench.catalogue, decoder, bench.encoder, bench.thumbnails, options)
    *_, summary = indexer.run([folder], bench.control)
    assert isinstance(summary, IndexSummary)
    return summary


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_only_the_photos_that_hang_are_given_up(
    bench: Workbench, many: Path, hanging: HangingDecoder, workers: int
) -> None:
    summary = run(bench, hanging, many, workers)
    assert (summary.indexed, summary.failed) == (37, 3)
    assert set(bench.failures()) == {"tile 003.jpg", "tile 017.jpg", "tile 018.jpg"}
    assert set(bench.failures().values()) == {"took longer than 0 s to decode"}
    hanging.let_go.set()
    # They are left alone until they change, as everything that failed.
    assert bench.counts_of(many) == {"unchanged": 37, "failed": 3}
    (many / "tile 003.jpg").touch()
    assert bench.counts_of(many) == {"unchanged": 37, "indexed": 1, "failed": 2}


def test_a_photo_that_hangs_does_not_outlive_the_run(
    bench: Workbench, many: Path, hanging: HangingDecoder
) -> None:
    began = time.monotonic()
    run(bench, hanging, many, 2)
    assert time.monotonic() - began < 30  # it would be for ever
    assert bench.catalogue.counts().pending == 0


def test_what_comes_back_late_changes_nothing(
    bench: Workbench, many: Path, hanging: HangingDecoder
) -> None:
    reader = PhotoReader(hanging, bench.thumbnails, 32, set())
    pool = ReadingPool(reader, 1, LIMIT_S)
    hung = pool.submit(PendingFile(1, 1, many / "tile 003.jpg", None))
    behind = pool.submit(PendingFile(2, 1, many / "tile 004.jpg", None))
    while not hung.done():
        pool.abandon_overdue()
        time.sleep(0.02)
    assert isinstance(hung.result(), NotRead)
    assert not isinstance(behind.result(10), NotRead)
    hanging.let_go.set()
    pool.close()
    assert isinstance(hung.result(), NotRead)


def test_a_slow_disk_is_not_a_slow_decoder(
    bench: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SlowDisk(Decoder):
        def read(self, path: Path) -> PhotoFile:
            time.sleep(2 * LIMIT_S)
            return super().read(path)

    for name in ("coffee.png", "rocket.jpg"):
        (folder / name).unlink()
    assert run(bench, SlowDisk(), folder, 1).indexed == 3


def test_a_bug_in_a_reader_is_raised_and_the_threads_end(bench: Workbench, folder: Path) -> None:
    class Broken(Decoder):
        def decode_file(self, file: PhotoFile, side: int, spare: float = SPARE) -> DecodedPhoto:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(bench, Broken(), folder, 2)
    assert not [t for t in threading.enumerate() if t.name == "decoder"]


def test_a_photo_that_hangs_does_not_keep_the_memory_of_others() -> None:
    budget = DecodeBudget(1000, patience_s=0.1)
    with budget.reserved(800):  # as one that hangs has it
        began = time.monotonic()
        for _ in range(3):
            with budget.reserved(300):
                pass
        assert time.monotonic() - began < 10
