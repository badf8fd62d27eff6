"""A bundle as one file, and back: a zip archive of its files, as it is handed from one to another.

Whoever made the archive is not trusted: only files that its manifest names are taken out, under
plain names, and not a byte more than the manifest says.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO

from desktop_app.errors import ModelMismatch, ModelMissing
from desktop_app.inference.bundle import MANIFEST_NAME, ModelBundle, ModelManifest

_NOTES = ("MODEL_CARD.md", "README.md", "LICENSE", "NOTICE")
"""Taken along where they are there; nothing runs with them."""
_MOST_NOTE_BYTES = 1_000_000
_MOST_MANIFEST_BYTES = 4_000_000
_BLOCK = 1 << 20

Opener = Callable[[str], IO[bytes]]


def write_archive(bundle: ModelBundle, target: Path) -> None:
    """Write a bundle's files into one archive; ``target`` appears when it is whole.

    Raises:
        OSError: it cannot be written.
    """
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    notes = [name for name in _NOTES if (bundle.folder / name).is_file()]
    try:
        # weights hardly get smaller, and a stored file is copied as fast as the disk is
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            for name in (MANIFEST_NAME, *sorted(bundle.manifest.files), *notes):
                archive.write(bundle.path(name), name)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def read_bundle(source: Path, target: Path) -> None:
    """Copy a bundle's files out of a folder or an archive into an empty folder.

    What they hold is not checked; ``ModelBundle.open`` does it.

    Raises:
        ModelMissing: there is no bundle.
        ModelMismatch: the archive is damaged, or a file has another size than it should.
        OSError: a file cannot be written.
    """
    if source.is_dir():
        _copy(lambda name: (source / name).open("rb"), source, target)
        return
    try:
        with zipfile.ZipFile(source) as archive:
            inside = _folder_of(archive)
            _copy(lambda name: archive.open(f"{inside}{name}"), source, target)
    except FileNotFoundError as error:
        raise ModelMissing(f"The archive {source} does not exist.") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ModelMismatch(
            f"{source.name} is no archive of a model bundle: {error}.",
            "`visita model export` writes one.",
        ) from error


def _folder_of(archive: zipfile.ZipFile) -> str:
    """What stands before the names: nothing, or the one folder that was packed as a whole."""
    for name in archive.namelist():
        path = PurePosixPath(name)
        if path.name == MANIFEST_NAME and len(path.parts) <= 2:
            return name.removesuffix(MANIFEST_NAME)
    return ""


def _copy(opened: Opener, source: Path, target: Path) -> None:
    try:
        with opened(MANIFEST_NAME) as stream:
            text = stream.read(_MOST_MANIFEST_BYTES + 1)
    except (KeyError, FileNotFoundError) as error:
        raise ModelMissing(
            f"{source} holds no model bundle.",
            "A bundle has a manifest.json; `visita model add` takes checkpoints of the hub.",
        ) from error
    if len(text) > _MOST_MANIFEST_BYTES:
        raise ModelMismatch(f"The manifest of {source.name} is too large to be one.")
    try:
        manifest = ModelManifest.from_json(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ModelMismatch(f"The manifest of {source.name} is damaged.") from error
    (target / MANIFEST_NAME).write_bytes(text)
    for name, file in manifest.files.items():
        try:
            with opened(name) as stream, (target / name).open("wb") as written:
                _copy_exactly(stream, written, file.size_bytes)
        except (KeyError, FileNotFoundError) as error:
            raise ModelMismatch(f"{source.name} lacks the file {name}.") from error
    for name in _NOTES:
        try:
            with opened(name) as stream:
                (target / name).write_bytes(stream.read(_MOST_NOTE_BYTES))
        except (KeyError, FileNotFoundError):
            continue


def _copy_exactly(stream: IO[bytes], written: IO[bytes], size: int) -> None:
    left = size
    while left and (block := stream.read(min(left, _BLOCK))):
        written.write(block)
        left -= len(block)
    if left or stream.read(1):
        raise ModelMismatch(
            f"{Path(written.name).name} has another size than the manifest says.",
            "Get the bundle again from where it came.",
        )
    shutil.copyfileobj(stream, written)  # nothing is left; a zip checks its CRC at its end
