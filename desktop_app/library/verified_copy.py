"""A copy of a file that was read back and compared before anybody may believe in it."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import shutil
import stat
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import LeftAlone

log = logging.getLogger(__name__)

CHUNK_BYTES = 1 << 20
_KEPT_OUT = (errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)
"""What file systems answer that keep no permissions or no extended attributes (FAT)."""

Write = Callable[[int, bytes], int]
"""``os.write``, or what stands in for it."""


@dataclass(frozen=True)
class FileMark:
    """What a file was when it was looked at."""

    device: int
    """Numbers of devices may change with every start of the system."""
    inode: int
    size_bytes: int
    mtime_ns: int

    @classmethod
    def of(cls, path: Path) -> FileMark:
        """The mark of a path itself, a link is not followed; raises OSError."""
        return cls.of_status(path.lstat())

    @classmethod
    def of_status(cls, status: os.stat_result) -> FileMark:
        """The mark of an open file."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)

    def is_like(self, other: FileMark) -> bool:
        """Same size, same time: unchanged, wherever it lies now."""
        return (self.size_bytes, self.mtime_ns) == (other.size_bytes, other.mtime_ns)


def hash_file(path: Path) -> Generator[int, None, bytes]:
    """The BLAKE2b-256 of a regular file's bytes; yields 0 after each piece, to be stopped.

    Raises:
        LeftAlone: it is no regular file.
        OSError: it cannot be read.
    """
    digest = hashlib.blake2b(digest_size=32)
    with open(os.open(path, _READING), "rb", buffering=0) as stream:  # noqa: PTH123
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise LeftAlone("no_file", path)
        while part := stream.read(CHUNK_BYTES):
            digest.update(part)
            yield 0
    return digest.digest()


def copy_verified(
    source: Path, temporary: Path, mark: FileMark, write: Write = os.write
) -> Generator[int, None, bytes]:
    """Copy a file with its times, permissions and extended attributes, flush it, compare it.

    Args:
        source: a regular file.
        temporary: a new file; whatever happens, the caller removes it.
        mark: what the source was when it was chosen.
        write: for disks that are full.

    Yields:
        how many bytes were written since the last time.

    Returns:
        the BLAKE2b-256 of both.

    Raises:
        LeftAlone: the source has changed, or the disk gives back something else.
        OSError: whatever the system says.
    """
    digest = hashlib.blake2b(digest_size=32)
    with open(os.open(source, _READING), "rb", buffering=0) as original:  # noqa: PTH123
        if FileMark.of_status(os.fstat(original.fileno())) != mark:
            raise LeftAlone("changed", source)
        copy = os.open(temporary, _WRITING, 0o600)
        try:
            left = mark.size_bytes
            # One that grows while it is read would be read for ever.
            while left and (part := original.read(min(CHUNK_BYTES, left))):
                left -= len(part)
                digest.update(part)
                _write_all(copy, part, write)
                yield len(part)
            _keep_facts(source, temporary)
            os.fsync(copy)
            _forget_cached(copy)
        finally:
            os.close(copy)
        if FileMark.of_status(os.fstat(original.fileno())) != mark:
            raise LeftAlone("changed", source)
    if (yield from hash_file(temporary)) != digest.digest():
        raise LeftAlone("broken", temporary)
    return digest.digest()


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlive a power cut, where the system can be asked for it."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows opens no folder
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:  # it may be written, not read
        log.debug("folder not flushed: %s", error)
        return
    try:
        os.fsync(handle)
    except OSError as error:  # some network drives cannot
        log.debug("folder not flushed: %s", error)
    finally:
        os.close(handle)


# NONBLOCK: opening a named pipe would wait for a writer for ever.
_READING = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)
_WRITING = (
    os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


def _write_all(handle: int, part: bytes, write: Write) -> None:
    left = memoryview(part)
    while left:
        left = left[write(handle, bytes(left)) :]


def _keep_facts(source: Path, copy: Path) -> None:
    """Times, permissions and extended attributes; the times at least."""
    try:
        shutil.copystat(source, copy)
    except OSError as error:
        if error.errno not in _KEPT_OUT:
            raise
        log.info("the disk keeps no permissions or attributes: %s", error)
        status = source.stat()
        os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))


def _forget_cached(handle: int) -> None:
    """What is compared is to come from the disk, not from memory."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
