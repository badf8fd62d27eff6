"""What somebody wants who starts the program: its window, the quick search, or files shown."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class StartWish:
    """The wish of one start; it travels to a program that runs already as a line of JSON."""

    quick: bool = False
    """The quick search alone."""
    files: tuple[Path, ...] = ()
    """Photos and folders to take as if they had been dropped on the window; absolute."""
    activation: str = ""
    """Wayland's leave to come to the front, which a desktop gives to what it starts."""

    def to_line(self) -> bytes:
        """One line of ASCII; names that are not UTF-8 survive as escaped surrogates."""
        names = [os.fspath(path) for path in self.files]
        wish = {"quick": self.quick, "files": names, "activation": self.activation}
        return json.dumps(wish).encode("ascii") + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> StartWish:
        """What a line asks for.

        Raises:
            ValueError: it is none of ``to_line``.
        """
        try:
            wish = json.loads(line)
            quick, names, activation = wish["quick"], wish["files"], wish["activation"]
        except (KeyError, TypeError) as error:
            raise ValueError("not the wish of a start") from error
        is_sound = (
            isinstance(quick, bool)
            and isinstance(activation, str)
            and isinstance(names, list)
            and all(isinstance(name, str) and name and "\0" not in name for name in names)
        )
        if not is_sound:
            raise ValueError("not the wish of a start")
        files = tuple(path for path in map(Path, names) if path.is_absolute())
        return cls(quick, files, activation if activation.isprintable() else "")


THE_WINDOW = StartWish()
"""What a start without any words wants."""
