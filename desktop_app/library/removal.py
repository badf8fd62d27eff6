"""Forget missing photos: an explicit act, counted before it is done, and with a way back."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import FolderUnavailable
from desktop_app.library.backups import Backups
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.records import MissingFile
from desktop_app.library.scanner import is_reachable
from desktop_app.paths import DataPaths

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class MissingCount:
    """What forgetting would do, or did."""

    files: int
    photos: int
    """Those that lie nowhere else; the others keep their other places."""
    offline: int = 0
    """Missing files that are kept: their folder cannot be reached, so nobody knows."""
    back: int = 0
    """Missing files that are kept: they are there again, the next index run finds them."""
    backup: str | None = None
    """The copy of the catalogue that was taken before; None where nothing was done."""


class MissingPhotos:
    """The missing files of one library. Lives on the thread of its catalogue.

    No file of the user's is touched: what is forgotten are rows of the catalogue.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def count(self, folder: Path | None = None) -> MissingCount:
        """What ``forget`` would do now.

        Args:
            folder: only what lies below it; None: everything.

        Raises:
            FolderUnavailable: the folder is not of this library.
        """
        return self._choose(folder)[1]

    def forget(self, folder: Path | None = None) -> MissingCount:
        """Forget the missing files of reachable folders, after a backup.

        Raises:
            FolderUnavailable: the folder is not of this library.
            IndexerRunning: an indexer, which may be about to find some, works on the library.
            LibraryError: the backup or the catalogue cannot be written; nothing was forgotten.
        """
        with only_indexer(DataPaths(self._catalogue.path.parent)):
            chosen, count = self._choose(folder)
            if not chosen:
                return count
            backup = Backups(self._catalogue.path).take(self._catalogue, "removal")
            files, photos = self._catalogue.forget_missing([file.file_id for file in chosen])
        log.info("forgotten: %d missing files, %d photos", files, photos)
        return MissingCount(files, photos, count.offline, count.back, backup.name)

    def _choose(self, folder: Path | None) -> tuple[list[MissingFile], MissingCount]:
        wanted = None if folder is None else self._require(folder.resolve())
        chosen: list[MissingFile] = []
        offline = back = 0
        reachable: dict[int, bool] = {}
        for file in self._catalogue.missing_files():
            root = file.folder
            if wanted is not None and not file.path.is_relative_to(wanted):
                continue
            if root.folder_id not in reachable:
                # Asked now: a disk that was unplugged after the last scan counts as online still.
                reachable[root.folder_id] = root.state == "online" and is_reachable(
                    root.path, root.is_mount_point
                )
            if not reachable[root.folder_id]:
                offline += 1
            elif os.path.lexists(file.path):
                back += 1
            else:
                chosen.append(file)
        photos = self._catalogue.count_photos_of([file.file_id for file in chosen])
        return chosen, MissingCount(len(chosen), photos, offline, back)

    def _require(self, folder: Path) -> Path:
        if not any(folder.is_relative_to(root.path) for root in self._catalogue.folders()):
            raise FolderUnavailable(
                f"The folder {folder} is not in the library.", "`visita status` lists the folders."
            )
        return folder
