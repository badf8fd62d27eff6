"""The search thread, with the real search service on real photos."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtTest import QSignalSpy

from desktop_app.composition import open_indexer, open_search_service
from desktop_app.gui.messages import Answer, NewestQuery, TextQuery
from desktop_app.gui.search_controller import SearchController
from desktop_app.gui.search_thread import SearchThread
from desktop_app.inference.bundle import ModelBundle
from desktop_app.library.decoder import Decoder
from desktop_app.library.index_control import IndexControl
from desktop_app.library.query import Query
from desktop_app.library.query_edits import with_photo
from desktop_app.library.search import SearchService
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.gui.conftest import PATIENCE_MS
from tests.inference.conftest import tiny_bundle

__all__ = ["tiny_bundle"]  # a fixture


def _end(qtbot, thread: SearchThread) -> None:
    if thread.is_running:
        with qtbot.waitSignal(thread.finished, timeout=PATIENCE_MS):
            thread.close()
        thread.wait()


@pytest.fixture
def search(qtbot, library_paths: DataPaths, model_dir: Path) -> Iterator[SearchThread]:
    thread = SearchThread(
        lambda: open_search_service(library_paths, model_dir, Settings()), Decoder()
    )
    with qtbot.waitSignal(thread.opened, timeout=PATIENCE_MS):
        thread.start()
    yield thread
    _end(qtbot, thread)


def _answer(qtbot, search: SearchThread, query: object) -> Answer:
    with qtbot.waitSignal(search.answered, timeout=PATIENCE_MS) as caught:
        request_id = search.submit(query)
    answer: Answer = caught.args[0]
    assert answer.request_id == request_id
    return answer


def test_words_photos_and_nothing_are_answered(qtbot, search, photo_files) -> None:
    by_words = _answer(qtbot, search, TextQuery("a cat"))
    assert len(by_words.hits) == len(photo_files)
    assert [hit.rank for hit in by_words.hits] == list(range(1, len(photo_files) + 1))
    assert by_words.milliseconds > 0
    by_photo = _answer(qtbot, search, TextQuery(with_photo("", photo_files["chelsea"])))
    assert by_photo.hits[0].photo.path.name == "chelsea.png"
    assert by_photo.hits[0].score == pytest.approx(1.0, abs=0.01)
    newest = _answer(qtbot, search, NewestQuery())
    assert {hit.photo.path.name for hit in newest.hits} == {p.name for p in photo_files.values()}
    assert all(hit.score is None for hit in newest.hits)
    assert all(hit.thumbnail.is_file() for hit in newest.hits)


class _Gate:
    """A service whose first search waits until it is let go, so that a queue builds up."""

    def __init__(self, service: SearchService) -> None:
        self.service = service
        self.catalogue = service.catalogue
        self.is_in = threading.Event()
        self.may_go = threading.Event()
        self.searched: list[str] = []

    def reranks(self, text: str) -> bool:
        return False

    def parse(self, text: str) -> Query:
        return self.service.parse(text)

    def search_typed(self, text: str, k: int, rerank: bool | None = None):
        self.searched.append(text)
        self.is_in.set()
        assert self.may_go.wait(60)
        return self.service.search_typed(text, k)

    def catch_up(self) -> bool:
        return self.service.catch_up()

    def close(self) -> None:
        self.service.close()


def test_the_latest_query_wins(qtbot, library_paths, model_dir) -> None:
    gates: list[_Gate] = []

    def open_gated():
        gates.append(_Gate(open_search_service(library_paths, model_dir, Settings())))
        return gates[0]

    thread = SearchThread(open_gated, Decoder())
    with qtbot.waitSignal(thread.opened, timeout=PATIENCE_MS):
        thread.start()
    answers = QSignalSpy(thread.answered)
    thread.submit(TextQuery("d"))
    assert gates[0].is_in.wait(60)
    for text in ("do", "dog"):
        thread.submit(TextQuery(text))
    last = thread.submit(TextQuery("dog on a beach"))
    gates[0].may_go.set()
    qtbot.waitUntil(lambda: answers.count() == 2, timeout=PATIENCE_MS)
    assert gates[0].searched == ["d", "dog on a beach"]
    assert answers.at(1)[0].request_id == last
    _end(qtbot, thread)


def test_late_answers_are_ignored(qtbot, search) -> None:
    controller = SearchController(search)
    shown = QSignalSpy(controller.answered)
    controller.search_text("a cat")
    late = Answer(-5, TextQuery("something else"), (), 1.0)
    search.answered.emit(late)
    qtbot.waitUntil(lambda: shown.count() == 1, timeout=PATIENCE_MS)
    assert shown.at(0)[0].query == TextQuery("a cat")
    # The same words again are no new query.
    controller.search_text("  a cat ")
    controller.search_text("a cup")
    qtbot.waitUntil(lambda: shown.count() == 2, timeout=PATIENCE_MS)
    assert shown.at(1)[0].query == TextQuery("a cup")


def test_an_unreadable_photo_is_explained(qtbot, search, tmp_path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 this is not a photo")
    with qtbot.waitSignal(search.query_failed, timeout=PATIENCE_MS) as caught:
        search.submit(TextQuery(with_photo("", broken)))
    report = caught.args[1]
    assert len(report.message) > 10
    # The thread lives on.
    assert _answer(qtbot, search, TextQuery("a cat")).hits


def test_a_poke_tells_what_the_library_holds(qtbot, search, photo_files) -> None:
    with qtbot.waitSignal(search.library_changed, timeout=PATIENCE_MS) as caught:
        search.poke()
    library, changed = caught.args
    assert library.counts.photos == len(photo_files)
    assert len(library.folders) == 1
    assert changed is False


def test_removing_a_folder_empties_the_answers(qtbot, search) -> None:
    with qtbot.waitSignal(search.library_changed, timeout=PATIENCE_MS) as caught:
        search.poke()
    folder = caught.args[0].folders[0]
    states = QSignalSpy(search.library_changed)
    search.remove_folder(folder.folder_id)
    qtbot.waitUntil(lambda: states.count() > 0, timeout=PATIENCE_MS)
    library, changed = states.at(states.count() - 1)
    assert changed is True
    assert library.folders == ()
    assert _answer(qtbot, search, TextQuery("a cat")).hits == ()
    assert folder.path.is_dir()
    assert any(folder.path.iterdir())


def test_warming_up_and_releasing_do_no_harm(qtbot, search, photo_files) -> None:
    search.warm_up()
    _answer(qtbot, search, TextQuery(with_photo("", photo_files["coffee"])))
    # Five minutes pass; the slot is called as its timer would, on the worker's own thread.
    QMetaObject.invokeMethod(
        search._worker, "_release_image_encoder", Qt.ConnectionType.QueuedConnection
    )
    hits = _answer(qtbot, search, TextQuery(with_photo("", photo_files["coffee"]))).hits
    assert hits[0].photo.path.name == "coffee.png"


def test_a_library_that_cannot_be_opened_is_explained(qtbot, tmp_path) -> None:
    paths = DataPaths(tmp_path / "data")
    paths.create()
    thread = SearchThread(
        lambda: open_search_service(paths, tmp_path / "no model", Settings()), Decoder()
    )
    with qtbot.waitSignal(thread.open_failed, timeout=PATIENCE_MS) as caught:
        thread.start()
    assert "no model" in caught.args[0].message or "model" in caught.args[0].message.lower()
    thread.submit(TextQuery("a cat"))
    thread.poke()
    thread.warm_up()
    thread.list_failures()
    _end(qtbot, thread)


def test_the_index_is_published_when_the_thread_ends(
    qtbot, library_paths: DataPaths, model_dir: Path
) -> None:
    thread = SearchThread(
        lambda: open_search_service(library_paths, model_dir, Settings()), Decoder()
    )
    caught_up = QSignalSpy(thread.library_changed)
    thread.start()
    qtbot.waitUntil(lambda: caught_up.count() > 0, timeout=PATIENCE_MS)
    _end(qtbot, thread)
    assert not thread.is_running
    assert any(library_paths.index_dir.iterdir())


def test_hits_are_looked_at_again_when_typing_rests(
    qtbot, photo_folder, tmp_path, tiny_bundle: ModelBundle
) -> None:
    paths, settings = DataPaths(tmp_path / "tiny"), Settings(provider="cpu")
    list(open_indexer(paths, tiny_bundle.folder, settings).run([photo_folder], IndexControl()))
    thread = SearchThread(
        lambda: open_search_service(paths, tiny_bundle.folder, settings), Decoder()
    )
    with qtbot.waitSignal(thread.opened, timeout=PATIENCE_MS):
        thread.start()
    answers = QSignalSpy(thread.answered)
    request_id = thread.submit(TextQuery("a dog runs"))
    qtbot.waitUntil(lambda: answers.count() == 2, timeout=PATIENCE_MS)
    live, settled = answers.at(0)[0], answers.at(1)[0]
    assert live.request_id == settled.request_id == request_id
    assert all(hit.match is None for hit in live.hits)
    assert all(hit.match is not None for hit in settled.hits)
    assert {hit.photo for hit in live.hits} == {hit.photo for hit in settled.hits}
    # Asked again, because the library grew: nothing jumps back.
    thread.submit(TextQuery("a dog runs"))
    qtbot.waitUntil(lambda: answers.count() == 3, timeout=PATIENCE_MS)
    assert answers.at(2)[0].hits == settled.hits
    thread.submit(TextQuery("a cup sort:name"))
    thread.submit(NewestQuery())
    qtbot.waitUntil(lambda: answers.at(answers.count() - 1)[0].query == NewestQuery())
    assert all(answers.at(n)[0].request_id != request_id for n in range(3, answers.count()))
    _end(qtbot, thread)
