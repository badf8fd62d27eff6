"""Models of the hub that are known to fit: what they are, on what terms, and how well they find.

Sizes and figures are other people's, each with where it is from; what nobody could be asked about
is left out. `visita model add` asks the hub itself before it fetches anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One figure of one model, as it was published."""

    what: str
    value: float
    source: str


@dataclass(frozen=True)
class KnownModel:
    """A model that can be added by a short name."""

    name: str
    source: str
    """Its name on the hub."""
    family: str
    about: str
    languages: tuple[str, ...]
    licence: str
    """Empty: the hub's page says what nobody has read here."""
    parameters_m: int | None
    """Millions of weights."""
    download_mb: int | None
    figures: tuple[Figure, ...]


def known_models() -> list[KnownModel]:
    """All of them, in the order of the list."""
    text = files("desktop_app.library.models").joinpath("known_models.json").read_text("utf-8")
    return [_known(entry) for entry in json.loads(text)]


def source_of(name: str) -> str:
    """The hub's name of a known model; any other name as it is."""
    return next((known.source for known in known_models() if known.name == name), name)


def _known(entry: dict[str, Any]) -> KnownModel:
    figures = tuple(Figure(f["what"], f["value"], f["from"]) for f in entry["figures"])
    return KnownModel(**{**entry, "figures": figures, "languages": tuple(entry["languages"])})
