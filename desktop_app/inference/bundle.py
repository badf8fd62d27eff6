"""The model bundle: a folder of ONNX graphs that a manifest describes and vouches for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.errors import ModelMismatch, ModelMissing

MANIFEST_NAME = "manifest.json"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class BundleFile:
    """Size and checksum of one file of the bundle."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class GraphSpec:
    """One ONNX graph: its file and the names of its tensors."""

    file: str
    inputs: tuple[str, ...]
    output: str


@dataclass(frozen=True)
class ModelManifest:
    """What a bundle is: shapes, files with checksums, origin, licence and measured figures."""

    name: str
    model_id: str
    """First 16 hex digits of a SHA-256 over the files' checksums; stamps every embedding."""
    dim: int
    image_size: int
    """Side in pixels of the square that the image encoder takes."""
    context_length: int
    """Longest text in tokens, special tokens included; longer ones are cut."""
    image_encoder: GraphSpec
    text_encoder: GraphSpec
    tokenizer: str
    files: dict[str, BundleFile]
    licence: str
    kernel_weights: dict[str, float] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    format_version: int = FORMAT_VERSION

    def to_json(self) -> str:
        """The manifest as it is stored."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> ModelManifest:
        """Parse a stored manifest.

        Raises:
            ModelMismatch: it is no manifest of this format.
        """
        try:
            stored = json.loads(text)
            if stored["format_version"] != FORMAT_VERSION:
                raise ModelMismatch(
                    f"The model bundle has format {stored['format_version']}; "
                    f"this VisITA reads format {FORMAT_VERSION}.",
                    "Update VisITA or choose another model.",
                )
            stored["files"] = {k: BundleFile(**v) for k, v in stored["files"].items()}
            for graph in ("image_encoder", "text_encoder"):
                spec = stored[graph]
                stored[graph] = GraphSpec(spec["file"], tuple(spec["inputs"]), spec["output"])
            return cls(**stored)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelMismatch(
                f"The model bundle's manifest cannot be read: {error!r}.", _REINSTALL
            ) from error


@dataclass(frozen=True)
class ModelBundle:
    """A verified bundle on disk."""

    folder: Path
    manifest: ModelManifest

    def path(self, name: str) -> Path:
        """The full path of one of the bundle's files."""
        return self.folder / name

    @classmethod
    def open(cls, folder: Path) -> ModelBundle:
        """Read the manifest and check every file against it.

        Raises:
            ModelMissing: there is no manifest.
            ModelMismatch: a file is missing or is not the one that the manifest names.
        """
        try:
            text = (folder / MANIFEST_NAME).read_text("utf-8")
        except OSError as error:
            raise ModelMissing(f"There is no model bundle in {folder}.", _REINSTALL) from error
        except UnicodeDecodeError as error:
            raise ModelMismatch("The model bundle's manifest is damaged.", _REINSTALL) from error
        manifest = ModelManifest.from_json(text)
        for name, expected in manifest.files.items():
            _check(folder / name, expected)
        missing = {
            manifest.image_encoder.file,
            manifest.text_encoder.file,
            manifest.tokenizer,
        } - manifest.files.keys()
        if missing:
            raise ModelMismatch(
                f"The manifest has no checksum for {', '.join(sorted(missing))}.", _REINSTALL
            )
        return cls(folder, manifest)


_REINSTALL = "Reinstall VisITA or choose another model bundle with --model."


def describe_file(path: Path) -> BundleFile:
    """Size and SHA-256 of a file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return BundleFile(path.stat().st_size, digest)


def model_id_of(files: dict[str, BundleFile]) -> str:
    """The id that stamps embeddings: equal files give equal embeddings."""
    lines = "".join(f"{name} {files[name].sha256}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def _check(path: Path, expected: BundleFile) -> None:
    try:
        found = describe_file(path)
    except OSError as error:
        raise ModelMismatch(
            f"The model file {path.name} cannot be read: {error.strerror}.", _REINSTALL
        ) from error
    if found != expected:
        raise ModelMismatch(f"The model file {path.name} is damaged.", _REINSTALL)
