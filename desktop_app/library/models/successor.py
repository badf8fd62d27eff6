"""The model that is to answer next: photos are embedded with it while another one answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.inference.bundle import ModelManifest
from desktop_app.library.encoding import PhotoEncoder


@dataclass(frozen=True)
class Successor:
    """What the indexer needs of it."""

    manifest: ModelManifest
    load: Callable[[], PhotoEncoder]
    """Called only if there is a photo to encode."""
    take_over: Callable[[], object]
    """Called when every photo that can be read has an embedding; the model answers from then on."""
