"""A second bundle: the shipped encoders under another id, without heads."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

from desktop_app.inference.bundle import MANIFEST_NAME, ModelManifest, describe_file, model_id_of


def write_twin(shipped: Path, folder: Path, name: str = "Twin") -> ModelManifest:
    """Write the bundle; equal texts and photos get the embeddings that the shipped one gives."""
    folder.mkdir(parents=True)
    manifest = ModelManifest.from_json((shipped / MANIFEST_NAME).read_text("utf-8"))
    names = (manifest.image_encoder.file, manifest.text_encoder.file, manifest.tokenizer)
    for file in names:
        shutil.copyfile(shipped / file, folder / file)
    tokenizer = json.loads((folder / manifest.tokenizer).read_text("utf-8"))
    (folder / manifest.tokenizer).write_text(json.dumps(tokenizer, indent=1), "utf-8")
    files = {file: describe_file(folder / file) for file in names}
    twin = replace(
        manifest,
        name=name,
        model_id=model_id_of(files),
        files=files,
        image_encoder=replace(manifest.image_encoder, extra_outputs=()),
        text_encoder=replace(manifest.text_encoder, extra_outputs=()),
        image_tokens=None,
        matcher=None,
        captioner=None,
        family="twin",
        languages=("en",),
    )
    (folder / MANIFEST_NAME).write_text(twin.to_json(), "utf-8")
    return twin
