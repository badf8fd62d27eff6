"""A hub model -> a verified bundle in a folder."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

from desktop_app.inference.bundle import (
    MANIFEST_NAME,
    CaptionerSpec,
    ModelBundle,
    ModelManifest,
    describe_file,
    model_id_of,
)
from model_export.bundle_writer import VOCABULARY_FILE, swap_in
from model_export.hub.hub_model import HubModel
from model_export.hub.parity import measure, require
from model_export.hub.tracing import HubPrecision, specs_of, write_graphs
from model_export.hub.trial_material import SENTENCES
from training.checkpoint import TOKENIZER_NAME


@dataclass(frozen=True)
class Origin:
    """Where a checkpoint came from, for the manifest."""

    name: str
    """What people call the model."""
    source: str
    licence: str
    languages: tuple[str, ...] = ()
    sha256: tuple[tuple[str, str], ...] = ()
    """Of the files of weights, by name."""


def write_bundle(
    model: HubModel,
    origin: Origin,
    output: Path,
    precision: HubPrecision,
    photos: Sequence[Image.Image],
    on_part: Callable[[str], None] = lambda part: None,
) -> ModelManifest:
    """Export, verify, and put the bundle into ``output`` only if it answers as the checkpoint.

    Args:
        model: the loaded checkpoint.
        origin: what the manifest says of it.
        output: the bundle's folder; what it held is replaced.
        precision: of the graphs.
        photos: what both are asked about.
        on_part: called before each step: ``image``, ``text``, ..., ``parity``.

    Raises:
        ParityError: it answers in another way; ``output`` is as it was.
        ModelMismatch: a part is too large.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".making-") as folder:
        staging = Path(folder)
        write_graphs(model, staging, precision, on_part)
        (staging / TOKENIZER_NAME).write_text(model.texts.tokenizer_json, "utf-8")
        if model.captioner is not None:
            words = json.dumps(list(model.captioner.vocabulary))
            (staging / VOCABULARY_FILE).write_text(words + "\n", "utf-8")
        on_part("parity")
        write_manifest(model, origin, staging, precision, {})
        parity = measure(ModelBundle.open(staging), model, photos, SENTENCES)
        require(parity, precision)
        metrics = {
            "parity": {
                "pixel_difference": parity.pixel_difference,
                **{name: asdict(found) for name, found in parity.outputs.items()},
            },
            "weights_sha256": dict(origin.sha256),
        }
        manifest = write_manifest(model, origin, staging, precision, metrics)
        swap_in(staging, output)
    return manifest


def write_manifest(
    model: HubModel,
    origin: Origin,
    folder: Path,
    precision: HubPrecision,
    metrics: dict[str, object],
) -> ModelManifest:
    """Describe the files of a staging folder; until this is there, the app refuses the bundle."""
    specs = specs_of(model)
    names = [spec.file for spec in specs.values()] + [TOKENIZER_NAME]
    if model.captioner is not None:
        names.append(VOCABULARY_FILE)
    files = {name: describe_file(folder / name) for name in names}
    manifest = ModelManifest(
        name=origin.name,
        model_id=model_id_of(files, model.photos.way, model.texts.way),
        dim=model.dim,
        image_size=model.photos.image_size,
        context_length=model.texts.context_length,
        image_encoder=specs["image"],
        text_encoder=specs["text"],
        tokenizer=TOKENIZER_NAME,
        files=files,
        licence=origin.licence,
        metrics=metrics,
        image_tokens=model.image_tokens,
        matcher=specs.get("matcher"),
        captioner=None
        if model.captioner is None
        else CaptionerSpec(specs["captioner"], VOCABULARY_FILE, model.captioner.longest),
        image_input=model.photos.way,
        text_input=model.texts.way,
        family=model.family,
        source=origin.source,
        precision=precision,
        runs_alone=precision == "int8",
        languages=origin.languages,
        logit_scale=model.logit_scale,
        logit_bias=model.logit_bias,
    )
    (folder / MANIFEST_NAME).write_text(manifest.to_json(), "utf-8")
    return manifest
