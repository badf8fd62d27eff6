"""Make graphs smaller and faster: half precision, stored or computed; dynamic, static int8."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

_SMALLEST_TENSOR = 256
_INT8_OPERATORS = ("QuantizeLinear", "DequantizeLinear")
# what lies between two convolutions and can stay in int8 with them
_PASSING_OPERATORS = ("Relu", "MaxPool", "AveragePool", "Concat")


def store_half(source: Path, target: Path) -> None:
    """Keep float32 weights as float16 with a cast in front; computation stays float32.

    ONNX Runtime folds the casts away when it loads the graph: half the file, the same speed.
    """
    model = onnx.load(source)
    graph = model.graph
    # a scale must be a plain constant for the runtime to choose its int8 kernels
    scales = {name for node in graph.node if node.op_type in _INT8_OPERATORS for name in node.input}
    casts = []
    for tensor in graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < _SMALLEST_TENSOR:
            continue
        if tensor.name in scales:
            continue
        name = tensor.name
        half = numpy_helper.from_array(
            numpy_helper.to_array(tensor).astype(np.float16), f"{name}.half"
        )
        tensor.CopyFrom(half)
        casts.append(helper.make_node("Cast", [half.name], [name], to=TensorProto.FLOAT))
    kept = list(graph.node)
    del graph.node[:]
    graph.node.extend(casts + kept)
    # recorded shapes name the float32 initialisers, which are computed now
    del graph.value_info[:]
    onnx.save(model, target)


def compute_half(source: Path, target: Path) -> None:
    """Compute in float16, for GPUs: inputs and outputs stay float32 and are cast inside.

    A CPU runs such a graph too, with casts around most nodes: slower than float32, but good to
    check the answers by.
    """
    from onnxruntime.transformers.float16 import convert_float_to_float16

    model = onnx.load(source)
    # shapes recorded by torch's exporter would contradict the new types
    del model.graph.value_info[:]
    with warnings.catch_warnings():
        # numbers beyond float16 are cut to its range: masks of minus infinity, epsilons
        warnings.simplefilter("ignore")
        onnx.save(convert_float_to_float16(model, keep_io_types=True), target)


def quantize_weights(source: Path, target: Path) -> None:
    """Weights of matrix products and word tables to int8, activations on the fly (dynamic)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = onnx.load(source)
    # shapes recorded by torch's exporter clash with the quantiser's own inference
    del model.graph.value_info[:]
    with tempfile.TemporaryDirectory() as folder, _without_chatter():
        plain = Path(folder) / "plain.onnx"
        onnx.save(model, plain)
        quantize_dynamic(
            str(plain),
            str(target),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )


def quantize_trunk(
    source: Path, target: Path, prefix: str, photos: Iterable[NDArray[np.float32]]
) -> None:
    """Convolutions of one trunk to int8, with activation ranges seen on photos (static).

    Args:
        source: a float32 graph.
        target: where the quantised graph is written.
        prefix: how the names of the trunk's weights begin.
        photos: (1, 3, s, s) float32 in [0, 1], some dozen that were never evaluated on.
    """
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory() as folder, _without_chatter():
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        graph = onnx.load(prepared).graph
        quantize_static(
            str(prepared),
            str(target),
            _photo_reader(graph.input[0].name, photos),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_quantize=sorted(_nodes_of_trunk(graph, prefix)),
        )


def _nodes_of_trunk(graph: onnx.GraphProto, prefix: str) -> set[str]:
    """The trunk's convolutions, and what only they feed."""
    maker = {output: node.name for node in graph.node for output in node.output}
    inside: set[str] = set()
    for node in graph.node:  # in the order of computation
        is_convolution = node.op_type == "Conv" and node.input[1].startswith(prefix)
        is_fed_by_us = node.op_type in _PASSING_OPERATORS and all(
            maker.get(name) in inside for name in node.input
        )
        if is_convolution or is_fed_by_us:
            inside.add(node.name)
    return inside


def _photo_reader(name: str, photos: Iterable[NDArray[np.float32]]) -> Any:
    from onnxruntime.quantization import CalibrationDataReader

    remaining = iter(photos)

    class Reader(CalibrationDataReader):  # type: ignore[misc]
        def get_next(self) -> dict[str, NDArray[np.float32]] | None:
            pixels = next(remaining, None)
            return None if pixels is None else {name: pixels}

    return Reader()


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Without the quantiser's line per tensor that it leaves alone, on the root logger."""

    def is_wanted(record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith(
            ("Quantization parameters", "Ignore MatMul", "Please consider to run pre-processing")
        )

    logging.getLogger().addFilter(is_wanted)
    try:
        yield
    finally:
        logging.getLogger().removeFilter(is_wanted)
