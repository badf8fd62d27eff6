"""What goes wrong with the disk: damaged files, no space, no permission to write."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BLOCK = 1 << 16


class SmallDisk:
    """A file system of its own for the library, where this computer lets us make one."""

    def __init__(self, place: Path, size: str = "96m") -> None:
        self.place = place
        place.mkdir(parents=True, exist_ok=True)
        self.refused = self._mount(size)
        """Why there is none; empty when there is one."""

    def close(self) -> None:
        if not self.refused:
            subprocess.run(["umount", "--lazy", str(self.place)], check=True)

    @contextmanager
    def full(self) -> Iterator[None]:
        """Inside, there is not a byte left."""
        filler = self.place / "filler"
        descriptor = os.open(filler, os.O_WRONLY | os.O_CREAT)
        try:
            for size in (_BLOCK, 1):
                self._write_until_refused(descriptor, bytes(size))
            yield
        finally:
            os.close(descriptor)
            filler.unlink()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Inside, nothing can be written."""
        self._remount("ro")
        try:
            yield
        finally:
            self._remount("rw")

    def _write_until_refused(self, descriptor: int, block: bytes) -> None:
        try:
            while True:
                os.write(descriptor, block)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise

    def _remount(self, mode: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{mode}", str(self.place)], check=True)

    def _mount(self, size: str) -> str:
        if not (sys.platform == "linux" and os.geteuid() == 0):
            return "a disk of a chosen size needs root on Linux"
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(self.place)]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            return "this computer does not let root mount a file system"
        return ""


def damage(path: Path, chance: random.Random) -> str:
    """Damage a file in one of the ways in which files are damaged; says which."""
    content = bytearray(path.read_bytes())
    kind = chance.choice(("flip", "page", "cut", "empty", "remove", "longer"))
    at = chance.randrange(max(len(content), 1))
    if kind == "remove":
        path.unlink()
        return kind
    if kind == "flip":
        content[at] ^= 1 << chance.randrange(8)
    elif kind == "page":
        content[at : at + 4096] = chance.randbytes(len(content[at : at + 4096]))
    elif kind == "cut":
        del content[at:]
    elif kind == "empty":
        content.clear()
    else:
        content += bytes(512)
    path.write_bytes(content)
    return kind
