"""What the user may choose, kept in one JSON file."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from desktop_app.errors import CatalogueReadOnly

log = logging.getLogger(__name__)

Provider = Literal["auto", "cpu", "cuda"]
Theme = Literal["system", "light", "dark", "contrast"]
"""How the window looks; ``contrast`` is light or dark as the system is, in high contrast."""
Language = Literal["", "en", "de", "zh_CN"]


@dataclass(frozen=True)
class Settings:
    """The user's choices; keys that this version does not know survive a save."""

    provider: Provider = "auto"
    theme: Theme = "system"
    language: Language = ""
    """Of the window; empty: the system's. The terminal speaks English."""
    thumbnail_side: int = 180
    thumbnail_cache_mb: int = 96
    """Memory for thumbnails that were shown, in the window."""
    thumbnail_disk_mb: int = 0
    """What thumbnails may take on the disk; 0 = whatever they need."""
    decode_workers: int = 0
    """Threads that decode photos while indexing; 0 = one per core."""
    strictness: float = 0.0
    """-1 to 1: how far the bar of what is likely is moved down or up."""
    decode_memory_mb: int = 550
    """What photos may take together while they are decoded; larger ones are refused."""
    pixel_cap_mp: int = 1000
    """Photos with more megapixels are refused, against bombs."""
    exclude: tuple[str, ...] = ()
    """Patterns of files and folders to leave out, in gitignore's syntax."""
    rescan_minutes: int = 30
    """How often folders are looked through whose changes nobody reports (network drives)."""
    rerank: bool = True
    """Whether the best hits of a text are ordered by the matcher, where the model has one."""
    model: str = "visita"
    """The model that the user wants, by its name; ``visita`` came with the app."""
    keep_in_tray: bool = False
    """Whether the program stays, with an icon in the tray, when its window is closed."""
    unknown: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def thumbnail_cap_bytes(self) -> int:
        """What thumbnails may take on the disk; 0 = whatever they need."""
        return self.thumbnail_disk_mb * 1_000_000

    def with_model(self, name: str) -> Settings:
        """The same settings with another model."""
        return replace(self, model=name)

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Read settings: no file gives the defaults, a bad value its default and a warning."""
        try:
            stored = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError) as error:
            log.warning("settings unreadable, defaults used: %s", error)
            return cls()
        if not isinstance(stored, dict):
            log.warning("settings are no JSON object, defaults used")
            return cls()
        hints = get_type_hints(cls)
        known = {f.name for f in fields(cls)} - {"unknown"}
        settings = cls(unknown={k: v for k, v in stored.items() if k not in known})
        for name in known & stored.keys():
            if _fits(stored[name], hints[name]):
                value = stored[name]
                fitting: Any = tuple(value) if isinstance(value, list) else value
                if hints[name] is float:
                    fitting = float(value)
                settings = replace(settings, **{name: fitting})
            else:
                log.warning("setting %s has the bad value %r, default used", name, stored[name])
        return settings

    def save(self, path: Path) -> None:
        """Write atomically.

        Raises:
            CatalogueReadOnly: the file cannot be written.
        """
        values = asdict(self)
        content = json.dumps({**values.pop("unknown"), **values}, indent=2, sort_keys=True)
        temporary = path.with_suffix(".tmp")
        try:
            _keep_unreadable(path)
            temporary.write_text(content + "\n", "utf-8")
            os.replace(temporary, path)
        except OSError as error:
            raise CatalogueReadOnly(f"The settings cannot be saved: {error.strerror}.") from error


def _keep_unreadable(path: Path) -> None:
    """Set a file aside that a person may have mistyped: the defaults must not take its place."""
    try:
        stored = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return
    except ValueError:
        stored = None
    if not isinstance(stored, dict):
        os.replace(path, path.with_suffix(".unreadable.json"))


def _fits(value: object, hint: Any) -> bool:
    if get_origin(hint) is tuple:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    choices = get_args(hint)
    if choices:
        return value in choices
    if hint is float:
        return type(value) in (int, float)  # a person who writes JSON writes 1 for 1.0
    if hint is int:
        return type(value) is int and value >= 0
    return type(value) is hint
