"""Image tokens: stored with the embedding, made where they lack, gone with the photo."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop_app.errors import CatalogueDamaged
from desktop_app.inference.compact_tokens import pack, unpack
from desktop_app.inference.preprocess import preprocess
from desktop_app.library import schema
from desktop_app.library.health import HealthCheck
from desktop_app.library.schema import Database
from tests.fakes import ColourEncoder
from tests.library.conftest import Workbench

SHAPE = (16, 3)


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    bench.encoder = ColourEncoder(makes_tokens=True)
    return bench


def _run_sql(bench: Workbench, sql: str) -> None:
    database = Database(bench.paths.catalogue)
    database.run(sql)
    database.close()


def _tokens(bench: Workbench, model_id: str | None = None) -> dict[int, np.ndarray]:
    ids = [photo.photo_id for photo in bench.photos()]
    return bench.catalogue.tokens.of(ids, model_id or bench.encoder.manifest.model_id, SHAPE)


def test_they_are_stored_with_the_embedding(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    tokens = _tokens(bench)
    assert sorted(tokens) == sorted(photo.photo_id for photo in bench.photos())
    photo = bench.photo_at(folder / "coffee.png")
    image = bench.decoder.decode(folder / "coffee.png", 32).image
    alone = ColourEncoder(makes_tokens=True).encode_all(preprocess(image, 32)[None])
    assert alone.tokens is not None
    assert np.array_equal(tokens[photo.photo_id], unpack(pack(alone.tokens[0]), 3))
    assert np.abs(tokens[photo.photo_id] - alone.tokens[0]).max() < 1 / 200


def test_only_photos_that_lack_them_are_encoded_again(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    before = _tokens(bench)
    lost = bench.photo_at(folder / "rocket.jpg").photo_id
    _run_sql(bench, f"DELETE FROM image_tokens WHERE photo_id = {lost}")
    assert lost not in _tokens(bench)
    bench.encoder.encoded = 0
    bench.run(folder)
    assert bench.encoder.encoded == 1
    assert np.array_equal(_tokens(bench)[lost], before[lost])


def test_a_model_without_tokens_needs_none(bench: Workbench, folder: Path) -> None:
    bench.encoder = ColourEncoder()
    bench.run(folder)
    assert _tokens(bench) == {}
    bench.encoder.encoded = 0
    bench.run(folder)
    assert bench.encoder.encoded == 0


def test_they_go_with_their_photo_and_with_their_model(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    coffee = bench.photo_at(folder / "coffee.png").photo_id
    (folder / "coffee.png").unlink()
    bench.run(folder)
    assert bench.catalogue.tokens.count("colour-encoder-1") == 5  # missing photos keep theirs
    bench.catalogue.remove_folder(bench.catalogue.folders()[0].folder_id)
    assert bench.catalogue.tokens.of([coffee], "colour-encoder-1", SHAPE) == {}
    assert bench.catalogue.tokens.count("colour-encoder-1") == 0
    bench.run(folder)
    bench.encoder = ColourEncoder("colour-encoder-2", makes_tokens=True)
    bench.run(folder)
    assert bench.catalogue.tokens.count("colour-encoder-1") == 0
    assert bench.catalogue.tokens.count("colour-encoder-2") == 4


def test_tokens_of_a_wrong_length_are_found_and_made_again(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    before = _tokens(bench)
    broken = bench.photo_at(folder / "flower.jpg").photo_id
    _run_sql(bench, f"UPDATE image_tokens SET tokens = x'0102' WHERE photo_id = {broken}")
    with pytest.raises(CatalogueDamaged, match="wrong length"):
        _tokens(bench)
    database = Database(bench.paths.catalogue)
    health = HealthCheck(database, bench.paths, bench.thumbnails, {})
    [finding] = health.run(repair=True)
    assert (finding.check, finding.message) == ("image_tokens", "1 image tokens of a wrong length")
    assert list(health.run(repair=True)) == []
    database.close()
    bench.run(folder)
    assert np.array_equal(_tokens(bench)[broken], before[broken])


def test_an_older_library_gets_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "catalogue.sqlite"
    with monkeypatch.context() as older:
        before = schema.MIGRATIONS.index(schema._token_schema)
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:before])
        old = Database(path)
        assert old.rows("SELECT 1 FROM sqlite_schema WHERE name = 'image_tokens'") == []
        old.close()
    new = Database(path)
    assert new.number("SELECT count(*) FROM image_tokens") == 0
    assert new.number("SELECT count(*) FROM captions") == 0
    new.close()
