"""The indexer on folders of real photos: what is new is encoded, what is known is not."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.errors import FolderUnavailable
from desktop_app.inference.encoders import ImageEncoder
from desktop_app.inference.preprocess import preprocess
from desktop_app.library.decoder import Decoder
from desktop_app.library.indexer import Indexer, IndexerOptions
from desktop_app.library.records import Counts, IndexProgress, IndexSummary
from tests.fakes import ColourEncoder
from tests.library.conftest import Workbench


def state_of(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file's bytes, time and mode."""
    return {
        str(path.relative_to(folder)): (
            path.read_bytes(),
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_folder_is_indexed_and_its_files_are_not_touched(bench: Workbench, folder: Path) -> None:
    before = state_of(folder)
    assert bench.counts_of(folder) == {"indexed": 5}
    assert state_of(folder) == before
    assert bench.catalogue.counts() == Counts(5, 5, 0, 0, 0)
    assert {photo.path for photo in bench.photos()} == {folder / name for name in before}
    assert bench.followed() == {photo.photo_id for photo in bench.photos()}
    for photo in bench.photos():
        with Image.open(photo.path) as original:
            assert (photo.width, photo.height) == original.size
        with Image.open(bench.thumbnails.path(photo.content_hash)) as thumbnail:
            assert max(thumbnail.size) == 320
    [root] = bench.catalogue.folders()
    assert (root.path, root.state) == (folder, "online")
    assert root.last_scan_at is not None


def test_embeddings_are_those_of_the_photos_one_by_one(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    model_id = bench.encoder.manifest.model_id
    changes = bench.catalogue.embeddings.changes_after(0, model_id, 99)
    stored = dict(zip(changes.ids.tolist(), changes.vectors, strict=True))
    for photo in bench.photos():
        image = Decoder().decode(photo.path, 32).image
        [alone] = ColourEncoder().encode(preprocess(image, 32)[None])
        assert np.abs(stored[photo.photo_id] - alone).max() < 2e-3


def test_the_real_encoder(tmp_path: Path, folder: Path, encoder: ImageEncoder) -> None:
    bench = Workbench(tmp_path / "library")
    indexer = Indexer(
        bench.catalogue, bench.decoder, encoder, bench.thumbnails, IndexerOptions(bench.paths)
    )
    *_, summary = indexer.run([folder], bench.control)
    assert isinstance(summary, IndexSummary)
    assert summary.indexed == 5
    changes = bench.catalogue.embeddings.changes_after(0, encoder.manifest.model_id, 99)
    assert changes.vectors.shape == (5, encoder.manifest.dim)
    bench.catalogue.close()


def test_a_second_run_finds_everything_unchanged(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    seq = bench.catalogue.change_seq()
    assert bench.counts_of(folder) == {"unchanged": 5}
    assert bench.counts_of() == {"unchanged": 5}  # no folder: all that are known
    assert bench.encoder.encoded == 5
    assert bench.catalogue.change_seq() == seq


def test_a_new_photo_is_added(bench: Workbench, folder: Path, demo_photos: dict[str, Path]) -> None:
    bench.run(folder)
    shutil.copyfile(demo_photos["moon.png"], folder / "trip" / "moon.png")
    assert bench.counts_of(folder) == {"indexed": 1, "unchanged": 5}
    assert bench.encoder.encoded == 6


def test_a_folder_that_is_neither_there_nor_known(bench: Workbench, folder: Path) -> None:
    seq = bench.catalogue.change_seq()
    with pytest.raises(FolderUnavailable, match="does not exist"):
        bench.run(folder, folder / "nothing")
    with pytest.raises(FolderUnavailable, match="is not a folder"):
        bench.run(folder, folder / "coffee.png")
    assert bench.catalogue.folders() == []
    assert bench.catalogue.change_seq() == seq


def test_an_empty_folder_is_no_error(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert bench.counts_of(tmp_path / "empty") == {}
    assert bench.counts_of() == {}


def test_the_library_is_never_a_part_of_itself(bench: Workbench, tmp_path: Path) -> None:
    photos = tmp_path / "library" / "demo photos"
    photos.mkdir()
    Image.new("RGB", (50, 50), "teal").save(photos / "teal.png")
    for _ in range(2):
        bench.run(tmp_path)
    assert [photo.path for photo in bench.photos()] == [photos / "teal.png"]
    assert bench.catalogue.counts() == Counts(1, 1, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux")
def test_a_name_that_is_no_text(bench: Workbench, tmp_path: Path, folder: Path) -> None:
    strange = tmp_path / os.fsdecode(b"d\xffr")
    strange.mkdir()
    shutil.copyfile(folder / "coffee.png", strange / os.fsdecode(b"caf\xe9.png"))
    events = bench.events(strange)
    assert os.fsencode(bench.photos()[0].path.name) == b"caf\xe9.png"
    for event in events:
        if isinstance(event, IndexProgress) and event.current is not None:
            event.current.encode()  # can be printed
    assert bench.counts_of() == {"unchanged": 1}


def test_a_new_model_encodes_everything_again(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    ids = bench.followed()
    old = bench.encoder.manifest.model_id
    bench.encoder = ColourEncoder("colour-encoder-2")
    (folder / "coffee.png").rename(folder / "moved.png")
    assert bench.counts_of(folder) == {"indexed": 4, "moved": 1}
    assert bench.encoder.encoded == 5
    assert bench.followed() == ids
    assert bench.catalogue.embeddings.count(old) == 0
    assert bench.counts_of(folder) == {"unchanged": 5}


def test_deleted_thumbnails_are_made_again(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    shutil.rmtree(bench.paths.thumbnails_dir)
    bench.run(folder)
    for photo in bench.photos():
        assert bench.thumbnails.path(photo.content_hash).is_file()
    assert bench.counts_of(folder) == {"unchanged": 5}


def test_a_removed_folder_leaves_no_thumbnails(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    [root] = bench.catalogue.folders()
    assert bench.catalogue.remove_folder(root.folder_id) == 5
    bench.run()
    assert list(bench.paths.thumbnails_dir.rglob("*.jpg")) == []
