"""Write a model bundle: graphs, tokenizer, licence notes, and the manifest last."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from desktop_app.inference.bundle import (
    MANIFEST_NAME,
    GraphSpec,
    ModelManifest,
    describe_file,
    model_id_of,
)
from model_export.graphs import (
    IMAGE_INPUT,
    IMAGE_OUTPUT,
    TEXT_INPUTS,
    TEXT_OUTPUT,
    export_image_encoder,
    export_text_encoder,
)
from model_export.quantize import quantize_trunk, quantize_weights, store_half
from training.checkpoint import TOKENIZER_NAME, load_model
from training.data.dataset import PhotoDataset
from training.model.visita import VisitaModel

IMAGE_FILE = "image_encoder.onnx"
TEXT_FILE = "text_encoder.onnx"
_LICENCE = (
    "Weights trained by the VisITA project; see MODEL_CARD.md for the origin and terms of the "
    "pretrained towers and of the training data (partly non-commercial research and education)."
)


# Dense convolutions run three times as fast in int8 and keep their answers; MobileNetV2's
# depthwise ones gain nothing and lose a lot (cosine 0.976 against 0.999).
_INT8_TRUNKS = ("inception_v3",)
_CALIBRATION_PHOTOS = 100


def write_graphs(
    checkpoint: Path, folder: Path, calibration: PhotoDataset | None, quantize_text: bool
) -> None:
    """Export both encoders of a checkpoint, and its tokenizer, into an empty folder.

    Args:
        checkpoint: what training wrote.
        folder: the staging folder.
        calibration: photos that the ranges of int8 are measured on; None keeps float32.
        quantize_text: dynamic int8 for the text encoder, else half-precision storage.
    """
    # eager attention traces to plain matrix products, which int8 quantisation knows
    model = load_model(checkpoint, attention="eager")
    full = folder / "full.onnx"
    export_image_encoder(model, full)
    if calibration is not None:
        _quantize_trunks(model, full, calibration)
    store_half(full, folder / IMAGE_FILE)
    export_text_encoder(model, full)
    (quantize_weights if quantize_text else store_half)(full, folder / TEXT_FILE)
    full.unlink()
    shutil.copyfile(checkpoint / TOKENIZER_NAME, folder / TOKENIZER_NAME)


def write_manifest(checkpoint: Path, folder: Path, metrics: dict[str, Any]) -> ModelManifest:
    """Describe the files of a staging folder; until this is there, the app refuses the bundle."""
    model = load_model(checkpoint)
    names = [IMAGE_FILE, TEXT_FILE, TOKENIZER_NAME]
    files = {name: describe_file(folder / name) for name in names}
    manifest = ModelManifest(
        name="MKL-VisITA",
        model_id=model_id_of(files),
        dim=model.config.dim,
        image_size=model.config.image_size,
        context_length=model.config.context_length,
        image_encoder=GraphSpec(IMAGE_FILE, (IMAGE_INPUT,), IMAGE_OUTPUT),
        text_encoder=GraphSpec(TEXT_FILE, TEXT_INPUTS, TEXT_OUTPUT),
        tokenizer=TOKENIZER_NAME,
        files=files,
        licence=_LICENCE,
        kernel_weights=model.named_kernel_weights(),
        metrics=metrics,
    )
    (folder / MANIFEST_NAME).write_text(manifest.to_json(), "utf-8")
    return manifest


def swap_in(staging: Path, output: Path) -> None:
    """Move the staged files over the old ones; hand-written notes in ``output`` stay."""
    output.mkdir(parents=True, exist_ok=True)
    (output / MANIFEST_NAME).unlink(missing_ok=True)  # a half-swapped bundle has no manifest
    for path in sorted(staging.iterdir(), key=lambda p: p.name == MANIFEST_NAME):
        path.replace(output / path.name)


def _quantize_trunks(model: VisitaModel, graph: Path, calibration: PhotoDataset) -> None:
    size = model.config.image_size
    step = max(1, len(calibration) // _CALIBRATION_PHOTOS)
    for number, trunk in enumerate(model.config.trunks):
        if trunk.name in _INT8_TRUNKS:
            prefix = f"model.image_tower.trunks.{number}."
            photos = (calibration.pixels(i, size)[None] for i in range(0, len(calibration), step))
            quantize_trunk(graph, graph, prefix, photos)
