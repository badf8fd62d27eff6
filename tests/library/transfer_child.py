"""Carries out or undoes a transfer in a forked child that kills itself before its n-th system call.

Reads one JSON object a line: what to do; answers ``killed`` or ``finished``. A process of its own,
because it forks, which no process with threads may.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.file_transfer import FileTransfer
from desktop_app.library.index_control import IndexControl
from desktop_app.library.transfer_journal import read_records
from desktop_app.library.transfer_planner import TransferPlanner
from desktop_app.library.transfer_undo import TransferUndo

CALLS = ("link", "unlink", "write", "fsync", "open", "replace", "utime")


def kill_before(number: int) -> None:
    """Have this process killed before so many calls that change something."""
    left = number

    def wrapped(call):
        def counted(*arguments, **named):
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return counted

    for name in CALLS:
        setattr(os, name, wrapped(getattr(os, name)))


def work(task: dict) -> None:
    journals = Path(task["journals"])
    control = IndexControl()
    if task["do"] == "undo":
        kill_before(task["kill_before"])
        list(TransferUndo(read_records(journals)[0], control).run())
        return
    planner = TransferPlanner(journals, (), ExclusionRules())
    planning = planner.plan(task["do"], [Path(p) for p in task["photos"]], Path(task["folder"]))
    try:
        while True:
            next(planning)
    except StopIteration as end:
        plan = end.value
    kill_before(task["kill_before"])

    def write(handle: int, part: bytes) -> int:  # in pieces: kills come in the middle of files
        return os.write(handle, part[:150_000])

    list(FileTransfer(plan, journals, control, write).run())


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("killed" if killed else "finished" if status == 0 else f"failed {status}", flush=True)


if __name__ == "__main__":
    main()
