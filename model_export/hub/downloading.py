"""Files of the hub into a folder, each resumed where it broke off, however long ago.

The hub's own client keeps nothing of a file that it could not finish (huggingface_hub 2.4), and a
checkpoint of a gigabyte over a bad line would never be whole. So the bytes are asked for here, by
its session and with its headers, and what came stays in a ``.part`` file beside the target.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from desktop_app.errors import DiskFull, no_space_left

_FRUITLESS = 3
"""Requests in a row that bring not a byte, before it is given up."""
_PART = ".part"


@dataclass(frozen=True)
class RemoteFile:
    """One file of a model."""

    name: str
    size_bytes: int
    sha256: str = ""
    """Empty: the hub states none, because the file is small."""


def left_to_fetch(folder: Path, file: RemoteFile) -> int:
    """Bytes of a file that are not here yet."""
    if _size(folder / file.name) == file.size_bytes:
        return 0
    return max(0, file.size_bytes - _size(folder / f"{file.name}{_PART}"))


def download(folder: Path, file: RemoteFile, url: str) -> None:
    """Fetch what is missing of a file; it takes its name when it is whole.

    Raises:
        OSError, httpx.HTTPError: the hub cannot be reached; what came is kept.
        DiskFull: there is no space for it.
    """
    target = folder / file.name
    if _size(target) == file.size_bytes:
        return
    part = target.with_name(f"{file.name}{_PART}")
    if _size(part) > file.size_bytes:  # of another file than this one
        part.unlink()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.touch()
        with tqdm(
            total=file.size_bytes,
            initial=_size(part),
            desc=file.name,
            unit="B",
            unit_scale=True,
            disable=None,  # tqdm's word for: only on a terminal
        ) as bar:
            fruitless = 0
            while _size(part) < file.size_bytes:
                before = _size(part)
                try:
                    _fetch_rest(part, url, bar.update)
                except _broken():
                    fruitless = 0 if _size(part) > before else fruitless + 1
                    if fruitless >= _FRUITLESS:
                        raise
    except OSError as error:
        if no_space_left(error):
            raise DiskFull(
                f"No space is left for {file.name} in {folder}.",
                "Free some and try again: what was downloaded is kept.",
            ) from error
        raise
    os.replace(part, target)


def _fetch_rest(part: Path, url: str, on_bytes: Callable[[int], object]) -> None:
    from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status

    have = _size(part)
    headers = {**build_hf_headers(), "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with get_session().stream("GET", url, headers=headers, follow_redirects=True) as response:
        hf_raise_for_status(response)
        is_rest = response.status_code == 206
        with part.open("ab" if is_rest or not have else "wb") as stream:
            for block in response.iter_raw():
                stream.write(block)
                on_bytes(len(block))


def _broken() -> tuple[type[Exception], ...]:
    """What a line that breaks off raises."""
    from huggingface_hub.utils import httpx

    return (httpx.TransportError,)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
