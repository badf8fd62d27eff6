"""Captions: read from files, kept in collections, embedded, found for a photo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_app.composition import open_search_service
from desktop_app.errors import ModelMismatch, UnreadablePhoto, UsageError
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.encoders import TextEncoder
from desktop_app.inference.matcher import Matcher
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.library.caption_files import read_captions
from desktop_app.library.caption_rows import PHOTOS_COLLECTION
from desktop_app.library.index_control import IndexControl
from desktop_app.library.records import Metadata
from desktop_app.library.search import SearchService
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings
from tests.inference.conftest import tiny_bundle
from tests.library.conftest import indexed

__all__ = ["tiny_bundle"]  # a fixture

SETTINGS = Settings(provider="cpu")
LINES = (
    "a cat looks into the camera",
    "a cup of coffee on a table",
    "two people ride a motorcycle",
    "a pagoda by a lake",
)
FILES = {
    "lines.txt": "\n".join(LINES),
    "bom.txt": "\ufeff" + "\r\n".join(LINES),
    "twice.txt": "\n".join((*LINES, "", "  A CAT   looks into the camera", "123", LINES[1])),
    "named.csv": "photo,Caption,likes\n"
    + "".join(f'{i}.jpg,"{t}",7\n' for i, t in enumerate(LINES)),
    "bare.csv": "".join(f'"{t}";{i}.jpg\n' for i, t in enumerate(LINES)),
    "karpathy.txt": "".join(f"{i}.jpg#0\t{t}\n" for i, t in enumerate(LINES)),
    "rows.jsonl": "".join(json.dumps({"id": i, "caption": t}) + "\n" for i, t in enumerate(LINES)),
    "unusual.jsonl": "".join(json.dumps(f"{t}\u2028", ensure_ascii=False) + "\n" for t in LINES),
    "strings.jsonl": "".join(json.dumps(t) + "\n" for t in LINES),
    "array.json": json.dumps([{"sentences": [{"raw": t}]} for t in LINES], indent=1),
    "unknown": json.dumps({"text": LINES[0]}) + "\n" + json.dumps({"text": list(LINES[1:])}),
}


@pytest.mark.parametrize("name", FILES)
def test_every_layout_gives_the_same_captions(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FILES[name], "utf-8")
    assert read_captions(tmp_path / name) == list(LINES)


def test_a_comma_does_not_make_a_table_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("a dog, a cat and a bird\na tree, alone\n", "utf-8")
    assert read_captions(path) == ["a dog, a cat and a bird", "a tree, alone"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no captions"),
        (b"1\n2\n\n", "no captions"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no text file"),
        (b'{"caption": "a dog"}\n{broken', "line 2 is no JSON"),
        (b'{"number": 3}\n', "no captions"),
    ],
)
def test_what_holds_no_captions_is_said(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        read_captions(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_captions(tmp_path / "absent")


@pytest.fixture
def service(
    tmp_path: Path, model_dir: Path, demo_photos: dict[str, Path]
) -> Iterator[SearchService]:
    """The shipped model on three photos."""
    names = ("chelsea.png", "coffee.png", "china.jpg")
    paths = indexed(tmp_path, (demo_photos[name] for name in names), model_dir, SETTINGS)
    opened = open_search_service(paths, model_dir, SETTINGS)
    yield opened
    opened.close()


def _write(folder: Path, *lines: str) -> Path:
    path = folder / "mine.txt"
    path.write_text("\n".join(lines), "utf-8")
    return path


def _embed(service: SearchService) -> list[tuple[int, int]]:
    return [(progress.done, progress.total) for progress in service.collections.embed()]


def test_nearest_captions_are_those_of_the_obvious_way(
    service: SearchService, tmp_path: Path
) -> None:
    collections, model_id = service.collections, service.heads.manifest.model_id
    imported = collections.import_file(_write(tmp_path, *LINES))
    assert (imported.name, imported.found, imported.added) == ("mine", 4, 4)
    assert _embed(service) == [(4, 4)]
    assert _embed(service) == []
    vectors = service._encoder.text().encode(list(LINES))
    for photo in service.newest(3):
        _, [embedding] = service.catalogue.embeddings.vectors([photo.photo.photo_id], model_id)
        order = np.argsort(-(vectors @ embedding))
        expected = [LINES[i] for i in order]
        assert collections.nearest(embedding, 3) == expected[:3]
    [found] = collections.all()
    assert (found.name, found.count, found.embedded) == ("mine", 4, 4)


def test_a_caption_of_two_collections_is_embedded_once(
    service: SearchService, tmp_path: Path
) -> None:
    collections = service.collections
    collections.import_file(_write(tmp_path, *LINES[:3]), "one")
    collections.import_file(_write(tmp_path, LINES[2].upper(), LINES[3]), "two")
    assert _embed(service) == [(4, 4)]
    assert [(c.name, c.count) for c in collections.all()] == [("one", 3), ("two", 2)]
    again = collections.import_file(_write(tmp_path, *LINES[:3], "a new one"), "One")
    assert (again.found, again.added) == (4, 1)
    collections.remove("one")
    assert [(c.name, c.count, c.embedded) for c in collections.all()] == [("two", 2, 2)]
    database = service.catalogue.captions._database
    assert database.number("SELECT count(*) FROM captions") == 2
    assert database.number("SELECT count(*) FROM caption_embeddings") == 2
    with pytest.raises(UsageError, match="no collection"):
        collections.remove("one")


def test_embedding_goes_on_where_it_was_stopped(service: SearchService, tmp_path: Path) -> None:
    collections = service.collections
    collections.import_file(_write(tmp_path, *(f"caption number {i}" for i in range(100))))
    control = IndexControl()
    control.stop()
    assert [p.done for p in collections.embed(control)] == [64]
    assert collections.all()[0].embedded == 64
    assert _embed(service) == [(36, 36)]
    assert collections.all()[0].embedded == 100


def test_another_model_embeds_again(service: SearchService, tmp_path: Path) -> None:
    collections = service.collections
    collections.import_file(_write(tmp_path, *LINES))
    _embed(service)
    database = service.catalogue.captions._database
    database.run("UPDATE caption_embeddings SET model_id = 'older'")
    assert collections.nearest(service._encoder.text().encode(["x"])[0], 3) == []
    assert _embed(service) == [(4, 4)]
    # switching back costs nothing: the older ones stay until their model is forgotten
    used = service.catalogue.models
    assert sorted(used.ids()) == sorted([service.heads.manifest.model_id, "older"])
    used.forget(["older"])
    assert used.ids() == [service.heads.manifest.model_id]


def test_what_photos_carry_is_a_collection(service: SearchService, tmp_path: Path) -> None:
    cat, cup = (hit.photo.photo_id for hit in service.newest(2))
    rows = service.catalogue.metadata
    rows.store([(cat, Metadata(caption="Holidays\nour cat at home")), (cup, Metadata())])
    assert [(c.name, c.count) for c in service.collections.all()] == [(PHOTOS_COLLECTION, 1)]
    with pytest.raises(UsageError, match="your photos carry"):
        service.collections.remove("My Photos")
    with pytest.raises(UsageError, match="your photos carry"):
        service.collections.import_file(_write(tmp_path, *LINES), PHOTOS_COLLECTION)
    rows.store([(cat, Metadata(caption="our dog at home")), (cup, Metadata(caption="a cup here"))])
    seq = service.catalogue.change_seq() + 1
    service.catalogue.captions.follow_photos(seq)
    texts = service.catalogue.captions._database.rows("SELECT text FROM captions ORDER BY text")
    assert texts == [("a cup here",), ("our dog at home",)]


def test_without_a_captioner_collections_answer(service: SearchService, tmp_path: Path) -> None:
    if service.heads.has_captioner:
        pytest.skip("the shipped model has a captioner")
    photo = service.newest(1)[0].photo.path
    with pytest.raises(ModelMismatch, match="no captioner"):
        service.captions_of(photo)
    service.collections.import_file(_write(tmp_path, *LINES))
    found = service.captions_of(photo, 2)
    assert [c.source for c in found.captions] == ["collection"] * 2
    encoder = service._encoder.text()
    _, [embedding] = service.catalogue.embeddings.vectors(
        [service.newest(1)[0].photo.photo_id], service.heads.manifest.model_id
    )
    for caption in found.captions:
        cosine = float(encoder.encode([caption.text])[0] @ embedding)
        assert caption.score == pytest.approx(cosine, abs=1e-4)


def test_generated_and_collected_are_ranked_by_the_matcher(
    tiny_bundle: ModelBundle, tmp_path: Path, demo_photos: dict[str, Path]
) -> None:
    service = open_search_service(DataPaths(tmp_path / "library"), tiny_bundle.folder, SETTINGS)
    photo = demo_photos["chelsea.png"]  # in no library: it is encoded now
    service.collections.import_file(_write(tmp_path, *LINES))
    found = service.captions_of(photo, 2)
    assert found.path == photo
    assert sorted(c.source for c in found.captions) == ["collection"] * 2 + ["generated"] * 2
    assert [c.score for c in found.captions] == sorted(
        [c.score for c in found.captions], reverse=True
    )
    encoder = TextEncoder(tiny_bundle, RuntimeOptions("cpu"))
    matcher = Matcher(tiny_bundle, RuntimeOptions("cpu"))
    seen = service.captioner._photos.of(photo)
    assert seen.tokens is not None

    def probability(text: str) -> float:
        scores = matcher.score(encoder.encode_all(text), seen.embedding[None], seen.tokens[None])
        return float(scores.probability[0])

    for caption in found.captions:
        assert caption.score == pytest.approx(probability(caption.text), abs=1e-5)
    collected = [c.text for c in found.captions if c.source == "collection"]
    assert collected == sorted(LINES, key=probability)[::-1][:2]
    with pytest.raises(UsageError, match="0 captions"):
        service.captions_of(photo, 0)
    with pytest.raises(UnreadablePhoto, match="There is no file"):
        service.captions_of(tmp_path / "absent.jpg")
    service.close()
