"""``evaluate`` with every measure, on a trained checkpoint; and what a model costs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from training.__main__ import main
from training.cost import MemoryMeter, gflops, graph_parameters, latency, parameters
from training.data.opening import open_dataset
from training.evaluate import embed, evaluate, open_encoder
from training.measuring import measure


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory, photo_set: Path) -> Path:
    """The photos of the captioned set, with labels; only every other one has captions."""
    folder = tmp_path_factory.mktemp("data") / "labelled"
    folder.mkdir()
    lines = []
    for row, line in enumerate((photo_set / "metadata.jsonl").read_text().splitlines()):
        record = json.loads(line)
        (folder / record["file"]).write_bytes((photo_set / record["file"]).read_bytes())
        label = {"chelsea": "cat", "flower": "flower", "coffee": "cup of coffee"}
        record["labels"] = [label.get(record["file"].split("-")[0], "something")]
        record["captions"] = record["captions"] if row % 2 else []
        lines.append(json.dumps(record))
    (folder / "metadata.jsonl").write_text("\n".join(lines))
    return folder


def test_evaluate_reports_every_measure(
    run: Path, labelled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ["--category", "--zero-shot", "--matching", "--information", "--cost"]
    arguments = ["evaluate", "--model", str(run), "--data", str(labelled)]
    assert main([*arguments, *flags, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    photos = len(open_dataset(labelled))
    assert (found["photos"], found["captions"]) == (photos, photos)
    plain = evaluate(open_encoder(run), open_dataset(labelled)).to_json()
    assert {key: found[key] for key in plain} == plain
    # trained on these photos: the nearest photo is of the same kind
    assert found["category"]["image_to_image"]["P@1"] > 70  # chance is 44
    assert set(found["category"]) == {
        "label_to_image",
        "image_to_image",
        "text_to_image",
        "image_to_text",
    }
    assert found["zero_shot"]["classes"] == 4
    assert found["zero_shot"]["photos"] == photos
    rivals = found["matching"]["9_rivals"]["mean_average_precision"]
    assert rivals >= found["matching"]["all_photos"]["mean_average_precision"] > 0
    assert 0 < found["information"]["image_entropy"] < np.log(64)
    image = found["cost"]["image"]
    assert image["p99_ms"] >= image["p50_ms"] > 0
    assert image["gflops"] > 0.01  # MobileNetV2 at 96 pixels
    assert image["parameters"] > 2_000_000
    assert found["cost"]["memory"]["resident_mib"] > 50


def test_labels_alone_are_enough_for_what_labels_measure(
    run: Path, labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in labelled.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    lines = (labelled / "metadata.jsonl").read_text().splitlines()
    bare = [json.dumps({**json.loads(line), "captions": []}) for line in lines]
    (tmp_path / "metadata.jsonl").write_text("\n".join(bare))
    arguments = ["evaluate", "--model", str(run), "--data", str(tmp_path), "--split", "val"]
    assert main([*arguments, "--category", "--zero-shot"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("8 photos, 0 captions\n")
    assert "zero-shot  top1" in out
    assert "text-to-image" not in out
    assert main(arguments) == 1
    assert "no captions" in capsys.readouterr().err


def test_a_set_without_labels_is_refused(run: Path, photo_set: Path) -> None:
    with pytest.raises(ValueError, match="no labels"):
        measure(open_encoder(run), open_dataset(photo_set, "val"), ["zero_shot"])


def test_embedding_a_set_keeps_its_order(run: Path, photo_set: Path) -> None:
    photos = open_dataset(photo_set, "val")
    encoder = open_encoder(run)
    embedded = embed(encoder, photos)
    assert embedded.photos.shape[0] == 8
    assert embedded.texts.shape[0] == 16
    last = encoder.encode_photos(photos.pixels(7, encoder.image_size)[None])
    assert embedded.photos[7] == pytest.approx(last[0], abs=1e-5)


def test_operations_and_parameters_are_those_of_the_layers() -> None:
    layer = torch.nn.Linear(30, 20)
    rows = torch.zeros(5, 30)
    assert gflops(lambda: layer(rows)) == pytest.approx(2 * 5 * 30 * 20 / 1e9)
    heads = torch.zeros(1, 4, 6, 8)
    attend = torch.nn.functional.scaled_dot_product_attention
    with torch.inference_mode():
        counted = gflops(lambda: attend(heads, heads, heads))
    assert counted == pytest.approx(2 * 2 * 4 * 6 * 6 * 8 / 1e9)
    assert parameters(layer) == 30 * 20 + 20
    assert parameters(layer, "bias") == 20
    tied = torch.nn.ModuleList([layer, layer])
    assert parameters(tied) == 30 * 20 + 20


def test_latency_counts_every_call_and_no_warm_up() -> None:
    calls: list[int] = []
    found = latency(lambda: calls.append(1), calls=20, warm_up=3)
    assert len(calls) == 23
    assert found.calls == 20
    assert 0 < found.p50_ms <= found.p99_ms
    with pytest.raises(ValueError, match="at least one"):
        latency(lambda: None, calls=0)


def test_memory_that_is_taken_is_seen() -> None:
    meter = MemoryMeter()
    taken = np.ones(16 * 2**20, np.float64)  # 128 MiB
    found = meter.read()
    assert found.growth_mib > 60
    assert found.resident_mib > found.growth_mib
    assert taken[-1] == 1


def test_weights_of_a_graph_are_counted(tmp_path: Path) -> None:
    weights = [
        numpy_helper.from_array(np.zeros((3, 4), np.float32), "w"),
        numpy_helper.from_array(np.zeros(7, np.int8), "q"),
        numpy_helper.from_array(np.zeros(2, np.int64), "shape"),
    ]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [3, 4])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [3, 4])
    node = helper.make_node("Add", ["x", "w"], ["y"])
    graph = helper.make_graph([node], "g", [x], [y], weights)
    path = tmp_path / "g.onnx"
    onnx.save(helper.make_model(graph), str(path))
    assert graph_parameters(path) == 12 + 7
    path.write_bytes(b"no graph")
    with pytest.raises(ValueError, match="no ONNX graph"):
        graph_parameters(path)
