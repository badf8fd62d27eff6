"""What the panels ask of the search thread and the pool, with the real parts and the tiny model."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QThreadPool
from PySide6.QtTest import QSignalSpy

from desktop_app.composition import open_search_service
from desktop_app.gui.inspector.caption_keeper import CaptionKeeper
from desktop_app.gui.inspector.inspection import Inspection
from desktop_app.gui.inspector.messages import Subject, to_qimage
from desktop_app.gui.messages import NewestQuery, TextQuery
from desktop_app.library.caption_collections import OWN_COLLECTION
from desktop_app.library.decoder import Decoder
from desktop_app.library.photo_details import DetailReader
from desktop_app.library.query_edits import with_photo
from desktop_app.library.records import Metadata
from desktop_app.library.sidecar import with_sidecar
from tests.gui.conftest import PATIENCE_MS
from tests.gui.inspector_parts import (
    CPU,
    headless_model,
    hits_of,
    inspection,
    run_search,
    search,
    tiny_bundle,
    tiny_library,
    tiny_paths,
)

__all__ = ["headless_model", "inspection", "search", "tiny_bundle", "tiny_library", "tiny_paths"]


def _look(qtbot, inspection: Inspection, subject: Subject, query, *signals):
    """Look at a photo and wait for these signals; what each brought."""
    spies = [QSignalSpy(signal) for signal in signals]
    inspection.look_at(subject, query)
    qtbot.waitUntil(lambda: all(spy.count() >= 1 for spy in spies), timeout=PATIENCE_MS)
    return [spy.at(spy.count() - 1)[0] for spy in spies]


def test_everything_about_a_hit(qtbot, search, inspection) -> None:
    query = TextQuery("a dog runs")
    hit = hits_of(qtbot, search, query)["coffee.png"]
    found = inspection
    details, picture, captions, reasons = _look(
        qtbot,
        found,
        Subject(hit.photo.path, hit),
        query,
        found.detailed,
        found.pictured,
        found.captioned,
        found.reasoned,
    )
    assert details.path == hit.photo.path
    assert details.format == "PNG"
    assert picture.width() in (320, 600)  # the thumbnail, or the photo when it is there as soon
    assert captions.can_write
    assert captions.is_judged
    assert 1 <= len(captions.captions) <= 3
    assert reasons.can_point
    assert [word.word for word in reasons.why.words] == ["dog", "runs"]
    assert reasons.why.score == pytest.approx(hit.score, abs=1e-3)
    assert sum(k.share for k in reasons.why.kernels) == pytest.approx(reasons.why.cosine, abs=1e-5)
    assert len(reasons.layers) == 2
    assert {layer.size() for layer in (*reasons.layers, reasons.together)} == {picture.size()}
    assert reasons.layers[0] != picture


def test_the_newest_subject_wins(qtbot, search, inspection) -> None:
    hits = hits_of(qtbot, search, NewestQuery())
    told = QSignalSpy(inspection.detailed)
    captions = QSignalSpy(inspection.captioned)
    names = ["coffee.png", "chelsea.png", "rocket.jpg"]
    for name in names:
        inspection.look_at(Subject(hits[name].photo.path, hits[name]), NewestQuery())
        inspection._begin()  # the pause is over for each of them
    qtbot.waitUntil(lambda: told.count() and captions.count(), timeout=PATIENCE_MS)
    hits_of(qtbot, search, NewestQuery())  # whatever was asked before is answered now
    inspection._pool.waitForDone()
    qtbot.wait(50)
    assert [told.at(n)[0].path.name for n in range(told.count())] == names[-1:]
    assert captions.count() == 1
    inspection.look_at(Subject(hits["coffee.png"].photo.path, hits["coffee.png"]), NewestQuery())
    inspection.stop()
    qtbot.wait(300)
    assert told.count() == 1


def test_a_dropped_file_is_described_and_compared(
    qtbot, search, inspection, photo_files, tmp_path
) -> None:
    path = tmp_path / "dropped.jpg"
    Image.open(photo_files["coffee"]).convert("RGB").resize((300, 200)).save(path)
    found = inspection
    details, picture, captions, similar = _look(
        qtbot,
        found,
        Subject(path),
        NewestQuery(),
        found.detailed,
        found.pictured,
        found.captioned,
        found.resembled,
    )
    assert (details.width, details.height) == (300, 200)
    assert (picture.width(), picture.height()) == (300, 200)
    assert captions.captions
    assert similar.hits[0].photo.path.name == "coffee.png"
    assert all(image.width() == image.height() > 100 for image in similar.pictures)


def test_a_dropped_file_that_cannot_be_used_is_explained(qtbot, inspection, tmp_path) -> None:
    for name, content in (("broken.jpg", b"\xff\xd8\xff\xe0 and then nothing"), ("gone.jpg", None)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        others = QSignalSpy(inspection.captioned)
        subject = Subject(tmp_path / name)
        [report] = _look(qtbot, inspection, subject, NewestQuery(), inspection.unreadable)
        assert len(report.message) > 8
        assert others.count() == 0


def test_a_similar_photo_has_reasons_without_words(qtbot, search, inspection, photo_files) -> None:
    query = TextQuery(with_photo("", photo_files["flower"]))
    hit = hits_of(qtbot, search, query)["flower.jpg"]
    [reasons] = _look(qtbot, inspection, Subject(hit.photo.path, hit), query, inspection.reasoned)
    assert reasons.why.cosine == pytest.approx(1, abs=1e-3)
    assert reasons.why.words == ()
    assert reasons.layers == ()
    assert reasons.together.isNull()


def test_filters_alone_give_no_reasons_and_say_so(qtbot, search, inspection) -> None:
    query = TextQuery("type:png")
    hit = hits_of(qtbot, search, query)["coffee.png"]
    subject = Subject(hit.photo.path, hit)
    [report] = _look(qtbot, inspection, subject, query, inspection.reasons_failed)
    assert "no score" in report.message


def test_a_model_without_heads_says_what_it_cannot(
    qtbot, tiny_paths, headless_model, photo_files
) -> None:
    threads = run_search(qtbot, tiny_paths, headless_model)
    search = next(threads)
    pool = QThreadPool()
    found = Inspection(search, pool, DetailReader(Decoder()))
    query = TextQuery("a dog runs")
    hit = hits_of(qtbot, search, query)["coffee.png"]
    subject = Subject(hit.photo.path, hit)
    captions, reasons = _look(qtbot, found, subject, query, found.captioned, found.reasoned)
    assert not captions.can_write
    assert captions.captions == ()
    assert not reasons.can_point
    assert reasons.why.kernels == ()
    assert reasons.why.score == pytest.approx(hit.score, abs=1e-3)
    keeper = CaptionKeeper(search, pool)
    with qtbot.waitSignal(keeper.done, timeout=PATIENCE_MS):
        keeper.keep(hit.photo.path, "a cup of coffee")
    [captions] = _look(qtbot, found, subject, query, found.captioned)
    assert [caption.text for caption in captions.captions] == ["a cup of coffee"]
    assert not captions.is_judged
    pool.waitForDone()
    next(threads, None)


def test_a_photo_whose_file_is_gone_is_still_explained(qtbot, search, inspection, tmp_path) -> None:
    query = TextQuery("a dog runs")
    hit = hits_of(qtbot, search, query)["rocket.jpg"]
    hidden = hit.photo.path.with_name("elsewhere")
    hit.photo.path.rename(hidden)
    try:
        found = inspection
        details, captions, reasons = _look(
            qtbot,
            found,
            Subject(hit.photo.path, hit),
            query,
            found.detailed,
            found.captioned,
            found.reasoned,
        )
    finally:
        hidden.rename(hit.photo.path)
    assert details.trouble
    assert captions.captions
    assert len(reasons.layers) == 2


def test_captions_are_kept_once_and_written_beside_the_photo(
    qtbot, search, tiny_paths, tiny_bundle, photo_files, tmp_path
) -> None:
    photo = tmp_path / "mine.png"
    shutil.copy(photo_files["coffee"], photo)
    pool = QThreadPool()
    keeper = CaptionKeeper(search, pool)
    words = []
    for _ in range(2):
        with qtbot.waitSignal(keeper.done, timeout=PATIENCE_MS) as caught:
            keeper.keep(photo, "  a cup   of coffee ")
        words.append(caught.args[1])
    assert words[0].startswith("Kept")
    assert "already" in words[1]
    service = open_search_service(tiny_paths, tiny_bundle.folder, CPU)
    assert [(c.name, c.count) for c in service.collections.all()] == [(OWN_COLLECTION, 1)]
    service.close()
    with qtbot.waitSignal(keeper.failed, timeout=PATIENCE_MS):
        keeper.keep(photo, "12 !")
    with qtbot.waitSignal(keeper.done, timeout=PATIENCE_MS) as caught:
        keeper.export(photo, "a cup of coffee")
    assert caught.args == [photo, "Written to mine.png.xmp."]
    assert with_sidecar(photo, Metadata()).caption == "a cup of coffee"
    with qtbot.waitSignal(keeper.failed, timeout=PATIENCE_MS) as caught:
        keeper.export(photo, "something else")
    assert "exists already" in caught.args[1].message
    assert with_sidecar(photo, Metadata()).caption == "a cup of coffee"
    pool.waitForDone()


def test_pictures_survive_the_way_to_qt(qapp) -> None:
    pixels = np.arange(5 * 3 * 3, dtype=np.uint8).reshape(3, 5, 3)
    image = to_qimage(Image.fromarray(pixels))
    assert (image.width(), image.height()) == (5, 3)
    colour = image.pixelColor(4, 2)
    assert [colour.red(), colour.green(), colour.blue()] == pixels[2, 4].tolist()


def test_no_task_is_done_for_a_library_that_is_closed(qtbot, search) -> None:
    done: list[Path] = []
    search.stop_accepting()
    search.serve(lambda service: done.append(service.catalogue.path))
    qtbot.wait(50)
    assert done == []
