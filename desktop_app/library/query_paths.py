"""A photo's path as it stands in a query, and back."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

_FILE_URL = "file://"


def photo_text(path: Path) -> str:
    """A path as it stands in a query: as a file URL where its name is no text."""
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return path.absolute().as_uri()
    return text


def photo_path(text: str) -> Path:
    """The path that a ``PhotoPart`` means; ``~`` is the home folder."""
    if text.startswith(f"{_FILE_URL}/"):
        return Path(os.fsdecode(unquote_to_bytes(text[len(_FILE_URL) :])))
    return Path(os.path.expanduser(text))  # noqa: PTH111 - Path raises at "~nobody"
