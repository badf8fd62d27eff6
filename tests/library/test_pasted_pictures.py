"""A pasted picture lasts as long as the searches that name it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.library import pasted_pictures
from desktop_app.library.pasted_pictures import PastedPictures
from desktop_app.library.query_paths import photo_text
from desktop_app.library.schema import Database
from desktop_app.library.search_rows import SearchRows

NOON = datetime(2026, 5, 1, 12, 0, 0)


@pytest.fixture
def searches(tmp_path: Path):
    database = Database(tmp_path / "catalogue.sqlite")
    yield SearchRows(database)
    database.close()


def paste(folder: Path, count: int = 1) -> list[Path]:
    """Pictures of an earlier session, the first written first."""
    pasted = PastedPictures(folder)
    paths = [pasted.new_path(".png", NOON) for _ in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(b"x" * 100)
        os.utime(path, (number, number))
    return paths


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_names_are_different_and_need_no_quotes(tmp_path: Path) -> None:
    pasted = PastedPictures(tmp_path / "pasted")
    first, second = pasted.new_path(".png", NOON), pasted.new_path(".jpg", NOON)
    assert first.name == "pasted-2026-05-01-120000-1.png"
    assert second.name == "pasted-2026-05-01-120000-2.jpg"
    second.write_bytes(b"x")
    third = PastedPictures(tmp_path / "pasted").new_path("", NOON)  # another session
    assert third.stem not in (second.stem,)
    assert (tmp_path / "pasted").stat().st_mode & 0o777 == 0o700


def test_what_a_search_names_stays(tmp_path: Path, searches: SearchRows) -> None:
    folder = tmp_path / "pasted"
    assert PastedPictures(folder).sweep(searches) == 0
    saved, recent, url, nobody = paste(folder, 4)
    searches.save("Mine", f'a cat photo:"{saved}"')
    searches.note(f"photo:{recent}")
    searches.note(f"photo:{url.as_uri()}")
    assert PastedPictures(folder).sweep(searches) == 1
    assert names(folder) == {saved.name, recent.name, url.name}
    searches.forget_recent()
    assert PastedPictures(folder).sweep(searches) == 2
    searches.forget("Mine")
    assert PastedPictures(folder).sweep(searches) == 1
    assert names(folder) == set()
    assert not nobody.exists()


def test_what_was_pasted_just_now_may_be_shown_still(tmp_path: Path, searches: SearchRows) -> None:
    pasted = PastedPictures(tmp_path / "pasted")
    path = pasted.new_path(".png")
    path.write_bytes(b"x")
    assert pasted.sweep(searches) == 0
    assert pasted.sweep(searches, even_fresh=True) == 1
    assert not path.exists()


def test_old_searches_go_where_their_pictures_take_too_much(
    tmp_path: Path, searches: SearchRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pasted_pictures, "MOST_BYTES", 250)
    folder = tmp_path / "pasted"
    saved, old, newer, newest = paste(folder, 4)
    searches.save("Mine", f"photo:{photo_text(saved)}")
    for path in (old, newer, newest):
        searches.note(f"photo:{photo_text(path)} a cat")
    searches.note("a dog")
    assert PastedPictures(folder).sweep(searches) == 2
    assert names(folder) == {saved.name, newest.name}
    assert searches.recent() == ["a dog", f"photo:{newest} a cat"]
