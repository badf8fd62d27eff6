"""The model bundles on this computer: the one that came with the app, and those that were added."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import (
    AppError,
    DiskFull,
    LibraryError,
    ModelError,
    ModelMismatch,
    ModelMissing,
    UsageError,
    no_space_left,
)
from desktop_app.inference.bundle import (
    MANIFEST_NAME,
    ModelBundle,
    ModelManifest,
    describe_file,
    model_id_of,
)
from desktop_app.library.models.bundle_archive import read_bundle, write_archive

SHIPPED = "visita"
"""The name of the model that ships with the app."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MAKING = ".making-"


@dataclass(frozen=True)
class ShelvedModel:
    """A bundle that can be chosen."""

    name: str
    folder: Path
    manifest: ModelManifest | None
    """None where it cannot be read; ``problem`` says why."""
    problem: str = ""

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the app."""
        return self.name == SHIPPED


class ModelShelf:
    """Names bundles and keeps them in one folder. Any thread may use one."""

    def __init__(self, folder: Path, shipped: Path) -> None:
        """Two places; neither needs to be there.

        Args:
            folder: where added bundles lie, a folder each.
            shipped: the bundle that came with the app.
        """
        self.folder = folder
        self._shipped = shipped

    def all(self) -> list[ShelvedModel]:
        """Every bundle by name, the shipped one first. Checksums are not looked at."""
        found = [self._shelved(SHIPPED)]
        if self.folder.is_dir():
            names = sorted(path.name for path in self.folder.iterdir() if path.is_dir())
            found += [self._shelved(name) for name in names if _NAME.fullmatch(name)]
        return found

    def path_of(self, name: str) -> Path:
        """The folder of a bundle, which may not be there."""
        if name == SHIPPED:
            return self._shipped
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"{name!r} cannot be the name of a model.",
                "Letters, digits, dots, dashes and underscores can, 64 at most.",
            )
        return self.folder / name

    def find(self, name: str) -> ShelvedModel:
        """A bundle by its name.

        Raises:
            ModelMissing: there is none of that name.
        """
        if name != SHIPPED and not (self.path_of(name) / MANIFEST_NAME).is_file():
            raise ModelMissing(
                f"There is no model {name} on this computer.",
                "`visita model list` lists those that there are.",
            )
        return self._shelved(name)

    def free_name(self, wanted: str) -> str:
        """A name for a new bundle, as near to the wanted one as names allow.

        Raises:
            UsageError: it is taken, or nothing of it can be a name.
        """
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", wanted.rsplit("/", 1)[-1]).strip("-._").lower()
        name = name[:64]
        if not _NAME.fullmatch(name):
            raise UsageError(f"{wanted!r} cannot be the name of a model.", "Choose another --name.")
        if name == SHIPPED or (self.folder / name).exists():
            raise UsageError(
                f"There is a model {name} already.",
                f"Choose another --name, or `visita model remove {name}` first.",
            )
        return name

    def take_in(self, source: Path, name: str = "", sha256: str = "") -> ShelvedModel:
        """Copy a bundle from a folder or an archive, and check every file of it.

        Args:
            source: a folder with a manifest, or what ``hand_out`` wrote.
            name: to call it; empty: as it calls itself.
            sha256: of the manifest, which vouches for all other files; empty: not compared.

        Raises:
            ModelError: it is no bundle, or a file of it is not the one that it should be.
            UsageError: the name is taken.
            LibraryError: it cannot be written.
        """
        with self._making() as staging:
            read_bundle(source, staging)
            found = describe_file(staging / MANIFEST_NAME).sha256
            if sha256 and found != sha256.lower():
                raise ModelMismatch(
                    f"The manifest of {source.name} has the SHA-256 {found}, not the one that "
                    "was named.",
                    "Get the bundle again from where it came.",
                )
            manifest = ModelBundle.open(staging).manifest
            _require_own_id(manifest)
            chosen = self.free_name(name or manifest.name)
            os.replace(staging, self.folder / chosen)
        return self._shelved(chosen)

    def hand_out(self, name: str, target: Path) -> str:
        """Write a bundle as one file; the SHA-256 of its manifest.

        Raises:
            ModelError: the bundle is damaged.
            LibraryError: the file cannot be written.
        """
        bundle = ModelBundle.open(self.find(name).folder)
        with _translated(target):
            write_archive(bundle, target)
        return describe_file(bundle.path(MANIFEST_NAME)).sha256

    def remove(self, name: str) -> int:
        """Delete an added bundle; how many bytes it took.

        Raises:
            UsageError: it is the shipped one.
            ModelMissing: there is none of that name.
        """
        if name == SHIPPED:
            raise UsageError("The model that came with VisITA stays.", "Its embeddings can go.")
        folder = self.find(name).folder
        size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
        with _translated(folder):
            shutil.rmtree(folder)
        return size

    @contextmanager
    def _making(self) -> Iterator[Path]:
        """A folder beside the bundles that is gone afterwards, unless it was renamed."""
        with _translated(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(dir=self.folder, prefix=_MAKING))
            try:
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)

    def _shelved(self, name: str) -> ShelvedModel:
        folder = self.path_of(name)
        try:
            text = (folder / MANIFEST_NAME).read_text("utf-8")
            return ShelvedModel(name, folder, ModelManifest.from_json(text))
        except ModelError as error:
            return ShelvedModel(name, folder, None, error.message)
        except (OSError, UnicodeDecodeError):
            return ShelvedModel(name, folder, None, "There is no manifest that can be read.")


def _require_own_id(manifest: ModelManifest) -> None:
    """An id stamps embeddings: one that another model has would mix what cannot be compared."""
    given = (manifest.image_input, manifest.text_input)
    if manifest.model_id != model_id_of(manifest.files, *given):
        raise ModelMismatch(
            "The manifest has an id that does not belong to its files.",
            "Get the bundle again from where it came.",
        )


@contextmanager
def _translated(place: Path) -> Iterator[None]:
    try:
        yield
    except AppError:
        raise
    except OSError as error:
        if no_space_left(error):
            raise DiskFull(f"No space is left for a model in {place.parent}.") from error
        raise LibraryError(f"{place} cannot be written: {error.strerror or error}.") from error
