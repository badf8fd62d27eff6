"""Pieces of a typed query, and changes of them in the text: against changes of the query itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.errors import QuerySyntaxError
from desktop_app.library.query import PhotoPart
from desktop_app.library.query_edits import (
    next_weight,
    read_shape,
    weighted,
    with_photo,
    without,
)
from desktop_app.library.query_paths import photo_path, photo_text
from desktop_app.library.query_terms import ReadQuery

MIXED = (
    'a dog type:png "on a beach"^2 running -people -camera:"Canon EOS" photo:"my cat.jpg" sort:date'
)


def _read(text: str) -> ReadQuery | None:
    try:
        return read_shape(text)
    except QuerySyntaxError:
        return None


def test_every_piece_is_found_where_it_stands() -> None:
    read = read_shape(MIXED)
    shown = [[MIXED[a:b] for a, b in term.spans] for term in read.as_typed]
    assert shown == [
        ["a", "dog", "running"],
        ["type:png"],
        ['"on a beach"^2'],
        ["-people"],
        ['-camera:"Canon EOS"'],
        ['photo:"my cat.jpg"'],
        ["sort:date"],
    ]
    camera = read.as_typed[4]
    assert (camera.key, camera.value, camera.is_pushed, camera.weight) == (
        "camera",
        "Canon EOS",
        True,
        None,
    )
    assert [term.weight for term in read.as_typed[:4]] == [1.0, None, 2.0, 1.0]


@pytest.mark.parametrize(
    ("text", "number", "left"),
    [
        (MIXED, 1, MIXED.replace(" type:png", "")),
        (MIXED, 3, MIXED.replace(" -people", "")),
        (MIXED, 0, MIXED.replace("a dog ", "").replace("running ", "")),
        ("a dog", 0, ""),
        ("  a   dog  type:png ", 1, "a   dog"),
        # In place, the quotation would join the sentence.
        ('sky type:png "red" shirt', 1, '"sky shirt" "red"'),
    ],
)
def test_what_is_left_stays_as_it_was_typed(text: str, number: int, left: str) -> None:
    read = read_shape(text)
    assert without(read, read.as_typed[number]) == left


def test_weights_go_in_steps_and_end() -> None:
    assert [next_weight(w, 1) for w in (0.01, 1.0, 1.5, 4.0, 50.0)] == [0.25, 2.0, 2.0, 4.0, 50.0]
    assert [next_weight(w, -1) for w in (100.0, 1.0, 0.3, 0.25)] == [4.0, 0.5, 0.25, 0.25]
    read = read_shape("a dog")
    assert weighted(read, read.terms[0], 2) == '"a dog"^2'
    assert weighted(read, read.terms[0], 1e9) == '"a dog"^100'


@pytest.mark.parametrize(
    "typed", ["", "a dog", 'a "dog', "type:", "type:jepg", "a dog -", 'says "stop"', "x^2"]
)
def test_a_photo_is_added_whatever_is_typed(typed: str) -> None:
    path = Path('/photos/a "b" c.jpg')
    text = with_photo(typed, path)
    assert typed.strip() in text
    before, after = _read(typed), _read(text)
    if before is not None and after is not None:
        assert set(after.query.parts) == {*before.query.parts, PhotoPart(str(path))}
        assert after.query.filters == before.query.filters
    else:  # what was wrong before is wrong still; the photo is read in front of it
        assert read_shape(text[: len(text) - len(typed)].strip()).query.parts == (
            PhotoPart(str(path)),
        )


def test_a_name_that_is_no_text_can_be_written_down() -> None:
    path = Path(os.fsdecode(b"/photos/caf\xe9 1.jpg"))
    text = with_photo("", path)
    text.encode()
    (part,) = read_shape(text).query.parts
    assert isinstance(part, PhotoPart)
    assert photo_path(part.path) == path
    plain = Path("/photos/100% café.jpg")
    assert photo_text(plain) == str(plain)
    assert photo_path(str(plain)) == plain
    assert photo_path("~/a.jpg") == Path.home() / "a.jpg"
