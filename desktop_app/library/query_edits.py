"""Changes of one piece of a typed query, in the text itself.

Every function takes a text as it was read and gives a text that reads as wanted, character for
character what the person typed elsewhere. Taking a piece out can change what its neighbours mean:
without the filter in ``sky type:png "red" shirt`` the quotation would join the sentence. So each
new text is read again, and where it does not mean what it should, the whole query is written down
piece by piece instead: texts in quotation marks, filters as they were typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from desktop_app.errors import QuerySyntaxError
from desktop_app.library.places import Town
from desktop_app.library.query import (
    LEAST_WEIGHT,
    MOST_WEIGHT,
    Filter,
    PhotoPart,
    Query,
    Sort,
    TextPart,
    format_query,
)
from desktop_app.library.query_parser import read_query
from desktop_app.library.query_paths import photo_text
from desktop_app.library.query_terms import ReadQuery, Term

WEIGHTS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""The steps in which a weight is raised and lowered."""


class AnyPlace:
    """Believes every name of a town: for reading a text without looking anything up.

    What it says about where a place is means nothing.
    """

    is_installed = True

    def find(self, name: str, country: str = "") -> Town | None:
        """A town of this name, at no place in particular."""
        return Town(name, country, 0.0, 0.0, 1)

    def spelled_like(self, name: str) -> tuple[str, ...]:
        """Nothing: every name is right."""
        return ()


def read_shape(text: str) -> ReadQuery:
    """The pieces of a text; no name of a place is looked up, so that it takes no time.

    Raises:
        QuerySyntaxError: the text makes no sense; it says where.
    """
    return read_query(text, AnyPlace())


def without(read: ReadQuery, term: Term) -> str:
    """The text without one piece."""
    others = tuple(t for t in read.terms if t is not term)
    return _checked(_spliced(read.text, term, ""), others, read.text)


def weighted(read: ReadQuery, term: Term, weight: float) -> str:
    """The text with another weight of a text or photo, kept between the least and the most."""
    if not isinstance(term.what, TextPart | PhotoPart):
        return read.text
    weight = min(max(weight, LEAST_WEIGHT), MOST_WEIGHT)
    return _with(read, term, replace(term.what, weight=weight))


def next_weight(weight: float, step: Literal[1, -1]) -> float:
    """The next of ``WEIGHTS`` above or below a weight; at the end, the end."""
    if step > 0:
        return min((w for w in WEIGHTS if w > weight), default=weight)
    return max((w for w in WEIGHTS if w < weight), default=weight)


def turned(read: ReadQuery, term: Term) -> str:
    """The text with one piece pushed away instead of looked for, or the other way round."""
    what = term.what
    if isinstance(what, Filter):
        return _with(read, term, replace(what, is_excluded=not what.is_excluded))
    if isinstance(what, TextPart | PhotoPart):
        return _with(read, term, replace(what, sign=1 if what.sign < 0 else -1))
    return read.text  # an order cannot be turned into its opposite


def with_sort(read: ReadQuery, sort: Sort | None) -> str:
    """The text with another order; None leaves the choice to the query."""
    present = next((t for t in read.terms if isinstance(t.what, str)), None)
    text = read.text if present is None else without(read, present)
    return text if sort is None else f"{text.strip()} sort:{sort}".strip()


def with_photo(text: str, path: Path) -> str:
    """The text with a photo added; in front of what is typed where that is not finished."""
    part = PhotoPart(photo_text(path))
    photo = format_query(Query((part,)))
    behind = f"{text.strip()} {photo}".strip()
    try:
        parts = read_shape(behind).query.parts
    except QuerySyntaxError:
        return f"{photo} {text.strip()}"
    return behind if part in parts else f"{photo} {text.strip()}"


def _with(read: ReadQuery, term: Term, what: TextPart | PhotoPart | Filter) -> str:
    changed = replace(term, what=what)
    terms = tuple(changed if t is term else t for t in read.terms)
    return _checked(_spliced(read.text, term, _written(changed, read.text)), terms, read.text)


def _spliced(text: str, term: Term, replacement: str) -> str:
    """The text with ``replacement`` where a term began, and nothing where it went on."""
    pieces, last = [], 0
    for start, end in term.spans:
        pieces += [text[last:start].strip(), replacement]
        last, replacement = end, ""
    pieces.append(text[last:].strip())
    return " ".join(piece for piece in pieces if piece)


def _checked(text: str, terms: Sequence[Term], source: str) -> str:
    """The text if it reads as these terms, which stand in ``source``; else one that does."""
    wanted = ReadQuery(text, tuple(terms)).query
    try:
        if read_shape(text).query == wanted:
            return text
    except QuerySyntaxError:
        pass  # what is left makes no sense alone: it is written anew
    return " ".join(_written(term, source) for term in terms)


def _written(term: Term, source: str) -> str:
    """One term as text that means it whatever stands around it."""
    if isinstance(term.what, TextPart | PhotoPart):
        return format_query(Query((term.what,)))
    start, end = term.spans[0]
    typed = source[start:end]
    # a place is not looked up here: its name must stay as it was typed
    bare = typed[typed.lower().index(f"{term.key}:") :]
    return f"-{bare}" if term.is_pushed else bare
