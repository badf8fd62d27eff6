"""Puts the objects together, for the command line and for the window. Knows no Qt."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.errors import AppError
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
from desktop_app.library.models.model_choice import ModelChoice
from desktop_app.library.models.model_shelf import ModelShelf
from desktop_app.library.models.model_switch import ModelSwitch
from desktop_app.library.models.successor import Successor
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
from desktop_app.paths import DataPaths, default_model_dir
from desktop_app.settings import Settings

log = logging.getLogger(__name__)


def model_shelf(paths: DataPaths) -> ModelShelf:
    """The bundles that a library can be searched with."""
    return ModelShelf(paths.models_dir, default_model_dir())


def model_choice(paths: DataPaths) -> ModelChoice:
    """Which of them answers, and which is wanted."""
    return ModelChoice(paths.answering_file, paths.settings_file)


def open_bundle(paths: DataPaths, model_dir: Path | None) -> ModelBundle:
    """The bundle in a folder; None: the one that answers in this library.

    Raises:
        ModelError: it is not there, or damaged.
    """
    if model_dir is not None:
        return ModelBundle.open(model_dir)
    return ModelBundle.open(model_shelf(paths).find(model_choice(paths).answering).folder)


def open_model_switch(catalogue: Catalogue, paths: DataPaths) -> ModelSwitch:
    """What lists and changes models, for the thread of this catalogue."""
    return ModelSwitch(catalogue, model_shelf(paths), model_choice(paths), paths.index_dir)


def open_search_service(
    paths: DataPaths, model_dir: Path | None, settings: Settings
) -> SearchService:
    """A search service on the library in ``paths``; the encoders are loaded when first needed.

    ``model_dir`` is as for ``open_bundle``, here and below.

    Raises:
        LibraryError: the library cannot be opened.
        ModelError: the model bundle cannot be used.
    """
    bundle = open_bundle(paths, model_dir)
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
def open_near_photos(paths: DataPaths, model_dir: Path | None) -> Iterator[NearPhotos]:
    """What finds equal and similar photos, with a connection and an index of its own.

    Raises:
        LibraryError: the library cannot be opened.
        ModelError: the model bundle cannot be used.
    """
    manifest = open_bundle(paths, model_dir).manifest
    with open_catalogue(paths) as catalogue:
        index = VectorIndex(catalogue.embeddings, paths.index_dir, manifest.model_id, manifest.dim)
        yield NearPhotos(catalogue, manifest.model_id, index.search)


def read_manifest(paths: DataPaths, model_dir: Path | None) -> ModelManifest:
    """What the model bundle says of itself.

    Raises:
        ModelError: the bundle cannot be used.
    """
    return open_bundle(paths, model_dir).manifest


def obtained_provider(paths: DataPaths, model_dir: Path | None, settings: Settings) -> str:
    """Where the model really runs, by ONNX Runtime's name; loads the text encoder to see.

    Raises:
        ModelError: it cannot run as asked.
    """
    bundle = open_bundle(paths, model_dir)
    return TextEncoder(bundle, RuntimeOptions(settings.provider)).session.obtained[0]


def open_indexer(paths: DataPaths, model_dir: Path | None, settings: Settings) -> Indexer:
    """An indexer of the library in ``paths``, with a connection of its own.

    Unless a model is named, it prepares the one that is wanted while another answers.

    Raises:
        LibraryError: the library cannot be opened.
        ModelError: the model bundle cannot be used.
    """
    bundle = open_bundle(paths, model_dir)
    encoder = ImageEncoder(bundle, RuntimeOptions(settings.provider))
    paths.create()
    manifests = [model.manifest for model in model_shelf(paths).all()]
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
            kept_models=tuple(manifest.model_id for manifest in manifests if manifest is not None),
        ),
        None if model_dir is not None else _successor(paths, settings),
    )


def _successor(paths: DataPaths, settings: Settings) -> Successor | None:
    """The wanted model, where another one answers."""
    choice = model_choice(paths)
    name = choice.wanted
    if name == choice.answering:
        return None
    try:
        bundle = ModelBundle.open(model_shelf(paths).find(name).folder)
    except AppError as error:  # the one that answers goes on
        log.warning("the model %s is wanted and cannot be used: %s", name, error)
        return None
    return Successor(
        bundle.manifest,
        lambda: ImageEncoder(bundle, RuntimeOptions(settings.provider)),
        lambda: choice.take_over(name),
    )


def open_folder_probe(paths: DataPaths, model_dir: Path | None, settings: Settings) -> FolderProbe:
    """What counts the photos of folders and tries a few of them out, by the settings' rules."""

    def load_encoder() -> ImageEncoder:
        return ImageEncoder(open_bundle(paths, model_dir), RuntimeOptions(settings.provider))

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
