"""Paths for hnswlib, which takes bytes and, on Windows, reads them in the old code page."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop_app.errors import LibraryError

LONGEST_PATH = 259
"""Characters of a path that a program on Windows can open when it does not ask for more
(MAX_PATH, less the zero at its end)."""
_LONGEST_ANSWER = 32_767

GetShortPathName = Callable[[str, "ctypes.Array[ctypes.c_wchar]", int], int]
"""The function of Windows' kernel32: a path, a buffer and its length -> length of the answer."""


class FolderNotNameable(LibraryError):
    """hnswlib cannot be told of a folder."""

    @classmethod
    def of(cls, folder: Path) -> FolderNotNameable:
        """The error in words."""
        return cls(
            f"The search index cannot be kept in {folder}: Windows has no short name for it.",
            "Choose a data folder with plain letters (--data-dir). Until then everything is found, "
            "but a large library is slow for a while after every start.",
        )


def bytes_for_hnswlib(path: Path) -> bytes:
    """The path as hnswlib can open it; its folder exists.

    Raises:
        FolderNotNameable: on Windows, the folder has neither an ASCII name nor a short one.
    """
    if sys.platform == "win32":
        ask = ctypes.WinDLL("kernel32").GetShortPathNameW
        return ascii_path(path, partial(short_name, ask=ask)).encode("ascii")
    return os.fsencode(path)


def ascii_path(path: Path, short_name: Callable[[str], str]) -> str:
    """The path with nothing in it that a code page could read differently.

    Args:
        path: its last part is ASCII and its folder exists.
        short_name: gives the 8.3 name of a folder (``FOTOS~1``), the long one again where the
            disk keeps none, or nothing.

    Raises:
        FolderNotNameable: there is no such name, or it is too long.
    """
    if _is_narrow(str(path)):
        return str(path)
    folder = short_name(str(path.parent))
    short = os.path.join(folder, path.name)  # noqa: PTH118
    if not folder or not _is_narrow(short):
        raise FolderNotNameable.of(path.parent)
    return short


def short_name(folder: str, ask: GetShortPathName) -> str:
    """The 8.3 name of a folder as Windows tells it; empty where it tells none.

    Where 8.3 names are switched off the answer is the long name again, and each part of a path may
    have one or not. A short name may have letters of the old code page in it.
    """
    buffer = ctypes.create_unicode_buffer(_LONGEST_ANSWER)
    length = ask(folder, buffer, _LONGEST_ANSWER)
    # 0: it failed. More than there is room for: the length that it needs, the buffer means nothing.
    return buffer.value if 0 < length < _LONGEST_ANSWER else ""


def _is_narrow(path: str) -> bool:
    return path.isascii() and len(path) <= LONGEST_PATH
