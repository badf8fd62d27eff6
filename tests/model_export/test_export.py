"""Export a checkpoint, and prove that the bundle answers as the checkpoint does."""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path
from typing import get_args

import numpy as np
import onnx
import onnxruntime as ort
import pytest
import torch

from desktop_app.inference import beam_search
from desktop_app.inference.bundle import FORMAT_VERSION, MANIFEST_NAME, ModelBundle
from desktop_app.inference.captioner import Captioner
from desktop_app.inference.encoders import ImageEncoder, TextEncoder
from desktop_app.inference.matcher import Matcher
from desktop_app.inference.runtime import RuntimeOptions, Session
from model_export.__main__ import main
from model_export.bundle_writer import (
    VOCABULARY_FILE,
    Precision,
    compress_graphs,
    swap_in,
    trace_graphs,
    write_manifest,
)
from model_export.graphs import CAPTIONER, IMAGE, MATCHER, TEXT
from model_export.quantize import quantize_trunk
from model_export.verify import (
    Agreement,
    ParityError,
    graphs_of,
    measure_parity,
    require_parity,
    require_recall,
)
from training.caption_evaluation import evaluate_captions
from training.checkpoint import load_model
from training.data.dataset import PhotoDataset
from training.evaluate import BundleEncoder, CheckpointEncoder, evaluate, score
from training.metrics.captions import cider_d
from training.model.captioner import END, PADDING, SPECIAL_TOKENS, START
from training.model.inception_v3 import _BlockA
from training.model.visita import VisitaModel
from training.second_look import evaluate_again

CPU_ONLY = RuntimeOptions("cpu")
_OUTPUTS = {
    "image_embedding",
    "image_tokens",
    "text_embedding",
    "text_states",
    "match_logit",
    "word_regions",
    "next_logits",
}


