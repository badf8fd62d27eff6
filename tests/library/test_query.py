"""What people type becomes the query that they mean, or a sentence that points at the spot."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.cli.parser import _GRAMMAR
from desktop_app.errors import QuerySyntaxError
from desktop_app.library.places import Town
from desktop_app.library.query import (
    DateRange,
    FileType,
    Filter,
    HasGps,
    In,
    Near,
    NumberRange,
    PhotoPart,
    Query,
    Shape,
    TextPart,
    Words,
    format_query,
)
from desktop_app.library.query_parser import parse_query
from desktop_app.library.query_values import EXAMPLES, PLACE_READERS, READERS, TYPES
from tests.conftest import REPOSITORY


@pytest.mark.parametrize(
    "sentence",
    [
        "a dog running on the beach",
        "a dog - running",
        "it's 5 o'clock: tea",
        "well-known place",
        "a -5 degree morning -- cold",
        "the sign says: stop",
        'a 12" record',
        "http://example.org/a",
        "10^6 stars",
        "16:9",
        "an old tape: red",
        "^_^",
        "-",
        "a man (in a hat); a woman!",
        "note:this",
        "R&D:Paris 12:30",
        "my photo: a dog",
        "my camera:",
        "not: people",
        "a place: by the sea",
    ],
)
def test_a_plain_sentence_stays_one(sentence: str) -> None:
    assert parse_query(sentence) == Query((TextPart(sentence),))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('a man in a "red" shirt', "a man in a red shirt"),
        ('a "red", shiny car', "a red, shiny car"),
        ("the “old town” at night", "the old town at night"),
        ('a sign that says "stop"', "a sign that says stop"),
        ('the sign reads: "no entry"', "the sign reads: no entry"),
        ('a "b" c "d" e', "a b c d e"),
    ],
)
def test_a_quoted_word_inside_a_sentence_does_not_end_it(text: str, sentence: str) -> None:
    assert parse_query(text) == Query((TextPart(sentence),))


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ('beach "two people"', ["beach", "two people"]),
        ('"two people" beach', ["two people", "beach"]),
        ('beach "two people" "a dog"', ["beach", "two people", "a dog"]),
        ('beach "two people"^2 dog', ["beach dog", "two people"]),
        ('beach -"two people" dog', ["beach dog", "two people"]),
        ('beach "two people" date:2020', ["beach", "two people"]),
        ('beach "two people" -dog', ["beach", "two people", "dog"]),
        ('beach "two people" dog^2', ["beach", "two people", "dog"]),
        ('type:png "two people" dog', ["two people", "dog"]),
    ],
)
def test_quotations_of_their_own_are_texts_of_their_own(text: str, texts: list[str]) -> None:
    assert [part.text for part in parse_query(text).parts if isinstance(part, TextPart)] == texts


class Towns:
    """Three towns, two of them of one name."""

    is_installed = True
    _TOWNS = (
        Town("Paris", "FR", 48.85, 2.35, 2_000_000),
        Town("Paris", "US", 33.66, -95.55, 25_000),
        Town("New York City", "US", 40.71, -74.01, 8_000_000),
    )

    def find(self, name: str, country: str = "") -> Town | None:
        for town in self._TOWNS:
            is_named = town.name.casefold().startswith(name.casefold())
            if is_named and country.upper() in ("", town.country):
                return town
        return None

    def spelled_like(self, name: str) -> tuple[str, ...]:
        return ("Paris",) if name.startswith("Pa") else ()


@pytest.mark.parametrize(
    ("text", "condition", "town"),
    [
        ("place:paris", Near(48.85, 2.35, 29.1), "Paris, FR"),
        ("place:Paris,US", Near(33.66, -95.55, 16.6), "Paris, US"),
        ('place:"Paris, us"', Near(33.66, -95.55, 16.6), "Paris, US"),
        ('place:"New York"', Near(40.71, -74.01, 43.3), "New York City, US"),
        ("near:Paris,25", Near(48.85, 2.35, 25), "Paris, FR"),
        ('near:"New York, US, 2.5km"', Near(40.71, -74.01, 2.5), "New York City, US"),
        ("near:48.86,2.29,5", Near(48.86, 2.29, 5), ""),
    ],
)
def test_places_have_names(text: str, condition: Near, town: str) -> None:
    query = parse_query(text, Towns())
    assert query.filters == (Filter(condition),)
    assert isinstance(query.filters[0].condition, Near)
    assert query.filters[0].condition.town == town
    assert parse_query(f"-{text}", Towns()).filters == (Filter(condition, True),)
    assert parse_query(format_query(query)) == query  # which needs no names any more


@pytest.mark.parametrize(
    ("text", "wrong", "words"),
    [
        ("a dog place:Pariss", "Pariss", "called “Pariss”; perhaps Paris is meant."),
        ("place:xyz", "xyz", "15,000 people"),
        ("place:Paris,DE", "Paris,DE", "no Paris in the country DE"),
        ("near:Pariss,5", "Pariss,5", "perhaps Paris"),
        ("near:Paris,0", "Paris,0", "more than 0 km"),
        ("near:Paris", "Paris", "near:Berlin,25"),
        ("plce:Paris", "plce:", "place:"),
    ],
)
def test_a_place_that_is_not_known_is_pointed_out(text: str, wrong: str, words: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text, Towns())
    assert text[caught.value.start : caught.value.end] == wrong
    assert words in caught.value.message


@pytest.mark.parametrize("text", ["place:Paris", "near:Paris,5"])
def test_without_the_package_names_of_places_are_declined_in_words(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"visita\[places\]"):
        parse_query(text)


def test_blank_text_asks_for_nothing() -> None:
    for text in ("", "  \t\n"):
        assert parse_query(text).is_empty


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('"a dog"', [TextPart("a dog")]),
        ("“a dog”", [TextPart("a dog")]),
        ("„a dog“", [TextPart("a dog")]),
        ('"say ""hi"""', [TextPart('say "hi"')]),
        ('beach -"two people"', [TextPart("beach"), TextPart("two people", 1, -1)]),
        ("beach not:people", [TextPart("beach"), TextPart("people", 1, -1)]),
        ('not:"two people"^2', [TextPart("two people", 2, -1)]),
        ("beach -people", [TextPart("beach"), TextPart("people", 1, -1)]),
        ("beach^2 sunset", [TextPart("beach", 2), TextPart("sunset")]),
        ('"a b"^0.5 c', [TextPart("a b", 0.5), TextPart("c")]),
        ('"a b"^.5', [TextPart("a b", 0.5)]),
        ("photo:x.jpg at night", [PhotoPart("x.jpg"), TextPart("at night")]),
        ('photo:"my beach.jpg"^2', [PhotoPart("my beach.jpg", 2)]),
        ("-photo:x.jpg", [PhotoPart("x.jpg", 1, -1)]),
        ("PHOTO:C:\\a\\b.jpg", [PhotoPart("C:\\a\\b.jpg")]),
        ("a dog date:2020 on the beach", [TextPart("a dog on the beach")]),
    ],
)
def test_texts_and_photos(text: str, parts: list[TextPart | PhotoPart]) -> None:
    assert list(parse_query(text).parts) == parts


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("date:2020", DateRange(date(2020, 1, 1), date(2020, 12, 31))),
        ("date:2020-02", DateRange(date(2020, 2, 1), date(2020, 2, 29))),
        ("date:2019..2021-06", DateRange(date(2019, 1, 1), date(2021, 6, 30))),
        ("date:2020-06-15..", DateRange(date(2020, 6, 15), None)),
        ("date:..9999", DateRange(None, date(9999, 12, 31))),
        ("camera:Canon", Words("camera", "Canon")),
        ('lens:"50mm  f/1.8"', Words("lens", "50mm f/1.8")),
        ('folder:"/a/b  c"', Words("folder", "/a/b  c")),
        ("keyword:wedding", Words("keyword", "wedding")),
        ("type:JPG", FileType("jpeg")),
        ("type:.heif", FileType("heic")),
        ("orientation:Portrait", Shape("portrait")),
        ("size:>12mp", NumberRange("size", 12, None, True)),
        ("size:<=2.5", NumberRange("size", None, 2.5)),
        ("size:2mp..12MP", NumberRange("size", 2, 12)),
        ("size:12mp", NumberRange("size", 11.5, 12.5)),
        ("rating:4", NumberRange("rating", 4, 4)),
        ("rating:>=3", NumberRange("rating", 3, None)),
        ("has:gps", HasGps()),
        ("near:48.86,-2.3,5km", Near(48.86, -2.3, 5)),
        ("in:offline", In("offline")),
    ],
)
def test_filters(text: str, condition: object) -> None:
    assert parse_query(text).filters == (Filter(condition),)  # type: ignore[arg-type]
    assert parse_query(f"-{text}").filters == (Filter(condition, True),)  # type: ignore[arg-type]
    assert parse_query(f"not:{text}").filters == (Filter(condition, True),)  # type: ignore[arg-type]


