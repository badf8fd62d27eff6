"""The indexer: scan -> read -> encode -> commit, as a generator that yields its progress."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import FolderUnavailable
from desktop_app.inference.bundle import ModelManifest
from desktop_app.library.backups import Backups
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import Decoder
from desktop_app.library.encoding import EncodingPhase, PhotoEncoder, WorkItem
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.index_control import IndexControl
from desktop_app.library.indexer_lock import only_indexer
from desktop_app.library.metadata_phase import MetadataPhase
from desktop_app.library.models.successor import Successor
from desktop_app.library.photo_reader import PhotoReader
from desktop_app.library.reading_pool import DECODE_LIMIT_S
from desktop_app.library.records import Folder, IndexProgress, IndexSummary
from desktop_app.library.scanner import Scanner, is_left_out, is_reachable
from desktop_app.library.scanning import ScanningPhase, ScanTarget
from desktop_app.library.tally import Tally
from desktop_app.library.thumbnails import NoThumbnails, ThumbnailStore, ThumbnailWriter
from desktop_app.paths import DataPaths

__all__ = ["IndexControl", "IndexProgress", "IndexSummary", "Indexer", "IndexerOptions"]

log = logging.getLogger(__name__)

_PHOTOS_PER_SHRINKING = 2000
"""New photos after which the thumbnails' cap is looked at, in the middle of a run."""


@dataclass(frozen=True)
class IndexerOptions:
    """Where the library lies, and how much is done at once."""

    paths: DataPaths
    decode_workers: int = 0
    """Threads that read and decode; 0 = one per core."""
    batch_size: int = 8
    batches_ahead: int = 3
    """How many batches are being read or wait to be committed; bounds the memory."""
    decode_limit_s: float = DECODE_LIMIT_S
    """A photo that takes longer to decode is given up; large files may take a little more."""
    thumbnail_cap_bytes: int = 0
    """What thumbnails may take on the disk; 0 = whatever they need."""
    exclude: tuple[str, ...] = ()
    """The user's patterns, as ``exclusion.ExclusionRules`` takes them."""
    kept_models: tuple[str, ...] = ()
    """Ids of models that can be switched to: what they made is not discarded."""


