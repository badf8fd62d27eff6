"""The parent's hand on an indexer: lines on stdin."""

from __future__ import annotations

import logging
import threading
from typing import TextIO

from desktop_app.library.index_control import IndexControl

log = logging.getLogger(__name__)


def obey(stream: TextIO, control: IndexControl) -> threading.Thread:
    """Follow ``pause``, ``resume`` and ``stop`` from now on, on a thread of its own.

    The end of the stream means that the parent is gone: stop. The thread is a daemon, because it
    waits in a read that nothing can interrupt.
    """
    thread = threading.Thread(
        target=_follow, args=(stream, control), name="index control", daemon=True
    )
    thread.start()
    return thread


def _follow(stream: TextIO, control: IndexControl) -> None:
    actions = {"pause": control.pause, "resume": control.resume, "stop": control.stop}
    for line in stream:
        word = line.strip()
        action = actions.get(word)
        if action is not None:
            log.debug("told to %s", word)
            action()
        elif word:
            log.warning("unknown word on stdin: %r", word)
    log.debug("stdin has ended")
    control.stop()
