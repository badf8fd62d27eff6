"""Camera raw files: the preview that the camera put into them, or a quick picture of the sensor.

LibRaw reads the formats of hundreds of cameras, from files that anybody may have made. It does so
in a child process (``raw_worker``), which a damaged file may kill or hang: that costs the photo.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from desktop_app.errors import PhotoError, PhotoTooLarge, UnreadablePhoto, UnsupportedFormat
from desktop_app.library.decode_memory import needs_too_much
from desktop_app.library.photo_file import NO_MEMORY
from desktop_app.paths import packed_program

log = logging.getLogger(__name__)

RAW_FORMAT = "RAW"
"""What the catalogue calls the format of all of them."""
LIMIT_S = 40.0
"""Less than ``DECODE_LIMIT_S``: the photo's own time, not that of a thread."""
_LIMIT_PER_BYTE_S = 1 / (1 << 20)
_OWN_MEMORY = 256 << 20
"""Of the child before it has read anything, with room to spare: libraries, not photos."""
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""The other cores decode other photos; and every thread's stack counts as memory."""
_UNKNOWN = "a camera raw file that is damaged, or of a camera that is not known"
_REASONS: dict[str, PhotoError] = {
    "LibRawFileUnsupportedError": UnsupportedFormat(_UNKNOWN),
    "LibRawIOError": UnreadablePhoto("damaged: the file ends too early"),
    "LibRawUnsufficientMemoryError": PhotoTooLarge(NO_MEMORY),
    "LibRawTooBigError": PhotoTooLarge(NO_MEMORY),
}

Want = Literal["picture", "preview", "pixels"]


@dataclass(frozen=True)
class RawPicture:
    """What a raw file gives."""

    width: int
    """Of the full photo, upright."""
    height: int
    jpeg: bytes
    """The embedded preview; empty where ``rgb`` is the picture, or there is none."""
    rgb: bytes
    sides: tuple[int, int]
    """Width and height of the picture as it lies in the bytes."""
    flip: int
    """LibRaw's word for how to turn it: 0, 3 half, 5 to the left, 6 to the right."""
    lens: str
    taken_at: str
    """ISO 8601, local; empty where the file does not say."""


def _worker_command() -> tuple[str, ...]:
    packed = packed_program("visita-raw-worker")
    if packed is not None:
        return (str(packed),)
    # -P: what lies beside the script must not be taken for a library of the same name
    return (sys.executable, "-P", str(Path(__file__).with_name("raw_worker.py")))


class RawReader:
    """Has raw files read by a child process. Any number of threads may use one, in turns."""

    def __init__(self, command: tuple[str, ...] = (), limit_s: float = LIMIT_S) -> None:
        """Nothing is started yet.

        Args:
            command: starts the child; none takes ``raw_worker`` with this interpreter, or what
                was made of it in the packed app.
            limit_s: what a photo may take, a second more for every megabyte.
        """
        self._command = command or _worker_command()
        self._limit_s = limit_s
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, data: bytes, keep: int, memory: int, want: Want = "picture") -> RawPicture:
        """The picture of a raw file, not yet upright.

        Args:
            data: the file's bytes.
            keep: pixels that its shorter side should have, where the photo has them.
            memory: bytes that it may take.
            want: ``preview``: the embedded one only; ``pixels``: never the embedded one.

        Raises:
            UnreadablePhoto: damaged; the child died of it, or did not come back.
            UnsupportedFormat: of a camera that is not known.
            PhotoTooLarge: it needs more memory.
        """
        question = {"size": len(data), "keep": keep, "memory": memory, "want": want}
        question["limit"] = _OWN_MEMORY + memory
        with self._turn:
            is_fresh = self._start()
            answer = self._ask(question, data)
            if answer is None and not is_fresh:  # it had ended, or went wrong earlier
                self._start()
                answer = self._ask(question, data)
        if answer is None:
            raise UnreadablePhoto("damaged: the decoder of raw files broke down on it")
        found, payload = answer
        if found["kind"] == "error":
            log.debug("raw file not read: %s", found["error"])
            known = _REASONS.get(found["error"])
            if known is None:
                raise UnreadablePhoto("damaged: the picture cannot be decoded")
            raise type(known)(known.message)
        if found["kind"] == "memory":
            raise needs_too_much(found["need"] or None, memory)
        return RawPicture(
            width=found["width"],
            height=found["height"],
            jpeg=payload if found["kind"] == "jpeg" else b"",
            rgb=payload if found["kind"] == "rgb" else b"",
            sides=tuple(found.get("sides", (0, 0))),
            flip=found["flip"],
            lens=found["lens"],
            taken_at=found["taken"],
        )

    def _start(self) -> bool:
        """Have a child; True when it is a new one."""
        if self._child is not None and self._child.poll() is None:
            return False
        if self._child is not None:
            _end(self._child)
        self._child = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _ONE_THREAD,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        weakref.finalize(self, _end, self._child)
        return True

    def _ask(self, question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes] | None:
        """The answer; None when the child died. One that does not come back is killed."""
        child = self._child
        assert child is not None
        assert child.stdin is not None
        assert child.stdout is not None
        limit_s = self._limit_s + len(data) * _LIMIT_PER_BYTE_S
        watch = threading.Timer(limit_s, child.kill)
        watch.daemon = True
        watch.start()
        try:
            child.stdin.write(json.dumps(question).encode() + b"\n")
            child.stdin.write(data)
            child.stdin.flush()
            line = child.stdout.readline()
            found = json.loads(line) if line else {"size": 1}
            payload = child.stdout.read(found["size"])
            is_whole = bool(line) and len(payload) == found["size"]
        except (OSError, ValueError) as error:  # it died, perhaps in the middle of a line
            log.debug("raw decoder gone: %r", error)
            found, payload, is_whole = {}, b"", False
        has_time = watch.is_alive()
        watch.cancel()
        if is_whole:
            return found, payload
        self._child = None
        code = _end(child)
        if not has_time:
            log.warning("a raw file hung its decoder")
            raise UnreadablePhoto(f"took longer than {limit_s:.0f} s to decode")
        log.info("the raw decoder ended with %s", code)
        return None


def _end(child: subprocess.Popen[bytes]) -> int:
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):  # what was to be said to a process that is gone
                stream.close()
    child.kill()
    return child.wait()
