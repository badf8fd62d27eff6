"""Text or photo in, ranked photos out: the real model on real photographs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_app.composition import open_search_service
from desktop_app.errors import PhotoError, UsageError
from desktop_app.library.query_encoder import NEGATIVE_WEIGHT
from desktop_app.library.records import Metadata
from desktop_app.library.search import WORD_BONUS, SearchHit, SearchService
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.library.conftest import indexed

SETTINGS = Settings(provider="cpu")


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, demo_photos: dict[str, Path], model_dir: Path
) -> DataPaths:
    root = tmp_path_factory.mktemp("searched")
    return indexed(root, demo_photos.values(), model_dir, SETTINGS)


@pytest.fixture
def service(library: DataPaths, model_dir: Path) -> Iterator[SearchService]:
    opened = open_search_service(library, model_dir, SETTINGS)
    yield opened
    opened.close()


def test_a_photo_of_the_library_finds_itself_first(
    service: SearchService, demo_photos: dict[str, Path]
) -> None:
    for name in ("chelsea.png", "china.jpg"):
        hits = service.search_photo(demo_photos[name], 3)
        assert [hit.rank for hit in hits] == [1, 2, 3]
        assert hits[0].photo.path.name == name
        assert hits[0].score == pytest.approx(1.0, abs=1e-3)
        assert hits[0].thumbnail.is_file()
        assert hits[0].score > (hits[1].score or 0)


def test_scores_are_those_of_the_obvious_way(service: SearchService) -> None:
    text = "a dog on the beach"
    hits = service.search_text(f"  {text}  ", 100)
    query = service._encoder.text().encode([text])[0]
    model_id = service._encoder.text().manifest.model_id
    changes = service.catalogue.embeddings.changes_after(0, model_id, 10**6)
    expected = dict(zip(changes.ids.tolist(), (changes.vectors @ query).tolist(), strict=True))
    assert len(hits) == len(expected)
    for hit in hits:
        assert hit.score == pytest.approx(expected[hit.photo.photo_id], abs=1e-5)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_missing_photos_make_room_for_the_next_best(
    service: SearchService, demo_photos: dict[str, Path]
) -> None:
    best, second, third = service.search_photo(demo_photos["coffee.png"], 3)
    best.photo.path.rename(best.photo.path.with_suffix(".away"))
    try:
        database = service.catalogue._database
        database.run(
            "UPDATE files SET state = 'missing' WHERE photo_id = ?", (best.photo.photo_id,)
        )
        hits = service.search_photo(demo_photos["coffee.png"], 2)
        names = [hit.photo.photo_id for hit in hits]
        assert names == [second.photo.photo_id, third.photo.photo_id]
    finally:
        database.run(
            "UPDATE files SET state = 'indexed' WHERE photo_id = ?", (best.photo.photo_id,)
        )
        best.photo.path.with_suffix(".away").rename(best.photo.path)


def _names(hits: list[SearchHit]) -> list[str]:
    return [hit.photo.path.name for hit in hits]


def test_a_typed_sentence_is_that_sentence(service: SearchService) -> None:
    text = "a cup of coffee - on a table"
    typed, plain = service.search_typed(text, 14, rerank=False), service.search_text(text, 14)
    assert [(hit.photo, hit.likely) for hit in typed] == [(hit.photo, hit.likely) for hit in plain]
    scores = [hit.score or 0 for hit in typed]
    assert scores == pytest.approx([hit.score or 0 for hit in plain], abs=1e-6)


def test_a_query_of_many_parts_is_their_weighted_sum(
    service: SearchService, demo_photos: dict[str, Path]
) -> None:
    typed = f'"a cat"^2 -"a building" photo:"{demo_photos["coffee.png"]}"^0.5'
    hits = service.search_typed(typed, 14)
    cat, building = (service._encoder.text().encode([text])[0] for text in ("a cat", "a building"))
    coffee = service._encoder.of_photo(demo_photos["coffee.png"])
    query = 2 * cat - NEGATIVE_WEIGHT * building + 0.5 * coffee
    query /= np.linalg.norm(query)
    for hit in hits:
        model_id = service._encoder.text().manifest.model_id
        _, stored = service.catalogue.embeddings.vectors([hit.photo.photo_id], model_id)
        assert hit.score == pytest.approx(float(stored[0] @ query), abs=1e-5)


def test_filters_and_orders(service: SearchService) -> None:
    everything = service.search_typed("a cat", 14)
    jpegs = service.search_typed("a cat type:jpeg", 14)
    expected = [hit for hit in everything if hit.photo.path.suffix == ".jpg"]
    assert _names(jpegs) == _names(expected)
    assert [hit.score for hit in jpegs] == pytest.approx([hit.score for hit in expected], abs=1e-5)
    by_name = service.search_typed("a cat type:jpeg sort:name", 14)
    assert _names(by_name) == sorted(_names(expected))
    assert [hit.rank for hit in by_name] == list(range(1, len(by_name) + 1))
    only_filters = service.search_typed("type:jpeg", 14, "name")
    assert _names(only_filters) == _names(by_name)
    assert all(hit.score is None for hit in only_filters)
    by_date = service.search_typed("a cat sort:date", 14)
    likely = {hit.photo.photo_id for hit in everything if hit.likely}
    newest = [hit.photo for hit in service.newest(14)]
    first = [photo for photo in newest if photo.photo_id in likely]
    others = [photo for photo in newest if photo.photo_id not in likely]
    assert 0 < len(first) < 14
    assert [hit.photo for hit in by_date] == first + others


def test_likely_ends_once(service: SearchService, demo_photos: dict[str, Path]) -> None:
    by_photo = service.search_photo(demo_photos["coffee.png"], 14)
    by_text = service.search_text("a cat", 14)
    mixed = service.search_typed('"a cat" -"a building"', 14)
    for hits in (by_photo, by_text, mixed):
        likely = [hit.likely for hit in hits]
        assert likely == sorted(likely, reverse=True)
        assert sum(likely) < 14
    assert by_photo[0].likely
    assert by_text[0].likely
    assert all(hit.likely for hit in service.newest(14))


def test_what_people_wrote_counts(service: SearchService) -> None:
    last = service.search_typed("a zebra crossing", 14)[-1]
    rows = service.catalogue.metadata
    before = rows.metadata(last.photo.photo_id)
    assert before is not None
    try:
        rows.store([(last.photo.photo_id, Metadata(keywords=("Zebra", "street crossings")))])
        hits = service.search_typed("a zebra crossing", 14)
        again = next(hit for hit in hits if hit.photo.photo_id == last.photo.photo_id)
        assert again.score == pytest.approx((last.score or 0) + WORD_BONUS, abs=1e-5)
        assert len(hits) == 14
        assert service.search_typed("a zebra crossing", 1)[0].photo == hits[0].photo
        alone = service.search_typed("keyword:zebra", 5)
        assert [hit.photo.photo_id for hit in alone] == [last.photo.photo_id]
    finally:
        rows.store([(last.photo.photo_id, before)])


def test_missing_photos_are_found_where_they_are_asked_for(service: SearchService) -> None:
    best = service.search_typed("a cat", 1)[0]
    database = service.catalogue._database
    sql = "UPDATE files SET state = ? WHERE photo_id = ?"
    database.run(sql, ("missing", best.photo.photo_id))
    try:
        hits = service.search_typed("a cat in:missing", 5)
        assert [hit.photo for hit in hits] == [best.photo]
        assert hits[0].score == pytest.approx(best.score, abs=1e-5)
        assert [hit.photo for hit in service.search_typed("in:missing", 5)] == [best.photo]
    finally:
        database.run(sql, ("indexed", best.photo.photo_id))


def test_parts_that_cancel_out_are_said_plainly(service: SearchService) -> None:
    with pytest.raises(UsageError, match="cancel"):
        service.search_typed('"a cat" -"a cat"^2', 5)


def test_a_photo_of_a_query_that_is_not_there(service: SearchService, tmp_path: Path) -> None:
    for path in (tmp_path / "none.jpg", "~nobody/x", "x" * 5000):
        with pytest.raises(PhotoError, match="no file"):
            service.search_typed(f'a cat photo:"{path}"', 5)
    (tmp_path / "letter.jpg").write_text("hello")
    with pytest.raises(PhotoError, match=r"letter\.jpg cannot be used"):
        service.search_typed(f'photo:"{tmp_path / "letter.jpg"}"', 5)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_query_is_said_plainly(service: SearchService, text: str) -> None:
    with pytest.raises(UsageError, match="empty"):
        service.search_text(text, 5)
    with pytest.raises(UsageError, match="empty"):
        service.search_typed(text, 5)


def test_no_results_cannot_be_asked_for(service: SearchService) -> None:
    with pytest.raises(UsageError):
        service.search_text("a dog", 0)


@pytest.mark.parametrize("content", [b"", b"hello", None])
def test_a_broken_photo_is_refused(
    service: SearchService, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "broken.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PhotoError):
        service.search_photo(path, 5)


def test_newest_shows_everything_without_a_model(service: SearchService) -> None:
    hits = service.newest(100)
    assert len(hits) == 14
    assert all(hit.score is None for hit in hits)
    assert not service._encoder.has_text
    assert not service._encoder.has_image


def test_the_image_encoder_can_be_released(
    service: SearchService, demo_photos: dict[str, Path]
) -> None:
    first = service.search_photo(demo_photos["moon.png"], 2)
    service.release_image_encoder()
    again = service.search_photo(demo_photos["moon.png"], 2)
    assert [h.photo.photo_id for h in first] == [h.photo.photo_id for h in again]
    assert np.isclose(first[1].score or 0, again[1].score or 1)


def test_closing_publishes_the_index(library: DataPaths, model_dir: Path) -> None:
    service = open_search_service(library, model_dir, SETTINGS)
    while service.catch_up():
        pass
    service.close()
    service = open_search_service(library, model_dir, SETTINGS)
    status = service.status()
    service.close()
    assert (status.count, status.applied_seq) == (14, status.change_seq)
    assert len(list(library.index_dir.glob("*.hnsw"))) == 1
