"""A bundle of format 2 whose graphs are so small that numpy can say what each must answer.

Embeddings, tokens and states are averages and table rows; nothing in it was trained.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.inference.bundle import (
    MANIFEST_NAME,
    CaptionerSpec,
    GraphSpec,
    ImageTokens,
    ModelManifest,
    describe_file,
    model_id_of,
)

SIZE, GRID, WIDTH = 8, 2, 3
DIM = WIDTH * GRID**2
KERNEL_WEIGHTS = {"linear": 0.6, "gaussian 0.5": 0.4}
KERNEL_DIMS = {"linear": 8, "gaussian 0.5": 4}
"""Only names and numbers: these embeddings are no kernels' feature maps."""
LONGEST = 7
WORDS = ("a", "dog", "runs", ".", "##s")
_WORDS_OF_TOKENIZER = 30522


def word_table() -> NDArray[np.float32]:
    """(tokenizer ids, 3): the state of every token."""
    table = np.random.default_rng(1).uniform(-1, 1, (_WORDS_OF_TOKENIZER, WIDTH))
    return table.astype(np.float32)


def bigram_logits() -> NDArray[np.float32]:
    """(8, 8): what follows a caption token, before the photo has its say."""
    return np.random.default_rng(2).normal(0, 2, (8, 8)).astype(np.float32)


def write_tiny_bundle(folder: Path, tokenizer: Path) -> Path:
    """Write the bundle; ``tokenizer`` is the ``tokenizer.json`` of the shipped one."""
    pytest.importorskip("onnx", reason="the tiny graphs are made with onnx")
    folder.mkdir(parents=True)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    _write_image_encoder(folder / "image.onnx")
    _write_text_encoder(folder / "text.onnx")
    _write_matcher(folder / "matcher.onnx")
    _write_captioner(folder / "captioner.onnx")
    (folder / "caption_vocabulary.json").write_text(json.dumps(_ids_of_words(tokenizer)))
    files = {path.name: describe_file(path) for path in sorted(folder.iterdir())}
    manifest = ModelManifest(
        name="tiny",
        model_id=model_id_of(files),
        dim=DIM,
        image_size=SIZE,
        context_length=12,
        image_encoder=GraphSpec("image.onnx", ("photos",), "embedding", ("tokens",)),
        text_encoder=GraphSpec("text.onnx", ("ids", "mask"), "embedding", ("states",)),
        tokenizer="tokenizer.json",
        files=files,
        licence="none",
        kernel_weights=KERNEL_WEIGHTS,
        kernel_dims=KERNEL_DIMS,
        image_tokens=ImageTokens(GRID, WIDTH),
        matcher=GraphSpec(
            "matcher.onnx",
            ("tokens", "photo", "states", "mask", "text"),
            "match_logit",
            ("word_regions",),
        ),
        captioner=CaptionerSpec(
            GraphSpec("captioner.onnx", ("tokens", "photo", "caption_tokens"), "next_logits"),
            "caption_vocabulary.json",
            LONGEST,
        ),
    )
    (folder / MANIFEST_NAME).write_text(manifest.to_json(), "utf-8")
    return folder


def _ids_of_words(tokenizer: Path) -> list[int]:
    vocabulary = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    return [vocabulary[word] for word in WORDS]


def _write_image_encoder(path: Path) -> None:
    """tokens = cell means in [-1, 1]; embedding = all of them, to unit length."""
    _write(
        path,
        [
            ("AveragePool", ["photos"], "cells", {"kernel_shape": [4, 4], "strides": [4, 4]}),
            ("Reshape", ["cells", "rows"], "flat", {}),
            ("Transpose", ["flat"], "regions", {"perm": [0, 2, 1]}),
            ("Mul", ["regions", "two"], "doubled", {}),
            ("Sub", ["doubled", "one"], "tokens", {}),
            ("Flatten", ["tokens"], "all", {}),
            ("LpNormalization", ["all"], "embedding", {"axis": 1}),
        ],
        {"photos": ("float", ["b", 3, SIZE, SIZE])},
        {"embedding": ["b", DIM], "tokens": ["b", GRID**2, WIDTH]},
        {
            "rows": np.array([0, WIDTH, GRID**2], np.int64),
            "two": np.float32(2),
            "one": np.float32(1),
        },
    )


