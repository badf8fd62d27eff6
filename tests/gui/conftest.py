"""What the tests of the window share: offscreen Qt, real demo photos, a whole program."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import psutil
import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QThread, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.gui.indexer_process import IndexerState
from desktop_app.gui.language import compiled
from desktop_app.gui.program import Program
from desktop_app.library.records import Photo
from desktop_app.library.search import SearchHit
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings

PATIENCE_MS = 60_000
"""Only how long a broken test takes to say so; nothing is measured against it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen plugin says so whenever a dialog or a menu opens; it means nothing."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def photo_files(demo_photos: dict[str, Path]) -> dict[str, Path]:
    """A handful of the demo photos, by their stems."""
    stems = ("astronaut", "chelsea", "coffee", "coins", "rocket", "china", "flower")
    return {path.stem: path for path in demo_photos.values() if path.stem in stems}


@pytest.fixture
def photo_folder(tmp_path: Path, photo_files: dict[str, Path]) -> Path:
    """A folder, with a space in its name, that holds the demo photos."""
    folder = tmp_path / "My Photos"
    folder.mkdir()
    for path in photo_files.values():
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def english_forms(qapp: QApplication) -> None:
    """One photo and two photos, as ``Speech`` has it in the program."""
    translator = QTranslator(qapp)
    assert translator.load(str(compiled("en")))
    qapp.installTranslator(translator)


MANY = 120


@pytest.fixture(scope="session")
def many_photos(tmp_path_factory: pytest.TempPathFactory, photo_files: dict[str, Path]) -> Path:
    """Many different cuts of the demo photos: indexing them takes many batches."""
    folder = tmp_path_factory.mktemp("many")
    sources = [Image.open(path).convert("RGB") for path in photo_files.values()]
    for number in range(MANY):
        source = sources[number % len(sources)]
        step = number // len(sources)
        cut = source.crop((step, step, step + 250, step + 220)).resize((1000, 880))
        cut.save(folder / f"cut-{number:03}.jpg", quality=90)
    return folder


@pytest.fixture(scope="session")
def indexed_library(
    tmp_path_factory: pytest.TempPathFactory, photo_files: dict[str, Path], model_dir: Path
) -> Path:
    """A folder with the demo photos and the library made of them; copy it, do not write to it."""
    root = tmp_path_factory.mktemp("library")
    folder = root / "photos"
    folder.mkdir()
    for path in photo_files.values():
        shutil.copy(path, folder)
    data = root / "data"
    command = [sys.executable, "-m", "desktop_app", "--data-dir", str(data)]
    subprocess.run(
        [*command, "--model", str(model_dir), "index", str(folder)],
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return root


@pytest.fixture
def library_paths(tmp_path: Path, indexed_library: Path) -> DataPaths:
    """A private copy of the indexed library; the photos it names are the shared ones."""
    data = tmp_path / "library"
    shutil.copytree(indexed_library / "data", data)
    return DataPaths(data)


@pytest.fixture
def no_desktop(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whatever would be opened with the system's programs is noted here instead."""
    opened: list[str] = []
    monkeypatch.setattr(
        "desktop_app.gui.photo_actions.QDesktopServices.openUrl",
        lambda url: opened.append(url.toLocalFile()) is None,
    )
    return opened


OpenProgram = Callable[..., Program]


@pytest.fixture
def open_program(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, model_dir: Path
) -> Iterator[OpenProgram]:
    """Open the window on a library; whatever a test leaves open is shut down after it."""
    programs: list[Program] = []

    def start(
        paths: DataPaths | None = None,
        settings: Settings | None = None,
        model: Path = model_dir,
        wait: bool = True,
    ) -> Program:
        paths = paths if paths is not None else DataPaths(tmp_path / "data")
        paths.create()
        program = Program(qapp, paths, model, settings if settings is not None else Settings())
        programs.append(program)
        program.start()
        if wait:
            qtbot.waitUntil(lambda: program.session.library is not None, timeout=PATIENCE_MS)
            qtbot.waitUntil(lambda: program.indexer.state is IndexerState.IDLE, timeout=PATIENCE_MS)
        return program

    yield start
    for program in programs:
        program.shut_down()
        program.window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def make_hits() -> Callable[[int], tuple[SearchHit, ...]]:
    """Hits without a library behind them, for what only shows them."""

    def make(count: int) -> tuple[SearchHit, ...]:
        return tuple(
            SearchHit(
                rank=n + 1,
                score=1.0 - n / max(1, count),
                photo=Photo(
                    photo_id=n + 1,
                    path=Path(f"/photos/IMG_{n:06}.jpg"),
                    other_paths=(),
                    content_hash=f"{n:064x}",
                    width=4000,
                    height=3000,
                    taken_at=None,
                    offline=n % 10 == 9,
                ),
                thumbnail=Path(f"/thumbnails/{n:06}.jpg"),
            )
            for n in range(count)
        )

    return make


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """Keep the search thread from destroying widgets, as ``GarbageCollector`` does in the app."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fail a test that leaves a QThread or a child process behind."""
    # multiprocessing, in tests that ran before, keeps a helper for as long as Python runs.
    before = set(psutil.Process().children(recursive=True))
    yield
    here = QThread.currentThread()
    left = [
        thread
        for thread in gc.get_objects()
        if issubclass(type(thread), QThread)
        and shiboken6.isValid(thread)
        and thread is not here
        and thread.isRunning()
    ]
    assert not left, f"threads still running: {[t.objectName() for t in left]}"
    children = set(psutil.Process().children(recursive=True)) - before
    assert not children, f"processes still running: {children}"
