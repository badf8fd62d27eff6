"""A trial run of a packed app: ``python smoke_test.py PROGRAM``. Standard library only.

Starts it as a person would, on the demo photos, in a data folder that is deleted afterwards, and
fails on any line of output that was not expected. Needs no display: where there is none the window
opens on Qt's offscreen platform.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 120.0
STAY_S = 3.0
"""How long the window is left alone: the library opens, the thumbnails come."""
QUESTIONS = {
    "a cat": "chelsea.png",
    "an espresso in a red cup on a saucer": "coffee.png",
    "a photographer with a tripod": "camera.png",
}
_COMPLAINTS = (" WARNING ", " ERROR ", " CRITICAL ", "Traceback")
_KNOWN = (
    # a desktop without services, as in a container
    "qt.qpa.services: ",
    "qt.qpa.theme.",
    "org.freedesktop.portal",
    # an indexer that loads its model cannot obey, and is killed after 3 s, which is safe
    "the indexer did not stop in time and is killed",
    "The indexer had to be stopped hard",
)
"""Parts of warnings that are not the app's fault."""


class SmokeTestFailed(Exception):
    """The packed app did something else than what is expected of it."""


class SmokeTest:
    """The steps, on one program and one data folder."""

    def __init__(self, program: Path, data: Path) -> None:
        """``program``: the packed ``visita``; ``data``: an empty folder."""
        self._program = program
        self._data = data
        # What the builder's Python is told must not reach the one inside.
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        if sys.platform == "linux" and not os.environ.get("DISPLAY"):
            self._environment["QT_QPA_PLATFORM"] = "offscreen"

    def run(self, version: str | None = None) -> float:
        """All steps; answers the seconds from start to window.

        Raises:
            SmokeTestFailed: something is not as it should be.
        """
        said = self._call("--version").strip()
        if version is not None:
            _expect(said == f"VisITA {version}", f"--version says {said!r}")
        self._index_and_search()
        self._read_raw()
        seconds = self._open_window()
        self._call("check")
        return seconds

    def _index_and_search(self) -> None:
        for line in self._call("--json", "demo").splitlines():
            json.loads(line)
        told = json.loads(self._call("--json", "status").splitlines()[-1])
        _expect(told["counts"]["indexed"] >= len(QUESTIONS), f"status says {told}")
        for text, name in QUESTIONS.items():
            first = json.loads(self._call("--json", "search", text, "-k", "1").splitlines()[0])
            _expect(Path(first["path"]).name == name, f"{text!r} finds {first['path']}")

    def _read_raw(self) -> None:
        """The decoder of camera files answers, and refuses what is none."""
        real = self._program.resolve()
        worker = real.with_name("visita-raw-worker" + real.suffix)
        question = {"size": 4, "keep": 224, "memory": 10**9, "want": "picture", "limit": 2 * 10**9}
        done = subprocess.run(
            [str(worker)],
            input=json.dumps(question).encode() + b"\nnone",
            capture_output=True,
            env=self._environment,
            timeout=PATIENCE_S,
        )
        answer = json.loads(done.stdout.splitlines()[0])
        _expect(answer["kind"] == "error", f"the decoder of raw files says {answer}")
        _expect(not done.stderr, f"the decoder of raw files prints {done.stderr!r}")

    def _open_window(self) -> float:
        log = self._data / "visita.log"
        written = log.stat().st_size
        started = time.monotonic()
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        window = subprocess.Popen(
            [str(self._window_program()), "--data-dir", str(self._data)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._environment,
            creationflags=flags,
        )
        try:
            while "the window is open" not in _from(log, written):
                _expect(window.poll() is None, "the window ended by itself")
                _expect(time.monotonic() - started < PATIENCE_S, "no window came")
                time.sleep(0.01)
            seconds = time.monotonic() - started
            time.sleep(STAY_S)
            _expect(window.poll() is None, "the window did not stay")
            _quit(window)
            out, err = window.communicate(timeout=PATIENCE_S)
        finally:
            window.kill()
            window.wait()
        for words in (out, err):
            _expect(not words.strip(), f"the window prints {words.decode(errors='replace')!r}")
        _expect(window.returncode == 0, f"the window ends with {window.returncode}")
        self._expect_quiet(_from(log, written))
        return seconds

    def _window_program(self) -> Path:
        windowed = self._program.with_name("visita-window.exe")
        return windowed if windowed.is_file() else self._program

    def _expect_quiet(self, log: str) -> None:
        loud = [
            line
            for line in log.splitlines()
            if any(c in line for c in _COMPLAINTS) and not any(k in line for k in _KNOWN)
        ]
        _expect(not loud, f"the log has {loud}")

    def _call(self, *words: str) -> str:
        """Run a command in the terminal; its output. Nothing may be on stderr."""
        done = subprocess.run(
            [str(self._program), "--data-dir", str(self._data), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=self._environment,
            timeout=PATIENCE_S,
        )
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        _expect(done.returncode == 0, f"{words} ends with {done.returncode}: {out}{err}")
        _expect(not err.strip(), f"{words} prints {err!r}")
        return out


def _quit(window: subprocess.Popen[bytes]) -> None:
    """Ask it politely, as a desktop does that ends."""
    if sys.platform == "win32":
        window.send_signal(signal.CTRL_BREAK_EVENT)
    else:
        window.terminate()


def _from(log: Path, start: int) -> str:
    with log.open("rb") as file:
        file.seek(start)
        return file.read().decode(errors="replace")


def _expect(condition: bool, words: str) -> None:
    if not condition:
        raise SmokeTestFailed(words)


@contextmanager
def _fresh_folder() -> Iterator[Path]:
    # Windows may hold a file of a child for a moment longer.
    with tempfile.TemporaryDirectory(prefix="visita-smoke-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "data"


def smoke_test(program: Path, version: str | None = None) -> float:
    """Try a packed app; answers the seconds from start to window.

    Raises:
        SmokeTestFailed: it does not do what it should.
    """
    with _fresh_folder() as data:
        return SmokeTest(program, data).run(version)


def main(arguments: Sequence[str] | None = None) -> int:
    """0: all is well; 1: it is not, and stderr says what."""
    parser = argparse.ArgumentParser(description="A trial run of a packed app.")
    parser.add_argument("program", type=Path)
    parser.add_argument("--version", help="what it must say of itself")
    options = parser.parse_args(arguments)
    try:
        seconds = smoke_test(options.program, options.version)
    except SmokeTestFailed as error:
        print(f"smoke test: {error}", file=sys.stderr)
        return 1
    print(f"smoke test: all is well; {seconds:.2f} s from start to window")
    return 0


if __name__ == "__main__":
    sys.exit(main())
