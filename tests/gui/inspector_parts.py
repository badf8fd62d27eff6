"""What the tests of the side panels share: a library made with the tiny model, and its hits."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from desktop_app.composition import open_indexer, open_search_service
from desktop_app.gui.inspector.inspection import Inspection
from desktop_app.gui.search_thread import SearchThread
from desktop_app.inference.bundle import MANIFEST_NAME, ModelBundle
from desktop_app.library.decoder import Decoder
from desktop_app.library.index_control import IndexControl
from desktop_app.library.photo_details import DetailReader
from desktop_app.library.search import SearchHit
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.gui.conftest import PATIENCE_MS
from tests.inference.conftest import tiny_bundle

__all__ = ["headless_model", "inspection", "search", "tiny_bundle", "tiny_library", "tiny_paths"]

CPU = Settings(provider="cpu")


@pytest.fixture(scope="session")
def tiny_library(
    tmp_path_factory: pytest.TempPathFactory,
    photo_files: dict[str, Path],
    tiny_bundle: ModelBundle,
) -> Path:
    """A library of four photos; copy it, do not write to it."""
    root = tmp_path_factory.mktemp("tiny library")
    folder = root / "photos"
    folder.mkdir()
    for stem in ("coffee", "chelsea", "rocket", "flower"):
        shutil.copy(photo_files[stem], folder)
    paths = DataPaths(root / "data")
    list(open_indexer(paths, tiny_bundle.folder, CPU).run([folder], IndexControl()))
    return paths.root


@pytest.fixture
def tiny_paths(tmp_path: Path, tiny_library: Path) -> DataPaths:
    """A private copy of the library."""
    shutil.copytree(tiny_library, tmp_path / "tiny")
    return DataPaths(tmp_path / "tiny")


@pytest.fixture
def headless_model(tmp_path: Path, tiny_bundle: ModelBundle) -> Path:
    """The tiny model as a bundle of format 1 has it: two encoders, and nothing told of kernels."""
    folder = tmp_path / "headless"
    shutil.copytree(tiny_bundle.folder, folder)
    manifest = tiny_bundle.manifest
    stored = json.loads(
        replace(
            manifest,
            image_encoder=replace(manifest.image_encoder, extra_outputs=()),
            text_encoder=replace(manifest.text_encoder, extra_outputs=()),
            image_tokens=None,
            matcher=None,
            captioner=None,
            format_version=1,
        ).to_json()
    )
    del stored["kernel_dims"]
    (folder / MANIFEST_NAME).write_text(json.dumps(stored), "utf-8")
    return folder


@pytest.fixture
def search(qtbot: QtBot, tiny_paths: DataPaths, tiny_bundle: ModelBundle) -> Iterator[SearchThread]:
    """The search thread on the tiny library."""
    yield from run_search(qtbot, tiny_paths, tiny_bundle.folder)


def run_search(qtbot: QtBot, paths: DataPaths, model: Path) -> Iterator[SearchThread]:
    """A search thread that is ended behind its user."""
    thread = SearchThread(lambda: open_search_service(paths, model, CPU), Decoder())
    with qtbot.waitSignal(thread.library_changed, timeout=PATIENCE_MS):
        thread.start()
    yield thread
    with qtbot.waitSignal(thread.finished, timeout=PATIENCE_MS):
        thread.close()
    thread.wait()


@pytest.fixture
def inspection(search: SearchThread) -> Iterator[Inspection]:
    """An inspection with a pool of its own."""
    pool = QThreadPool()
    yield Inspection(search, pool, DetailReader(Decoder()))
    pool.waitForDone()


def hits_of(qtbot: QtBot, search: SearchThread, query: object) -> dict[str, SearchHit]:
    """The hits of a query by the names of their files."""
    with qtbot.waitSignal(search.answered, timeout=PATIENCE_MS) as caught:
        search.submit(query)  # type: ignore[arg-type]
    return {hit.photo.path.name: hit for hit in caught.args[0].hits}
