"""Plain data that passes between the library's layers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

FolderState = Literal["online", "offline"]
FileState = Literal["pending", "indexed", "failed", "missing"]
Phase = Literal["scanning", "encoding", "paused"]


@dataclass(frozen=True)
class Folder:
    """A root that the user added."""

    folder_id: int
    path: Path
    state: FolderState
    added_at: str
    """UTC, ISO 8601."""
    last_scan_at: str | None
    is_mount_point: bool = False
    """Whether the root was a mount point when it was scanned last."""


@dataclass(frozen=True)
class Counts:
    """How many files there are by state, and how many distinct photos can be found."""

    photos: int
    indexed: int
    pending: int
    failed: int
    missing: int
    others: int = 0
    """Of those that failed: documents, archives and the like, which nobody misses."""

    @property
    def problems(self) -> int:
        """Photos and videos that cannot be used: what ``failures`` lists."""
        return self.failed - self.others


@dataclass(frozen=True)
class Failure:
    """A file that cannot be searched, and why in the user's words."""

    path: Path
    reason: str
    file_id: int = 0
    relative_path: str = ""
    """To the folder of the library that it lies in."""


@dataclass(frozen=True)
class FolderCounts:
    """What lies below one root."""

    photos: int
    """Files that are photos, or were when they were read last; the missing ones left out."""
    pending: int
    problems: int


@dataclass(frozen=True)
class MissingFile:
    """A file that is gone, while what is known of it is kept."""

    file_id: int
    folder: Folder
    path: Path


@dataclass(frozen=True)
class Photo:
    """A content: one photo, wherever it lies."""

    photo_id: int
    path: Path
    """Where to open it: a reachable place if there is one."""
    other_paths: tuple[Path, ...]
    content_hash: str
    """BLAKE2b-256 of the file's bytes, 64 hex digits."""
    width: int
    height: int
    taken_at: str | None
    """ISO 8601 as the camera wrote it: local time, with an offset if it gave one."""
    offline: bool
    """True when every place of it is in a folder that cannot be reached now."""
    is_favourite: bool = False
    sort_date: str = ""
    """What an order by date goes by: ``taken_at``, else the file's time; ISO 8601, local."""
    trouble: str | None = None
    """Why none of its files could be read at the last try, though it could before."""


@dataclass(frozen=True)
class Changes:
    """What an index must do to follow the catalogue from one change_seq to a later one."""

    ids: NDArray[np.int64]
    """(n,) photos to add or to replace."""
    vectors: NDArray[np.float32]
    """(n, dim) unit rows, in the order of ``ids``; (0, 0) when n is 0."""
    removed: NDArray[np.int64]
    """(m,) photos that must not be found any more; some may never have been in the index."""
    last_seq: int
    """Everything up to this change_seq is told."""
    more: bool


@dataclass(frozen=True)
class IndexState:
    """The published snapshot of the HNSW cache."""

    generation: int
    file: str
    size_bytes: int
    crc32: int
    count: int
    model_id: str
    dim: int
    applied_seq: int


class KnownFile(NamedTuple):
    """A file as the catalogue remembers it; a tuple because a scan makes 100,000 of them."""

    file_id: int
    size_bytes: int
    mtime_ns: int
    state: FileState
    failure: str | None
    is_photo: bool = False
    """Whether it was read once, and showed a photo."""


class Scope(NamedTuple):
    """A root, or what lies below one of its sub-folders."""

    folder_id: int
    prefix: bytes = b""
    """What the relative paths begin with: empty for the whole root, else ends in a separator."""


class FoundFile(NamedTuple):
    """A file as a scan finds it."""

    relative_path: bytes
    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True)
