"""The second look: the order that the matcher gives, and what it leaves as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from desktop_app.composition import open_search_service
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.encoders import TextEncoder
from desktop_app.inference.matcher import Matcher
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.library.query import PhotoPart, Query, TextPart
from desktop_app.library.query_encoder import NEGATIVE_WEIGHT
from desktop_app.library.reranking import LOGITS_PER_COSINE
from desktop_app.library.search import SearchHit, SearchService
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.inference.conftest import tiny_bundle
from tests.library.conftest import indexed

__all__ = ["tiny_bundle"]  # a fixture

SETTINGS = Settings(provider="cpu")
TEXT = "a dog runs on green grass"


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, demo_photos: dict[str, Path], tiny_bundle: ModelBundle
) -> DataPaths:
    root = tmp_path_factory.mktemp("searched")
    return indexed(root, demo_photos.values(), tiny_bundle.folder, SETTINGS)


@pytest.fixture
def service(library: DataPaths, tiny_bundle: ModelBundle) -> Iterator[SearchService]:
    opened = open_search_service(library, tiny_bundle.folder, SETTINGS)
    yield opened
    opened.close()


def _judged(service: SearchService, bundle: ModelBundle, text: str) -> dict[int, float]:
    """The slow twin: one photo after the other, each with its own run of the matcher."""
    matcher = Matcher(bundle, RuntimeOptions("cpu"))
    encoded = TextEncoder(bundle, RuntimeOptions("cpu")).encode_all(text)
    model_id, logits = bundle.manifest.model_id, {}
    for hit in service.newest(100):
        photo_id = hit.photo.photo_id
        _, vectors = service.catalogue.embeddings.vectors([photo_id], model_id)
        tokens = service.catalogue.tokens.of([photo_id], model_id, (4, 3))[photo_id]
        logits[photo_id] = float(matcher.score(encoded, vectors, tokens[None]).logits[0])
    return logits


def _ids(hits: Sequence[SearchHit]) -> list[int]:
    return [hit.photo.photo_id for hit in hits]


def test_the_matcher_orders_the_likely_and_then_the_others(
    service: SearchService, tiny_bundle: ModelBundle
) -> None:
    logits = _judged(service, tiny_bundle, TEXT)
    plain = service.search_typed(TEXT, 14, rerank=False)
    hits = service.search_typed(TEXT, 14)
    assert _ids(hits) != _ids(plain)
    likely = {hit.photo.photo_id: hit.likely for hit in plain}
    expected = sorted(_ids(plain), key=lambda i: (not likely[i], -logits[i]))
    assert _ids(hits) == expected
    assert [hit.rank for hit in hits] == list(range(1, 15))
    scores = {hit.photo.photo_id: hit.score for hit in plain}
    for hit in hits:
        assert hit.score == scores[hit.photo.photo_id]
        assert hit.likely == likely[hit.photo.photo_id]
        expected_match = 1 / (1 + np.exp(-logits[hit.photo.photo_id]))
        assert hit.match == pytest.approx(expected_match, abs=1e-5)
    assert all(hit.match is None for hit in plain)


def test_fewer_hits_are_the_first_of_more(service: SearchService) -> None:
    everything = service.search_typed(TEXT, 14)
    assert _ids(service.search_typed(TEXT, 3)) == _ids(everything)[:3]


def test_several_texts_combine(service: SearchService, tiny_bundle: ModelBundle) -> None:
    dog, cat, car = (_judged(service, tiny_bundle, t) for t in ("a dog", "two cats", "a car"))
    parts = (TextPart("a dog", 2.0), TextPart("two cats"), TextPart("a car", 1.0, -1))
    together = service.reranker.logits(sorted(dog), parts)
    for i in dog:
        pushed = NEGATIVE_WEIGHT * np.log1p(np.exp(car[i]))
        assert together[i] == pytest.approx((2 * dog[i] + cat[i] - pushed) / 3, abs=1e-4)
    away = service.reranker.logits(sorted(dog), (TextPart("a car", 1.0, -1),))
    assert away == pytest.approx({i: -car[i] for i in car}, abs=1e-4)


def test_photos_without_tokens_keep_their_place(
    service: SearchService, tiny_bundle: ModelBundle
) -> None:
    plain = service.search_typed(TEXT, 14, rerank=False)
    logits = _judged(service, tiny_bundle, TEXT)
    lost = _ids(plain)[-4]
    tokens = service.catalogue.tokens._database
    rows = tokens.rows("SELECT * FROM image_tokens WHERE photo_id = ?", (lost,))
    tokens.run("DELETE FROM image_tokens WHERE photo_id = ?", (lost,))
    try:
        hits = service.search_typed(TEXT, 14)
    finally:
        tokens.run("INSERT INTO image_tokens VALUES (?, ?, ?)", rows[0])
    assert _ids(hits)[-4] == lost
    assert hits[-4].match is None
    judged = [hit.photo.photo_id for hit in hits if not hit.likely and hit.match is not None]
    assert judged == sorted(judged, key=lambda i: -logits[i])


def test_words_that_people_wrote_count_here_too(service: SearchService) -> None:
    hits = service.search_typed(TEXT, 14, rerank=False)
    query = Query((TextPart(TEXT),))
    unlikely = [hit for hit in hits if not hit.likely]
    logits = service.reranker.logits(_ids(unlikely), query.parts)
    worst = min(logits, key=lambda i: logits[i])
    enough = (max(logits.values()) - logits[worst]) / LOGITS_PER_COSINE + 0.01
    ranked = service.reranker.reranked(unlikely, query, {worst: enough})
    assert ranked[0].photo.photo_id == worst


def test_it_looks_at_texts_in_the_order_of_relevance_alone(service: SearchService) -> None:
    applies = service.reranker.applies_to
    assert applies(Query((TextPart("a dog"),)))
    assert not applies(Query())
    assert not applies(Query((TextPart("a dog"), PhotoPart("beach.jpg"))))
    assert not applies(Query((TextPart("a dog"),), sort="date"))
    assert all(hit.match is None for hit in service.search_typed("a dog sort:name", 14))


def test_the_setting_and_the_bundle_decide(
    library: DataPaths, tiny_bundle: ModelBundle, model_dir: Path, tmp_path: Path
) -> None:
    off = Settings(provider="cpu", rerank=False)
    service = open_search_service(library, tiny_bundle.folder, off)
    assert not service.reranks(TEXT)
    assert service.search_typed(TEXT, 1)[0].match is None
    assert service.search_typed(TEXT, 1, rerank=True)[0].match is not None
    service.close()
