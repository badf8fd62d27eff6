"""Calls that may block, found out wherever the GUI thread makes them."""

from __future__ import annotations

import functools
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QProcess, QThread, QThreadPool
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtNetwork import QLocalSocket

from tests.gui.responsiveness.watch import Watch, innermost

AUDITED = (
    *("open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename", "os.rmdir"),
    *("os.truncate", "os.utime", "os.chmod", "os.link", "os.symlink", "os.walk", "os.system"),
    *("shutil.", "glob.", "tempfile.", "sqlite3.", "subprocess.", "socket.connect", "urllib."),
    *("os.fork", "os.posix_spawn", "os.exec", "ctypes.dlopen", "socket.getaddrinfo"),
)
"""Beginnings of the names of audit events."""

WRAPPED: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (os, ("stat", "lstat", "fsync", "statvfs")),
    (time, ("sleep",)),
    (threading.Thread, ("join",)),
    (threading.Event, ("wait",)),
    (QThread, ("wait", "msleep", "sleep")),
    (QThreadPool, ("waitForDone",)),
    (QProcess, ("waitForStarted", "waitForFinished", "waitForReadyRead", "waitForBytesWritten")),
    (QLocalSocket, ("waitForConnected", "waitForReadyRead")),
    (QImageReader, ("read",)),
    (QImage, ("load", "save", "scaled")),
    (QPixmap, ("load", "save")),
)

ALLOWED = {
    ("Event.wait", "gui/viewer/picture_loader.py:PictureLoader._start_thread"): (
        "threading waits until a new thread has begun"
    ),
    ("Event.wait", "library/watching.py:FolderWatcher.watch"): "the same",
    ("open", "gui/low_priority.py:lower_priority"): (
        "psutil reads /proc, which is no disk, to know that it is the same process"
    ),
    ("os.stat", "gui/photo_intake.py:Dropped.of_files.<locals>.<genexpr>"): (
        "whether what is dropped is a folder: the file manager has just looked at it as well"
    ),
}
"""(call, function of ours) that may be: why."""


def install(watch: Watch) -> None:
    """Report calls from now on; there is no way back in this process."""

    def on_event(name: str, arguments: tuple[object, ...]) -> None:
        if watch.is_delivering and name.startswith(AUDITED):
            about = str(arguments[0]) if arguments else ""
            if name == "open" and about.isdigit():  # a file that is open already
                return
            _note(watch, name)

    sys.addaudithook(on_event)
    for owner, names in WRAPPED:
        for name in names:
            full = f"{getattr(owner, '__name__', owner)}.{name}"
            setattr(owner, name, _reporting(getattr(owner, name), full, watch))


def _reporting(call: Callable[..., Any], name: str, watch: Watch) -> Callable[..., Any]:
    @functools.wraps(call, assigned=())
    def reporting(*arguments: Any, **named: Any) -> Any:
        if watch.is_delivering:
            _note(watch, name)
        return call(*arguments, **named)

    return reporting


def _note(watch: Watch, call: str) -> None:
    where = innermost(sys._getframe(2))
    if (call, where) not in ALLOWED:
        watch.note_call(call, where)
