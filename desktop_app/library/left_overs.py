"""Files in the making: each has the name of its process, so that only dead ones' are removed."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

import psutil  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

_OWNER = re.compile(r"\.(\d+)\.tmp$")


def temporary_name(target: Path) -> Path:
    """Where this process writes what is to become ``target``."""
    return target.with_name(f"{target.name}.{os.getpid()}.tmp")


def remove_left_overs(folder: Path) -> None:
    """Delete what processes left in a folder that ended before they had finished."""
    for path in folder.glob("*.tmp"):
        owner = _OWNER.search(path.name)
        if owner is None or not psutil.pid_exists(int(owner[1])):
            remove_quietly(path)


def remove_quietly(path: Path) -> None:
    """Delete a file that nobody needs, if it is there; one that is in use stays for next time."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:  # Windows deletes nothing that another process reads
        log.debug("not deleted: %s", error)