def test_the_order_of_the_hits() -> None:
    assert parse_query("a dog").order == "relevance"
    assert parse_query("a dog sort:date").order == "date"
    assert parse_query("has:gps").order == "date"
    assert parse_query("has:gps sort:relevance").order == "date"
    assert parse_query("has:gps sort:name").order == "name"


@pytest.mark.parametrize(
    ("text", "wrong", "words"),
    [
        ("a dog date:2020-13", "2020-13", "no such date"),
        ("date:yesterday", "yesterday", "2020-06-15"),
        ("date:2021..2019", "2021..2019", "ends before"),
        ("date:..", "..", "one end"),
        ("a camra:canon", "camra:", "camera:canon"),
        ("dtae:2020", "dtae:", "date:"),
        ('a "dog', '"', "never closed"),
        ('a "" dog', '""', "nothing between"),
        ('"a dog"^x', "^x", "number"),
        ("dog^0", "^0", "between"),
        ("size:big", "big", "megapixels"),
        ("rating:6", "6", "0 to 5"),
        ("type:mp3", "mp3", "jpeg"),
        ("orientation:up", "up", "portrait"),
        ("has:wings", "wings", "has:gps"),
        ("near:1,2", "1,2", "kilometres"),
        ("near:91,2,3", "91,2,3", "90"),
        ("in:love", "love", "offline"),
        ("sort:colour", "colour", "relevance"),
        ("sort:date sort:name", "sort:name", "one order"),
        ("-sort:date", "-sort:date", "excluded"),
        ("not:not:dog", "not:not:", ""),
    ],
)
def test_a_typo_is_a_sentence_that_points_at_the_spot(text: str, wrong: str, words: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text)
    assert text[caught.value.start : caught.value.end] == wrong
    assert words in caught.value.message
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize("key", EXAMPLES)
def test_every_example_is_itself_a_query(key: str) -> None:
    assert not parse_query(EXAMPLES[key], Towns()).is_empty


