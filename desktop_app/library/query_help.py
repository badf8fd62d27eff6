"""The grammar of queries for people: the terminal and the window show the same lines."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.library.query_values import EXAMPLES


@dataclass(frozen=True)
class HelpLine:
    """Something that can be typed, and what it does."""

    example: str
    meaning: str


QUERY_HELP = (
    HelpLine('"a dog" "two people"', "several texts, or words taken as they stand"),
    HelpLine('-"people" -people', "push away; not:people does the same"),
    HelpLine('"a dog"^2 beach^0.5', "weights"),
    HelpLine(EXAMPLES["photo"], "resembles this photo"),
    HelpLine(EXAMPLES["date"], "also date:2019..2021-06, date:2020-06-15.."),
    HelpLine(EXAMPLES["camera"], f"also {EXAMPLES['lens']}, {EXAMPLES['keyword']}"),
    HelpLine(EXAMPLES["folder"], f"also {EXAMPLES['type']}, {EXAMPLES['orientation']}"),
    HelpLine(EXAMPLES["size"], "megapixels: size:<2mp, size:2..12mp"),
    HelpLine(EXAMPLES["rating"], "stars: rating:5, rating:2..4"),
    HelpLine(EXAMPLES["near"], f"latitude, longitude, km; {EXAMPLES['has']}"),
    HelpLine(EXAMPLES["place"], "place:Paris,US, near:Berlin,25"),
    HelpLine(EXAMPLES["album"], "also in:favourites"),
    HelpLine(EXAMPLES["in"], "in:missing; in:failed alone lists files that cannot be read"),
    HelpLine(EXAMPLES["sort"], "sort:name, sort:relevance"),
)
AND_ALSO = "A dash in front of a filter excludes what it finds."
