"""Embeddings of an older model, and samples of those that are left."""

from __future__ import annotations

from pathlib import Path

from desktop_app.library.schema import Database
from tests.library.catalogue.filling import MODEL, Filler


def test_old_embeddings_stay_until_every_photo_has_a_new_one(filler: Filler) -> None:
    filler.index("a.jpg", 1)
    filler.index("b.jpg", 2)
    assert filler.ledger.discard_other_embeddings(MODEL) == 0
    filler.store(filler.file_id("a.jpg"), 1, model_id="model-2")
    assert filler.ledger.discard_other_embeddings("model-2") == 0
    assert filler.catalogue.embeddings.count(MODEL) == 2
    assert filler.catalogue.embeddings.count("model-2") == 1
    filler.store(filler.file_id("b.jpg"), 2, model_id="model-2")
    assert filler.ledger.discard_other_embeddings("model-2") == 2
    assert filler.catalogue.embeddings.count(MODEL) == 0
    assert filler.catalogue.embeddings.count("model-2") == 2


def test_a_sample_is_of_the_photos_that_are_left(filler: Filler, path: Path) -> None:
    filler.index("first.jpg", 0)
    database = Database(path)
    # as if many had been added, and removed again
    database.run("UPDATE sqlite_sequence SET seq = 100000 WHERE name = 'photos'")
    database.close()
    for seed in range(1, 41):
        filler.index(f"{seed}.jpg", seed)
    assert len(filler.catalogue.embeddings.sample_vectors(MODEL, 64)) == 41
    assert len(filler.catalogue.embeddings.sample_vectors(MODEL, 16)) == 16
    assert len(filler.catalogue.embeddings.sample_vectors("another", 16)) == 0
