"""From what a person types to a Query.

A plain sentence stays one, also around a "quoted" word: only a known key in front of a colon
makes a filter, only a quotation mark at the beginning of a word opens a phrase, and a dash pushes
away only what it touches: a quotation, a known key, or a word that begins with a letter (of
180,000 captions one has such a dash). All words outside of quotes are one text, whatever stands
between them; a quotation with words on both sides belongs to them.
"""

from __future__ import annotations

import re

from desktop_app.errors import QuerySyntaxError
from desktop_app.library.query import (
    LEAST_WEIGHT,
    MOST_WEIGHT,
    Condition,
    Filter,
    PhotoPart,
    Query,
    Sign,
    TextPart,
)
from desktop_app.library.query_terms import ReadQuery, Span, Term
from desktop_app.library.query_values import (
    EXAMPLES,
    PLACE_READERS,
    READERS,
    BadValue,
    Places,
    read_number,
    read_sort,
)

_CLOSES = {'"': '"', "“": "”", "”": "”", "„": "“"}
"""What ends a quotation that begins so; keyboards and languages differ."""
_KEY = re.compile(r"([A-Za-z]+):")
_WEIGHT = re.compile(r"\^([0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})")
_WEIGHT_AT_END = re.compile(rf"(.*[^\W\d_].*){_WEIGHT.pattern}", re.DOTALL)
# fmt: off
_LEANING = frozenset((
    "a", "an", "the", "this", "that", "of", "in", "on", "at", "with", "from", "by",
    "says", "saying", "reads", "reading", "called", "named",
))
# fmt: on
"""A text does not end in these: a quotation behind one belongs to the sentence."""
_SHORTEST_MISTYPED = 4
"""Keys with fewer letters resemble too many words."""


def parse_query(text: str, places: Places | None = None) -> Query:
    """The query that a text asks for; blank text gives the empty query.

    Args:
        text: what was typed.
        places: knows where towns are; None knows none.

    Raises:
        QuerySyntaxError: a filter, a weight or a quotation makes no sense; it says where.
    """
    return read_query(text, places).query


def read_query(text: str, places: Places | None = None) -> ReadQuery:
    """What a text asks for, piece by piece, and where in it each piece stands.

    Raises:
        QuerySyntaxError: as ``parse_query``.
    """
    return _Parser(text, places).read()


