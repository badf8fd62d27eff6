"""How many photos are in folders, and how long indexing them will take: counted, and tried out."""

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.library.decoder import Decoder
from desktop_app.library.encoding import PhotoEncoder
from desktop_app.library.file_kind import is_photo_name
from desktop_app.library.index_control import IndexControl
from desktop_app.library.photo_reader import NewContent, PhotoReader, Reading
from desktop_app.library.reading_pool import ReadingPool
from desktop_app.library.records import FoundFile, PendingFile
from desktop_app.library.scanner import Scanner, is_reachable
from desktop_app.library.thumbnails import encoded_thumbnail

log = logging.getLogger(__name__)

SAMPLE = 16
"""Photos that are tried out."""
TIME_LIMIT_S = 10.0
"""What trying them out may take."""
MOST_NAMED = 5
"""Unreadable folders whose paths are told."""
_INTERVAL_S = 0.1
_BATCH = 8
_POLL_S = 0.1
_BYTES_PER_NUMBER = 2


@dataclass(frozen=True)
class FolderEstimate:
    """What is known of folders so far."""

    photos: int = 0
    """Files whose names promise a photo, and that the rules do not leave out."""
    size_bytes: int = 0
    others: int = 0
    """Files with other names; each costs a look at its first bytes."""
    in_cloud: int = 0
    """Photos that cannot be read here."""
    unreadable: tuple[str, ...] = ()
    """Folders that may not be looked into, or are not there; at most ``MOST_NAMED``."""
    unreadable_count: int = 0
    is_counted: bool = False
    """Everything was counted; False: there are more than these."""
    is_complete: bool = False
    """Nothing more will be told."""
    sampled: int = 0
    """Photos that were tried out."""
    sample_s: float = 0.0
    """How long those took, as an indexer goes about them."""
    bytes_per_photo: int = 0
    """What the library will hold of each: thumbnail, embedding, image tokens."""

    @property
    def seconds(self) -> float | None:
        """What indexing all of them takes at the pace of the sample; None where nobody knows."""
        return self.photos * self.sample_s / self.sampled if self.sampled else None

    @property
    def library_bytes(self) -> int:
        """What the library will take on the disk."""
        return self.photos * self.bytes_per_photo


