"""The app with its own Python in one folder, by PyInstaller."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Built with debugging symbols. Libraries that wheels carry (*.libs) are left alone: auditwheel
# moved parts of them about, and strip has broken such files.
_STRIPPED = (
    "libpython*",
    "*.so",
    "tokenizers/*",
    "numpy/**/*.so",
    "PIL/*.so",
    "PySide6/*.so",
    "python3*/lib-dynload/*",
)


@dataclass(frozen=True)
class FrozenApp:
    """What PyInstaller made."""

    folder: Path
    """``visita`` and its ``_internal``; on macOS the folder beside ``VisITA.app``."""
    sources: tuple[Path, ...]
    """The files that it was made of, where they lay on this computer."""

    @property
    def program(self) -> Path:
        """What is started in a terminal."""
        return self.folder / ("visita.exe" if sys.platform == "win32" else "visita")

    @property
    def size_bytes(self) -> int:
        """Of all files, links not followed."""
        return sum(path.lstat().st_size for path in self.folder.rglob("*") if not path.is_dir())


def freeze(output: Path, scratch: Path) -> FrozenApp:
    """Pack the app.

    Args:
        output: where the folder ``visita`` is made; one of an earlier run is replaced.
        scratch: for PyInstaller's own files, which make a second run quicker.

    Raises:
        subprocess.CalledProcessError: PyInstaller failed; its words are on stderr.
    """
    folder = output / "visita"
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(output), "--workpath", str(scratch), str(HERE / "visita.spec")]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:  # else it warns of libraries of themes that nobody has here
        sys.stderr.write(done.stdout)
        done.check_returncode()
    listed = output / "sources.json"
    sources = tuple(map(Path, json.loads(listed.read_text("utf-8"))))
    listed.unlink()
    if sys.platform == "linux":
        _strip(folder / "_internal")
    return FrozenApp(folder, sources)


def _strip(internal: Path) -> None:
    files = [path for pattern in _STRIPPED for path in internal.glob(pattern)]
    whole = [path for path in files if path.is_file() and not path.is_symlink()]
    elf = [path for path in whole if path.read_bytes()[:4] == b"\x7fELF"]
    subprocess.run(["strip", "--strip-unneeded", *map(str, elf)], check=True)
