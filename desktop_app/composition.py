"""Puts the objects together, for the command line and for the window. Knows no Qt."""

from __future__ import annotations

from pathlib import Path

from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.captioner import Captioner
from desktop_app.inference.encoders import ImageEncoder, TextEncoder
from desktop_app.inference.matcher import Matcher
from desktop_app.inference.runtime import RuntimeOptions
from desktop_app.library.catalogue import Catalogue
from desktop_app.library.decoder import Decoder
from desktop_app.library.heads import Heads
from desktop_app.library.indexer import Indexer, IndexerOptions
from desktop_app.library.search import SearchService
from desktop_app.library.thumbnails import ThumbnailStore
from desktop_app.library.vector_index import VectorIndex
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
    catalogue = Catalogue.open(paths.catalogue)
    options = RuntimeOptions(settings.provider)
    index = VectorIndex(catalogue, paths.index_dir, bundle.manifest.model_id, bundle.manifest.dim)
    return SearchService(
        catalogue,
        index,
        ThumbnailStore(paths.thumbnails_dir),
        Decoder(),
        lambda: TextEncoder(bundle, options),
        lambda: ImageEncoder(bundle, options),
        heads=Heads(
            bundle.manifest,
            lambda: Matcher(bundle, options),
            lambda: Captioner(bundle, options),
        ),
        reranks=settings.rerank,
    )


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
        Decoder(),
        encoder,
        ThumbnailStore(paths.thumbnails_dir),
        IndexerOptions(paths, settings.decode_workers),
    )
