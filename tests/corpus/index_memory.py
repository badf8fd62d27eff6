"""``python -m tests.corpus.index_memory``: what the whole indexer takes with giants of each format.

One real index run over a folder of photos of each format and size, made here; prints the most that
its process ever had resident, how many photos were read, and why the others were refused.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.corpus.driver import REPOSITORY
from tests.corpus.memory import FORMATS, make

_POLL_S = 0.02


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.index_memory")
    parser.add_argument("--megapixels", type=int, nargs="*", default=[12, 50, 100, 200])
    parser.add_argument("--formats", nargs="*", default=list(FORMATS), choices=list(FORMATS))
    parser.add_argument("--folder", type=Path, help="where the photos are made and kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="visita-giants-") as temporary:
        folder = options.folder or Path(temporary) / "photos"
        folder.mkdir(parents=True, exist_ok=True)
        for megapixels in options.megapixels:
            for name in options.formats:
                path = folder / f"{megapixels} MP {name}.{FORMATS[name][0]}"
                if not path.exists():
                    make(name, megapixels, path)
        data = Path(temporary) / "data"
        peak, finished = _index(folder, data)
        print(f"{len(list(folder.iterdir()))} photos, indexed {finished['indexed']}, ", end="")
        print(f"refused {finished['failed']}; the indexer's peak {peak / 1e6:.0f} MB")
        for failure in _visita(data, "failures"):
            print(f"  {Path(failure['path']).name}: {failure['reason']}")
    return 0


def _command(data: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "desktop_app", "--data-dir", str(data), "--json", *arguments]


def _index(folder: Path, data: Path) -> tuple[int, dict[str, int]]:
    """Peak in bytes, and the last line that the run printed."""
    command = _command(data, "index", str(folder))
    peak = 0
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as child:
        status = Path(f"/proc/{child.pid}/status")
        while child.poll() is None:
            lines = status.read_text("ascii", "replace").partition("VmHWM:")[2].split()
            peak = max(peak, int(lines[0]) * 1024 if lines else 0)
            time.sleep(_POLL_S)
        assert child.stdout is not None
        last: dict[str, int] = json.loads(child.stdout.read().splitlines()[-1])
    return peak, last


def _visita(data: Path, *arguments: str) -> Sequence[dict[str, str]]:
    command = _command(data, *arguments)
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    sys.exit(main())
