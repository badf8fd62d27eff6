"""Runs VisITA where a network, pickle, or a change to a photo ends it: PHOTOS ARGUMENT..."""

from __future__ import annotations

import ctypes
import os
import pickle
import platform
import struct
import sys
from collections.abc import Sequence

SOCKET_MADE, PHOTO_TOUCHED, UNPICKLED = 91, 92, 93
"""Exit codes: what the process was caught at."""
_SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The kernel's name of the architecture, and its number of socket(2) there."""
_NETWORKS = (2, 10)  # AF_INET, AF_INET6; a local socket leads nowhere
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    (
        *("os.chmod", "os.chown", "os.utime", "os.truncate", "os.setxattr", "os.removexattr"),
        *("os.link", "os.symlink", "os.rename", "os.remove", "os.mkdir", "os.rmdir"),
    )
)


def forbid_network_in_kernel() -> bool:
    """Have Linux kill this process if any code in it, C too, opens a network socket.

    Returns:
        False where the system cannot do that.
    """
    if sys.platform != "linux" or platform.machine() not in _SOCKET_CALL:
        return False
    architecture, socket_call = _SOCKET_CALL[platform.machine()]
    load, equal, give = 0x20, 0x15, 0x06
    program = [
        (load, 0, 0, 4),  # the architecture
        (equal, 0, 5, architecture),
        (load, 0, 0, 0),  # the number of the call
        (equal, 0, 3, socket_call),
        (load, 0, 0, 16),  # its first argument
        (equal, 2, 0, _NETWORKS[0]),
        (equal, 1, 0, _NETWORKS[1]),
        (give, 0, 0, _ALLOW),
        (give, 0, 0, _KILL),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    filtered = Program(len(program), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(
        libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(filtered), 0, 0) == 0
    )


def seal(photos: str) -> None:
    """From now on, what must not happen ends the process with a code that says what it was."""

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith("socket.") and event != "socket.gethostname":
            _end(SOCKET_MADE, event, arguments)
        if event == "open":
            path, _, flags = arguments
            if _is_photo(path) and isinstance(flags, int) and flags & _WRITING:
                _end(PHOTO_TOUCHED, event, arguments)
        elif event in _CHANGES and any(_is_photo(argument) for argument in arguments):
            _end(PHOTO_TOUCHED, event, arguments)

    def _is_photo(path: object) -> bool:
        return isinstance(path, str | bytes) and os.fsdecode(path).startswith(photos)

    def forbidden(*arguments: object, **options: object) -> None:
        _end(UNPICKLED, "pickle", arguments)

    sys.addaudithook(watch)
    pickle.load = pickle.loads = forbidden  # type: ignore[assignment]


def main(arguments: Sequence[str]) -> int:
    photos, *rest = arguments
    in_kernel = forbid_network_in_kernel()
    if rest == ["can-seal"]:
        return 0 if in_kernel else 1
    if rest == ["open-socket"]:
        import _socket

        _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        return 0
    seal(photos)
    if rest == ["write"]:
        open(f"{photos}/written.jpg", "wb").close()  # noqa: PTH123
        return 0
    from desktop_app.__main__ import main as visita

    return visita(rest)


def _end(code: int, event: str, arguments: Sequence[object]) -> None:
    os.write(2, f"{event} {arguments!r}\n".encode())
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
