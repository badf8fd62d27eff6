"""Explanations: which region answers which word, as numbers and as a picture."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.composition import open_search_service
from desktop_app.errors import CatalogueReadOnly, PhotoError, UsageError
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.encoders import TextEncoder
from desktop_app.inference.matcher import Matcher
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.library.explaining import Explanation, WordMap
from desktop_app.library.heat_picture import draw_explanation, require_place, save_explanation
from desktop_app.library.search import SearchService
from desktop_app.library.stop_words import is_content
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.inference.conftest import tiny_bundle
from tests.library.conftest import indexed

__all__ = ["tiny_bundle"]  # a fixture

SETTINGS = Settings(provider="cpu")


@pytest.fixture
def service(tmp_path: Path, tiny_bundle: ModelBundle) -> Iterator[SearchService]:
    opened = open_search_service(DataPaths(tmp_path / "library"), tiny_bundle.folder, SETTINGS)
    yield opened
    opened.close()


def _one(path: Path, *words: WordMap) -> Explanation:
    return Explanation(path, " ".join(word.word for word in words), 0.5, words)


def _spot(word: str, row: int, column: int, side: int = 6) -> WordMap:
    grid = np.zeros((side, side))
    grid[row, column] = 1
    return WordMap(word, tuple(tuple(cells) for cells in grid.tolist()))


def test_words_are_those_that_name_something(
    service: SearchService, tiny_bundle: ModelBundle, demo_photos: dict[str, Path]
) -> None:
    photo = demo_photos["coffee.png"]
    found = service.explain("  the espresso is in a   red cup. Red!", photo)
    assert [word.word for word in found.words] == ["espresso", "red", "cup"]
    text = "the espresso is in a red cup. Red!"
    encoded = TextEncoder(tiny_bundle, RuntimeOptions("cpu")).encode_all(text)
    seen = service.captioner._photos.of(photo)
    scores = Matcher(tiny_bundle, RuntimeOptions("cpu")).score(
        encoded, seen.embedding[None], seen.require_tokens()[None]
    )
    assert found.match == pytest.approx(float(scores.probability[0]))
    for word in found.words:
        rows = [
            scores.word_regions[0][token]
            for token, place in enumerate(encoded.word_of_token)
            if place >= 0 and encoded.words[place].casefold() == word.word
        ]
        assert np.allclose(np.array(word.grid).ravel(), np.mean(rows, axis=0), atol=1e-5)
    [cup] = service.explain(text, photo, "CUP").words
    assert cup == found.words[2]
    assert [w.word for w in service.explain("this is it", photo).words] == ["this", "is", "it"]
    assert is_content("cup")
    assert not is_content("The")
    assert not is_content(".")


def test_a_photo_of_the_library_is_not_encoded(
    tiny_bundle: ModelBundle, tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    outside = open_search_service(DataPaths(tmp_path / "none"), tiny_bundle.folder, SETTINGS)
    expected = outside.explain("a red cup", demo_photos["coffee.png"])
    assert outside._encoder.has_image
    outside.close()
    paths = indexed(tmp_path, [demo_photos["coffee.png"]], tiny_bundle.folder, SETTINGS)
    service = open_search_service(paths, tiny_bundle.folder, SETTINGS)
    found = service.explain("a red cup", demo_photos["coffee.png"])  # known by its content
    assert not service._encoder.has_image
    for a, b in zip(found.words, expected.words, strict=True):
        assert a.word == b.word
        assert np.allclose(a.grid, b.grid, atol=1e-5)
    assert found.match == pytest.approx(expected.match, abs=1e-3)
    service.close()


def test_what_makes_no_sense_is_said(
    service: SearchService, demo_photos: dict[str, Path], tmp_path: Path
) -> None:
    photo = demo_photos["coffee.png"]
    with pytest.raises(UsageError, match="empty"):
        service.explain("  ", photo)
    with pytest.raises(UsageError, match='no word "dog"') as caught:
        service.explain("a red cup", photo, "dog")
    assert "a, red, cup" in caught.value.hint
    (tmp_path / "no photo.jpg").write_text("words")
    with pytest.raises(PhotoError, match=r"no photo\.jpg cannot be used: "):
        service.explain("a cup", tmp_path / "no photo.jpg")


def test_the_best_region_is_the_hottest(demo_photos: dict[str, Path]) -> None:
    photo = Image.new("RGB", (600, 300), (128, 128, 128))
    left = draw_explanation(photo, _one(Path("x"), _spot("cup", 0, 0)))
    right = draw_explanation(photo, _one(Path("x"), _spot("cup", 0, 5)))
    assert left.size == right.size
    pixels = [np.asarray(picture, int) for picture in (left, right)]
    changed = np.abs(pixels[0] - pixels[1]).sum(axis=2)
    columns = np.nonzero(changed.sum(axis=0))[0]
    rows = np.nonzero(changed.sum(axis=1))[0]
    corner = pixels[0][rows[0] + 10, columns[0] + 10]
    other = pixels[1][rows[0] + 10, columns[0] + 10]
    assert corner[0] > corner[2] + 60  # hot: red
    assert other[2] >= other[0]  # cold: blue
    # nothing is drawn that has an edge: neighbours differ little inside the picture
    inside = pixels[0][rows[0] + 5 : rows[0] + 100, columns[0] + 5 : columns[0] + 100]
    assert np.abs(np.diff(inside, axis=1)).max() < 16


def test_there_is_a_panel_for_each_word(demo_photos: dict[str, Path]) -> None:
    photo = Image.open(demo_photos["chelsea.png"]).convert("RGB")
    before = photo.tobytes()
    words = [_spot(word, n, n) for n, word in enumerate(("cat", "whiskers", "eyes", "ear"))]
    heights = [draw_explanation(photo, _one(Path("x"), *words[:n])).height for n in (1, 2, 3, 4)]
    assert heights[0] < heights[1] == heights[2] < heights[3]  # three panels in a row
    assert photo.tobytes() == before
    long = "a" * 300
    picture = draw_explanation(photo, _one(Path("x"), *(_spot(long, 0, 0) for _ in range(40))))
    assert picture.width < 1000
    assert picture.height < 2500
    tall = draw_explanation(Image.new("RGB", (3, 900)), _one(Path("x"), *words))
    assert tall.height < 2000


def test_no_other_file_is_replaced(tmp_path: Path, demo_photos: dict[str, Path]) -> None:
    photo = tmp_path / "photo.png"
    shutil.copyfile(demo_photos["coffee.png"], photo)
    other = tmp_path / "other.png"
    shutil.copyfile(demo_photos["chelsea.png"], other)
    picture = draw_explanation(Image.open(photo), _one(photo, _spot("cup", 1, 1)))
    for taken in (photo, other):
        before = taken.read_bytes()
        with pytest.raises(UsageError, match="exists already"):
            save_explanation(picture, taken, photo)
        assert taken.read_bytes() == before
    with pytest.raises(UsageError, match="PNG"):
        require_place(tmp_path / "heat.jpg", photo)
    output = tmp_path / "heat.png"
    save_explanation(picture, output, photo)
    first = output.read_bytes()
    save_explanation(picture.rotate(180), output, photo)
    assert output.read_bytes() != first
    with pytest.raises(UsageError, match="exists already"):
        require_place(output, output)  # an explanation of an explanation is no exception
    with pytest.raises(CatalogueReadOnly, match="cannot be written"):
        save_explanation(picture, tmp_path / "absent" / "heat.png", photo)
    with pytest.raises(CatalogueReadOnly, match="cannot be written"):
        save_explanation(picture, tmp_path / f"{'a' * 300}.png", photo)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "heat.png",
        "other.png",
        "photo.png",
    ]
