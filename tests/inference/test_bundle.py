"""The manifest vouches for every file of the bundle."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop_app.errors import ModelMismatch, ModelMissing
from desktop_app.inference.bundle import (
    MANIFEST_NAME,
    BundleFile,
    GraphSpec,
    ModelBundle,
    ModelManifest,
    describe_file,
    model_id_of,
)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle of three small files; nothing here runs a graph."""
    folder = tmp_path / "model"
    folder.mkdir()
    names = ("image.onnx", "text.onnx", "tokenizer.json")
    for name in names:
        (folder / name).write_bytes(name.encode() * 100)
    files = {name: describe_file(folder / name) for name in names}
    manifest = ModelManifest(
        name="test",
        model_id=model_id_of(files),
        dim=8,
        image_size=32,
        context_length=16,
        image_encoder=GraphSpec("image.onnx", ("photos",), "e"),
        text_encoder=GraphSpec("text.onnx", ("ids", "mask"), "e"),
        tokenizer="tokenizer.json",
        files=files,
        licence="none",
        metrics={"x": 1},
    )
    (folder / MANIFEST_NAME).write_text(manifest.to_json(), "utf-8")
    return folder


def test_manifest_survives_the_round_trip(bundle: Path) -> None:
    text = (bundle / MANIFEST_NAME).read_text("utf-8")
    manifest = ModelManifest.from_json(text)
    assert manifest.to_json() == text
    assert manifest.text_encoder.inputs == ("ids", "mask")
    assert ModelBundle.open(bundle).manifest == manifest


def test_a_manifest_of_format_1_is_read_as_one_without_heads(bundle: Path) -> None:
    path = bundle / MANIFEST_NAME
    stored = json.loads(path.read_text("utf-8"))
    for name in ("image_tokens", "matcher", "captioner"):
        del stored[name]
    for graph in ("image_encoder", "text_encoder"):
        del stored[graph]["extra_outputs"]
    path.write_text(json.dumps({**stored, "format_version": 1}), "utf-8")
    opened = ModelBundle.open(bundle)
    assert opened.manifest.format_version == 1
    assert not opened.has_image_tokens
    assert not opened.has_matcher
    assert not opened.has_captioner


def test_heads_survive_the_round_trip(tiny_bundle: ModelBundle) -> None:
    manifest = ModelManifest.from_json(tiny_bundle.manifest.to_json())
    assert manifest == tiny_bundle.manifest
    assert tiny_bundle.has_image_tokens
    assert tiny_bundle.has_matcher
    assert tiny_bundle.has_captioner
    assert manifest.image_tokens is not None
    assert manifest.image_tokens.regions == 4


def test_kernels_are_parts_of_an_embedding_in_their_order(tiny_bundle: ModelBundle) -> None:
    manifest = ModelManifest.from_json(tiny_bundle.manifest.to_json())
    assert manifest.kernel_slices == {"linear": slice(0, 8), "gaussian 0.5": slice(8, 12)}
    stored = json.loads(manifest.to_json())
    del stored["kernel_dims"]  # written before bundles told
    assert ModelManifest.from_json(json.dumps(stored)).kernel_slices == {}


@pytest.mark.parametrize(
    "dims",
    [
        {"linear": 8, "gaussian 0.5": 5},
        {"linear": 12},
        {"linear": 12, "gaussian 0.5": 0},
        {"linear": 8, "gaussian 1": 4},
        ["linear"],
        {"linear": "8", "gaussian 0.5": 4},
    ],
)
def test_kernels_that_are_no_embedding_are_refused(tiny_bundle: ModelBundle, dims: object) -> None:
    stored = json.loads(tiny_bundle.manifest.to_json())
    with pytest.raises(ModelMismatch):
        ModelManifest.from_json(json.dumps({**stored, "kernel_dims": dims}))


@pytest.mark.parametrize("name", ["matcher.onnx", "captioner.onnx", "caption_vocabulary.json"])
def test_the_files_of_the_heads_need_a_checksum(
    tiny_bundle: ModelBundle, tmp_path: Path, name: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(tiny_bundle.folder, copy)
    stored = json.loads((copy / MANIFEST_NAME).read_text("utf-8"))
    del stored["files"][name]
    (copy / MANIFEST_NAME).write_text(json.dumps(stored), "utf-8")
    with pytest.raises(ModelMismatch, match=name):
        ModelBundle.open(copy)


@pytest.mark.parametrize("missing", ["image_tokens", "photo outputs", "text outputs"])
def test_heads_without_what_they_look_at_are_refused(
    tiny_bundle: ModelBundle, tmp_path: Path, missing: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(tiny_bundle.folder, copy)
    stored = json.loads((copy / MANIFEST_NAME).read_text("utf-8"))
    if missing == "image_tokens":
        stored["image_tokens"] = None
    else:
        stored["image_encoder" if "photo" in missing else "text_encoder"]["extra_outputs"] = []
    (copy / MANIFEST_NAME).write_text(json.dumps(stored), "utf-8")
    with pytest.raises(ModelMismatch, match="lacks the outputs"):
        ModelBundle.open(copy)


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove"])
@pytest.mark.parametrize("name", ["image.onnx", "tokenizer.json"])
def test_a_damaged_file_is_refused_by_name(bundle: Path, name: str, damage: str) -> None:
    path = bundle / name
    content = bytearray(path.read_bytes())
    content[7] ^= 1
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(content if damage == "flip" else content[:-1])
    with pytest.raises(ModelMismatch, match=name):
        ModelBundle.open(bundle)


def test_no_bundle_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="no model bundle"):
        ModelBundle.open(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"format_version": 99},
        {"files": {}},
        {"files": {"image.onnx": {"size_bytes": 1}}},
        {"surprise": 1},
        {"image_encoder": None},
        {"matcher": {"file": "x"}},
        {"captioner": {"graph": None}},
        {"image_tokens": {"grid": 6}},
    ],
)
def test_a_strange_manifest_is_refused(bundle: Path, change: dict[str, object]) -> None:
    path = bundle / MANIFEST_NAME
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **change}), "utf-8")
    with pytest.raises(ModelMismatch):
        ModelBundle.open(bundle)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe"])
def test_a_damaged_manifest_is_refused(bundle: Path, content: bytes) -> None:
    (bundle / MANIFEST_NAME).write_bytes(content)
    with pytest.raises(ModelMismatch):
        ModelBundle.open(bundle)


def test_model_id_follows_the_content(bundle: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(bundle, copy)
    names = ("image.onnx", "text.onnx")
    ids = {model_id_of({n: describe_file(f / n) for n in names}) for f in (bundle, copy)}
    assert len(ids) == 1
    assert model_id_of({"image.onnx": BundleFile(1, "00")}) not in ids
