"""Read a file that we did not make, once: its hash and its pixels are of the same bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from desktop_app.errors import PhotoError, PhotoTooLarge, UnreadablePhoto
from desktop_app.library.file_kind import HEAD_BYTES, is_raw, require_photo
from desktop_app.library.file_system import is_in_cloud

PERMISSION_DENIED = "may not be read (permission denied)"
ONLY_IN_CLOUD = "is only in the cloud; make it available offline to have it read"
"""Opening such a file would have it fetched. It is read when it is on this disk."""
_OF_EARLIER_VERSIONS = "a camera raw file; export it as JPEG to search it"
TOO_MUCH_MEMORY = "needs about "
"""How the reason begins when a photo takes more than the limit, which is a setting."""
NO_MEMORY = "larger than the memory that is free"
_BY_SYSTEM = "cannot be read ("
"""How the reason begins when the system could not read a file: the network or a disk, just then."""
DEFAULT_FILE_CAP_BYTES = 512 << 20
_MEGA = 1 << 20


@dataclass(frozen=True)
class PhotoFile:
    """The bytes of a file that looks like a photo."""

    data: bytes
    content_hash: bytes
    """BLAKE2b-256 of ``data``."""
    is_raw: bool = False
    """It is for the decoder of camera raw files."""


def hash_content(data: bytes) -> bytes:
    """The identity of a content: BLAKE2b-256, 32 bytes."""
    return hashlib.blake2b(data, digest_size=32).digest()


def may_pass(reason: str | None) -> bool:
    """Whether a file may be read now without having changed: it is tried again at every scan."""
    return reason is not None and (
        reason in (PERMISSION_DENIED, ONLY_IN_CLOUD, _OF_EARLIER_VERSIONS)
        or reason.startswith((TOO_MUCH_MEMORY, NO_MEMORY, _BY_SYSTEM))
    )


def is_of_the_moment(reason: str) -> bool:
    """Whether the system did not let a file be read: nothing is learnt about what is in it."""
    return reason == PERMISSION_DENIED or reason.startswith(_BY_SYSTEM)


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Inside, an error about this photo, whose message is a bare reason, becomes a sentence.

    Raises:
        UnreadablePhoto: at once: there is no such file.
        PhotoError: with the file's path.
    """
    if not os.path.exists(path):  # noqa: PTH110 - Path raises at a name that is too long
        missing = UnreadablePhoto(f"There is no file {path}.")
        missing.named = path
        raise missing
    try:
        yield
    except PhotoError as error:
        named = type(error)(f"{path} cannot be used: {error.message}.", error.hint)
        named.named = path
        raise named from error


def read_photo_file(path: Path, file_cap_bytes: int = DEFAULT_FILE_CAP_BYTES) -> PhotoFile:
    """Read a file, if its first bytes promise a photo.

    A file that is no photo, or is too large, is not read further than its head.

    Raises:
        UnreadablePhoto: it is empty, not there, no regular file, only in the cloud, or may not be
            read; when the system said so, an OSError is the cause.
        UnsupportedFormat: it is no photo.
        PhotoTooLarge: it is larger than the cap.
    """
    try:
        if is_in_cloud(path, path.stat()):
            raise _InCloudError
        # NONBLOCK: opening a named pipe would wait for a writer for ever.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb", buffering=0) as stream:  # noqa: PTH123
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadablePhoto("not a file")
            head = stream.read(HEAD_BYTES)
            require_photo(head, path.suffix)
            if status.st_size > file_cap_bytes:
                raise PhotoTooLarge(
                    f"a file of more than {file_cap_bytes // _MEGA} MB "
                    f"(this one has {status.st_size // _MEGA} MB)"
                )
            stream.seek(0)
            # A file that grows while it is read is cut, and read again at the next scan, which
            # finds its size changed.
            data = _read_all(stream, min(status.st_size, file_cap_bytes))
    except _InCloudError as error:
        raise UnreadablePhoto(ONLY_IN_CLOUD) from error
    except PermissionError as error:
        raise UnreadablePhoto(PERMISSION_DENIED) from error
    except FileNotFoundError as error:
        raise UnreadablePhoto("not there any more") from error
    except IsADirectoryError as error:
        raise UnreadablePhoto("not a file") from error
    except OSError as error:
        raise UnreadablePhoto(f"{_BY_SYSTEM}{error.strerror or error})") from error
    return PhotoFile(data, hash_content(data), is_raw(head, path.suffix))


class _InCloudError(OSError):
    """The file is a placeholder; the system would fetch it."""


def _read_all(stream: FileIO, size: int) -> bytes:
    """At most so many bytes. One read: to join parts would hold the whole file twice."""
    data = stream.read(size)
    while 0 < len(data) < size and (part := stream.read(size - len(data))):
        data += part  # only network drives give less than was asked for
    return data
