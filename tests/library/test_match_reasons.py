"""Why a photo is a hit: shares of the kernels, words' bonus, regions; and without its file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.composition import open_indexer, open_search_service
from desktop_app.errors import PhotoError, UsageError
from desktop_app.inference.bundle import ModelBundle
from desktop_app.library.explaining import WordMap
from desktop_app.library.heat_picture import heat_layers
from desktop_app.library.index_control import IndexControl
from desktop_app.library.match_reasons import kernel_shares
from desktop_app.library.query import PhotoPart, Query
from desktop_app.library.search import WORD_BONUS, SearchHit, SearchService
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.inference.conftest import tiny_bundle

__all__ = ["tiny_bundle"]  # a fixture

SETTINGS = Settings(provider="cpu")


@pytest.fixture
def photos(tmp_path: Path, demo_photos: dict[str, Path]) -> Path:
    """Three photos, one of which says what it shows."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("coffee.png", "chelsea.png"):
        shutil.copyfile(demo_photos[name], folder / name)
    exif = Image.Exif()
    exif[270] = "a dog in the garden"
    Image.open(demo_photos["rocket.jpg"]).save(folder / "said.jpg", exif=exif)
    return folder


@pytest.fixture
def service(tmp_path: Path, tiny_bundle: ModelBundle, photos: Path) -> Iterator[SearchService]:
    paths = DataPaths(tmp_path / "library")
    list(open_indexer(paths, tiny_bundle.folder, SETTINGS).run([photos], IndexControl()))
    opened = open_search_service(paths, tiny_bundle.folder, SETTINGS)
    while opened.catch_up():
        pass
    yield opened
    opened.close()


def _hits(service: SearchService, text: str) -> dict[str, SearchHit]:
    return {hit.photo.path.name: hit for hit in service.search_typed(text, 9, rerank=False)}


def test_the_shares_of_the_kernels_and_the_words_make_the_score(service: SearchService) -> None:
    query = service.parse("a dog -cup")
    for name, hit in _hits(service, "a dog -cup").items():
        why = service.reasons.why(query, hit.photo.path, hit.photo.photo_id)
        assert why.score == pytest.approx(hit.score, abs=1e-3)
        assert sum(k.share for k in why.kernels) == pytest.approx(why.cosine, abs=1e-5)
        assert why.bonus == pytest.approx(WORD_BONUS if name == "said.jpg" else 0)
        assert [k.name for k in why.kernels] == ["linear", "gaussian 0.5"]
        assert [k.weight for k in why.kernels] == [0.6, 0.4]
        # "cup" pushes away: nobody asks where it is
        assert [word.word for word in why.words] == ["dog"]
        assert why.match == service.explain("a dog", hit.photo.path).match


def test_each_share_is_the_product_of_its_own_numbers(tiny_bundle: ModelBundle) -> None:
    manifest = tiny_bundle.manifest
    query, photo = np.random.default_rng(1).normal(size=(2, 12)).astype(np.float32)
    linear, gaussian = kernel_shares(manifest, query, photo)
    assert linear.share == pytest.approx(
        sum(a * b for a, b in zip(query, photo, strict=True) if list(query).index(a) < 8)
    )
    assert linear.share + gaussian.share == pytest.approx(float(query @ photo))
    assert kernel_shares(replace(manifest, kernel_dims={}), query, photo) == ()


def test_a_photo_of_the_library_is_explained_without_its_file(
    service: SearchService, photos: Path
) -> None:
    hit = _hits(service, "a cup")["coffee.png"]
    before = service.reasons.why(service.parse("a cup"), hit.photo.path, hit.photo.photo_id)
    captions = service.captioner.captions_of(hit.photo.path, 2, hit.photo.photo_id)
    (photos / "coffee.png").unlink()
    after = service.reasons.why(service.parse("a cup"), hit.photo.path, hit.photo.photo_id)
    assert after == before
    again = service.captioner.captions_of(hit.photo.path, 2, hit.photo.photo_id)
    assert again == captions
    assert not service._encoder.has_image
    with pytest.raises(PhotoError, match="no file"):
        service.reasons.why(service.parse("a cup"), hit.photo.path)


def test_several_texts_and_a_photo_give_reasons_too(
    service: SearchService, demo_photos: dict[str, Path]
) -> None:
    cat = demo_photos["chelsea.png"]
    by_photo = service.reasons.why(Query((PhotoPart(str(cat)),)), cat)
    assert by_photo.cosine == pytest.approx(1, abs=1e-3)
    assert by_photo.words == ()
    assert by_photo.match is None
    two = service.reasons.why(service.parse('"a dog" "red cups"'), cat)
    assert [word.word for word in two.words] == ["dog", "red", "cups"]
    matches = [service.explain(text, cat).match for text in ("a dog", "red cups")]
    assert two.match == min(matches)
    with pytest.raises(UsageError, match="no score"):
        service.reasons.why(service.parse("type:jpeg"), cat)


def test_a_photo_of_which_several_things_are_asked_is_encoded_once(
    service: SearchService, demo_photos: dict[str, Path]
) -> None:
    runs = []
    photos = service.captioner._photos
    encode = photos._encode
    photos._encode = lambda pixels: (runs.append(1), encode(pixels))[1]
    for _ in range(2):
        service.captions_of(demo_photos["flower.jpg"])
        service.explain("a flower", demo_photos["flower.jpg"])
    assert len(runs) == 1
    service.captions_of(demo_photos["china.jpg"])
    assert len(runs) == 2


def test_layers_show_one_word_each() -> None:
    photo = Image.new("RGB", (90, 60), (128, 128, 128))
    cold = tuple((0.0,) * 3 for _ in range(3))
    left = WordMap("left", ((1.0, 0.0, 0.0), *cold[1:]))
    right = WordMap("right", (*cold[:2], (0.0, 0.0, 1.0)))
    together, (first, second) = heat_layers(photo, (left, right))
    corners = [(layer.getpixel((2, 2)), layer.getpixel((87, 57))) for layer in (first, second)]
    assert corners[0][0] == corners[1][1]
    assert corners[0][0][0] > corners[0][0][2]  # hot: red
    assert corners[0][1][2] >= corners[0][1][0]  # cold: blue
    for corner in (together.getpixel((2, 2)), together.getpixel((87, 57))):
        assert corner[0] > corner[2]
    assert {layer.size for layer in (together, first, second)} == {photo.size}
