"""What can be asked of the library: a query as plain data, and as the text that a person types.

``format_query(parse_query(text))`` is another way of writing the same query; the parser is in
``query_parser``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Sign = Literal[1, -1]
Sort = Literal["relevance", "date", "name"]
WordKey = Literal["camera", "lens", "folder", "keyword", "album"]
Orientation = Literal["portrait", "landscape", "square"]
Place = Literal["missing", "offline", "failed", "favourites"]
NumberKey = Literal["size", "rating"]

LEAST_WEIGHT, MOST_WEIGHT = 0.01, 100.0
DECIMALS = 6
"""Of every number in a query: more would not survive being written down and read again."""


@dataclass(frozen=True)
class TextPart:
    """Words that the photo should fit (sign 1) or should not (-1)."""

    text: str
    """Words with single spaces between them; never empty."""
    weight: float = 1.0
    sign: Sign = 1


@dataclass(frozen=True)
class PhotoPart:
    """A photo that the hits should resemble (sign 1) or should not (-1)."""

    path: str
    """As it was typed; never empty."""
    weight: float = 1.0
    sign: Sign = 1


@dataclass(frozen=True)
class DateRange:
    """Days, both ends included; None is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class Words:
    """A camera, a lens, a folder, a keyword or an album that contains these words, in any case."""

    key: WordKey
    text: str


@dataclass(frozen=True)
class FileType:
    """A kind of file: one of the names in ``query_values.TYPES``."""

    name: str


@dataclass(frozen=True)
class Shape:
    """Upright, wide, or as wide as high."""

    orientation: Orientation


@dataclass(frozen=True)
class NumberRange:
    """Megapixels (size) or stars (rating); None is open."""

    key: NumberKey
    least: float | None
    most: float | None
    is_strict: bool = False
    """Whether the ends themselves are left out."""


@dataclass(frozen=True)
class HasGps:
    """The camera noted where it was."""


@dataclass(frozen=True)
class Near:
    """Taken at most so far from a point."""

    latitude: float
    longitude: float
    km: float
    town: str = field(default="", compare=False)
    """Whose middle the point is, where a name was typed."""


@dataclass(frozen=True)
class In:
    """Where the photo is, when it is not simply there; or that it is a favourite."""

    place: Place


Condition = DateRange | Words | FileType | Shape | NumberRange | HasGps | Near | In


@dataclass(frozen=True)
class Filter:
    """A condition on a photo's facts, or its opposite."""

    condition: Condition
    is_excluded: bool = False


@dataclass(frozen=True)
class Query:
    """Everything that one search asks for."""

    parts: tuple[TextPart | PhotoPart, ...] = ()
    filters: tuple[Filter, ...] = ()
    sort: Sort | None = None
    """None: by relevance where there are parts, else the newest first."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is asked for."""
        return not self.parts and not self.filters and self.sort is None

    @property
    def asks_for_failures(self) -> bool:
        """Whether files are meant that could not be read, and therefore are no photos."""
        return any(f.condition == In("failed") and not f.is_excluded for f in self.filters)

    @property
    def order(self) -> Sort:
        """The order of the hits; without parts there is no relevance."""
        if self.sort is None or (self.sort == "relevance" and not self.parts):
            return "relevance" if self.parts else "date"
        return self.sort


def format_query(query: Query) -> str:
    """The query as text that parses to the same query."""
    words = [_part(part) for part in query.parts]
    words += [f"{'-' * f.is_excluded}{_condition(f.condition)}" for f in query.filters]
    if query.sort is not None:
        words.append(f"sort:{query.sort}")
    return " ".join(words)


def number_text(value: float) -> str:
    """A number without exponent and without needless zeros."""
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _part(part: TextPart | PhotoPart) -> str:
    what = _quoted(part.text) if isinstance(part, TextPart) else f"photo:{_quoted(part.path)}"
    weight = "" if part.weight == 1 else f"^{number_text(part.weight)}"
    return f"{'-' if part.sign < 0 else ''}{what}{weight}"


def _condition(condition: Condition) -> str:
    match condition:
        case DateRange(first, last):
            return f"date:{first or ''}..{last or ''}"
        case Words(key, text):
            return f"{key}:{_quoted(text)}"
        case FileType(name):
            return f"type:{name}"
        case Shape(orientation):
            return f"orientation:{orientation}"
        case NumberRange():
            return f"{condition.key}:{_range(condition)}"
        case HasGps():
            return "has:gps"
        case Near(latitude, longitude, km):
            return f"near:{number_text(latitude)},{number_text(longitude)},{number_text(km)}"
        case In(place):
            return f"in:{place}"


def _range(numbers: NumberRange) -> str:
    least, most, equal = numbers.least, numbers.most, "" if numbers.is_strict else "="
    if least is not None and most is not None:
        return f"{number_text(least)}..{number_text(most)}"
    if least is not None:
        return f">{equal}{number_text(least)}"
    return f"<{equal}{number_text(most or 0)}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
