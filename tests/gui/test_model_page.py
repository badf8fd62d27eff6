"""The window lists models, switches while the old one answers, and goes back at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from desktop_app.composition import model_choice, model_shelf, open_search_service
from desktop_app.gui.messages import TextQuery
from desktop_app.gui.search_thread import SearchThread
from desktop_app.gui.settings.model_page import ModelPage
from desktop_app.inference.bundle import ModelManifest
from desktop_app.library.decoder import Decoder
from desktop_app.library.models.model_switch import ModelState
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.gui.conftest import PATIENCE_MS
from tests.twin_bundle import write_twin


@pytest.fixture
def manifest(model_dir: Path) -> ModelManifest:
    return ModelManifest.from_json((model_dir / "manifest.json").read_text("utf-8"))


def state(manifest: ModelManifest | None, name: str, **changes: object) -> ModelState:
    facts = {
        "name": name,
        "model_id": "0123456789abcdef",
        "manifest": manifest,
        "problem": "",
        "is_shipped": name == "visita",
        "is_answering": False,
        "is_wanted": False,
        "photos": 123,
        "lacking": 0,
        "bundle_bytes": 65_000_000,
        "library_bytes": 2_000_000,
    }
    return ModelState(**{**facts, **changes})  # type: ignore[arg-type]


def test_what_can_be_done_depends_on_the_line(qtbot, manifest: ModelManifest) -> None:
    page = ModelPage()
    qtbot.addWidget(page)
    assert not page.use_button.isEnabled()
    page.show_models(
        [
            state(manifest, "visita", is_answering=True),
            state(manifest, "clip", is_wanted=True, lacking=7),
            state(manifest, "siglip"),
            state(None, "", problem="gone"),
        ]
    )
    able = []
    for row in range(4):
        page.models.setCurrentItem(page.models.topLevelItem(row))
        able.append((page.use_button.isEnabled(), page.remove_button.isEnabled()))
    assert able == [(True, False), (False, False), (True, True), (False, True)]
    words = [page.models.topLevelItem(row).text(0) for row in range(4)]
    assert words == [
        "visita: MKL-VisITA (answers)",
        "clip: MKL-VisITA (is shown the photos)",
        "siglip: MKL-VisITA",
        "0123456789abcdef (its files are gone)",
    ]
    assert page.models.topLevelItem(1).text(1) == "123, 7 not yet"
    assert page.is_waiting
    assert page.progress.text().startswith("clip answers when it has seen 7 more photos")

    asked: list[str] = []
    page.use_wanted.connect(asked.append)
    page.remove_wanted.connect(asked.append)
    page.models.setCurrentItem(page.models.topLevelItem(2))
    page.use_button.click()
    page.remove_button.click()
    (box,) = page.findChildren(QMessageBox)
    next(b for b in box.buttons() if b.text() == "Remove").click()
    assert asked == ["siglip", "siglip"]
    page.show_models([state(manifest, "visita", is_answering=True), state(manifest, "siglip")])
    assert page.models.currentItem().text(0) == "siglip: MKL-VisITA"  # the line stays chosen


@pytest.fixture
def with_twin(library_paths: DataPaths, tmp_path: Path, model_dir: Path) -> DataPaths:
    write_twin(model_dir, tmp_path / "twin")
    model_shelf(library_paths).take_in(tmp_path / "twin")
    return library_paths


@pytest.fixture
def search(qtbot, with_twin: DataPaths) -> Iterator[SearchThread]:
    thread = SearchThread(
        lambda: open_search_service(with_twin, None, Settings()),
        Decoder(),
        answering=lambda: model_choice(with_twin).answering,
    )
    with qtbot.waitSignal(thread.opened, timeout=PATIENCE_MS):
        thread.start()
    yield thread
    with qtbot.waitSignal(thread.finished, timeout=PATIENCE_MS):
        thread.close()
    thread.wait()


def hits(qtbot, search: SearchThread) -> int:
    with qtbot.waitSignal(search.answered, timeout=PATIENCE_MS) as caught:
        search.submit(TextQuery("a cat"))
    return len(caught.args[0].hits)


def test_the_search_thread_follows_the_choice(
    qtbot, search: SearchThread, with_twin: DataPaths, photo_files
) -> None:
    choice = model_choice(with_twin)
    assert hits(qtbot, search) == len(photo_files)
    choice.want("twin")
    choice.take_over("twin")
    with qtbot.waitSignal(search.library_changed, timeout=PATIENCE_MS) as caught:
        search.follow_model()
    assert caught.args[1]  # answers may differ now
    assert hits(qtbot, search) == 0  # it has seen nothing yet
    choice.want("visita")
    choice.take_over("visita")
    with qtbot.waitSignal(search.library_changed, timeout=PATIENCE_MS):
        search.follow_model()
    assert hits(qtbot, search) == len(photo_files)


def test_a_model_that_cannot_be_opened_leaves_the_old_one(
    qtbot, search: SearchThread, with_twin: DataPaths, photo_files
) -> None:
    choice = model_choice(with_twin)
    choice.want("twin")
    choice.take_over("twin")
    (with_twin.models_dir / "twin" / "tokenizer.json").write_text("damaged")
    with qtbot.waitSignal(search.trouble, timeout=PATIENCE_MS) as caught:
        search.follow_model()
    assert "damaged" in caught.args[0].message
    assert hits(qtbot, search) == len(photo_files)
