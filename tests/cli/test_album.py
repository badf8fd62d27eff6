"""``visita album``: what the window can do with albums, the terminal can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Visita, assert_known_error


def test_albums_are_made_found_and_forgotten(library: Visita, photos: Path) -> None:
    cat, cup = photos / "chelsea.png", photos / "coffee.png"
    added = library.json("album", "add", "At home", cat, cup)
    assert added == [{"album": "At home", "changed": 2}]
    assert "1 photo added" in library("album", "add", "favourites", cat).stdout
    assert [(one["album"], one["count"]) for one in library.json("album", "list")] == [
        ("favourites", 1),
        ("At home", 2),
    ]
    hits = library.json("search", 'album:"at home" -in:favourites')
    assert [Path(hit["path"]) for hit in hits] == [cup]
    library.json("album", "rename", "at home", "Home")
    assert library.json("album", "take-out", "home", cup)[0]["changed"] == 1
    library.json("album", "remove", "Home")
    library.json("album", "take-out", "favourites", cat)
    assert [one["album"] for one in library.json("album", "list")] == ["favourites"]
    assert_known_error(library("album", "remove", "Home"), "no album")
    assert_known_error(library("album", "add", "Home", photos / "nobody.jpg"), "no photo")


def test_equal_and_similar_photos_are_listed(
    visita: Visita, copy_photos: Callable[..., Path]
) -> None:
    folder = copy_photos("coffee.png", "china.jpg")
    (folder / "again.png").write_bytes((folder / "coffee.png").read_bytes())
    visita.json("index", folder)
    (equal,) = visita.json("duplicates")
    assert equal["equal"]
    assert {Path(path).name for path in equal["paths"]} == {"coffee.png", "again.png"}
    (near,) = visita.json("duplicates", "--near", "-1")
    assert not near["equal"]
    assert len(near["paths"]) == 3
    none = visita("--json", "duplicates", "--near", "0.9999")
    assert (none.returncode, none.stdout) == (0, "")
