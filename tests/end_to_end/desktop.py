"""A screen, a message bus, a window manager: what a desktop is to a program."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SYSTEM_PYTHON = "/usr/bin/python3"
SIZE = "1400x900x24"
PACKAGES = ("xvfb", "xdotool", "openbox", "dbus-daemon", "at-spi2-core", "gir1.2-atspi-2.0")
PACKAGES = (*PACKAGES, "python3-gi", "libxcb-cursor0", "libxkbcommon-x11-0")
_PROGRAMS = ("Xvfb", "xdotool", "openbox", "dbus-daemon")
_BINDINGS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


def lacking() -> str:
    """Why there can be no desktop here; empty if there can."""
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    if missing:
        return f"{', '.join(missing)} cannot be found"
    if not Path(SYSTEM_PYTHON).is_file():
        return f"there is no {SYSTEM_PYTHON}"
    asked = subprocess.run([SYSTEM_PYTHON, "-c", _BINDINGS], capture_output=True, check=False)
    return "" if asked.returncode == 0 else f"{SYSTEM_PYTHON} has no bindings for Atspi"


class Desktop:
    """Runs until it is closed; ``environment`` is for programs that live on it."""

    def __init__(self, home: Path) -> None:
        self._processes: list[subprocess.Popen[bytes]] = []
        home.mkdir(parents=True, exist_ok=True)
        self._words = (home / "desktop.log").open("ab")
        runtime = home / "run"
        runtime.mkdir(mode=0o700)
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        self.environment = {
            **kept,
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CURRENT_DESKTOP": "openbox",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        number = self._told(["Xvfb", "-screen", "0", SIZE, "-nolisten", "tcp"], "-displayfd")
        self.environment["DISPLAY"] = f":{number}"
        bus = ["dbus-daemon", "--session", "--nofork", "--nopidfile"]
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._told(bus, "--print-address")
        self._start(["openbox"])

    @property
    def screen(self) -> subprocess.Popen[bytes]:
        """The X server."""
        return self._processes[0]

    def run(self, command: Sequence[str]) -> str:
        """What a program on this desktop prints."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )
        return done.stdout

    def expect_alive(self) -> None:
        """Raise where a part of the desktop itself has ended."""
        for process in self._processes:
            if process.poll() is not None:
                said = Path(self._words.name).read_text("utf-8", "replace")
                raise RuntimeError(f"{process.args} has ended: {said[-2000:]}")

    def close(self) -> None:
        """End everything, the screen last."""
        self._words.close()
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, command: Sequence[str], **options: object) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self._words,
            stderr=self._words,
            **options,  # type: ignore[call-overload]
        )
        self._processes.append(process)
        return process

    def _told(self, command: Sequence[str], option: str) -> str:
        """Start a server that writes where it listens to a file descriptor."""
        reader, writer = os.pipe()
        try:
            where = [option, str(writer)] if option == "-displayfd" else [f"{option}={writer}"]
            self._start([*command, *where], pass_fds=(writer,))
            os.close(writer)
            writer = -1
            told = b""
            while not told.endswith(b"\n"):  # to its end: Xvfb dies where nobody reads on
                if not select.select([reader], [], [], 60)[0]:
                    raise TimeoutError(f"{command[0]} does not say where it listens")
                if not (part := os.read(reader, 1000)):
                    raise RuntimeError(f"{command[0]} has ended")
                told += part
            return told.decode().strip()
        finally:
            os.close(reader)
            if writer >= 0:
                os.close(writer)
