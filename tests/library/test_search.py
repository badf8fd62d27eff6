"""Text or photo in, ranked photos out: the real model on real photographs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_app.composition import open_indexer, open_search_service
from desktop_app.errors import PhotoError, UsageError
from desktop_app.library.index_control import IndexControl
from desktop_app.library.search import SearchService
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings

SETTINGS = Settings(provider="cpu")


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, demo_photos: dict[str, Path], model_dir: Path
) -> DataPaths:
    folder = tmp_path_factory.mktemp("photos")
    for name, path in demo_photos.items():
        shutil.copyfile(path, folder / name)
    paths = DataPaths(tmp_path_factory.mktemp("library"))
    list(open_indexer(paths, model_dir, SETTINGS).run([folder], IndexControl()))
    return paths


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
    query = service._text().encode([text])[0]
    model_id = service._text().manifest.model_id
    changes = service.catalogue.changes_after(0, model_id, 10**6)
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


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_query_is_said_plainly(service: SearchService, text: str) -> None:
    with pytest.raises(UsageError, match="empty"):
        service.search_text(text, 5)


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
    assert service._text_encoder is None
    assert service._image_encoder is None


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
