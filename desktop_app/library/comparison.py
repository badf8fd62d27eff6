"""What a walk finds against what the catalogue remembers."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.library.file_kind import NO_PHOTO
from desktop_app.library.photo_file import ONLY_IN_CLOUD, may_pass
from desktop_app.library.records import FoundFile, KnownFile, ScanDelta
from desktop_app.library.scanner import Listing


class Comparison:
    """What a walk finds against what is known: new, changed, back, missing, unchanged."""

    def __init__(self, known: dict[bytes, KnownFile]) -> None:
        """``known``: the catalogue's files of the scope; emptied by the comparison."""
        self._known = known
        self._unreadable: list[bytes] = []
        self._start_delta()
        self.seen = 0
        self.unchanged = 0
        self.failed = 0
        self.others = 0
        """Of those that failed: files of other kinds."""
        self.excluded: list[KnownFile] = []
        """After ``missing``: the known files that are left out from now on."""

    def take(self, listing: Listing) -> None:
        """Compare one folder."""
        if not listing.is_readable:
            self._unreadable.append(listing.prefix)
        for file in listing.files:
            self._take_file(file)
        for file in listing.in_cloud:
            self._take_placeholder(file)
        self.seen += len(listing.files) + len(listing.in_cloud)

    @property
    def size(self) -> int:
        """How many rows ``drain`` would write."""
        in_cloud = len(self._added_in_cloud) + len(self._to_cloud)
        return len(self._added) + len(self._changed) + len(self._returned) + in_cloud

    def drain(self) -> ScanDelta:
        """What is to be written so far; once."""
        delta = ScanDelta(
            tuple(self._added),
            tuple(self._changed),
            tuple(self._returned),
            added_in_cloud=tuple(self._added_in_cloud),
            to_cloud=tuple(self._to_cloud),
        )
        self._start_delta()
        return delta

    def missing(self, is_left_out: Callable[[bytes], bool] = lambda path: False) -> list[KnownFile]:
        """After the whole walk: the known files that were not found, and are not left out.

        What lies in a folder that could not be listed is left as it is, and counted so.
        """
        gone: list[KnownFile] = []
        unreadable = tuple(self._unreadable)
        for path, known in self._known.items():
            if not path.startswith(unreadable):
                (self.excluded if is_left_out(path) else gone).append(known)
            elif known.state == "failed":
                self._count_failed(known)
            elif known.state == "indexed":
                self.unchanged += 1
        return gone

    def _start_delta(self) -> None:
        self._added: list[FoundFile] = []
        self._changed: list[tuple[int, FoundFile]] = []
        self._returned: list[int] = []
        self._added_in_cloud: list[FoundFile] = []
        self._to_cloud: list[int] = []

    def _take_file(self, file: FoundFile) -> None:
        known = self._known.pop(file.relative_path, None)
        if known is None:
            self._added.append(file)
        elif (known.size_bytes, known.mtime_ns) != (file.size_bytes, file.mtime_ns):
            self._changed.append((known.file_id, file))
        elif known.state == "indexed":
            self.unchanged += 1
        elif known.state == "missing":
            self._returned.append(known.file_id)
            self.unchanged += 1
        elif may_pass(known.failure):  # a permission or a setting shows in no time stamp
            self._changed.append((known.file_id, file))
        elif known.state == "failed":
            self._count_failed(known)

    def _count_failed(self, known: KnownFile) -> None:
        self.failed += 1
        self.others += (known.failure or "").startswith(NO_PHOTO)

    def _take_placeholder(self, file: FoundFile) -> None:
        """A file that was read once stays what it was: nobody can see what it is now."""
        known = self._known.pop(file.relative_path, None)
        if known is None:
            self._added_in_cloud.append(file)
            self.failed += 1
        elif known.state == "indexed":
            self.unchanged += 1
        elif known.state == "missing":
            self._returned.append(known.file_id)
            self.unchanged += 1
        else:
            if known.failure != ONLY_IN_CLOUD:
                self._to_cloud.append(known.file_id)
            if known.is_photo:
                self.unchanged += 1
            else:
                self.failed += 1
