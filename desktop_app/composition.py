"""Puts the objects together, for the command line and for the window. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.inference.bundle import ModelBundle, ModelManifest
from desktop_app.inference.captioner import Captioner
from desktop_app.inference.encoders import ImageEncoder, TextEncoder
from desktop_app.inference.matcher import Matcher
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import Decoder
from desktop_app.library.exclusion import ExclusionRules
from desktop_app.library.folder_probe import FolderProbe
from desktop_app.library.heads import Heads
from desktop_app.library.indexer import Indexer, IndexerOptions, cores
from desktop_app.library.near_photos import NearPhotos
from desktop_app.library.places import Gazetteer
from desktop_app.library.scanner import Scanner
from desktop_app.library.search import SearchService
from desktop_app.library.stored_rules import StoredRules
from desktop_app.library.thumbnail_maker import ThumbnailMaker
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.library.transfers import Transfers
from desktop_app.library.vector_index import VectorIndex
from desktop_app.library.watch_report import WatchReport, WatchState
from desktop_app.library.watching import FolderWatcher, WatchPace
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings


def open_search_service(paths: DataPaths, model_dir: Path, settings: Settings) -> SearchService:
    """A search service on the library in ``paths``; the encoders are loaded when first needed.

    Raises:
        LibraryError: the library cannot be opened.
        ModelError: the model bundle cannot be used.
    """
    bundle = ModelBundle.open(model_dir)
    paths.create()
    thumbnails = ThumbnailStore(paths.thumbnails_dir)
    catalogue = Catalogue.open(paths.catalogue, thumbnails.discard)
    options = RuntimeOptions(settings.provider)
    index = VectorIndex(
        catalogue.embeddings, paths.index_dir, bundle.manifest.model_id, bundle.manifest.dim
    )
    return SearchService(
        catalogue,
        index,
        thumbnails,
        make_decoder(settings),
        lambda: TextEncoder(bundle, options),
        lambda: ImageEncoder(bundle, options),
        Gazetteer(paths.places_dir),
        max(-1.0, min(1.0, settings.strictness)),
        heads=Heads(
            bundle.manifest,
            lambda: Matcher(bundle, options),
            lambda: Captioner(bundle, options),
        ),
        reranks=settings.rerank,
    )


def open_catalogue(paths: DataPaths) -> Catalogue:
    """One more connection to the library's catalogue, for the thread that asks for it.

    Raises:
        LibraryError: the library cannot be opened.
    """
    return Catalogue.open(paths.catalogue, ThumbnailStore(paths.thumbnails_dir).discard)


def open_thumbnail_maker(paths: DataPaths, decoder: Decoder) -> ThumbnailMaker:
    """What makes thumbnails again, with a connection of its own for the thread that asks.

    Raises:
        LibraryError: the library cannot be opened.
    """
    return ThumbnailMaker(
        open_catalogue(paths),
        decoder,
        ThumbnailStore(paths.thumbnails_dir),
        lambda: Settings.load(paths.settings_file).thumbnail_cap_bytes,
    )


@contextmanager
def open_near_photos(paths: DataPaths, model_dir: Path) -> Iterator[NearPhotos]:
    """What finds equal and similar photos, with a connection and an index of its own.

    Raises:
        LibraryError: the library cannot be opened.
        ModelError: the model bundle cannot be used.
    """
    manifest = ModelBundle.open(model_dir).manifest
    with open_catalogue(paths) as catalogue:
        index = VectorIndex(catalogue.embeddings, paths.index_dir, manifest.model_id, manifest.dim)
        yield NearPhotos(catalogue, manifest.model_id, index.search)


def read_manifest(model_dir: Path) -> ModelManifest:
    """What the model bundle says of itself.

    Raises:
        ModelError: the bundle cannot be used.
    """
    return ModelBundle.open(model_dir).manifest


def obtained_provider(model_dir: Path, settings: Settings) -> str:
    """Where the model really runs, by ONNX Runtime's name; loads the text encoder to see.

    Raises:
        ModelError: it cannot run as asked.
    """
    bundle = ModelBundle.open(model_dir)
    return TextEncoder(bundle, RuntimeOptions(settings.provider)).session.obtained[0]


def open_indexer(paths: DataPaths, model_dir: Path, settings: Settings) -> Indexer:
    """An indexer of the library in ``paths``, with a connection of its own.

    Raises:
        LibraryError: the library cannot be opened.
        ModelError: the model bundle cannot be used.
    """
    bundle = ModelBundle.open(model_dir)
    encoder = ImageEncoder(bundle, RuntimeOptions(settings.provider))
    paths.create()
    return Indexer(
        Catalogue.open(paths.catalogue),
        make_decoder(settings),
        encoder,
        ThumbnailStore(paths.thumbnails_dir),
        IndexerOptions(
            paths,
            settings.decode_workers,
            thumbnail_cap_bytes=settings.thumbnail_cap_bytes,
            exclude=settings.exclude,
        ),
    )


def open_folder_probe(paths: DataPaths, model_dir: Path, settings: Settings) -> FolderProbe:
    """What counts the photos of folders and tries a few of them out, by the settings' rules."""

    def load_encoder() -> ImageEncoder:
        return ImageEncoder(ModelBundle.open(model_dir), RuntimeOptions(settings.provider))

    return FolderProbe(
        Scanner(paths.root, ExclusionRules(settings.exclude)),
        make_decoder(settings),
        load_encoder,
        settings.decode_workers or cores(),
    )


def open_watcher(
    paths: DataPaths,
    settings: Settings,
    on_change: Callable[[tuple[Path, ...]], object],
    on_states: Callable[[tuple[WatchState, ...]], object] = lambda states: None,
) -> FolderWatcher:
    """A watcher of the library's folders; it is told which, and calls back on its own thread.

    What is left out it reads from the file of the settings, again whenever that is another.
    """
    return FolderWatcher(
        paths.root,
        StoredRules(paths.settings_file).current,
        on_change,
        on_states,
        WatchReport(paths.watch_file),
        WatchPace(period_s=max(1, settings.rescan_minutes) * 60.0),
    )


def open_transfers(catalogue: Catalogue, paths: DataPaths, settings: Settings) -> Transfers:
    """What copies and moves photos, for the thread of this catalogue."""
    return Transfers(catalogue, paths, ExclusionRules(settings.exclude))


def make_decoder(settings: Settings) -> Decoder:
    """A decoder with the settings' caps."""
    return Decoder(
        pixel_cap=max(1, settings.pixel_cap_mp) * 1_000_000,
        memory=settings.decode_memory_mb * 1_000_000,
    )
