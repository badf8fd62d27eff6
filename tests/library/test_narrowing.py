"""What is found through an index is what a look at every photo finds."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.library.query_parser import parse_query
from desktop_app.library.schema import Database
from desktop_app.library.selection import PhotoSelector, Selection

PHOTOS = 600
CAMERAS = ("", "Pixel 8", "Nikon D90", "NIKON Z 6", "Canon 100% R6", "Ökam é1")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(tmp_path_factory.mktemp("library") / "catalogue.sqlite")
    random = np.random.default_rng(7)
    database.run("INSERT INTO folders (id, path, added_at) VALUES (1, ?, '')", (b"/p",))
    with database.transaction():
        for i in range(1, PHOTOS + 1):
            camera = CAMERAS[int(random.integers(len(CAMERAS)))]
            words = "sea\nholiday" if random.random() < 0.05 else ""
            rating = int(random.integers(6)) if random.random() < 0.2 else None
            at = 48 + random.random() if random.random() < 0.3 else None
            day = f"20{random.integers(10, 20)}-0{random.integers(1, 9)}-11T10:00:00"
            database.run(
                "INSERT INTO photos (id, content_hash, width, height, format, sort_date, "
                "change_seq, camera, lens, rating, keywords, latitude, longitude) "
                "VALUES (?, ?, 640, ?, 'JPEG', ?, 1, ?, ?, ?, ?, ?, ?)",
                (i, b"%d" % i, 480 + i, day, camera, f"lens {i}", rating, words, at, at and 2.0),
            )
            state = "missing" if random.random() < 0.1 else "indexed"
            database.run(
                "INSERT INTO files (folder_id, relative_path, size_bytes, mtime_ns, state, "
                "photo_id) VALUES (1, ?, 1, 1, ?, ?)",
                (b"%d.jpg" % i, state, i),
            )
    return database


def selected(database: Database, text: str) -> Selection:
    return PhotoSelector(database).select(parse_query(text).filters)


@pytest.mark.parametrize(
    "text",
    [
        "camera:nikon",
        "camera:d90 camera:pixel",
        "camera:canon camera:nothing",
        "camera:100%",
        "camera:é1",
        "camera:nothing",
        "camera:nikon -camera:d90",
        "camera:nikon date:2012..2013",
        "date:2012",
        "date:..2011",
        "date:2012..2014 -date:2013",
        "rating:5",
        "rating:>=4",
        "rating:0",
        "keyword:sea",
        "keyword:sea camera:pixel",
        "near:48.5,2,20",
        "camera:nikon in:missing",
    ],
)
def test_the_few_are_those_that_a_full_look_finds(database: Database, text: str) -> None:
    slow = selected(database, text).ids.tolist()
    quick = selected(database, text)
    assert quick.list_if_few(PHOTOS)
    assert quick.ids.tolist() == slow
    assert len(slow) < PHOTOS / 2
    if "nothing" not in text or "canon" in text:
        assert slow


def test_many_are_not_listed_and_it_is_asked_once(database: Database) -> None:
    selection = selected(database, "camera:nikon")
    assert not selection.list_if_few(50)
    assert not selection.list_if_few(PHOTOS)
    assert not selection.is_listed


@pytest.mark.parametrize("text", ["-camera:nikon", "size:>0.4", "type:jpeg", "orientation:square"])
def test_what_no_index_knows_is_not_listed(database: Database, text: str) -> None:
    assert not selected(database, text).list_if_few(PHOTOS)


def test_more_names_than_are_looked_through(database: Database) -> None:
    # each photo has a lens of its own: too many to be sure that all were seen
    assert not selected(database, "lens:599").list_if_few(PHOTOS)
    assert selected(database, "lens:599").ids.tolist() in ([599], [])


def test_an_index_is_used(database: Database) -> None:
    for text, index in (
        ("camera:nikon", "photos_by_camera"),
        ("date:2012", "photos_by_date"),
        ("rating:5", "photos_by_rating"),
    ):
        seen: list[str] = []
        database._connection.set_trace_callback(seen.append)
        selected(database, text).list_if_few(PHOTOS)
        database._connection.set_trace_callback(None)
        steps = [row[3] for sql in seen for row in database.rows(f"EXPLAIN QUERY PLAN {sql}")]
        assert any(index in step for step in steps), steps
        assert not any(step == "SCAN photos" for step in steps), steps
