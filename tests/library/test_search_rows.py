"""Saved and recent searches, and the names that a library holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.errors import UsageError
from desktop_app.library import schema
from desktop_app.library.backups import Backups
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.schema import Database
from desktop_app.library.search_rows import MOST_RECENT, SavedSearch, SearchRows
from desktop_app.library.vocabulary import VocabularyReader

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path):
    opened = Database(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


def test_a_search_is_saved_renamed_and_forgotten(database) -> None:
    rows = SearchRows(database)
    rows.save("  Dogs at  night ", " a dog date:2020 ")
    rows.save("Beach", "a beach")
    assert rows.saved() == [
        SavedSearch("Beach", "a beach"),
        SavedSearch("Dogs at night", "a dog date:2020"),
    ]
    rows.save("BEACH", "sand")
    assert rows.saved()[0] == SavedSearch("BEACH", "sand")
    assert rows.find("dogs AT night").text == "a dog date:2020"
    with pytest.raises(UsageError, match="no saved search") as caught:
        rows.find("Lake")
    assert caught.value.hint == "There are: “BEACH”, “Dogs at night”."
    assert rows.rename("beach", "Beach")
    assert rows.rename("Beach", "Sea")
    assert not rows.rename("Beach", "Lake")
    assert [search.name for search in rows.saved()] == ["Dogs at night", "Sea"]
    assert rows.forget("sea")
    assert not rows.forget("sea")
    assert [search.name for search in rows.saved()] == ["Dogs at night"]


def test_bad_names_are_refused_in_words(database) -> None:
    rows = SearchRows(database)
    rows.save("Dogs", "a dog")
    rows.save("Cats", "a cat")
    with pytest.raises(UsageError, match="needs a name"):
        rows.save("  ", "a dog")
    with pytest.raises(UsageError, match="empty search"):
        rows.save("Nothing", " ")
    with pytest.raises(UsageError, match="already"):
        rows.rename("Cats", "dogs")
    assert [search.text for search in rows.saved()] == ["a cat", "a dog"]


def test_recent_searches_come_back_the_last_first(database) -> None:
    rows = SearchRows(database)
    for number, text in enumerate(("a cat", "a dog", "  ", "a cat")):
        rows.note(text, NOON + timedelta(minutes=number))
    assert rows.recent() == ["a cat", "a dog"]
    assert rows.recent(1) == ["a cat"]
    assert rows.forget_recent("a dog") == 1
    assert rows.recent() == ["a cat"]
    for number in range(MOST_RECENT + 5):
        rows.note(f"number {number}.", NOON)
    assert len(rows.recent()) == MOST_RECENT
    assert rows.recent()[0] == f"number {MOST_RECENT + 4}."
    rows.forget_recent()
    assert rows.recent() == []


def test_what_is_typed_on_takes_the_place_of_its_beginning(database) -> None:
    rows = SearchRows(database)
    rows.note("a dog", NOON)
    rows.note("a dog on", NOON + timedelta(seconds=20))
    assert rows.recent() == ["a dog on"]
    rows.note("a dog on a beach", NOON + timedelta(hours=1))
    assert rows.recent() == ["a dog on a beach", "a dog on"]


def test_backups_hold_the_searches(tmp_path: Path) -> None:
    path = tmp_path / "library" / "catalogue.sqlite"
    with Catalogue.open(path) as catalogue:
        catalogue.searches.save("Dogs", "a dog")
        catalogue.searches.note("a cat")
        backup = tmp_path / "copy.sqlite"
        catalogue.copy_to(backup)
        catalogue.searches.forget("Dogs")
    with Catalogue.open(backup) as copy:
        assert copy.searches.saved() == [SavedSearch("Dogs", "a dog")]
        assert copy.searches.recent() == ["a cat"]


def test_an_older_catalogue_gets_the_tables_after_a_backup(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "library" / "catalogue.sqlite"
    with monkeypatch.context() as older:
        before = schema.MIGRATIONS.index(schema._search_schema)
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:before])
        Catalogue.open(path).close()
    with Catalogue.open(path) as catalogue:
        assert catalogue.searches.saved() == []
        catalogue.searches.save("Dogs", "a dog")
        assert len(catalogue.searches.saved()) == 1
    assert len(Backups(path).all()) == 1


def _library(database: Database, photos: int) -> None:
    """Photos of a few cameras in folders in folders."""
    root = database.insert("INSERT INTO folders (path, added_at) VALUES (?, '')", (b"/my/Photos",))
    cameras = ("", "Canon", "apple", "Nikon")
    for number in range(photos):
        photo = database.insert(
            "INSERT INTO photos (content_hash, width, height, format, sort_date, change_seq, "
            "camera, lens, keywords) VALUES (?, 1, 1, 'JPEG', ?, 1, ?, ?, ?)",
            (
                number.to_bytes(8, "big"),
                ("", "2019-05-01", "2021-12-31T23:59:59", "2021-01-01")[number % 4],
                cameras[number % 4],
                "50mm" if number % 2 else "",
                ("", "sea\nDogs", "dogs", "sea")[number % 4],
            ),
        )
        folder = ("", "Trip/", "Trip/Day 2/", "Trip 2/", "b\xff/")[number % 5]
        database.run(
            "INSERT INTO files (folder_id, relative_path, size_bytes, mtime_ns, photo_id) "
            "VALUES (?, ?, 1, 1, ?)",
            (root, folder.encode("latin-1") + f"{number}.jpg".encode(), photo),
        )


def test_the_names_of_a_library(database) -> None:
    empty = dict(VocabularyReader(database).read().values)
    assert empty.pop("album") == ("favourites",)
    assert set(empty.values()) == {()}
    _library(database, 200)
    values = VocabularyReader(database).read().values
    assert values["camera"] == ("apple", "Canon", "Nikon")
    assert values["lens"] == ("50mm",)
    assert set(values["keyword"]) == {"sea", "Dogs", "dogs"}
    assert values["date"] == ("2021", "2019")
    assert set(values["folder"]) == {"Photos", "Trip", "Day 2", "Trip 2"}


def test_names_are_found_by_leaps_and_not_by_looking_at_each(database) -> None:
    plan = " ".join(
        row[3]
        for row in database.rows(
            "EXPLAIN QUERY PLAN SELECT min(camera) FROM photos WHERE camera > 'a' AND camera <> ''"
        )
    )
    assert "SEARCH photos USING COVERING INDEX photos_by_camera" in plan
