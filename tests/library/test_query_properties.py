"""What holds of every text that can be typed, whether it is a query or not."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.errors import QuerySyntaxError
from desktop_app.library.query import Filter, PhotoPart, Query, TextPart, format_query
from desktop_app.library.query_edits import (
    read_shape,
    turned,
    weighted,
    with_photo,
    with_sort,
    without,
)
from desktop_app.library.query_paths import photo_text
from desktop_app.library.query_terms import ReadQuery, Term
from tests.library.query_texts import likely, texts

most = settings(max_examples=250)
names = st.text(min_size=1, max_size=12).filter(lambda text: "\0" not in text)
paths = names.map(lambda name: Path("/photos", name))


def read(text: str) -> ReadQuery:
    """The text as it is understood; one that makes no sense is not asked about."""
    try:
        return read_shape(text)
    except QuerySyntaxError:
        assume(False)
        raise


@most
@given(texts)
def test_a_text_is_read_whole_or_refused_at_a_spot(text: str) -> None:
    spot = None
    try:
        found = read_shape(text)
    except QuerySyntaxError as error:
        spot = (error.start, error.end)
    if spot is not None:
        assert 0 <= spot[0] < spot[1] <= len(text)
        return
    spans = sorted(span for term in found.terms for span in term.spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    between = [0, *(place for span in spans for place in span), len(text)]
    assert not any(
        text[start:end].strip() for start, end in zip(between[::2], between[1::2], strict=True)
    )


@most
@given(texts)
def test_the_canonical_text_is_a_fixed_point(text: str) -> None:
    query = read(text).query
    canonical = format_query(query)
    assert read_shape(canonical).query == query
    assert format_query(read_shape(canonical).query) == canonical


def changed(found: ReadQuery, term: Term, what: object) -> Query:
    """The query with one piece replaced, the obvious way; None takes it out."""
    terms = [replace(t, what=what) if t is term else t for t in found.terms]
    return ReadQuery("", tuple(t for t in terms if t.what is not None)).query


@most
@given(likely | texts, st.data())
def test_an_edit_keeps_all_other_terms(text: str, data: st.DataObject) -> None:
    found = read(text)
    assume(found.terms)
    term = data.draw(st.sampled_from(found.terms))
    what = term.what
    assert read_shape(without(found, term)).query == changed(found, term, None)
    if isinstance(what, TextPart | PhotoPart):
        weight = data.draw(st.sampled_from([0.01, 0.5, 1.0, 2.0, 100.0]))
        heavier = read_shape(weighted(found, term, weight)).query
        assert heavier == changed(found, term, replace(what, weight=weight))
        other: object = replace(what, sign=-what.sign)
    elif isinstance(what, Filter):
        other = replace(what, is_excluded=not what.is_excluded)
    else:
        return
    assert read_shape(turned(found, term)).query == changed(found, term, other)


@most
@given(texts, st.sampled_from(["relevance", "date", "name", None]))
def test_another_order_is_all_that_changes(text: str, sort) -> None:
    found = read(text)
    assert read_shape(with_sort(found, sort)).query == replace(found.query, sort=sort)


@most
@given(texts, paths)
def test_a_photo_is_added_to_any_text(text: str, path: Path) -> None:
    added = with_photo(text, path)
    assert text.strip() in added
    try:
        before = read_shape(text).query
    except QuerySyntaxError:
        return
    after = read_shape(added).query
    assert PhotoPart(photo_text(path)) in after.parts
    assert (after.filters, after.sort) == (before.filters, before.sort)
    left = list(after.parts)
    left.remove(PhotoPart(photo_text(path)))
    assert set(left) == set(before.parts)
