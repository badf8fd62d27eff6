"""Names for new files: one that is free, and a way to take it that replaces nothing."""

from __future__ import annotations

import errno
import os
import sys
import unicodedata
from pathlib import Path

NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What file systems without hard links answer (FAT, some network drives)."""


def take_name(file: Path, target: Path) -> None:
    """Give a file another name on its file system, which must be free: never replaces a file.

    Killed at any moment, the file has its old name, the new one, or both.

    Raises:
        FileExistsError: the name is taken; the file keeps its own.
        OSError: EXDEV where the target is on another file system, or whatever else the system
            says; the file keeps its name.
    """
    if sys.platform == "win32":
        file.rename(target)  # fails where the name is taken; elsewhere it would replace
        return
    try:
        os.link(file, target, follow_symlinks=False)
    except OSError as error:
        if isinstance(error, FileExistsError) or error.errno not in NO_LINKS:
            raise
        # "x" takes the name or fails; what is replaced is then our own, empty file.
        target.open("x").close()
        try:
            os.replace(file, target)
        except OSError:
            target.unlink()
            raise
        return
    try:
        if not os.path.samestat(file.lstat(), target.lstat()):
            # Another program put another file there just now, which is not ours to remove.
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(file))
        file.unlink()
    except OSError:
        target.unlink()  # the second name of a file that keeps its first
        raise


def name_key(name: str) -> str:
    """Equal for names that some file system takes for the same: in case, in composed accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def numbered(name: str, stem: str, number: int) -> str:
    """``IMG_1 (2).jpg`` for ``IMG_1.jpg``; the first has no number.

    Args:
        name: begins with ``stem``.
        stem: what the number goes behind, so that photos and sidecars still belong together.
        number: from 1.
    """
    return name if number == 1 else f"{stem} ({number}){name[len(stem) :]}"
