"""Children that work behind the user's back: everything else on the desktop goes first."""

from __future__ import annotations

import logging
import sys

import psutil  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

NICENESS = 10
"""Indexing is never worth a stuttering desktop."""


def lower_priority(process_id: int) -> None:
    """Let everything else on the desktop go first; a process that has ended already is no harm.

    Windows has classes instead of numbers; nobody has tried it there.
    """
    is_windows = sys.platform == "win32"
    try:
        wanted = psutil.BELOW_NORMAL_PRIORITY_CLASS if is_windows else NICENESS
        psutil.Process(process_id).nice(wanted)
    except psutil.Error as error:
        log.debug("a child keeps its priority: %s", error)
