"""Pieces of a typed query, and changes of them in the text: against changes of the query itself."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.errors import QuerySyntaxError
from desktop_app.library.query import Filter, PhotoPart, Query, TextPart
from desktop_app.library.query_edits import (
    AnyPlace,
    next_weight,
    read_shape,
    turned,
    weighted,
    with_photo,
    with_sort,
    without,
)
from desktop_app.library.query_parser import parse_query
from desktop_app.library.query_paths import photo_path, photo_text
from desktop_app.library.query_terms import ReadQuery

MIXED = (
    'a dog type:png "on a beach"^2 running -people -camera:"Canon EOS" photo:"my cat.jpg" sort:date'
)

_PIECES = (
    "a dog", "running", '"red"', "“old town”", '"two ""dogs"""', '"beach"^2', "-people",
    "shirt^0.5", '-"a cat"^3', "not:cars", "type:png", "-type:jpeg", "not:has:gps",
    'camera:"Canon EOS"', "date:2019..2021-06", 'photo:"a b.jpg"', "-photo:c.jpg^2", "sort:date",
    "in", "says:", "-", "x:y", "place:Berlin", 'near:"New York",5', "rating:>=4",
)  # fmt: skip
texts = st.lists(st.sampled_from(_PIECES), max_size=7).map(" ".join)


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


@settings(deadline=None)
@given(texts)
def test_the_pieces_are_the_query(text: str) -> None:
    read = _read(text)
    if read is None:
        return
    assert read.query == parse_query(text, AnyPlace())
    covered = sorted(span for term in read.terms for span in term.spans)
    assert all(a[1] <= b[0] for a, b in pairwise(covered))
    left = list(text)
    for start, end in covered:
        left[start:end] = " " * (end - start)
    assert "".join(left).strip() == ""


def _rebuilt(read: ReadQuery, number: int, what: object) -> Query:
    """The query with its n-th piece replaced; None takes it out."""
    terms = list(read.terms)
    if what is None:
        del terms[number]
    else:
        terms[number] = replace(terms[number], what=what)
    return ReadQuery("", tuple(terms)).query


@settings(deadline=None)
@given(texts)
def test_a_change_of_the_text_is_that_change_of_the_query(text: str) -> None:
    read = _read(text)
    if read is None:
        return
    for number, term in enumerate(read.terms):
        what = term.what
        assert read_shape(without(read, term)).query == _rebuilt(read, number, None)
        if isinstance(what, TextPart | PhotoPart):
            heavier = read_shape(weighted(read, term, 2.0)).query
            assert heavier == _rebuilt(read, number, replace(what, weight=2.0))
            other = replace(what, sign=-what.sign)
            assert read_shape(turned(read, term)).query == _rebuilt(read, number, other)
        elif isinstance(what, Filter):
            other = replace(what, is_excluded=not what.is_excluded)
            assert read_shape(turned(read, term)).query == _rebuilt(read, number, other)
            assert weighted(read, term, 2.0) == text
        else:
            assert turned(read, term) == text


@settings(deadline=None)
@given(texts, st.sampled_from(["relevance", "date", "name", None]))
def test_the_order_is_set_and_nothing_else(text: str, sort) -> None:
    read = _read(text)
    if read is None:
        return
    changed = read_shape(with_sort(read, sort)).query
    assert changed == replace(read.query, sort=sort)


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
