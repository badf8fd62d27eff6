"""How folders are watched, told by the process that watches to those that ask."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import psutil  # type: ignore[import-untyped]

from desktop_app.library.file_system import file_system_of, is_network
from desktop_app.library.records import Folder

log = logging.getLogger(__name__)

WatchMode = Literal["watched", "periodic"]
NOT_CONNECTED = "it is not connected"


@dataclass(frozen=True)
class WatchState:
    """How one folder is kept up with."""

    path: Path
    mode: WatchMode
    """``watched``: the system tells of changes; ``periodic``: it is looked through now and then."""
    reason: str = ""
    """Why it is not watched; empty where it is."""


def expected_state(folder: Folder) -> WatchState:
    """How a folder would be watched, judged by where it lies."""
    if folder.state == "offline":
        return WatchState(folder.path, "periodic", NOT_CONNECTED)
    file_system = file_system_of(folder.path)
    if is_network(file_system):
        return WatchState(
            folder.path, "periodic", f"a drive that reports no changes ({file_system})"
        )
    return WatchState(folder.path, "watched")


class WatchReport:
    """A small file that is valid while the process that wrote it lives."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, states: Sequence[WatchState]) -> None:
        """Replace what it says. A file that cannot be written is logged: watching goes on."""
        content = {
            "pid": os.getpid(),
            "began": psutil.Process().create_time(),
            "folders": [[os.fspath(s.path), s.mode, s.reason] for s in states],
        }
        temporary = self._path.with_suffix(f".{os.getpid()}.tmp")
        try:
            # ASCII: names that are no text survive as lone surrogates.
            temporary.write_text(json.dumps(content), "ascii")
            os.replace(temporary, self._path)
        except OSError as error:
            log.warning("nobody can be told what is watched: %s", error)

    def read(self) -> dict[Path, WatchState] | None:
        """What the process that watches says; None when none does."""
        content = self._content()
        if content is None:
            return None
        return {Path(p): WatchState(Path(p), mode, reason) for p, mode, reason in content}

    def clear(self) -> None:
        """Say no more, if this process wrote last."""
        if self._owner() == os.getpid():
            self._path.unlink(missing_ok=True)

    def _owner(self) -> int | None:
        stored = self._stored()
        return stored.get("pid") if stored is not None else None

    def _content(self) -> list[tuple[str, WatchMode, str]] | None:
        stored = self._stored()
        if stored is None:
            return None
        try:
            alive = psutil.Process(stored["pid"]).create_time() == stored["began"]
            return [(p, mode, reason) for p, mode, reason in stored["folders"]] if alive else None
        except (psutil.Error, KeyError, TypeError, ValueError) as error:
            log.debug("nobody watches: %s", error)
            return None

    def _stored(self) -> dict[str, Any] | None:
        try:
            stored = json.loads(self._path.read_text("ascii"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            log.debug("not readable: %s", error)
            return None
        return stored if isinstance(stored, dict) else None
