"""Somebody else is at work on the same library."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from desktop_app.errors import IndexerRunning
from desktop_app.library.decoder import Decoder
from desktop_app.library.photo_file import PhotoFile
from desktop_app.library.records import Counts, IndexSummary
from tests.fakes import ColourEncoder
from tests.library.conftest import Workbench, tiles


def test_only_one_indexer_works_on_a_library(bench: Workbench, folder: Path) -> None:
    first = bench.indexer().run([folder], bench.control)
    next(first)
    with pytest.raises(IndexerRunning):
        bench.run(folder)
    *_, summary = first
    assert isinstance(summary, IndexSummary)
    assert bench.counts_of(folder) == {"unchanged": 5}


class RemovingEncoder(ColourEncoder):
    """Somebody removes the folder while its photos are encoded."""

    bench: Workbench

    def encode(self, pixels: np.ndarray) -> np.ndarray:
        for folder in self.bench.catalogue.folders():
            self.bench.catalogue.remove_folder(folder.folder_id)
        return super().encode(pixels)


def test_a_folder_removed_in_the_middle_stays_removed(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    tiles([folder / "coffee.png"], tmp_path / "many", 40)
    encoder = RemovingEncoder()
    encoder.bench = bench
    bench.encoder = encoder
    assert bench.counts_of(tmp_path / "many") == {}
    assert bench.catalogue.folders() == []
    assert bench.catalogue.counts() == Counts(0, 0, 0, 0, 0)


def test_a_known_content_that_was_removed_meanwhile_is_decoded(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    bench.run(folder)
    [root] = bench.catalogue.folders()
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    shutil.copyfile(folder / "coffee.png", copy / "0.png")
    bench.decoder = RemovingDecoder(bench, root.folder_id)
    assert bench.counts_of(copy) == {"indexed": 6}
    assert bench.catalogue.counts() == Counts(5, 6, 0, 0, 0)


class RemovingDecoder(Decoder):
    """Another process removes a folder when the first file is read."""

    def __init__(self, bench: Workbench, folder_id: int) -> None:
        super().__init__()
        self._bench = bench
        self._folder_id = folder_id
        self._lock = threading.Lock()
        self._is_done = False

    def read(self, path: Path) -> PhotoFile:
        from desktop_app.library.catalogue import Catalogue

        with self._lock:
            if not self._is_done:
                self._is_done = True
                with Catalogue.open(self._bench.paths.catalogue) as other:
                    other.remove_folder(self._folder_id)
        return super().read(path)
