"""Folders are counted as the scanner lists them, and a few photos tell how long all will take."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.inference.encoders import EncodedPhotos
from desktop_app.library.decoder import Decoder
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.folder_probe import SAMPLE, FolderEstimate, FolderProbe, outermost
from desktop_app.library.index_control import IndexControl
from desktop_app.library.scanner import Scanner
from tests.fakes import ColourEncoder
from tests.library.conftest import Workbench, tiles


def make_probe(tmp_path: Path, *patterns: str, **options: object) -> FolderProbe:
    scanner = Scanner(tmp_path / "library", ExclusionRules(patterns))
    return FolderProbe(scanner, Decoder(), ColourEncoder, 2, **options)


def last(probe: FolderProbe, *folders: Path) -> FolderEstimate:
    *_, estimate = probe.run(folders, IndexControl())
    return estimate


def test_what_is_counted_is_what_an_indexer_would_read(
    tmp_path: Path, folder: Path, bench: Workbench
) -> None:
    (folder / "notes.txt").write_text("milk, eggs")
    (folder / ".hidden").mkdir()
    shutil.copy(folder / "rocket.jpg", folder / ".hidden" / "rocket.jpg")
    (folder / "drafts").mkdir()
    shutil.copy(folder / "rocket.jpg", folder / "drafts" / "rocket.jpg")
    estimate = last(make_probe(tmp_path, "drafts/"), folder)
    photos = [p for p in folder.rglob("*.*g") if not {".hidden", "drafts"} & set(p.parts)]
    assert estimate.photos == len(photos) == 5
    assert estimate.size_bytes == sum(p.stat().st_size for p in photos)
    assert (estimate.others, estimate.unreadable_count) == (1, 0)
    assert estimate.is_counted
    assert estimate.is_complete
    # All of them were tried out, and what the library takes of them is what an indexer writes.
    assert estimate.sampled == 5
    assert estimate.sample_s > 0
    # A photo's share times the photos: the same sum in another order of rounding.
    assert estimate.seconds == pytest.approx(estimate.sample_s)
    bench.run(folder)
    names = {bench.photo_at(path).content_hash for path in photos}
    written = sum(bench.thumbnails.path(name).stat().st_size for name in names)
    vectors = 2 * bench.encoder.manifest.dim * 5
    assert abs(estimate.library_bytes - written - vectors) <= 5
    assert not list((tmp_path / "library").rglob("*.tmp"))


def test_a_sample_stands_for_all(tmp_path: Path, demo_photos: dict[str, Path]) -> None:
    photos = tiles([demo_photos["coffee.png"], demo_photos["rocket.jpg"]], tmp_path / "many", 50)
    probe = make_probe(tmp_path, chance=random.Random(7))
    counting, *_, complete = probe.run([tmp_path / "many"], IndexControl())
    assert not counting.is_complete
    assert counting.seconds is None
    assert complete.photos == len(photos)
    assert complete.sampled == SAMPLE
    assert complete.seconds == pytest.approx(50 * complete.sample_s / SAMPLE)


def test_every_photo_has_the_same_chance_to_be_tried_out(tmp_path: Path) -> None:
    drawn = np.zeros(64)
    probe = make_probe(tmp_path, chance=random.Random(3))
    for _ in range(2000):
        sample: list = []
        for number in range(64):
            probe._choose(sample, number, number + 1)  # type: ignore[arg-type]
        drawn[sample] += 1
    assert drawn.sum() == 2000 * SAMPLE
    assert abs(drawn / 2000 - SAMPLE / 64).max() < 0.06


def test_folders_inside_others_are_counted_once(tmp_path: Path, folder: Path) -> None:
    assert outermost([folder / "trip", folder, folder]) == [folder]
    assert last(make_probe(tmp_path), folder / "trip", folder, folder).photos == 5
    assert last(make_probe(tmp_path), folder / "trip").photos == 1


def test_what_cannot_be_looked_into_is_named(forbidding: Path) -> None:
    root = forbidding / "photos"
    (root / "locked").mkdir(parents=True)
    (root / "a.jpg").write_bytes(b"no photo at all")
    (root / "locked").chmod(0)
    try:
        estimate = last(make_probe(forbidding), root, forbidding / "gone")
    finally:
        (root / "locked").chmod(0o700)
    assert estimate.unreadable == (str(root / "locked"), str(forbidding / "gone"))
    assert estimate.unreadable_count == 2
    assert (estimate.photos, estimate.sampled) == (1, 1)  # damaged, which took its time as well


def test_nothing_but_other_files(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "letter.odt").write_bytes(b"PK\x03\x04")
    estimate = last(make_probe(tmp_path), tmp_path / "documents")
    assert (estimate.photos, estimate.others, estimate.seconds) == (0, 1, None)
    assert estimate.is_complete


def test_it_ends_when_its_time_is_over(tmp_path: Path, folder: Path) -> None:
    estimate = last(make_probe(tmp_path, time_limit_s=0.0), folder)
    assert estimate.is_complete
    assert (estimate.photos, estimate.sampled, estimate.seconds) == (5, 0, None)


class StoppingEncoder(ColourEncoder):
    """Has the probe stopped in the middle of its sample."""

    def __init__(self, control: IndexControl) -> None:
        super().__init__()
        self._control = control

    def encode_all(self, pixels: NDArray[np.float32]) -> EncodedPhotos:
        self._control.stop()
        return super().encode_all(pixels)


def test_one_that_is_stopped_tells_nothing_more(tmp_path: Path, folder: Path) -> None:
    control = IndexControl()
    scanner = Scanner(tmp_path / "library")
    probe = FolderProbe(scanner, Decoder(), lambda: StoppingEncoder(control), 2)
    told = list(probe.run([folder], control))
    assert told[-1].is_counted
    assert not told[-1].is_complete
    assert list(probe.run([folder], control)) == []