_WEIGHTS = st.integers(1, 10_000).map(lambda n: round(n / 100, 2))
_SIGNS = st.sampled_from([1, -1])
_TEXTS = st.text(max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
_PATHS = st.text(max_size=30).filter(lambda text: bool(text.strip()) and "\0" not in text)
_NUMBERS = st.integers(0, 5_000_000).map(lambda n: n / 1_000_000)
_ORDERED = st.tuples(_NUMBERS, _NUMBERS).map(sorted)
_DAYS = st.tuples(st.dates(), st.dates()).map(sorted)
_KEYS = st.sampled_from(["size", "rating"])
_CONDITIONS = st.one_of(
    _DAYS.map(lambda days: DateRange(*days)),
    st.dates().map(lambda day: DateRange(day, None)),
    st.dates().map(lambda day: DateRange(None, day)),
    st.builds(Words, st.sampled_from(["camera", "lens", "keyword"]), _TEXTS),
    st.builds(Words, st.just("folder"), _PATHS),
    st.sampled_from(sorted(TYPES)).map(FileType),
    st.builds(Shape, st.sampled_from(["portrait", "landscape", "square"])),
    st.builds(lambda key, ends: NumberRange(key, *ends), st.just("rating"), _ORDERED),
    st.builds(NumberRange, _KEYS, _NUMBERS, st.none(), st.booleans()),
    st.builds(NumberRange, _KEYS, st.none(), _NUMBERS, st.booleans()),
    st.just(HasGps()),
    st.builds(Near, _NUMBERS, _NUMBERS.map(lambda n: -n), _NUMBERS.filter(bool)),
    st.builds(In, st.sampled_from(["missing", "offline", "failed"])),
)
_PARTS = st.builds(TextPart, _TEXTS, _WEIGHTS, _SIGNS) | st.builds(
    PhotoPart, _PATHS, _WEIGHTS, _SIGNS
)
_QUERIES = st.builds(
    Query,
    st.lists(_PARTS, max_size=4).map(tuple),
    st.lists(st.builds(Filter, _CONDITIONS, st.booleans()), max_size=4).map(tuple),
    st.sampled_from([None, "relevance", "date", "name"]),
)


@given(_QUERIES)
def test_a_query_survives_being_written_down(query: Query) -> None:
    assert parse_query(format_query(query)) == query


def test_every_filter_has_an_example() -> None:
    assert READERS.keys() | PLACE_READERS.keys() <= EXAMPLES.keys()


def test_the_readme_and_the_help_know_every_filter() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    for key in EXAMPLES:
        assert f"`{key}:" in readme, key
        assert EXAMPLES[key] in _GRAMMAR or key == "not", key
    for name in TYPES:
        assert f" {name}" in readme
