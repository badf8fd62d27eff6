"""Decodes the files whose paths come on stdin; a line of JSON for each. It may die of one."""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from pathlib import Path

import psutil

from desktop_app.errors import PhotoError
from desktop_app.library.decoder import Decoder
from desktop_app.library.thumbnails import ThumbnailStore

SIDE = 256


def main() -> None:
    # A decoder written in C may print on its own: the answers get a stream of theirs.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1)
    os.dup2(2, 1)
    decoder, thumbnails = Decoder(), ThumbnailStore(Path(sys.argv[1]))
    for line in sys.stdin:
        began = time.monotonic()
        reason = bug = ""
        try:
            photo = decoder.decode(Path(json.loads(line)), SIDE)
            thumbnails.write(photo.content_hash.hex(), photo.image)
        except PhotoError as error:
            reason = error.message
        except Exception:  # the parent shows it: nothing but a PhotoError may come out
            bug = traceback.format_exc()
        answer = {"reason": reason, "bug": bug, "seconds": time.monotonic() - began}
        answers.write(json.dumps(answer | {"peak_rss": peak_rss()}) + "\n")


def peak_rss() -> int:
    memory = psutil.Process().memory_info()
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024
    return int(getattr(memory, "peak_wset", memory.rss))


if __name__ == "__main__":
    main()
