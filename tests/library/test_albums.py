"""Albums: what the user put together outlives folders, edits and migrations."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.errors import UsageError
from desktop_app.library import schema
from desktop_app.library.albums import Albums
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.completion import complete
from desktop_app.library.query_parser import parse_query
from desktop_app.library.schema import Database
from tests.library.conftest import Workbench


@pytest.fixture
def albums(bench: Workbench, folder: Path) -> Albums:
    bench.run(folder)
    return bench.catalogue.albums


def id_at(bench: Workbench, path: Path) -> int:
    return bench.photo_at(path).photo_id


def found(bench: Workbench, query: str) -> set[str]:
    """The names of the photos that pass a query of filters."""
    ids = bench.catalogue.selector.select(parse_query(query).filters).ids.tolist()
    return {photo.path.name for photo in bench.catalogue.photos(ids).values()}


def counts(albums: Albums) -> dict[str, int]:
    return {album.name: album.count for album in albums.all()}


def test_photos_are_put_in_and_taken_out(albums: Albums, bench: Workbench, folder: Path) -> None:
    cat, cup = id_at(bench, folder / "chelsea.png"), id_at(bench, folder / "coffee.png")
    assert counts(albums) == {"favourites": 0}
    assert albums.add(" Still   life ", [cup]) == 1
    assert albums.add("still life", [cup, cat]) == 1  # the same album, one of them was in it
    assert counts(albums) == {"favourites": 0, "Still life": 2}
    assert albums.of(cup) == ["Still life"]
    assert albums.take_out("Still Life", [cat, 999]) == 1
    assert counts(albums)["Still life"] == 1
    albums.remove("still life")
    assert counts(albums) == {"favourites": 0}
    assert len(bench.photos()) == 5  # the photos are all there


def test_favourites_are_marked(albums: Albums, bench: Workbench, folder: Path) -> None:
    cat = id_at(bench, folder / "chelsea.png")
    assert albums.set_favourite([cat], True) == 1
    assert albums.set_favourite([cat], True) == 0
    assert {p.path.name for p in bench.photos() if p.is_favourite} == {"chelsea.png"}
    assert albums.of(cat) == ["favourites"]
    assert albums.set_favourite([cat], False) == 1
    assert not any(p.is_favourite for p in bench.photos())


def test_filters_find_them(albums: Albums, bench: Workbench, folder: Path) -> None:
    cat, cup = id_at(bench, folder / "chelsea.png"), id_at(bench, folder / "coffee.png")
    rocket = id_at(bench, folder / "rocket.jpg")
    albums.add("Rome", [cat])
    albums.add("Rome 2019", [cup])
    albums.add("100%", [rocket])
    albums.set_favourite([cat, rocket], True)
    assert found(bench, "album:rome") == {"chelsea.png"}  # the very name wins
    assert found(bench, "album:rom") == {"chelsea.png", "coffee.png"}
    assert found(bench, "album:%") == {"rocket.jpg"}
    assert found(bench, 'album:"rome 2019" album:100%') == {"coffee.png", "rocket.jpg"}
    assert found(bench, "in:favourites") == {"chelsea.png", "rocket.jpg"}
    assert found(bench, "in:favourites album:rome") == {"chelsea.png"}
    assert found(bench, "in:favourites in:offline") == set()
    assert found(bench, "-in:favourites -album:rom") == {"china.jpg", "flower.jpg"}


def test_an_album_outlives_its_folder(albums: Albums, bench: Workbench, folder: Path) -> None:
    albums.add("Cats", [id_at(bench, folder / "chelsea.png")])
    bench.catalogue.remove_folder(bench.catalogue.folders()[0].folder_id)
    assert counts(albums)["Cats"] == 0
    bench.run(folder)
    assert found(bench, "album:cats") == {"chelsea.png"}


def test_an_edited_photo_stays_in_its_albums(
    albums: Albums, bench: Workbench, folder: Path, demo_photos: dict[str, Path]
) -> None:
    albums.add("Cats", [id_at(bench, folder / "chelsea.png")])
    shutil.copyfile(demo_photos["coins.png"], folder / "chelsea.png")
    bench.run(folder)
    assert found(bench, "album:cats") == {"chelsea.png"}
    assert counts(albums)["Cats"] == 1  # the content that is gone does not count


def test_a_missing_photo_does_not_count(albums: Albums, bench: Workbench, folder: Path) -> None:
    albums.add("Cats", [id_at(bench, folder / "chelsea.png")])
    (folder / "chelsea.png").unlink()
    bench.run(folder)
    assert counts(albums)["Cats"] == 0
    assert found(bench, "album:cats") == set()


@pytest.mark.parametrize("name", ["", "   ", "a\0b", "a\x07"])
def test_a_name_is_readable(albums: Albums, name: str) -> None:
    with pytest.raises(UsageError):
        albums.add(name, [])


def test_names_are_unique_and_favourites_stay(albums: Albums) -> None:
    albums.create("Cats")
    albums.create("Dogs")
    for refused in (
        lambda: albums.create("cats"),
        lambda: albums.create("Favourites"),
        lambda: albums.rename("dogs", "Cats"),
        lambda: albums.rename("favourites", "Best"),
        lambda: albums.remove("favourites"),
        lambda: albums.remove("Birds"),
        lambda: albums.take_out("Birds", []),
    ):
        with pytest.raises(UsageError):
            refused()
    assert albums.rename("cats", "CATS") == "CATS"
    assert [album.name for album in albums.all()] == ["favourites", "CATS", "Dogs"]


def test_photos_are_named_by_paths(albums: Albums, bench: Workbench, folder: Path) -> None:
    cat = id_at(bench, folder / "chelsea.png")
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert albums.photo_ids_at([folder / "chelsea.png", link / "chelsea.png"]) == [cat]
    with pytest.raises(UsageError, match="no photo of the library"):
        albums.photo_ids_at([folder / "nobody.jpg"])
    with pytest.raises(UsageError, match="no photo of the library"):
        albums.photo_ids_at([folder.parent / "elsewhere.jpg"])


def test_an_older_library_gets_albums(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "catalogue.sqlite"
    with monkeypatch.context() as older:
        before = schema.MIGRATIONS.index(schema._album_schema)
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:before])
        Database(path).close()
    with Catalogue.open(path) as catalogue:
        assert [album.name for album in catalogue.albums.all()] == ["favourites"]


def test_thumbnails_go_with_a_removed_folder(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(folder / "chelsea.png", elsewhere)
    bench.run(folder, elsewhere)
    paths = {p.path.name: bench.thumbnails.path(p.content_hash) for p in bench.photos()}
    assert all(path.exists() for path in paths.values())
    root = next(f for f in bench.catalogue.folders() if f.path == folder)
    with Catalogue.open(bench.paths.catalogue, bench.thumbnails.discard) as catalogue:
        catalogue.remove_folder(root.folder_id)
    assert [name for name, path in paths.items() if path.exists()] == ["chelsea.png"]


def test_the_names_of_albums_complete_their_filter(albums: Albums, bench: Workbench) -> None:
    albums.create("Rome 2019")
    albums.create("A day out")
    vocabulary = bench.catalogue.vocabulary.read()
    assert vocabulary.values["album"] == ("A day out", "favourites", "Rome 2019")
    typed = "sunset album:ro"
    (completion,) = complete(typed, len(typed), vocabulary)
    assert completion.text == 'sunset album:"Rome 2019" '