class _Parser:
    """One text, read once from left to right."""

    def __init__(self, text: str, places: Places | None) -> None:
        self._text = text
        self._places = places
        self._at = 0
        self._begin = 0
        """Where the term begins that is being read."""
        self._words: list[str] = []
        self._word_spans: list[Span] = []
        self._sentence_at = 0
        """Where among the parts the words outside of quotes belong."""
        self._is_behind_word = False
        """Whether what was read last is a word of the sentence."""
        self._parts: list[Term] = []
        self._filters: list[Term] = []
        self._sort: Term | None = None

    def read(self) -> ReadQuery:
        self._skip_space()
        while self._at < len(self._text):
            self._term()
            self._skip_space()
        parts = self._parts
        if self._words:
            sentence = Term(TextPart(" ".join(self._words)), tuple(self._word_spans))
            parts.insert(self._sentence_at, sentence)
        sort = () if self._sort is None else (self._sort,)
        return ReadQuery(self._text, (*parts, *self._filters, *sort))

    def _term(self) -> None:
        self._begin = start = self._at
        is_pushed = self._take_not()
        key = self._take_key()
        if key is not None or is_pushed:
            self._is_behind_word = False
        sign: Sign = -1 if is_pushed else 1
        if key is not None:
            self._keyed(key, start, is_pushed)
        elif self._is_quote():
            self._quoted(self._take_quoted(), sign)
        elif is_pushed:
            self._add_text(*self._split_weight(self._take_word()), sign)
        else:
            self._plain(self._take_word())

    def _take_not(self) -> bool:
        """Step over ``-`` or ``not:`` if something that can be pushed away follows."""
        start = self._at
        if self._text.startswith("-", start):
            self._at += 1
            if self._is_quote() or self._text[self._at : self._at + 1].isalpha():
                return True
            self._at = start
        elif self._peek_key() == "not":
            self._at += len("not:")
            if not self._is_at_end_of_word():
                return True
            self._at = start
        return False

    def _take_key(self) -> str | None:
        key = self._peek_key()
        if key is None:
            return None
        end = self._at + len(key) + 1
        if end >= len(self._text) or self._text[end].isspace():
            return None  # "my photo: a dog" is a sentence
        if key in EXAMPLES:
            self._at = end
            return key
        self._refuse_mistyped(key, end)
        return None

    def _keyed(self, key: str, start: int, is_pushed: bool) -> None:
        if key == "not":
            raise self._error("Twice not is too much.", start, self._at)
        value_at = self._at
        if key == "photo":
            self._add_photo(is_pushed)
            return
        value = self._take_quoted() if self._is_quote() else self._take_word()
        try:
            if key != "sort":
                filter_ = Filter(self._condition(key, value), is_pushed)
                self._filters.append(Term(filter_, self._span(), key, value))
                return
            sort = read_sort(value)
        except BadValue as error:
            raise self._error(str(error), value_at, self._at) from error
        if is_pushed or self._sort is not None:
            reason = "An order cannot be excluded." if is_pushed else "There can be one order only."
            raise self._error(reason, start, self._at)
        self._sort = Term(sort, self._span(), key, value)

    def _condition(self, key: str, value: str) -> Condition:
        if key in PLACE_READERS:
            return PLACE_READERS[key](value, self._places)
        return READERS[key](value)

    def _quoted(self, text: str, sign: Sign) -> None:
        weight = self._take_weight()
        if weight is not None or sign < 0 or not self._is_inside_sentence():
            self._add_text(text, weight, sign)
            return
        # a man in a "red" shirt: the marks stress a word, they do not begin another text
        self._add_words(f"{text}{self._take_word()}".split())

    def _is_inside_sentence(self) -> bool:
        """Whether the quotation just read has plain words around it, or one that leans on it."""
        if not self._words or not self._is_behind_word:
            return False
        if self._words[-1].lower().rstrip(":,") in _LEANING:
            return True
        start = self._at
        self._skip_space()
        begins_word = self._at < len(self._text) and not self._is_quote() and not self._take_not()
        key = self._peek_key()
        word = self._take_word()
        self._at = start
        is_plain = _WEIGHT_AT_END.fullmatch(word) is None
        return begins_word and key not in EXAMPLES and is_plain

    def _add_text(self, text: str, weight: float | None, sign: Sign) -> None:
        part = TextPart(" ".join(text.split()), weight or 1.0, sign)
        self._parts.append(Term(part, self._span()))
        self._is_behind_word = False

    def _add_photo(self, is_pushed: bool) -> None:
        start = self._at
        if self._is_quote():
            path, weight = self._take_quoted(), self._take_weight()
        else:
            path, weight = self._split_weight(self._take_word())
        if "\0" in path:
            raise self._error("No file can have this name.", start, self._at)
        part = PhotoPart(path, weight or 1.0, -1 if is_pushed else 1)
        self._parts.append(Term(part, self._span()))

    def _plain(self, word: str) -> None:
        text, weight = self._split_weight(word)
        if weight is not None:
            self._add_text(text, weight, 1)
            return
        if not self._words:
            self._sentence_at = len(self._parts)
        self._add_words([word])
        self._is_behind_word = True

    def _add_words(self, words: list[str]) -> None:
        self._words += words
        self._word_spans += self._span()

    def _span(self) -> tuple[Span, ...]:
        """From where the term begins to where reading has come."""
        return ((self._begin, self._at),)

    # -- characters ------------------------------------------------------------------------

    def _skip_space(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _is_at_end_of_word(self) -> bool:
        return self._at >= len(self._text) or self._text[self._at].isspace()

    def _is_quote(self) -> bool:
        return self._at < len(self._text) and self._text[self._at] in _CLOSES

    def _peek_key(self) -> str | None:
        found = _KEY.match(self._text, self._at)
        return found[1].lower() if found is not None else None

    def _take_word(self) -> str:
        start = self._at
        while not self._is_at_end_of_word():
            self._at += 1
        return self._text[start : self._at]

    def _take_quoted(self) -> str:
        """What stands between quotation marks; a doubled one stands for itself."""
        start = self._at
        closing = _CLOSES[self._text[start]]
        self._at += 1
        taken: list[str] = []
        while self._at < len(self._text):
            character = self._text[self._at]
            self._at += 1
            if character != closing:
                taken.append(character)
            elif closing == '"' and self._text.startswith('"', self._at):
                taken.append('"')
                self._at += 1
            else:
                break
        else:
            raise self._error("This quotation mark is never closed.", start, start + 1)
        if not "".join(taken).strip():
            raise self._error("There is nothing between the quotation marks.", start, self._at)
        return "".join(taken)

    def _take_weight(self) -> float | None:
        """The ``^2`` behind a quotation."""
        if not self._text.startswith("^", self._at):
            return None
        start = self._at
        word = self._take_word()
        found = _WEIGHT.fullmatch(word)
        if found is None:
            raise self._error("A weight is a number, like ^2 or ^0.5.", start, self._at)
        return self._checked(read_number(found[1]), start)

    def _split_weight(self, word: str) -> tuple[str, float | None]:
        """A bare word without its ``^2``; ``10^6`` has no letter and stays a word."""
        found = _WEIGHT_AT_END.fullmatch(word)
        if found is None:
            return word, None
        return found[1], self._checked(read_number(found[2]), self._at - len(found[2]) - 1)

    def _checked(self, weight: float, start: int) -> float:
        if not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
            raise self._error("A weight is between 0.01 and 100.", start, self._at)
        return weight

    # -- what to say -----------------------------------------------------------------------

    def _refuse_mistyped(self, key: str, end: int) -> None:
        for known in EXAMPLES:
            if len(known) >= _SHORTEST_MISTYPED and _differ_by_one(key, known):
                raise self._error(
                    f"“{key}:” is not known; perhaps {EXAMPLES[known]} is meant.", self._at, end
                )

    def _error(self, message: str, start: int, end: int) -> QuerySyntaxError:
        return QuerySyntaxError(
            message, self._text, start, end, "In quotation marks everything is taken as it stands."
        )


def _differ_by_one(word: str, other: str) -> bool:
    """Whether one letter more, less, other, or two letters swapped make one the other."""
    if abs(len(word) - len(other)) > 1:
        return False
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < len(longer):
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    wrong = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and word[first] == other[second] and word[second] == other[first]
    return len(wrong) == 1