class ScanDelta:
    """What one slice of a scan changes in the catalogue."""

    added: tuple[FoundFile, ...] = ()
    changed: tuple[tuple[int, FoundFile], ...] = ()
    """(file_id, what it is now): read again, the old photo is served meanwhile."""
    returned: tuple[int, ...] = ()
    """file_ids that were missing and are back as they were."""
    missing: tuple[int, ...] = ()
    """file_ids that are gone from a folder that is reachable."""
    excluded: tuple[int, ...] = ()
    """file_ids that are left out from now on: forgotten."""
    added_in_cloud: tuple[FoundFile, ...] = ()
    """New, and not to be opened: they are only in the cloud."""
    to_cloud: tuple[int, ...] = ()
    """file_ids that were to be read and are not to be opened now."""


@dataclass(frozen=True)
class PendingFile:
    """A file to be read."""

    file_id: int
    folder_id: int
    path: Path
    photo_id: int | None
    """The photo it was when it was read last."""


@dataclass(frozen=True)
class Place:
    """One file of a known content."""

    file_id: int
    folder_id: int
    path: Path
    state: FileState


@dataclass(frozen=True)
class Metadata:
    """What a photo's file says in words and numbers; empty where it says nothing."""

    camera: str = ""
    """Maker and model."""
    lens: str = ""
    latitude: float | None = None
    """Degrees north; None together with ``longitude``."""
    longitude: float | None = None
    """Degrees east."""
    rating: int | None = None
    """Stars, 0 to 5."""
    caption: str = ""
    """Title and description, one on each line."""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhotoFacts:
    """What decoding told about a photo."""

    width: int
    height: int
    format: str
    taken_at: str | None
    metadata: Metadata | None = None
    """None: nobody looked, an index run will."""


@dataclass(frozen=True)
class ReadPhoto:
    """A file that was read well: new content with its embedding, or content that is known."""

    file_id: int
    content_hash: bytes
    facts: PhotoFacts | None
    """None: the content is believed to be known, nothing was decoded."""
    vector: NDArray[np.float32] | None
    """(dim,) float32, unit; None together with ``facts``."""
    replaces: int | None = None
    """file_id of a vanished place of the same content: this file was moved."""
    tokens: bytes | None = None
    """What matcher and captioner need, packed; None where the model makes none."""


@dataclass(frozen=True)
class FailedFile:
    """A file that cannot be used, or not now."""

    file_id: int
    reason: str


@dataclass(frozen=True)
class VanishedFile:
    """A file that was gone when it was to be read."""

    file_id: int


FileResult = ReadPhoto | FailedFile | VanishedFile
Outcome = Literal["indexed", "unchanged", "moved", "failed", "missing", "unknown", "dropped"]
"""What became of a file. ``unknown``: its content is not in the catalogue after all, decode it;
``dropped``: its row is gone (its folder was removed meanwhile)."""


@dataclass(frozen=True)
class IndexProgress:
    """How far a run is; the counts are those of ``IndexSummary`` so far."""

    phase: Phase
    done: int
    """Files dealt with in this phase."""
    total: int
    """Files of this phase; 0 while scanning, nobody knows yet."""
    indexed: int
    unchanged: int
    moved: int
    missing: int
    failed: int
    photos_per_s: float
    eta_s: float | None
    current: str | None
    """A path to show; never has characters that cannot be printed."""
    others: int = 0

    @property
    def problems(self) -> int:
        """Photos and videos that cannot be used, so far."""
        return self.failed - self.others


@dataclass(frozen=True)
class IndexSummary:
    """What a run found: every file of the scanned folders that is not left out is counted exactly
    once, and those that are left out since this run.
    """

    indexed: int
    """Read in this run."""
    unchanged: int
    moved: int
    missing: int
    """Known, but not where they were (found so in this run or in an earlier one)."""
    failed: int
    """Cannot be used (found so in this run or in an earlier one)."""
    seconds: float
    stopped: bool
    excluded: int = 0
    """Known before, and left out from now on: forgotten in this run."""
    others: int = 0
    """Of those that failed: documents, archives and the like, which nobody misses."""
    offline: int = 0
    """Folders that could not be reached; what is known of their files is as it was."""
    prepared: int = 0
    """Photos that the model which is to answer next was shown; counted above already."""

    @property
    def problems(self) -> int:
        """Photos and videos that cannot be used."""
        return self.failed - self.others
