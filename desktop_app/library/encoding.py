"""The encoding phase: files are read ahead on threads while batches are encoded and committed."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_app.errors import AppError, LibraryError
from desktop_app.inference.bundle import ModelManifest
from desktop_app.inference.compact_tokens import pack
from desktop_app.inference.encoders import EncodedPhotos
from desktop_app.library.file_kind import NO_PHOTO
from desktop_app.library.index_control import IndexControl
from desktop_app.library.ledger import MAX_ATTEMPTS, FileLedger
from desktop_app.library.photo_reader import NewContent, NotRead, PhotoReader, Reading
from desktop_app.library.reading_pool import DECODE_LIMIT_S, ReadingPool
from desktop_app.library.records import (
    FailedFile,
    FileResult,
    Folder,
    IndexProgress,
    PendingFile,
    ReadPhoto,
    VanishedFile,
)
from desktop_app.library.scanner import is_reachable
from desktop_app.library.tally import Tally

log = logging.getLogger(__name__)

_HEARTBEAT_S = 0.25


class PhotoEncoder(Protocol):
    """What the indexer needs of ``inference.encoders.ImageEncoder``."""

    @property
    def manifest(self) -> ModelManifest:
        """Names the model and its input."""

    def encode_all(self, pixels: NDArray[np.float32]) -> EncodedPhotos:
        """(n, 3, s, s) in [0, 1] -> (n, dim) unit rows, and image tokens if the model has them."""


@dataclass(frozen=True)
class WorkItem:
    """A file to be read."""

    file_id: int
    folder_id: int
    is_suspect: bool
    """It was being read at two crashes: read alone, so that the next one names the culprit."""

    @classmethod
    def of(cls, file_id: int, folder_id: int, attempts: int) -> WorkItem:
        """An item as the ledger lists it."""
        return cls(file_id, folder_id, attempts >= MAX_ATTEMPTS - 1)


@dataclass(frozen=True)
class _Batch:
    files: tuple[PendingFile, ...]
    readings: tuple[Future[Reading], ...]
    is_suspect: bool


class EncodingPhase:
    """Reads, encodes and commits files. Lives on the thread of its ledger."""

    def __init__(
        self,
        ledger: FileLedger,
        reader: PhotoReader,
        encoder: PhotoEncoder,
        complete: set[bytes],
        folders: dict[int, Folder],
        counted_missing: set[int],
        tally: Tally,
    ) -> None:
        """Collaborators, and what they share.

        Args:
            ledger: where results are committed.
            reader: reads one file, on any thread.
            encoder: runs on the thread of this object.
            complete: hashes of contents that need no decoding; new ones are added.
            folders: the roots by id.
            counted_missing: file_ids that ``tally.missing`` counts.
            tally: counts every outcome.
        """
        self._ledger = ledger
        self._reader = reader
        self._encoder = encoder
        self._complete = complete
        self._folders = folders
        self._counted_missing = counted_missing
        self._tally = tally
        self._work: deque[WorkItem] = deque()
        self._window: deque[_Batch] = deque()
        self._replaced: set[int] = set()

    def run(
        self,
        work: Sequence[WorkItem],
        control: IndexControl,
        *,
        workers: int,
        batch_size: int,
        batches_ahead: int,
        decode_limit_s: float = DECODE_LIMIT_S,
    ) -> Iterator[IndexProgress]:
        """Deal with the files in order, or until stopped; what was committed stays.

        Raises:
            LibraryError: the catalogue or a thumbnail cannot be written.
            ModelError: the encoder failed.
        """
        self._work = deque(work)
        pool = ReadingPool(self._reader, workers, decode_limit_s)
        is_bug = False
        try:
            while self._fill(pool, batch_size, batches_ahead):
                batch = self._window[0]
                while wait(batch.readings, timeout=_HEARTBEAT_S).not_done:
                    pool.abandon_overdue()
                    yield self._tally.progress(batch.files[0].path)
                self._commit(batch)
                self._window.popleft()
                if self._tally.is_due():
                    yield self._tally.progress(batch.files[-1].path)
                if control.is_paused:
                    yield self._tally.progress(phase="paused")
                    control.wait_while_paused()
                if control.is_stopped:
                    return
        except Exception as error:
            is_bug = not isinstance(error, AppError)
            raise
        finally:
            for batch in self._window:
                for reading in batch.readings:
                    reading.cancel()
            pool.close()
            if not is_bug:  # a file that a bug of ours trips over is given up in the end, too
                self._release_window()

    def _fill(self, pool: ReadingPool, batch_size: int, batches_ahead: int) -> bool:
        """Read ahead as far as allowed; False when there is nothing left to commit."""
        while self._work and len(self._window) < batches_ahead:
            if self._window and (self._work[0].is_suspect or self._window[-1].is_suspect):
                break
            is_suspect = self._work[0].is_suspect
            items = [self._work.popleft()]
            while (
                not is_suspect
                and len(items) < batch_size
                and self._work
                and not self._work[0].is_suspect
            ):
                items.append(self._work.popleft())
            files = self._ledger.begin([item.file_id for item in items])
            self._tally.drop(len(items) - len(files))  # their folder was removed meanwhile
            if files:
                readings = tuple(pool.submit(file) for file in files)
                self._window.append(_Batch(tuple(files), readings, is_suspect))
        return bool(self._window)

    def _commit(self, batch: _Batch) -> None:
        readings = [reading.result() for reading in batch.readings]
        new = [r for r in readings if isinstance(r, NewContent)]
        encoded = self._encoded(new)
        results: list[FileResult] = []
        for reading in readings:
            if isinstance(reading, NotRead):
                results += self._judge(reading)
            else:
                vector, tokens = next(encoded) if isinstance(reading, NewContent) else (None, None)
                results.append(
                    ReadPhoto(
                        file_id=reading.file.file_id,
                        content_hash=reading.content_hash,
                        facts=reading.facts if isinstance(reading, NewContent) else None,
                        vector=vector,
                        replaces=self._replaced_by(reading.file, reading.content_hash),
                        tokens=tokens,
                    )
                )
        folder_of = {file.file_id: file.folder_id for file in batch.files}
        outcomes = self._ledger.store(results, self._encoder.manifest.model_id)
        for result, outcome in zip(results, outcomes, strict=True):
            self._tally.count(outcome)
            if isinstance(result, FailedFile) and outcome == "failed":
                self._tally.others += result.reason.startswith(NO_PHOTO)
            if isinstance(result, ReadPhoto):
                self._note(result, outcome == "unknown", outcome == "moved", folder_of)
        self._tally.add_done(len(batch.files) - outcomes.count("unknown"))

    def _encoded(
        self, new: Sequence[NewContent]
    ) -> Iterator[tuple[NDArray[np.float32], bytes | None]]:
        """Embedding and packed image tokens of each."""
        if not new:
            return iter(())
        photos = self._encoder.encode_all(np.stack([r.pixels for r in new]))
        packed = [None] * len(new) if photos.tokens is None else [pack(t) for t in photos.tokens]
        return zip(photos.embeddings, packed, strict=True)

    def _note(
        self, result: ReadPhoto, is_unknown: bool, is_moved: bool, folder_of: dict[int, int]
    ) -> None:
        if is_unknown:  # another process removed the photo: decode this file after all
            self._complete.discard(result.content_hash)
            self._ledger.release([result.file_id])
            item = WorkItem(result.file_id, folder_of[result.file_id], is_suspect=False)
            self._work.appendleft(item)
            return
        self._complete.add(result.content_hash)
        if is_moved and result.replaces in self._counted_missing:
            self._counted_missing.discard(result.replaces)
            self._tally.missing -= 1

    def _judge(self, reading: NotRead) -> list[FileResult]:
        """Whose fault it was: the file's, or its disk's, when nothing is to be written."""
        file = reading.file
        if reading.by_system:
            folder = self._folders[file.folder_id]
            if not is_reachable(folder.path, folder.is_mount_point):
                self._abandon(folder)
                self._ledger.release([file.file_id])
                return []
            if not os.path.lexists(file.path):
                return [VanishedFile(file.file_id)]
        return [FailedFile(file.file_id, reading.reason)]

    def _abandon(self, folder: Folder) -> None:
        """A root went away in the middle: its files wait for its return."""
        log.warning("folder went offline while it was read: %s", folder.path)
        self._ledger.set_offline(folder.folder_id)
        self._tally.offline += 1
        remaining = deque(w for w in self._work if w.folder_id != folder.folder_id)
        self._tally.drop(len(self._work) - len(remaining))
        self._work = remaining

    def _replaced_by(self, file: PendingFile, content_hash: bytes) -> int | None:
        """The vanished place of this content that the file was moved from."""
        places = self._ledger.places_of(content_hash)
        if any(place.file_id == file.file_id for place in places):
            return None
        gone = [
            place
            for place in places
            if place.file_id not in self._replaced
            and (
                place.state == "missing"
                or (not os.path.lexists(place.path) and self._is_reachable(place.folder_id))
            )
        ]
        if not gone:
            return None
        best = max(gone, key=lambda place: place.path.name == file.path.name)
        self._replaced.add(best.file_id)
        return best.file_id

    def _is_reachable(self, folder_id: int) -> bool:
        folder = self._folders.get(folder_id)
        return folder is not None and is_reachable(folder.path, folder.is_mount_point)

    def _release_window(self) -> None:
        unread = [file.file_id for batch in self._window for file in batch.files]
        if not unread:
            return
        try:
            self._ledger.release(unread)
        except LibraryError as error:
            # Already on the way out with this very error: the attempts stay counted, which
            # makes the files at worst be read one by one.
            log.warning("files in work not released: %s", error)