def _write_text_encoder(path: Path) -> None:
    """states = table rows; embedding = their masked sum four times, to unit length."""
    _write(
        path,
        [
            ("Gather", ["table", "ids"], "states", {}),
            ("Cast", ["mask"], "weight", {"to": 1}),
            ("Unsqueeze", ["weight", "last"], "column", {}),
            ("Mul", ["states", "column"], "kept", {}),
            ("ReduceSum", ["kept", "words"], "sum", {"keepdims": 0}),
            ("Tile", ["sum", "four"], "wide", {}),
            ("LpNormalization", ["wide"], "embedding", {"axis": 1}),
        ],
        {"ids": ("int64", ["b", "l"]), "mask": ("int64", ["b", "l"])},
        {"embedding": ["b", DIM], "states": ["b", "l", WIDTH]},
        {
            "table": word_table(),
            "last": np.array([2], np.int64),
            "words": np.array([1], np.int64),
            "four": np.array([1, GRID**2], np.int64),
        },
    )


def _write_matcher(path: Path) -> None:
    """word_regions = states . tokens; logit = cosine + sum over words of the best region."""
    _write(
        path,
        [
            ("Transpose", ["tokens"], "columns", {"perm": [0, 2, 1]}),
            ("MatMul", ["states", "columns"], "word_regions", {}),
            ("ReduceMax", ["word_regions", "last"], "best", {"keepdims": 0}),
            ("Cast", ["mask"], "weight", {"to": 1}),
            ("Mul", ["best", "weight"], "kept", {}),
            ("ReduceSum", ["kept", "one"], "late", {"keepdims": 0}),
            ("Mul", ["photo", "text"], "products", {}),
            ("ReduceSum", ["products", "one"], "cosine", {"keepdims": 0}),
            ("Add", ["late", "cosine"], "match_logit", {}),
        ],
        {
            "tokens": ("float", ["b", GRID**2, WIDTH]),
            "photo": ("float", ["b", DIM]),
            "states": ("float", ["b", "l", WIDTH]),
            "mask": ("int64", ["b", "l"]),
            "text": ("float", ["b", DIM]),
        },
        {"match_logit": ["b"], "word_regions": ["b", "l", GRID**2]},
        {"last": np.array([2], np.int64), "one": np.array([1], np.int64)},
    )


def _write_captioner(path: Path) -> None:
    """next_logits = the row of the last token, plus the photo's first eight numbers."""
    _write(
        path,
        [
            ("Gather", ["caption_tokens", "end"], "last", {"axis": 1}),
            ("Gather", ["bigrams", "last"], "follows", {}),
            ("Slice", ["photo", "from", "to", "axis"], "seen", {}),
            ("Add", ["follows", "seen"], "next_logits", {}),
        ],
        {
            "tokens": ("float", ["b", GRID**2, WIDTH]),
            "photo": ("float", ["b", DIM]),
            "caption_tokens": ("int64", ["b", "t"]),
        },
        {"next_logits": ["b", len(WORDS) + 3]},
        {
            "bigrams": bigram_logits(),
            "end": np.int64(-1),
            "from": np.array([0], np.int64),
            "to": np.array([8], np.int64),
            "axis": np.array([1], np.int64),
        },
    )


def _write(
    path: Path,
    nodes: list[tuple[str, list[str], str, dict[str, object]]],
    inputs: dict[str, tuple[str, list[object]]],
    outputs: dict[str, list[object]],
    constants: dict[str, object],
) -> None:
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    kinds = {"float": TensorProto.FLOAT, "int64": TensorProto.INT64}
    graph = helper.make_graph(
        [helper.make_node(kind, given, [made], **more) for kind, given, made, more in nodes],
        "tiny",
        [
            helper.make_tensor_value_info(name, kinds[kind], shape)
            for name, (kind, shape) in inputs.items()
        ],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in outputs.items()
        ],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)
