"""Write a model bundle: graphs, tokenizer, vocabulary of captions, and the manifest last."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from desktop_app.inference.bundle import (
    MANIFEST_NAME,
    CaptionerSpec,
    ImageTokens,
    ModelManifest,
    describe_file,
    model_id_of,
)
from model_export.graphs import (
    CAPTIONER,
    IMAGE,
    MATCHER,
    TEXT,
    export_captioner,
    export_image_encoder,
    export_matcher,
    export_text_encoder,
    forget_traces,
    image_spec,
)
from model_export.quantize import compute_half, quantize_trunk, quantize_weights, store_half
from training.checkpoint import TOKENIZER_NAME, load_model
from training.data.source import PhotoSource
from training.model.visita import VisitaModel

Precision = Literal["int8", "half", "cuda"]
"""``int8`` where it keeps the answers; ``half``: float16 is stored, float32 computed; ``cuda``:
float16 is computed, for CUDAExecutionProvider."""

VOCABULARY_FILE = "caption_vocabulary.json"
_LICENCE = (
    "Weights trained by the VisITA project; see MODEL_CARD.md for the origin and terms of the "
    "pretrained towers and of the training data (partly non-commercial research and education)."
)


# Dense convolutions run three times as fast in int8 and keep their answers; MobileNetV2's
# depthwise ones gain nothing and lose a lot (cosine 0.976 against 0.999).
_INT8_TRUNKS = ("inception_v3",)
_CALIBRATION_PHOTOS = 100


def write_graphs(
    checkpoint: Path, folder: Path, precision: Precision, calibration: PhotoSource | None = None
) -> None:
    """Export all that a checkpoint has, and its tokenizer, into an empty folder.

    Args:
        checkpoint: what training wrote.
        folder: the staging folder.
        precision: of the graphs.
        calibration: photos that the ranges of int8 are measured on; None leaves the trunks alone.
    """
    # eager attention traces to plain matrix products, which int8 quantisation knows
    model = load_model(checkpoint, attention="eager")
    with tempfile.TemporaryDirectory(dir=folder) as traced:
        trace_graphs(model, Path(traced))
        compress_graphs(model, Path(traced), folder, precision, calibration)
    if model.captioner is not None:
        vocabulary = list(model.captioner.config.vocabulary)
        (folder / VOCABULARY_FILE).write_text(json.dumps(vocabulary) + "\n", "utf-8")
    shutil.copyfile(checkpoint / TOKENIZER_NAME, folder / TOKENIZER_NAME)


def trace_graphs(model: VisitaModel, folder: Path) -> None:
    """Write every graph that a model has, in float32."""
    export_image_encoder(model, folder / IMAGE.file)
    export_text_encoder(model, folder / TEXT.file)
    if model.matcher is not None:
        export_matcher(model, model.matcher, folder / MATCHER.file)
    if model.captioner is not None:
        export_captioner(model, model.captioner, folder / CAPTIONER.file)


def compress_graphs(
    model: VisitaModel,
    traced: Path,
    folder: Path,
    precision: Precision,
    calibration: PhotoSource | None = None,
) -> None:
    """Write the graphs of ``trace_graphs`` in a precision; the traced ones are left as they are."""
    compress: Callable[[Path, Path], None] = compute_half if precision == "cuda" else store_half
    is_int8 = precision == "int8"
    image = traced / IMAGE.file
    if is_int8 and calibration is not None:
        image = _quantize_trunks(model, image, calibration)
    compress(image, folder / IMAGE.file)
    (quantize_weights if is_int8 else compress)(traced / TEXT.file, folder / TEXT.file)
    # The heads run in batches, and dynamic int8 scales activations over the whole batch: a
    # photo's score would depend on the other hits, and the quantiser breaks the table of words that
    # the captioner reads from and writes to. They are small; half the size is enough.
    for spec in (MATCHER, CAPTIONER):
        if (traced / spec.file).exists():
            compress(traced / spec.file, folder / spec.file)
    for graph in folder.glob("*.onnx"):
        forget_traces(graph)


def write_manifest(checkpoint: Path, folder: Path, metrics: dict[str, Any]) -> ModelManifest:
    """Describe the files of a staging folder; until this is there, the app refuses the bundle."""
    model = load_model(checkpoint)
    kernel_weights = model.named_kernel_weights()
    compact, captioner = model.config.compact, model.config.captioner
    names = [IMAGE.file, TEXT.file, TOKENIZER_NAME]
    if model.matcher is not None:
        names.append(MATCHER.file)
    if model.captioner is not None:
        names += [CAPTIONER.file, VOCABULARY_FILE]
    files = {name: describe_file(folder / name) for name in names}
    manifest = ModelManifest(
        name="MKL-VisITA",
        model_id=model_id_of(files),
        dim=model.config.dim,
        image_size=model.config.image_size,
        context_length=model.config.context_length,
        image_encoder=image_spec(model),
        text_encoder=TEXT,
        tokenizer=TOKENIZER_NAME,
        files=files,
        licence=_LICENCE,
        kernel_weights=kernel_weights,
        kernel_dims={
            name: kernel.dim
            for name, kernel in zip(kernel_weights, model.config.kernels, strict=True)
        },
        metrics=metrics,
        image_tokens=None if compact is None else ImageTokens(compact.grid, compact.width),
        matcher=None if model.matcher is None else MATCHER,
        captioner=None
        if captioner is None
        else CaptionerSpec(CAPTIONER, VOCABULARY_FILE, captioner.longest),
    )
    (folder / MANIFEST_NAME).write_text(manifest.to_json(), "utf-8")
    return manifest


def swap_in(staging: Path, output: Path) -> None:
    """Move the staged files over the old ones; hand-written notes in ``output`` stay."""
    output.mkdir(parents=True, exist_ok=True)
    (output / MANIFEST_NAME).unlink(missing_ok=True)  # a half-swapped bundle has no manifest
    for stale in (MATCHER.file, CAPTIONER.file, VOCABULARY_FILE):
        if not (staging / stale).exists():
            (output / stale).unlink(missing_ok=True)
    for path in sorted(staging.iterdir(), key=lambda p: p.name == MANIFEST_NAME):
        path.replace(output / path.name)


def _quantize_trunks(model: VisitaModel, traced: Path, calibration: PhotoSource) -> Path:
    """The image encoder with int8 trunks, beside the traced one."""
    size = model.config.image_size
    step = max(1, len(calibration) // _CALIBRATION_PHOTOS)
    graph = traced
    for number, trunk in enumerate(model.config.trunks):
        if trunk.name in _INT8_TRUNKS:
            prefix = f"model.image_tower.trunks.{number}."
            photos = (calibration.pixels(i, size)[None] for i in range(0, len(calibration), step))
            target = traced.with_suffix(".int8.onnx")
            quantize_trunk(graph, target, prefix, photos)
            graph = target
    return graph
