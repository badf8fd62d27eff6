"""What could be meant by the half of a query that is typed already. Pure functions on text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from desktop_app.errors import QuerySyntaxError
from desktop_app.library.query import Orientation, Place, Sort
from desktop_app.library.query_edits import read_shape
from desktop_app.library.query_values import EXAMPLES, TYPES
from desktop_app.library.search_rows import SavedSearch
from desktop_app.library.vocabulary import Vocabulary

MOST_COMPLETIONS = 10
_SHORTEST_KEY = 2
"""A single letter is the beginning of too much."""
_MOST_SEARCHES = 6
"""Recent searches that are offered at once."""

CompletionKind = Literal["key", "value", "saved", "recent"]

FIXED_VALUES: dict[str, tuple[str, ...]] = {
    "type": tuple(TYPES),
    "orientation": get_args(Orientation),
    "in": get_args(Place),
    "sort": get_args(Sort),
    "has": ("gps",),
    "rating": ("5", ">=4", ">=3", "1..2"),
    "size": (">12mp", ">24mp", "2..12mp", "<2mp"),
}
"""Values that are the same in every library."""

_WORD = re.compile(r"(?:(?<=\s)|^)(?P<push>-|not:)?(?P<word>[A-Za-z]+)$")
_VALUE = re.compile(
    r"(?:(?<=\s)|^)(?P<push>-|not:)?(?P<key>[A-Za-z]+):(?:\"(?P<quoted>[^\"]*)|(?P<bare>[^\s\"]*))$"
)
_PLAIN = re.compile(r"[\w.<>=,/-]+")
_REST_OF_WORD = re.compile(r"[^\s\"]*")


@dataclass(frozen=True)
class Completion:
    """One way to go on."""

    kind: CompletionKind
    label: str
    """What is offered: the filter, its value, or the whole search."""
    text: str
    """The whole query with it."""
    cursor: int
    """Where typing goes on in that text."""
    detail: str = ""
    """What it means, or how it is used."""


def complete(
    text: str,
    cursor: int,
    vocabulary: Vocabulary,
    saved: Sequence[SavedSearch] = (),
    recent: Sequence[str] = (),
) -> list[Completion]:
    """At most ``MOST_COMPLETIONS`` ways to go on, the likeliest first.

    Args:
        text: what was typed.
        cursor: how many of its characters stand before the cursor.
        vocabulary: the names that the library holds.
        saved: the searches that have a name.
        recent: what was searched for lately, the last first.
    """
    found = [*_values(text, cursor, vocabulary), *_keys(text, cursor)]
    if not found or not text.strip():
        found += _searches(text, saved, recent)
    return [c for c in found if c.text.strip() != text.strip()][:MOST_COMPLETIONS]


def _keys(text: str, cursor: int) -> Iterable[Completion]:
    before, behind = text[:cursor], text[cursor:]
    match = _WORD.search(before)
    if match is None or len(match["word"]) < _SHORTEST_KEY or not _ends_word(behind):
        return
    if _is_quoted(before[: match.start()]):
        return
    for key, example in EXAMPLES.items():
        if key.startswith(match["word"].lower()) and not (key == "not" and match["push"]):
            head = f"{before[: match.start('word')]}{key}:"
            yield Completion("key", f"{key}:", head + behind, len(head), example)


def _values(text: str, cursor: int, vocabulary: Vocabulary) -> Iterable[Completion]:
    before, behind = text[:cursor], text[cursor:]
    match = _VALUE.search(before)
    if match is None or _is_quoted(before[: match.start()]):
        return
    key, quoted = match["key"].lower(), match["quoted"]
    typed = (match["bare"] if quoted is None else quoted).casefold()
    if quoted is None:  # the cursor may stand inside the value: all of it is replaced
        rest = _REST_OF_WORD.match(behind)
        behind = behind[rest.end() :] if rest is not None else behind
    else:
        _, mark, after = behind.partition('"')
        behind = after if mark else behind
    values = (*vocabulary.values.get(key, ()), *FIXED_VALUES.get(key, ()))
    fitting = [value for value in values if typed in value.casefold()]
    fitting.sort(key=lambda value: not value.casefold().startswith(typed))
    start = before[: match.end("key") + 1]
    for value in fitting:
        head = f"{start}{_as_typed(value)}"
        space = "" if behind.startswith(" ") else " "
        yield Completion("value", value, f"{head}{space}{behind}", len(head) + 1, f"{key}:")


def _searches(
    text: str, saved: Sequence[SavedSearch], recent: Sequence[str]
) -> Iterable[Completion]:
    typed = text.strip().casefold()
    named = set()
    for search in saved:
        if search.name.casefold().startswith(typed) or search.text.casefold().startswith(typed):
            named.add(search.text)
            yield Completion("saved", search.name, search.text, len(search.text), search.text)
    lately = [t for t in recent if t.casefold().startswith(typed) and t not in named]
    for search_text in lately[:_MOST_SEARCHES]:
        yield Completion("recent", search_text, search_text, len(search_text))


def _as_typed(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def _ends_word(behind: str) -> bool:
    return not behind or behind[0].isspace()


def _is_quoted(before: str) -> bool:
    """Whether a quotation is open at the end of a text."""
    try:
        read_shape(before)
    except QuerySyntaxError as error:
        return error.end == error.start + 1 and before[error.start : error.end] in '"“„”'
    return False