class FolderProbe:
    """Counts by the scanner's rules, then reads and encodes a few photos as the indexer would.

    Writes nothing.
    """

    def __init__(
        self,
        scanner: Scanner,
        decoder: Decoder,
        load_encoder: Callable[[], PhotoEncoder],
        workers: int,
        time_limit_s: float = TIME_LIMIT_S,
        chance: random.Random | None = None,
    ) -> None:
        """Collaborators, and how much is done at once.

        Args:
            scanner: knows what is left out.
            decoder: opens the sample.
            load_encoder: called when there is something to encode.
            workers: threads that read and decode, as many as the indexer has.
            time_limit_s: trying out ends after so long, with what was done by then.
            chance: chooses the sample; None: the same one every time.
        """
        self._scanner = scanner
        self._decoder = decoder
        self._load_encoder = load_encoder
        self._workers = workers
        self._time_limit_s = time_limit_s
        self._chance = chance if chance is not None else random.Random(0)

    def run(self, folders: Sequence[Path], control: IndexControl) -> Iterator[FolderEstimate]:
        """Tell what is known, ten times a second at most; the last is complete unless stopped.

        A folder that lies in another one of them is counted once.

        Raises:
            ModelError: the encoder cannot be used.
        """
        sample: list[tuple[Path, FoundFile]] = []
        estimate = FolderEstimate()
        for estimate in self._count(folders, sample, control):
            yield estimate
        if control.is_stopped:
            return
        estimate = replace(estimate, is_counted=True)
        if sample:
            yield estimate
            paths = [root / _name(file) for root, file in sample]
            estimate = self._try_out(paths, estimate, control)
        if not control.is_stopped:
            yield replace(estimate, is_complete=True)

    def _count(
        self, folders: Sequence[Path], sample: list[tuple[Path, FoundFile]], control: IndexControl
    ) -> Iterator[FolderEstimate]:
        estimate = FolderEstimate()
        last_at = time.monotonic()
        for root in outermost(folders):
            if not is_reachable(root):
                estimate = _with_unreadable(estimate, root)
                continue
            for listing in self._scanner.walk(root):
                if not listing.is_readable:
                    unreadable = root / os.fsdecode(listing.prefix)
                    estimate = _with_unreadable(estimate, unreadable)
                photos = [f for f in listing.files if is_photo_name(_suffix(f))]
                for count, file in enumerate(photos, estimate.photos + 1):
                    self._choose(sample, (root, file), count)
                estimate = replace(
                    estimate,
                    photos=estimate.photos + len(photos),
                    size_bytes=estimate.size_bytes + sum(f.size_bytes for f in photos),
                    others=estimate.others + len(listing.files) - len(photos),
                    in_cloud=estimate.in_cloud
                    + sum(is_photo_name(_suffix(f)) for f in listing.in_cloud),
                )
                if control.is_stopped:
                    return
                if time.monotonic() - last_at >= _INTERVAL_S:
                    last_at = time.monotonic()
                    yield estimate
        yield estimate

    def _choose(
        self, sample: list[tuple[Path, FoundFile]], item: tuple[Path, FoundFile], count: int
    ) -> None:
        """Each of the ``count`` items so far is in the sample with the same chance.

        Reservoir sampling, algorithm R (Vitter 1985): photos from all over, and no list of all.
        """
        if len(sample) < SAMPLE:
            sample.append(item)
        elif (place := self._chance.randrange(count)) < SAMPLE:
            sample[place] = item

    def _try_out(
        self, paths: Sequence[Path], estimate: FolderEstimate, control: IndexControl
    ) -> FolderEstimate:
        encoder = self._load_encoder()
        manifest = encoder.manifest
        side = manifest.image_size
        # The first run of a graph sets up its memory; of thousands it is not one worth counting.
        encoder.encode_all(np.zeros((1, 3, side, side), np.float32))
        weighed = _WeighedThumbnails()
        pool = ReadingPool(
            PhotoReader(self._decoder, weighed, side, set(), manifest.image_input),
            self._workers,
            self._time_limit_s,
        )
        waiting: set[Future[Reading]] = set()
        begin = time.monotonic()
        try:
            waiting = {pool.submit(PendingFile(0, 0, path, None)) for path in paths}
            done, waiting = self._encode(encoder, waiting, begin, control)
            seconds = time.monotonic() - begin
        finally:
            for reading in waiting:
                reading.cancel()
            pool.close()
        tokens = manifest.image_tokens
        beside = _BYTES_PER_NUMBER * manifest.dim
        beside += 0 if tokens is None else tokens.rows * tokens.width
        return replace(
            estimate,
            sampled=done,
            sample_s=round(seconds, 3) if done else 0.0,
            bytes_per_photo=weighed.mean + beside if done else 0,
        )

    def _encode(
        self,
        encoder: PhotoEncoder,
        waiting: set[Future[Reading]],
        begin: float,
        control: IndexControl,
    ) -> tuple[int, set[Future[Reading]]]:
        """Encode what is read, in batches, until all is done or the time is over."""
        done = 0
        pixels: list[NDArray[np.float32]] = []
        while waiting and not control.is_stopped:
            if time.monotonic() - begin > self._time_limit_s:
                break
            finished, waiting = wait(waiting, timeout=_POLL_S, return_when=FIRST_COMPLETED)
            done += len(finished)
            readings = [reading.result() for reading in finished]
            pixels += [r.pixels for r in readings if isinstance(r, NewContent)]
            while len(pixels) >= _BATCH or (pixels and not waiting):
                encoder.encode_all(np.stack(pixels[:_BATCH]))
                del pixels[:_BATCH]
        if pixels and not control.is_stopped:
            encoder.encode_all(np.stack(pixels))
        return done, waiting


class _WeighedThumbnails:
    """Makes thumbnails and keeps only how large they are. Any number of threads may use one."""

    def __init__(self) -> None:
        self._sizes: list[int] = []

    def write(self, content_hash: str, image: Image.Image) -> None:
        """Do what takes time, write nothing."""
        self._sizes.append(len(encoded_thumbnail(image)))

    @property
    def mean(self) -> int:
        """Bytes; 0 where there was none."""
        return round(sum(self._sizes) / len(self._sizes)) if self._sizes else 0


def outermost(folders: Sequence[Path]) -> list[Path]:
    """Those of the folders, links resolved, that lie in none of the others; in their order."""
    resolved = list(dict.fromkeys(folder.resolve() for folder in folders))
    return [f for f in resolved if not any(o in f.parents for o in resolved)]


def _with_unreadable(estimate: FolderEstimate, folder: Path) -> FolderEstimate:
    named = estimate.unreadable
    if len(named) < MOST_NAMED:
        named = (*named, os.fsencode(folder).decode("utf-8", "replace"))
    return replace(estimate, unreadable=named, unreadable_count=estimate.unreadable_count + 1)


def _name(file: FoundFile) -> str:
    return os.fsdecode(file.relative_path)


def _suffix(file: FoundFile) -> str:
    return os.path.splitext(_name(file))[1]  # noqa: PTH122 - a Path for each file takes longer
