"""The real program as a child: how it is started, what it may print (nothing), how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import psutil

from desktop_app.library.indexer_lock import only_indexer
from desktop_app.paths import DataPaths
from tests.end_to_end.desktop import Desktop

PATIENCE_S = 60.0
GOODBYE_S = 15.0
"""The indexer finishes its batch or is killed after 3 s; the index is saved."""
EXPECTED = (
    # the eyes ask for what Qt does not have, or for what has left the screen meanwhile
    "qt.accessibility.atspi: ",
    # an indexer that loads its model cannot obey, and is killed after 3 s, which is safe
    "the indexer did not stop in time and is killed",
    "The indexer had to be stopped hard",
    # a desktop as bare as this one
    "qt.qpa.services: Failed to register with host portal",
)
"""Parts of warnings in the log that are not about the program."""
_LEVELS = (" WARNING ", " ERROR ", " CRITICAL ")
_MODULE = "desktop_app"


class Visita:
    """One start of the program on one library."""

    def __init__(self, desktop: Desktop, data: Path, words: Path, module: str = _MODULE) -> None:
        """Start it.

        Args:
            desktop: where.
            data: the library's folder.
            words: where stdout and stderr go.
            module: what Python is to run.
        """
        self._desktop = desktop
        self.data = data
        self.announced: list[str] = []
        """Parts of warnings that the story itself brings about."""
        self.bugs = 0
        """Tracebacks that the story itself brings about."""
        words.mkdir(parents=True, exist_ok=True)
        self._files = (words / "stdout.txt", words / "stderr.txt")
        out, err = (file.open("wb") for file in self._files)
        with out, err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, "--data-dir", str(data)],
                env=desktop.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )

    @property
    def process_id(self) -> int:
        return self.process.pid

    def indexer(self) -> psutil.Process:
        """The child that indexes; waits for it."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            for child in psutil.Process(self.process_id).children():
                if "index" in child.cmdline():
                    return child
            time.sleep(0.05)
        raise AssertionError("no indexer is at work")

    def again(self) -> subprocess.CompletedProcess[str]:
        """A second start on the same library; it ends by itself."""
        return self.command()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the program once more, in the terminal if a command is given."""
        return subprocess.run(
            [sys.executable, "-m", _MODULE, "--data-dir", str(self.data), *words],
            env=self._desktop.environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=300,
            check=False,
        )

    def status(self) -> dict[str, object]:
        """What ``visita --json status`` says."""
        done = self.command("--json", "status")
        assert done.returncode == 0, done.stderr
        told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
        return told

    def family(self) -> list[psutil.Process]:
        """The program and its children, whatever becomes of them."""
        me = psutil.Process(self.process_id)
        return [me, *me.children(recursive=True)]

    def wait_for_end(self, family: list[psutil.Process], may_say: tuple[str, ...] = ()) -> None:
        """It ends, with nobody left behind, nothing said, and a sound library.

        Args:
            family: who was there before it was told to end.
            may_say: parts of lines on stderr that are Qt's; then exit codes do not count.
        """
        code = self.process.wait(GOODBYE_S + PATIENCE_S)
        _, left = psutil.wait_procs(family, timeout=5)
        assert not left, f"left behind: {[process.cmdline() for process in left]}"
        self.expect_silence(may_say)
        assert may_say or code == 0, f"exit code {code}"
        log = (self.data / "visita.log").read_text("utf-8")
        tracebacks = log.count("Traceback")
        assert tracebacks == self.bugs, log[log.find("Traceback") :][:3000]
        checked = self.command("check")
        assert checked.returncode == 0, checked.stdout + checked.stderr
        with only_indexer(DataPaths(self.data)):  # nobody holds the lock
            pass

    def expect_silence(self, may_say: tuple[str, ...] = ()) -> None:
        """Nothing on stdout and stderr so far, and no complaint in the log."""
        for file in self._files:
            lines = [
                line
                for line in file.read_text("utf-8", "replace").splitlines()
                if not any(part in line for part in may_say)
            ]
            assert not lines, f"{file.stem}: {lines}"
        complaints = [
            line
            for line in (self.data / "visita.log").read_text("utf-8").splitlines()
            if any(level in line for level in _LEVELS)
            and not any(known in line for known in (*EXPECTED, *self.announced, *may_say))
        ]
        assert not complaints, complaints

    def kill(self) -> None:
        """Whatever happened: nothing stays."""
        if self.process.poll() is None:
            for process in self.family():
                process.kill()
            self.process.wait()
