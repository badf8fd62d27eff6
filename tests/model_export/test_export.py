"""Export a trained checkpoint, and prove that the bundle answers as the checkpoint does."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest

from desktop_app.inference.bundle import MANIFEST_NAME, ModelBundle
from model_export.__main__ import export, main
from model_export.bundle_writer import write_graphs, write_manifest
from model_export.graphs import export_image_encoder
from model_export.quantize import quantize_trunk, store_half
from model_export.verify import ParityError, measure_parity, require_parity, require_recall
from tests.training.conftest import config, photo_set, run, weights
from training.checkpoint import load_model
from training.data.dataset import PhotoDataset
from training.evaluate import BundleEncoder, CheckpointEncoder, evaluate, score

__all__ = ["config", "photo_set", "run", "weights"]  # fixtures


@pytest.fixture(scope="module")
def exported(run: Path, photo_set: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("bundle") / "model"
    dataset = PhotoDataset(photo_set, "val")
    export(run / "best", output, dataset, dataset, precision="half")
    return output


def test_the_bundle_answers_as_the_checkpoint(exported: Path, run: Path, photo_set: Path) -> None:
    dataset = PhotoDataset(photo_set, "val")
    bundle, checkpoint = BundleEncoder(exported), CheckpointEncoder(run / "best")
    pixels = np.stack([dataset.pixels(i, bundle.image_size) for i in range(len(dataset))])
    parity = measure_parity(bundle, checkpoint, pixels, dataset.captions)
    require_parity(parity, 0.9995)
    assert evaluate(bundle, dataset).recall_sum == pytest.approx(
        evaluate(checkpoint, dataset).recall_sum, abs=30
    )


def test_the_manifest_tells_what_was_measured(exported: Path) -> None:
    manifest = ModelBundle.open(exported).manifest
    assert manifest.dim == 64
    assert manifest.metrics["retrieval"]["photos"] == 8
    assert sum(manifest.kernel_weights.values()) == pytest.approx(1)
    assert sorted(p.name for p in exported.iterdir()) == sorted([*manifest.files, MANIFEST_NAME])


def test_weights_are_stored_in_half_precision(exported: Path) -> None:
    graph = onnx.load(exported / "image_encoder.onnx").graph
    large = [t for t in graph.initializer if np.prod(t.dims) >= 256]
    assert large
    assert {t.data_type for t in large} == {onnx.TensorProto.FLOAT16}


def test_int8_text_stays_close_and_is_small(exported: Path, run: Path, tmp_path: Path) -> None:
    write_graphs(run / "best", tmp_path, calibration=None, quantize_text=True)
    write_manifest(run / "best", tmp_path, metrics={})
    small, half = tmp_path / "text_encoder.onnx", exported / "text_encoder.onnx"
    assert small.stat().st_size < 0.6 * half.stat().st_size
    texts = ["a cat on a sofa", "two children play football on the beach", "x"]
    exact = CheckpointEncoder(run / "best").encode_texts(texts)
    quantised = BundleEncoder(tmp_path).encode_texts(texts)
    assert float((exact * quantised).sum(1).min()) > 0.97


def test_int8_trunk_stays_close_and_leaves_the_rest_alone(
    exported: Path, run: Path, photo_set: Path, tmp_path: Path
) -> None:
    dataset = PhotoDataset(photo_set, "train")
    full, small = tmp_path / "full.onnx", tmp_path / "small.onnx"
    export_image_encoder(load_model(run / "best", attention="eager"), full)
    prefix = "model.image_tower.trunks.0."
    quantize_trunk(full, small, prefix, (dataset.pixels(i, 96)[None] for i in range(0, 40, 4)))
    store_half(small, tmp_path / "image_encoder.onnx")
    nodes = onnx.load(tmp_path / "image_encoder.onnx").graph.node
    scaled = {name for node in nodes if node.op_type == "DequantizeLinear" for name in node.output}
    convolutions = [node for node in nodes if node.op_type == "Conv"]
    assert convolutions
    assert all(node.input[0] in scaled and node.input[1] in scaled for node in convolutions)
    assert not any(name in scaled for n in nodes if n.op_type == "MatMul" for name in n.input)
    shutil.copyfile(exported / "text_encoder.onnx", tmp_path / "text_encoder.onnx")
    shutil.copyfile(exported / "tokenizer.json", tmp_path / "tokenizer.json")
    write_manifest(run / "best", tmp_path, metrics={})
    pixels = np.stack([dataset.pixels(i, 96) for i in range(1, 40, 8)])
    quantised = BundleEncoder(tmp_path).encode_photos(pixels)
    exact = CheckpointEncoder(run / "best").encode_photos(pixels)
    # depthwise convolutions take int8 badly: this trunk shows the mechanism, not the quality
    assert float((quantised * exact).sum(1).min()) > 0.85


def test_drift_is_refused(photo_set: Path, exported: Path, run: Path) -> None:
    dataset = PhotoDataset(photo_set, "val")
    checkpoint = CheckpointEncoder(run / "best")
    pixels = np.stack([dataset.pixels(i, checkpoint.image_size) for i in range(3)])
    shifted = measure_parity(BundleEncoder(exported), checkpoint, pixels[::-1].copy(), ["a cat"])
    assert shifted.image_cosine > 0.99
    mixed = measure_parity(checkpoint, _Shuffled(run / "best"), pixels, ["a cat", "a dog"])
    with pytest.raises(ParityError, match="drifted"):
        require_parity(mixed, 0.99)
    eye = np.eye(8, dtype=np.float32)
    perfect, bad = score(eye, eye, np.arange(8)), score(eye, eye[::-1].copy(), np.arange(8))
    with pytest.raises(ParityError, match="loses"):
        require_recall(bad, perfect, 0.5)


class _Shuffled(CheckpointEncoder):
    """Gives every photo the embedding of another one."""

    def encode_photos(self, pixels: np.ndarray) -> np.ndarray:
        return np.roll(super().encode_photos(pixels), 1, axis=0)


def test_the_command_line_refuses_what_is_no_checkpoint(
    photo_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--checkpoint", str(tmp_path), "--output", str(tmp_path / "out")]
    assert main([*arguments, "--data", str(photo_set)]) == 1
    assert "no checkpoint" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
