"""The model bundle: a folder of ONNX graphs that a manifest describes and vouches for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.errors import ModelMismatch, ModelMissing
from desktop_app.inference.model_input import ImageInput, TextInput

MANIFEST_NAME = "manifest.json"
FORMAT_VERSION = 3
_READ_VERSIONS = (1, 2, FORMAT_VERSION)
"""Format 1 has no heads: it holds the two encoders alone. Before format 3 every model took photos
and texts as VisITA's own do."""


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
    extra_outputs: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> GraphSpec:
        """Rebuild what ``asdict`` made."""
        extra = tuple(stored.get("extra_outputs", ()))
        return cls(stored["file"], tuple(stored["inputs"]), stored["output"], extra)


@dataclass(frozen=True)
class ImageTokens:
    """The image tokens: (grid * grid + others, width) numbers in [-1, 1] beside each embedding."""

    grid: int
    width: int
    others: int = 0
    """Rows after those of the regions that stand for no place: a class token, say."""

    @property
    def rows(self) -> int:
        """Rows that are kept of a photo."""
        return self.regions + self.others

    @property
    def regions(self) -> int:
        """Regions of a photo, row by row from the top left."""
        return self.grid**2


@dataclass(frozen=True)
class CaptionerSpec:
    """The captioner's graph and the words it knows."""

    graph: GraphSpec
    vocabulary: str
    """JSON list of tokenizer ids; caption token 3 + i is the i-th (0 padding, 1 start, 2 end)."""
    longest: int
    """Caption tokens that the graph takes at most, the start included."""


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
    kernel_dims: dict[str, int] = field(default_factory=dict)
    """How many of an embedding's numbers are each kernel's, in their order; empty where a bundle
    does not tell."""
    metrics: dict[str, Any] = field(default_factory=dict)
    image_tokens: ImageTokens | None = None
    matcher: GraphSpec | None = None
    captioner: CaptionerSpec | None = None
    image_input: ImageInput = field(default_factory=ImageInput)
    text_input: TextInput = field(default_factory=TextInput)
    family: str = ""
    """The architecture of a model that is not our own: ``clip``, ``siglip``, ..."""
    source: str = ""
    """Where its checkpoint came from, with its revision."""
    precision: str = ""
    runs_alone: bool = False
    """Whether photos are embedded one by one, because dynamic int8 scales activations over all that
    runs together: beside others, a photo's embedding would be another."""
    languages: tuple[str, ...] = ()
    """Codes of the languages that its texts may have, where that is known."""
    logit_scale: float | None = None
    """What a cosine was multiplied by in training, and what was added: with a sigmoid or a softmax
    upon it, a probability. None where nobody knows."""
    logit_bias: float | None = None
    format_version: int = FORMAT_VERSION

    @property
    def named_files(self) -> set[str]:
        """Every file that the bundle runs with; each needs a checksum."""
        names = {self.image_encoder.file, self.text_encoder.file, self.tokenizer}
        if self.matcher is not None:
            names.add(self.matcher.file)
        if self.captioner is not None:
            names |= {self.captioner.graph.file, self.captioner.vocabulary}
        return names

    @property
    def photo_side(self) -> int:
        """Pixels that a side of a photo must have for the image encoder's input."""
        return self.image_input.side(self.image_size)

    @property
    def size_bytes(self) -> int:
        """What its files take on the disk."""
        return sum(file.size_bytes for file in self.files.values())

    @property
    def kernel_slices(self) -> dict[str, slice]:
        """Which part of an embedding is whose kernel's: concat_m sqrt(alpha_m) phi_m."""
        slices, start = {}, 0
        for name, dim in self.kernel_dims.items():
            slices[name] = slice(start, start + dim)
            start += dim
        return slices

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
            if stored["format_version"] not in _READ_VERSIONS:
                raise ModelMismatch(
                    f"The model bundle has format {stored['format_version']}; "
                    f"this VisITA reads up to format {FORMAT_VERSION}.",
                    "Update VisITA or choose another model.",
                )
            stored["files"] = {k: BundleFile(**v) for k, v in stored["files"].items()}
            for graph in ("image_encoder", "text_encoder"):
                stored[graph] = GraphSpec.from_dict(stored[graph])
            if stored.get("image_tokens") is not None:
                stored["image_tokens"] = ImageTokens(**stored["image_tokens"])
            if stored.get("matcher") is not None:
                stored["matcher"] = GraphSpec.from_dict(stored["matcher"])
            if stored.get("captioner") is not None:
                captioner = dict(stored["captioner"])
                graph_spec = GraphSpec.from_dict(captioner.pop("graph"))
                stored["captioner"] = CaptionerSpec(graph_spec, **captioner)
            if "image_input" in stored:
                stored["image_input"] = ImageInput(**stored["image_input"])
            if "text_input" in stored:
                stored["text_input"] = TextInput(**stored["text_input"])
            stored["languages"] = tuple(stored.get("languages", ()))
            manifest = cls(**stored)
            manifest._require_whole_kernels()
            manifest._require_plain_names()
            return manifest
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelMismatch(
                f"The model bundle's manifest cannot be read: {error!r}.", _REINSTALL
            ) from error

    def _require_plain_names(self) -> None:
        """Files lie in the bundle's folder, whoever wrote the manifest."""
        for name in self.named_files | self.files.keys():
            if name in ("", ".", "..", MANIFEST_NAME) or any(mark in name for mark in "/\\:\0"):
                raise ValueError(f"{name!r} is no name of a file in the bundle's folder")

    def _require_whole_kernels(self) -> None:
        dims = self.kernel_dims
        if not dims:
            return
        if sum(dims.values()) != self.dim or min(dims.values()) < 1:
            raise ValueError(f"the kernels {dims} are not an embedding of {self.dim}")
        if dims.keys() != self.kernel_weights.keys():
            raise ValueError(f"the kernels {list(dims)} are not those that have weights")


