"""Several connections of one process to one catalogue, while other processes write to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from desktop_app.library.catalogue import Catalogue

_WRITE = """
import sys
from pathlib import Path
from desktop_app.library.catalogue import Catalogue
with Catalogue.open(Path(sys.argv[1])) as catalogue:
    catalogue.add_folder(Path(sys.argv[2]))
"""


def test_a_second_connection_takes_no_locks_from_the_first(tmp_path: Path) -> None:
    """POSIX drops all locks of a process on a file when it closes any descriptor of that file.

    A process that writes and ends would then take itself for the last one and delete the log.
    """
    path = tmp_path / "catalogue.sqlite"
    with Catalogue.open(path) as first:
        assert first.folders() == []
        for number in range(2):
            Catalogue.open(path).close()
            folder = tmp_path / f"photos {number}"
            folder.mkdir()
            command = [sys.executable, "-c", _WRITE, str(path), str(folder)]
            subprocess.run(command, check=True, timeout=120)
            assert len(first.folders()) == number + 1
        first.add_folder(tmp_path)
    with Catalogue.open(path) as again:
        assert [found.path for found in again.folders()] == [tmp_path]
