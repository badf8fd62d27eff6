"""What a typed query consists of, and where in the text each piece stands.

A text is read into a ``Query``, which no longer knows how it was written. Whoever shows the pieces
one by one, or changes one of them in the text, needs both: what it means and its characters.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.library.query import Filter, PhotoPart, Query, Sort, TextPart

Span = tuple[int, int]
"""Characters of a text, from the first to before the second number."""


@dataclass(frozen=True)
class Term:
    """One piece of a query: a text, a photo, a filter or the order."""

    what: TextPart | PhotoPart | Filter | Sort
    spans: tuple[Span, ...]
    """Where it stands, in rising order. The words outside of quotes are one text, whatever stands
    between them, so that a text may have several."""
    key: str = ""
    """Of a filter: what stands before the colon, in lower case."""
    value: str = ""
    """Of a filter: what was typed behind the colon, without quotation marks."""

    @property
    def is_pushed(self) -> bool:
        """Whether it is pushed away or excluded."""
        if isinstance(self.what, Filter):
            return self.what.is_excluded
        return not isinstance(self.what, str) and self.what.sign < 0

    @property
    def weight(self) -> float | None:
        """Of a text or photo; filters and orders have none."""
        return self.what.weight if isinstance(self.what, TextPart | PhotoPart) else None


@dataclass(frozen=True)
class ReadQuery:
    """A text as it was understood."""

    text: str
    terms: tuple[Term, ...]
    """Texts and photos in the query's order, then its filters, then the order."""

    @property
    def query(self) -> Query:
        """What the text asks for."""
        parts, filters, sort = [], [], None
        for term in self.terms:
            if isinstance(term.what, Filter):
                filters.append(term.what)
            elif isinstance(term.what, TextPart | PhotoPart):
                parts.append(term.what)
            else:
                sort = term.what
        return Query(tuple(parts), tuple(filters), sort)

    @property
    def as_typed(self) -> tuple[Term, ...]:
        """The terms in the order in which they begin in the text."""
        return tuple(sorted(self.terms, key=lambda term: term.spans[0]))