class Indexer:
    """Brings the catalogue in line with the folders. Lives on the thread of its catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        decoder: Decoder,
        encoder: PhotoEncoder,
        thumbnails: ThumbnailStore,
        options: IndexerOptions,
        successor: Successor | None = None,
    ) -> None:
        """Collaborators; ``successor`` is the model that is to take the encoder's place."""
        self._successor = successor
        self._catalogue = catalogue
        self._ledger = catalogue.ledger
        self._decoder = decoder
        self._encoder = encoder
        self._thumbnails = thumbnails
        self._options = options
        self._scanner = Scanner(options.paths.root, ExclusionRules(options.exclude))
        self._backups = Backups(options.paths.catalogue)

    def run(
        self, folders: Sequence[Path], control: IndexControl, *, only_known: bool = False
    ) -> Iterator[IndexProgress | IndexSummary]:
        """Index folders; none means all that are known. The last value is the summary.

        Killing the process at any moment is safe: the next run goes on where this one was.

        Args:
            folders: roots and sub-folders.
            control: pauses and stops the run.
            only_known: what a watcher asks for. Folders of no root are passed over, so that a root
                which was removed meanwhile does not come back; another indexer is waited for.

        Raises:
            FolderUnavailable: a folder is neither there nor known; nothing was written.
            IndexerRunning: another indexer works on this library.
            LibraryError: the catalogue cannot be written (DiskFull, ...); what was done is kept.
            ModelError: the encoder failed.
        """
        may_wait = (lambda: not control.is_stopped) if only_known else None
        with only_indexer(self._options.paths, may_wait):
            if self._catalogue.folders():  # an empty library is worth no backup
                self._backups.take_daily(self._catalogue)
            tally = Tally()
            tally.start("scanning")
            targets = self._targets(folders, only_known)
            yield tally.progress()
            scanning = ScanningPhase(self._ledger, self._scanner, tally)
            scanned: list[ScanTarget] = []
            for target in targets:
                if (yield from scanning.run(target, control)):
                    scanned.append(target)
                if control.is_stopped:
                    break
            else:
                yield from self._encode(
                    scanned, scanning.counted_missing, control, tally, sweep=not only_known
                )
            summary = tally.summary(stopped=control.is_stopped)
            yield tally.progress()
            log.info("%s", summary)
            yield summary

    def _encode(
        self,
        targets: Sequence[ScanTarget],
        counted_missing: set[int],
        control: IndexControl,
        tally: Tally,
        *,
        sweep: bool,
    ) -> Iterator[IndexProgress]:
        manifest = self._encoder.manifest
        contents = self._contents(manifest)
        # It looks at every thumbnail, which is much for a few files that changed.
        lacking = self._thumbnails.sweep(map(bytes.hex, contents)) if sweep else set[str]()
        cap = self._options.thumbnail_cap_bytes
        if cap and lacking and not self._thumbnails.has_room(len(lacking), cap):
            lacking = set()  # the window makes them again when it shows their photos
        complete = {
            content_hash
            for content_hash, (_, is_embedded) in contents.items()
            if is_embedded and content_hash.hex() not in lacking
        }
        # The model was replaced, or thumbnails were deleted.
        incomplete = [contents[c][0] for c in contents.keys() - complete]
        work = self._work(targets, incomplete, tally)
        shrunk_at = tally.indexed
        for progress in self._read(
            work, self._encoder, self._thumbnails, complete, counted_missing, control, tally
        ):
            yield progress
            if tally.indexed - shrunk_at >= _PHOTOS_PER_SHRINKING:
                shrunk_at = tally.indexed
                self._shrink_thumbnails()
        if sweep or tally.indexed:  # else there are no more than before
            self._shrink_thumbnails()
        metadata = MetadataPhase(self._catalogue.metadata, self._decoder, tally)
        yield from metadata.run([target.scope for target in targets], control)
        if not control.is_stopped and self._successor is not None:
            yield from self._prepare(self._successor, targets, counted_missing, control, tally)
        if not control.is_stopped:
            self._ledger.discard_other_embeddings(manifest.model_id, self._options.kept_models)

    def _prepare(
        self,
        successor: Successor,
        targets: Sequence[ScanTarget],
        counted_missing: set[int],
        control: IndexControl,
        tally: Tally,
    ) -> Iterator[IndexProgress]:
        """Embed what the next model lacks; when it lacks nothing any more, it takes over."""
        manifest = successor.manifest
        contents = self._contents(manifest)
        complete = {content for content, (_, is_embedded) in contents.items() if is_embedded}
        lacking = [contents[content][0] for content in contents.keys() - complete]
        if lacking:
            own = Tally()  # these photos were counted when they were looked at first
            work = self._work(targets, lacking, own)
            if work:
                encoder, thumbnails = successor.load(), NoThumbnails()
                yield from self._read(
                    work, encoder, thumbnails, complete, counted_missing, control, own
                )
            tally.prepared += own.indexed
            tally.failed += own.failed
            tally.missing += own.missing
        if not control.is_stopped and not self._catalogue.models.lacking(
            manifest.model_id, manifest.image_tokens is not None
        ):
            successor.take_over()

    def _contents(self, manifest: ModelManifest) -> dict[bytes, tuple[int, bool]]:
        return self._ledger.contents(manifest.model_id, manifest.image_tokens is not None)

    def _work(
        self, targets: Sequence[ScanTarget], incomplete: Sequence[int], tally: Tally
    ) -> list[WorkItem]:
        """What is to be read, that of photos which lack something included."""
        work: list[tuple[int, int, int]] = []
        for target in targets:
            tally.failed += self._ledger.fail_crashing(target.scope)
            tally.unchanged -= self._ledger.reread(incomplete, target.scope)
            work += (
                (attempts, file_id, target.folder.folder_id)
                for attempts, file_id in self._ledger.pending(target.scope)
            )
        # Files that were being read at a crash come last: they do not hold up the others.
        work.sort()
        return [WorkItem.of(file_id, folder_id, attempts) for attempts, file_id, folder_id in work]

    def _read(
        self,
        work: Sequence[WorkItem],
        encoder: PhotoEncoder,
        thumbnails: ThumbnailWriter,
        complete: set[bytes],
        counted_missing: set[int],
        control: IndexControl,
        tally: Tally,
    ) -> Iterator[IndexProgress]:
        manifest = encoder.manifest
        tally.start("encoding", len(work))
        phase = EncodingPhase(
            self._ledger,
            PhotoReader(
                self._decoder, thumbnails, manifest.image_size, complete, manifest.image_input
            ),
            encoder,
            complete,
            {folder.folder_id: folder for folder in self._catalogue.folders()},
            counted_missing,
            tally,
        )
        return phase.run(
            work,
            control,
            workers=self._options.decode_workers or cores(),
            batch_size=self._options.batch_size,
            batches_ahead=self._options.batches_ahead,
            decode_limit_s=self._options.decode_limit_s,
        )

    def _shrink_thumbnails(self) -> None:
        if self._options.thumbnail_cap_bytes:
            self._thumbnails.shrink(self._options.thumbnail_cap_bytes, self._ledger.unreachable())

    # -- which folders ---------------------------------------------------------------------

    def close(self) -> None:
        """Close the catalogue; safe to repeat."""
        self._catalogue.close()

    def _targets(self, paths: Sequence[Path], only_known: bool) -> list[ScanTarget]:
        known = self._catalogue.folders()
        if not paths:
            return [ScanTarget(folder) for folder in known]
        wanted = sorted({path.resolve() for path in paths}, key=lambda path: len(path.parts))
        if only_known:
            wanted = [path for path in wanted if self._is_known(path, known)]
        else:
            for path in wanted:
                self._require(path, known)
            for path in wanted:
                self._catalogue.add_folder(path)
        roots = self._catalogue.folders()
        targets: list[ScanTarget] = []
        for path in wanted:  # the shortest first: what lies inside it is scanned with it
            root = next(folder for folder in roots if path.is_relative_to(folder.path))
            target = _target(root, path)
            if not any(
                other.folder == root and target.scope.prefix.startswith(other.scope.prefix)
                for other in targets
            ):
                targets.append(target)
        return targets

    def _is_known(self, path: Path, known: Sequence[Folder]) -> bool:
        root = next((f for f in known if path.is_relative_to(f.path)), None)
        return root is not None and (
            path == root.path
            or _is_folder(path)
            or bool(self._ledger.known_files(_target(root, path).scope))
        )

    def _require(self, path: Path, known: Sequence[Folder]) -> None:
        """Refuse a folder that is neither there nor known."""
        root = next((f for f in known if path.is_relative_to(f.path)), None)
        if root is not None:
            if path == root.path or not is_reachable(root.path, root.is_mount_point):
                return
            if not os.path.lexists(path) and self._ledger.known_files(_target(root, path).scope):
                return  # a sub-folder was deleted: its files are to become missing
            exclusion = self._scanner.exclusion(root.path)
            if _is_folder(path) and is_left_out(exclusion, str(path.relative_to(root.path))):
                raise FolderUnavailable(
                    f"The folder {path} is left out by a pattern.",
                    "`visita exclude` lists yours; `visita exclude add '!NAME/'` takes one back.",
                )
        if not os.path.lexists(path):
            raise FolderUnavailable(
                f"The folder {path} does not exist.",
                "Check the name, or connect the disk that it is on.",
            )
        if not _is_folder(path):
            raise FolderUnavailable(f"{path} is not a folder.", "Name the folder that holds it.")
        if not is_reachable(path):
            raise FolderUnavailable(f"The folder {path} cannot be read.", "Check who may read it.")


def _target(root: Folder, path: Path) -> ScanTarget:
    return ScanTarget(root, "" if path == root.path else str(path.relative_to(root.path)))


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - Path raises behind a folder that is closed to us


def cores() -> int:
    """How many this process may use, which is fewer than the machine has in a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
