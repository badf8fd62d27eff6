"""What is packed: its names, version and words, from where the project states them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


@dataclass(frozen=True)
class Product:
    """The app as installers name it."""

    version: str
    summary: str
    licence: str
    """SPDX expression of our own code; the model and the libraries have theirs."""
    name: str = "VisITA"
    package: str = "visita"
    application_id: str = "org.visita.VisITA"

    @classmethod
    def of_project(cls) -> Product:
        """As pyproject.toml and the app's own version say."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        found = _VERSION.search((ROOT / "desktop_app" / "__init__.py").read_text("utf-8"))
        if found is None:
            raise ValueError("desktop_app/__init__.py states no version")
        return cls(found[1], project["description"], project["license"])