@pytest.fixture(scope="module")
def traced(model: VisitaModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("traced")
    trace_graphs(model, folder)
    return folder


@pytest.fixture(scope="module")
def bundles(
    model: VisitaModel, checkpoint: Path, traced: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, ModelBundle]:
    """The same checkpoint in every precision, and as it was traced."""
    made: dict[str, ModelBundle] = {}
    for precision in ("float32", *get_args(Precision)):
        folder = tmp_path_factory.mktemp(precision)
        if precision == "float32":
            shutil.copytree(traced, folder, dirs_exist_ok=True)
        else:
            compress_graphs(model, traced, folder, precision)
        shutil.copyfile(checkpoint / "tokenizer.json", folder / "tokenizer.json")
        vocabulary = list(model.config.captioner.vocabulary)
        (folder / VOCABULARY_FILE).write_text(json.dumps(vocabulary))
        write_manifest(checkpoint, folder, metrics={})
        made[precision] = ModelBundle.open(folder)
    return made


def test_no_file_tells_of_the_machine_that_made_it(bundles: dict[str, ModelBundle]) -> None:
    here = str(Path(torch.__file__).parent).encode()
    assert any(here in path.read_bytes() for path in bundles["float32"].folder.glob("*.onnx"))
    for precision in get_args(Precision):
        for path in bundles[precision].folder.iterdir():
            assert here not in path.read_bytes(), f"{precision}: {path.name}"
            assert b"site-packages" not in path.read_bytes(), f"{precision}: {path.name}"


# The trunk was never trained, on statistics of six photos: in torch alone, rounding its weights to
# float16 turns embeddings to a cosine of 0.998. Tracing itself is exact.
@pytest.mark.parametrize(
    ("precision", "floor"), [("float32", 0.99999), ("half", 0.99), ("cuda", 0.99), ("int8", 0.95)]
)
def test_every_output_of_every_graph_agrees_with_torch(
    bundles: dict[str, ModelBundle],
    checkpoint: Path,
    pixels: np.ndarray,
    dataset: PhotoDataset,
    precision: str,
    floor: float,
) -> None:
    texts = dataset.captions[: len(pixels)]
    parity = measure_parity(bundles[precision], checkpoint, pixels, texts)
    assert set(parity) == _OUTPUTS
    require_parity(parity, floor)
    if precision == "float32":
        assert max(agreement.difference for agreement in parity.values()) < 1e-3


@pytest.mark.parametrize("precision", ["half", "cuda"])
def test_a_batch_is_answered_as_its_rows_are(
    bundles: dict[str, ModelBundle], precision: str, pixels: np.ndarray
) -> None:
    bundle = bundles[precision]
    images, texts = ImageEncoder(bundle, CPU_ONLY), TextEncoder(bundle, CPU_ONLY)
    photos = images.encode_all(pixels)
    assert photos.tokens is not None
    for row, photo in enumerate(pixels):
        alone = images.encode_all(photo[None])
        np.testing.assert_allclose(photos.embeddings[row], alone.embeddings[0], atol=5e-3)
        np.testing.assert_allclose(photos.tokens[row], alone.tokens[0], atol=2e-2)
    matcher = Matcher(bundle, CPU_ONLY)
    read = [texts.encode_all(t) for t in ("a cat", "a red flower in the light of a summer day")]
    judged = matcher.judge(read, photos.embeddings[:2], photos.tokens[:2])
    for row, text in enumerate(read):
        every = matcher.score(text, photos.embeddings, photos.tokens)
        assert judged[row] == pytest.approx(every.logits[row], abs=2e-2)
        assert every.word_regions.shape == (len(pixels), len(text.mask), 9)
    captions = Captioner(bundle, CPU_ONLY).captions(photos.embeddings[0], photos.tokens[0])
    assert len(captions) == 3


def test_graphs_for_cuda_compute_in_float16_and_take_float32(
    bundles: dict[str, ModelBundle],
) -> None:
    for spec in graphs_of(bundles["cuda"]):
        graph = onnx.load(bundles["cuda"].path(spec.file)).graph
        large = [t for t in graph.initializer if np.prod(t.dims) >= 256 and t.data_type != 7]
        assert {t.data_type for t in large} == {onnx.TensorProto.FLOAT16}
        made_from_half = {
            n.output[0]
            for n in graph.node
            if n.op_type == "Cast" and n.input[0] in {t.name for t in large}
        }
        products = [n for n in graph.node if n.op_type in ("MatMul", "Gemm", "Conv")]
        assert products
        assert not any(name in made_from_half for n in products for name in n.input)
        kinds = {o.type.tensor_type.elem_type for o in graph.output}
        assert kinds == {onnx.TensorProto.FLOAT}


def test_bound_memory_gives_the_same_answers(
    bundles: dict[str, ModelBundle], pixels: np.ndarray
) -> None:
    session = Session(bundles["cuda"].path(IMAGE.file), CPU_ONLY)
    outputs = [IMAGE.output, *IMAGE.extra_outputs]
    plain = session.run_all(outputs, {IMAGE.inputs[0]: pixels})
    bound = session.run_bound(outputs, {IMAGE.inputs[0]: pixels}, "cpu")
    for a, b in zip(plain, bound, strict=True):
        np.testing.assert_array_equal(a, b)


def test_weights_are_stored_in_half_precision(bundles: dict[str, ModelBundle]) -> None:
    for spec in (IMAGE, MATCHER, CAPTIONER):
        graph = onnx.load(bundles["half"].path(spec.file)).graph
        large = [t for t in graph.initializer if np.prod(t.dims) >= 256]
        assert large
        assert onnx.TensorProto.FLOAT not in {t.data_type for t in large}
    small = bundles["int8"].path(TEXT.file).stat().st_size
    assert small < 0.6 * bundles["half"].path(TEXT.file).stat().st_size


def test_the_manifest_tells_what_the_graphs_are(bundles: dict[str, ModelBundle]) -> None:
    manifest = bundles["half"].manifest
    assert (manifest.format_version, manifest.dim) == (FORMAT_VERSION, 48)
    assert manifest.image_tokens is not None
    assert (manifest.image_tokens.regions, manifest.image_tokens.width) == (9, 8)
    assert manifest.captioner is not None
    assert manifest.captioner.longest == 10
    assert sum(manifest.kernel_weights.values()) == pytest.approx(1)
    assert manifest.kernel_dims == {"linear": 32, "gaussian 1": 16}


def test_each_kernel_has_its_part_of_an_embedding(
    bundles: dict[str, ModelBundle], model: VisitaModel, pixels: np.ndarray
) -> None:
    manifest = bundles["half"].manifest
    embeddings = ImageEncoder(bundles["half"], CPU_ONLY).encode(pixels)
    for name, part in manifest.kernel_slices.items():
        # |sqrt(alpha) phi|^2, and phi has unit length: a wrong cut would show here
        squared = (embeddings[:, part] ** 2).sum(axis=1)
        np.testing.assert_allclose(squared, manifest.kernel_weights[name], atol=0.01)


def test_caption_tokens_mean_the_same_to_both_sides() -> None:
    ours = (beam_search.PADDING, beam_search.START, beam_search.END, beam_search.SPECIAL_TOKENS)
    assert ours == (PADDING, START, END, SPECIAL_TOKENS)


def test_bundle_and_checkpoint_judge_pairs_alike(
    bundles: dict[str, ModelBundle], checkpoint: Path, pixels: np.ndarray
) -> None:
    texts = ["a cat", "a red flower by the water", "x", "a cup", "two dogs", "grass"]
    exported, original = BundleEncoder(bundles["half"].folder), CheckpointEncoder(checkpoint)
    fresh = ImageEncoder(bundles["half"], CPU_ONLY).encode_all(pixels).tokens
    np.testing.assert_allclose(exported.see(pixels)[1], fresh, atol=0.51 / 127)  # as stored
    embeddings, tokens = original.see(pixels)
    # the same numbers for both: this matcher's last layer is noise, and makes rounding large
    read = original.read(texts)
    logits = [e.match(read, embeddings, tokens) for e in (exported, original)]
    np.testing.assert_allclose(logits[0], logits[1], atol=0.05)


def test_a_second_look_at_everything_ranks_by_the_matcher_alone(
    bundles: dict[str, ModelBundle], dataset: PhotoDataset, pixels: np.ndarray
) -> None:
    encoder = BundleEncoder(bundles["half"].folder)
    both = evaluate_again(encoder, dataset, depth=100)
    photos, tokens = encoder.see(pixels)
    firsts = 0
    for text, owner in zip(encoder.read(dataset.captions), dataset.caption_owners, strict=True):
        firsts += int(encoder.match([text] * len(photos), photos, tokens).argmax() == owner)
    share = 100 * firsts / len(dataset.captions)
    assert both.reranked.text_to_image.recall[1] == pytest.approx(share)
    assert both.plain.to_json() == evaluate(encoder, dataset).to_json()
    stored = both.to_json()["reranked"]
    assert stored["depth"] == 100
    assert set(stored) == {"depth", "text_to_image", "image_to_text"}


def test_the_average_pools_of_inception_run_in_int8(tmp_path: Path) -> None:
    torch.manual_seed(0)
    block = _BlockA(12, 4).eval()
    full, small, loaded = (tmp_path / name for name in ("full.onnx", "small.onnx", "loaded.onnx"))
    photos = torch.rand(4, 12, 16, 16)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own deprecations
        program = torch.onnx.export(block, (photos[:1],), dynamo=True, verbose=False)
    program.save(str(full), external_data=False)
    quantize_trunk(full, small, "", (photo[None].numpy() for photo in photos))
    options = ort.SessionOptions()
    options.log_severity_level = 4
    options.optimized_model_filepath = str(loaded)
    session = ort.InferenceSession(str(small), options, providers=["CPUExecutionProvider"])
    kinds = [node.op_type for node in onnx.load(loaded).graph.node]
    assert "QLinearAveragePool" in kinds
    assert "AveragePool" not in kinds
    graph = onnx.load(small).graph
    maker = {name: node for node in graph.node for name in node.output}
    (pool,) = (node for node in graph.node if node.op_type == "AveragePool")
    convolution = maker[maker[maker[pool.input[0]].input[0]].input[0]]
    assert convolution.op_type == "Conv"
    weights = maker[convolution.input[1]].input[0]
    (channels,) = (t.dims[0] for t in graph.initializer if t.name == weights)
    assert channels == 4  # averaged after the convolution that makes them few
    with torch.no_grad():
        exact = block(photos[:1]).numpy()
    found = session.run(None, {session.get_inputs()[0].name: photos[:1].numpy()})[0]
    assert np.corrcoef(found.ravel(), exact.ravel())[0, 1] > 0.99


def test_drift_is_refused_by_name() -> None:
    parity = {"match_logit": Agreement(0.9, 1.0), "text_states": Agreement(0.99, 0.1)}
    with pytest.raises(ParityError, match="match_logit drifted"):
        require_parity(parity, 0.95)
    with pytest.raises(ParityError, match="drifted"):
        require_parity({"word_regions": Agreement(float("nan"), 0.0)}, 0.95)
    require_parity(parity, 0.9)
    eye = np.eye(8, dtype=np.float32)
    perfect, bad = score(eye, eye, np.arange(8)), score(eye, eye[::-1].copy(), np.arange(8))
    with pytest.raises(ParityError, match="re-ranked recall"):
        require_recall(bad, perfect, 0.5, "re-ranked recall")


def test_another_models_graph_is_drift(
    bundles: dict[str, ModelBundle],
    checkpoint: Path,
    tmp_path: Path,
    pixels: np.ndarray,
    model_dir: Path,
) -> None:
    from training.checkpoint import save_model

    other = load_model(checkpoint)
    assert other.captioner is not None
    torch.nn.init.normal_(other.captioner.words.weight)
    save_model(other, model_dir / "tokenizer.json", tmp_path / "other")
    parity = measure_parity(bundles["half"], tmp_path / "other", pixels[:2], ["a cat", "a dog"])
    with pytest.raises(ParityError, match="next_logits"):
        require_parity(parity, 0.99)


def test_heads_of_an_older_bundle_do_not_stay_behind(
    bundles: dict[str, ModelBundle], tmp_path: Path
) -> None:
    output, staging = tmp_path / "model", tmp_path / "staging"
    shutil.copytree(bundles["half"].folder, output)
    (output / "MODEL_CARD.md").write_text("by hand")
    shutil.copytree(bundles["half"].folder, staging)
    for name in (MATCHER.file, CAPTIONER.file, VOCABULARY_FILE):
        (staging / name).unlink()
    swap_in(staging, output)
    names = {path.name for path in output.iterdir()}
    assert names == {IMAGE.file, TEXT.file, "tokenizer.json", MANIFEST_NAME, "MODEL_CARD.md"}


def test_a_checkpoint_without_heads_is_exported_as_ever(
    headless: Path, photo_set: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a model that was never trained has near ties, which float16 may turn around
    monkeypatch.setattr("model_export.__main__._LARGEST_RECALL_LOSS", 50.0)
    output = tmp_path / "model"
    arguments = ["--checkpoint", str(headless), "--output", str(output), "--data", str(photo_set)]
    assert main([*arguments, "--precision", "half"]) == 0
    bundle = ModelBundle.open(output)
    assert not bundle.has_matcher
    assert not bundle.has_image_tokens
    assert bundle.manifest.metrics["retrieval"]["photos"] == 6
    assert set(bundle.manifest.metrics["parity"]) >= {"image_embedding", "text_embedding"}
    with pytest.raises(ValueError, match="no matcher"):
        evaluate_again(BundleEncoder(output), PhotoDataset(photo_set, "val"))


def test_the_command_line_refuses_what_is_no_checkpoint(
    photo_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--checkpoint", str(tmp_path), "--output", str(tmp_path / "out")]
    assert main([*arguments, "--data", str(photo_set)]) == 1
    assert "no checkpoint" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_captions_are_measured_as_the_app_makes_them(
    bundles: dict[str, ModelBundle], checkpoint: Path, dataset: PhotoDataset
) -> None:
    encoder = BundleEncoder(bundles["float32"].folder)
    found = evaluate_captions(encoder, dataset, examples=2)
    spoken, truths = [], []
    for row, photo in enumerate(dataset.photos):
        seen, tokens = encoder.see(dataset.pixels(row, encoder.image_size)[None])
        sentences = encoder.captions(seen[0], tokens[0], 8, 8)
        judged = [
            encoder.match(encoder.read([sentence]), seen, tokens)[0] for sentence in sentences
        ]
        spoken.append(sentences[int(np.argmax(judged))])
        truths.append(photo.captions)
    assert found.photos == len(dataset)
    assert found.cider == pytest.approx(cider_d(spoken, truths)[0])
    assert found.different == len(set(spoken))
    by_file = dict(zip((p.file for p in dataset.photos), spoken, strict=True))
    assert len(found.examples) == 2
    for example in found.examples:
        assert example.caption == by_file[example.file]
    with pytest.raises(ValueError, match="no captioner"):
        evaluate_captions(CheckpointEncoder(checkpoint), dataset)
