"""Pictures that came without a file: kept as long as a search names them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from desktop_app.library.search_rows import SearchRows

log = logging.getLogger(__name__)

MOST_BYTES = 200_000_000
"""What pictures of recent searches may take; beyond it the oldest of them are forgotten."""


class PastedPictures:
    """A folder of the library's. Any number of threads may use one.

    A query is text, with paths in it. So a pasted picture has a path that lasts as long as the
    texts do: a search that is saved, or found again in the history, finds its picture.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._fresh: set[str] = set()

    def new_path(self, suffix: str, now: datetime | None = None) -> Path:
        """Where to write the next one; its name is no other's, and has no spaces to quote.

        Raises:
            OSError: the folder cannot be made.
        """
        moment = (now if now is not None else datetime.now()).strftime("%Y-%m-%d-%H%M%S")
        with self._lock:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            taken = self._fresh | {path.stem for path in self._files()}
            number = 1
            while (stem := f"pasted-{moment}-{number}") in taken:
                number += 1
            self._fresh.add(stem)
        return self.folder / f"{stem}{suffix}"

    def sweep(self, searches: SearchRows, *, even_fresh: bool = False) -> int:
        """Delete those that no search names; how many.

        Args:
            searches: the saved and the recent ones; of the recent ones some are forgotten where
                their pictures take too much.
            even_fresh: also those of this session, which may be shown just now.

        Raises:
            LibraryError: the searches cannot be read.
        """
        files = sorted(self._files(), key=_written_at)
        if not files:
            return 0
        with self._lock:
            kept = set() if even_fresh else set(self._fresh)
        saved = [search.text for search in searches.saved()]
        recent = searches.recent()
        unnamed = [f for f in files if f.stem not in kept and not _is_named(f, [*saved, *recent])]
        for file in unnamed:
            file.unlink(missing_ok=True)
        files = [file for file in files if file not in unnamed]
        total = sum(_size(file) for file in files)
        deleted = len(unnamed)
        for file in files:
            if total <= MOST_BYTES:
                break
            if file.stem not in kept and not _is_named(file, saved):
                for text in recent:
                    if _is_named(file, [text]):
                        searches.forget_recent(text)
                total -= _size(file)
                file.unlink(missing_ok=True)
                deleted += 1
        log.info("%d pasted pictures deleted", deleted)
        return deleted

    def _files(self) -> list[Path]:
        return [path for path in self.folder.glob("pasted-*") if path.is_file()]


def _is_named(file: Path, texts: Iterable[str]) -> bool:
    # The folder may be written as a file URL; the name is the same in both.
    return any(file.stem in text for text in texts)


def _written_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:  # deleted meanwhile
        return 0.0


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # as above
        return 0
