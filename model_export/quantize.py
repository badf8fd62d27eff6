"""Make graphs smaller: half-precision storage and dynamic int8."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_SMALLEST_TENSOR = 256


def store_half(source: Path, target: Path) -> None:
    """Keep float32 weights as float16 with a cast in front; computation stays float32.

    ONNX Runtime folds the casts away when it loads the graph: half the file, the same speed.
    """
    model = onnx.load(source)
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < _SMALLEST_TENSOR:
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


def quantize_weights(source: Path, target: Path) -> None:
    """Weights of matrix products and word tables to int8, activations on the fly (dynamic)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = onnx.load(source)
    # shapes recorded by torch's exporter clash with the quantiser's own inference
    del model.graph.value_info[:]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(model, plain)
        quantize_dynamic(
            str(plain),
            str(target),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
