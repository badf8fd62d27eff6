"""The scanning phase: a folder's files against the catalogue's, written in slices."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator
from dataclasses import dataclass

from desktop_app.library.comparison import Comparison
from desktop_app.library.exclusion import Exclusion
from desktop_app.library.index_control import IndexControl
from desktop_app.library.ledger import FileLedger
from desktop_app.library.records import Folder, IndexProgress, ScanDelta, Scope
from desktop_app.library.scanner import Scanner, is_mount_point, is_reachable
from desktop_app.library.tally import Tally

log = logging.getLogger(__name__)

_ROWS_PER_TRANSACTION = 1000


@dataclass(frozen=True)
class ScanTarget:
    """A root, and the part of it that is to be scanned."""

    folder: Folder
    sub_folder: str = ""
    """Relative to the root; empty for all of it."""

    @property
    def scope(self) -> Scope:
        """The part as the ledger names it."""
        prefix = os.path.join(self.sub_folder, "") if self.sub_folder else ""  # noqa: PTH118
        return Scope(self.folder.folder_id, os.fsencode(prefix))


class ScanningPhase:
    """Brings the ledger in line with folders. Lives on the thread of its ledger."""

    def __init__(self, ledger: FileLedger, scanner: Scanner, tally: Tally) -> None:
        self._ledger = ledger
        self._scanner = scanner
        self._tally = tally
        self.counted_missing: set[int] = set()
        """file_ids that ``tally.missing`` counts."""

    def run(
        self, target: ScanTarget, control: IndexControl
    ) -> Generator[IndexProgress, None, bool]:
        """Scan one target; True when it could be reached and was scanned to the end.

        A root that cannot be reached becomes offline, and nothing else changes.
        """
        folder = target.folder
        if not is_reachable(folder.path, folder.is_mount_point):
            self._ledger.set_offline(folder.folder_id)
            self._tally.offline += 1
            log.warning("folder is offline: %s", folder.path)
            return False
        is_mounted = is_mount_point(folder.path)
        self._ledger.set_online(folder.folder_id, is_mounted)
        comparison = Comparison(self._ledger.known_files(target.scope))
        unchanged, failed = self._tally.unchanged, self._tally.failed
        others = self._tally.others
        for listing in self._scanner.walk(folder.path, target.sub_folder):
            comparison.take(listing)
            self._tally.add_done(len(listing.files) + len(listing.in_cloud))
            self._tally.unchanged = unchanged + comparison.unchanged
            self._tally.failed = failed + comparison.failed
            self._tally.others = others + comparison.others
            if comparison.size >= _ROWS_PER_TRANSACTION:
                self._ledger.apply_scan(folder.folder_id, comparison.drain())
            if self._tally.is_due():
                yield self._tally.progress(folder.path / os.fsdecode(listing.prefix))
            if control.is_paused:
                yield self._tally.progress(phase="paused")
                control.wait_while_paused()
            if control.is_stopped:
                break
        self._ledger.apply_scan(folder.folder_id, comparison.drain())
        if control.is_stopped:
            return False
        # Asked again: a disk that is unplugged in the middle looks like files deleted.
        if not is_reachable(folder.path, is_mounted):
            self._ledger.set_offline(folder.folder_id)
            self._tally.offline += 1
            log.warning("folder went offline while it was scanned: %s", folder.path)
            return False
        self._note_gone(folder, comparison)
        self._tally.unchanged = unchanged + comparison.unchanged
        self._tally.failed = failed + comparison.failed
        self._tally.others = others + comparison.others
        self._ledger.note_scan(folder.folder_id)
        return True

    def _note_gone(self, folder: Folder, comparison: Comparison) -> None:
        exclusion = self._scanner.exclusion(folder.path)
        gone = comparison.missing(lambda path: _is_left_out(exclusion, path))
        self.counted_missing.update(known.file_id for known in gone)
        newly = [known.file_id for known in gone if known.state != "missing"]
        self._tally.missing += len(gone) - len(newly)
        for start in range(0, len(newly), _ROWS_PER_TRANSACTION):
            delta = ScanDelta(missing=tuple(newly[start : start + _ROWS_PER_TRANSACTION]))
            self._tally.missing += self._ledger.apply_scan(folder.folder_id, delta)
        excluded = [known.file_id for known in comparison.excluded]
        for start in range(0, len(excluded), _ROWS_PER_TRANSACTION):
            delta = ScanDelta(excluded=tuple(excluded[start : start + _ROWS_PER_TRANSACTION]))
            self._ledger.apply_scan(folder.folder_id, delta)
            self._tally.excluded += len(delta.excluded)
        if excluded:
            log.info("left out from now on: %d files in %s", len(excluded), folder.path)


def _is_left_out(exclusion: Exclusion, path: bytes) -> bool:
    try:
        return exclusion.leaves_out_file(os.fsdecode(path))
    except OSError as error:  # nobody knows: what is not found is missing, which loses nothing
        log.warning("rules not read: %s", error)
        return False
