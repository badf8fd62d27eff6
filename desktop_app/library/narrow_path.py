"""Paths for hnswlib, which takes bytes and, on Windows, reads them in the old code page."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from desktop_app.errors import LibraryError

_LONGEST = 32_767


class FolderNotNameable(LibraryError):
    """hnswlib cannot be told of a folder."""


def bytes_for_hnswlib(path: Path) -> bytes:
    """The path as hnswlib can open it; its folder exists.

    Raises:
        FolderNotNameable: on Windows, the folder has neither an ASCII name nor a short one.
    """
    if sys.platform == "win32":
        return ascii_path(path, _short_name).encode("ascii")
    return os.fsencode(path)


def ascii_path(path: Path, short_name: Callable[[str], str]) -> str:
    """The path with nothing in it that a code page could read differently.

    Args:
        path: its last part is ASCII and its folder exists.
        short_name: gives the 8.3 name of a folder (``FOTOS~1``), or the long one again where the
            disk keeps none.

    Raises:
        FolderNotNameable: there is no such name.
    """
    if str(path).isascii():
        return str(path)
    short = os.path.join(short_name(str(path.parent)), path.name)  # noqa: PTH118
    if not short.isascii():
        raise FolderNotNameable(
            f"The search index cannot be kept in {path.parent}: Windows has no short name for it.",
            "Choose a data folder with plain letters (--data-dir). Until then everything is found, "
            "but a large library is slow for a while after every start.",
        )
    return short


if sys.platform == "win32":
    import ctypes

    def _short_name(folder: str) -> str:
        buffer = ctypes.create_unicode_buffer(_LONGEST)
        length = ctypes.windll.kernel32.GetShortPathNameW(folder, buffer, _LONGEST)
        return buffer.value if length else folder
