"""Children that work behind the user's back give way, by the real system's own account."""

from __future__ import annotations

import subprocess
import sys

import psutil

from desktop_app.gui.low_priority import NICENESS, lower_priority


def test_a_child_gives_way() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        lower_priority(child.pid)
        nice = psutil.Process(child.pid).nice()
        if sys.platform == "win32":
            assert nice == psutil.BELOW_NORMAL_PRIORITY_CLASS
        else:
            assert nice == NICENESS
        assert child.stdin is not None
        child.stdin.write(b"\n")


def test_one_that_has_ended_is_no_harm() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    lower_priority(child.pid)