@dataclass(frozen=True)
class ModelBundle:
    """A verified bundle on disk."""

    folder: Path
    manifest: ModelManifest

    @property
    def has_image_tokens(self) -> bool:
        """Whether the image encoder gives compact tokens; matcher and captioner need them."""
        return self.manifest.image_tokens is not None

    @property
    def has_matcher(self) -> bool:
        """Whether hits can be ranked again and explained."""
        return self.manifest.matcher is not None

    @property
    def has_captioner(self) -> bool:
        """Whether captions can be generated."""
        return self.manifest.captioner is not None

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
        missing = manifest.named_files - manifest.files.keys()
        if missing:
            raise ModelMismatch(
                f"The manifest has no checksum for {', '.join(sorted(missing))}.", _REINSTALL
            )
        _require_what_heads_need(manifest)
        return cls(folder, manifest)


_REINSTALL = "Reinstall VisITA or choose another model bundle with --model."


def describe_file(path: Path) -> BundleFile:
    """Size and SHA-256 of a file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return BundleFile(path.stat().st_size, digest)


def model_id_of(
    files: dict[str, BundleFile],
    image_input: ImageInput | None = None,
    text_input: TextInput | None = None,
) -> str:
    """The id that stamps embeddings: equal files on equal inputs give equal embeddings."""
    lines = "".join(f"{name} {files[name].sha256}\n" for name in sorted(files))
    for given, usual in ((image_input, ImageInput()), (text_input, TextInput())):
        if given is not None and given != usual:
            lines += f"{json.dumps(asdict(given), sort_keys=True)}\n"
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def _require_what_heads_need(manifest: ModelManifest) -> None:
    has_heads = manifest.matcher is not None or manifest.captioner is not None
    has_tokens = manifest.image_tokens is not None
    is_whole = (has_tokens or not has_heads) and (
        has_tokens == bool(manifest.image_encoder.extra_outputs)
        and (manifest.matcher is None or bool(manifest.text_encoder.extra_outputs))
    )
    if not is_whole:
        raise ModelMismatch(
            "The model bundle's matcher or captioner lacks the outputs that it works on.",
            _REINSTALL,
        )


def _check(path: Path, expected: BundleFile) -> None:
    try:
        found = describe_file(path)
    except OSError as error:
        raise ModelMismatch(
            f"The model file {path.name} cannot be read: {error.strerror}.", _REINSTALL
        ) from error
    if found != expected:
        raise ModelMismatch(f"The model file {path.name} is damaged.", _REINSTALL)
