"""Where VisITA keeps its files."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import appdirs

from desktop_app.errors import CatalogueReadOnly, DiskFull, no_space_left


@dataclass(frozen=True)
class DataPaths:
    """Every file that VisITA writes, below one folder; ``--data-dir`` moves them all."""

    root: Path

    @property
    def catalogue(self) -> Path:
        """The SQLite file: the truth, embeddings included."""
        return self.root / "catalogue.sqlite"

    @property
    def index_dir(self) -> Path:
        """Snapshots of the HNSW cache; safe to delete."""
        return self.root / "index"

    @property
    def thumbnails_dir(self) -> Path:
        """Small JPEGs named by content hash; safe to delete."""
        return self.root / "thumbnails"

    @property
    def pasted_dir(self) -> Path:
        """Pictures that were pasted, as long as a search names them."""
        return self.root / "pasted"

    @property
    def places_dir(self) -> Path:
        """Names of towns, made from an optional package; safe to delete."""
        return self.root / "places"

    @property
    def models_dir(self) -> Path:
        """Model bundles that were added, and which one answers; made when the first one is."""
        return self.root / "models"

    @property
    def answering_file(self) -> Path:
        """The name of the model that queries are answered with."""
        return self.models_dir / "answering.json"

    @property
    def settings_file(self) -> Path:
        """The user's settings (JSON)."""
        return self.root / "settings.json"

    @property
    def log_file(self) -> Path:
        """The log of the last runs."""
        return self.root / "visita.log"

    @property
    def indexer_lock(self) -> Path:
        """Locked by the one indexer that works on this library."""
        return self.root / "indexer.lock"

    @property
    def watch_file(self) -> Path:
        """What the process that watches the folders says about it."""
        return self.root / "watching.json"

    @property
    def transfers_dir(self) -> Path:
        """Journals of what was copied and moved; made when the first one is."""
        return self.root / "transfers"

    def create(self) -> None:
        """Make the folders, readable by their owner only.

        Raises:
            CatalogueReadOnly: the place cannot be written.
            DiskFull: there is no space for even a folder.
        """
        try:
            for folder in (self.root, self.index_dir, self.thumbnails_dir):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            if no_space_left(error):
                raise DiskFull(f"No space is left for the library in {self.root}.") from error
            raise CatalogueReadOnly(
                f"The library's folder {self.root} cannot be made: {error.strerror}.",
                "Choose another with --data-dir.",
            ) from error


def default_data_dir() -> Path:
    """The platform's folder for an application's data."""
    return Path(appdirs.user_data_dir("VisITA", appauthor=False))


def default_model_dir() -> Path:
    """The model bundle that ships with the app: packed, installed, or in a source tree."""
    packed = packed_files()
    if packed is not None:
        return packed / "assets" / "model"
    package = Path(__file__).resolve().parent
    installed = package / "assets" / "model"
    return installed if installed.is_dir() else package.parent / "assets" / "model"


def packed_files() -> Path | None:
    """Where PyInstaller's loader has the app's files; None where Python runs the app itself."""
    packed = getattr(sys, "_MEIPASS", None)
    return None if packed is None else Path(packed)


def packed_program(name: str) -> Path | None:
    """One of the programs of the packed app, which lie beside each other; None as above."""
    if packed_files() is None:
        return None
    running = Path(sys.executable).resolve()  # it may have been started by a link
    return running.with_name(name + running.suffix)


def command_line_program() -> list[str]:
    """What to start for another process of this app: the words of its command line follow.

    Windows tells programs with a window from those of a terminal, whose output alone can be read:
    the packed app has both.
    """
    packed = packed_program("visita")
    return [str(packed)] if packed is not None else [sys.executable, "-m", "desktop_app"]
