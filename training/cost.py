"""What a model costs: parameters, file sizes, memory, FLOPs, latency."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil  # type: ignore[import-untyped]
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

_MIB = 2**20


@dataclass(frozen=True)
class Latency:
    """Milliseconds of single calls, after warm-up."""

    p50_ms: float
    p99_ms: float
    calls: int


@dataclass(frozen=True)
class Cost:
    """What one encoder of a model costs for one photo or one text."""

    latency: Latency
    parameters: int
    """Numbers in the weights; of a bundle, the numbers in its graph."""
    gflops: float | None
    """Floating-point operations of one call / 1e9, two for a multiply-add; None for ONNX graphs,
    where torch cannot count."""
    file_mib: float | None
    """Size on disk; None for a model in memory."""

    def to_json(self) -> dict[str, Any]:
        """The fields by name, rounded; what is not known is left out."""
        return {
            "p50_ms": round(self.latency.p50_ms, 2),
            "p99_ms": round(self.latency.p99_ms, 2),
            "parameters": self.parameters,
            **({} if self.gflops is None else {"gflops": round(self.gflops, 3)}),
            **({} if self.file_mib is None else {"file_mib": round(self.file_mib, 1)}),
        }


@dataclass(frozen=True)
class MemoryUse:
    """Main memory of this process."""

    resident_mib: float
    """Resident now: the interpreter, its libraries, the model and its buffers."""
    growth_mib: float
    """Since the measurement began."""

    def to_json(self) -> dict[str, float]:
        """The fields by name, rounded."""
        return {name: round(value, 1) for name, value in asdict(self).items()}


class MemoryMeter:
    """Reads how the process grows; start it before the model is loaded."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._before = self._process.memory_info().rss

    def read(self) -> MemoryUse:
        """Memory now, and the growth since the meter was made."""
        now = self._process.memory_info().rss
        return MemoryUse(now / _MIB, (now - self._before) / _MIB)


def latency(call: Callable[[], object], calls: int = 50, warm_up: int = 5) -> Latency:
    """Time single calls; the median and the 99th percentile (nearest rank).

    Raises:
        ValueError: no calls are to be timed.
    """
    if calls < 1:
        raise ValueError("at least one call is needed")
    for _ in range(warm_up):
        call()
    times = []
    for _ in range(calls):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return Latency(_percentile(times, 0.5), _percentile(times, 0.99), calls)


def _percentile(ordered: list[float], share: float) -> float:
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def parameters(model: nn.Module, prefix: str = "") -> int:
    """Numbers in the weights of a torch model whose names begin so; shared ones count once."""
    return sum(p.numel() for name, p in model.named_parameters() if name.startswith(prefix))


def gflops(call: Callable[[], Tensor]) -> float:
    """Floating-point operations of one call, in 1e9.

    torch's counter knows convolutions, matrix products and attention; what it leaves out
    (activations, normalisation, pooling) is a few percent of these models.
    """
    # The CPU's fused attention is unknown to the counter; as plain products it is counted.
    with sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        call()
    return float(counter.get_total_flops()) / 1e9


def graph_parameters(graph: Path) -> int:
    """Numbers in the weights of an ONNX graph: its float and 8-bit initialisers.

    Raises:
        ValueError: it is no ONNX graph.
    """
    import onnx  # only where a bundle is measured: it takes a second

    try:
        model = onnx.load(str(graph), load_external_data=False)
    except Exception as error:  # protobuf's DecodeError is not part of onnx's interface
        raise ValueError(f"{graph} is no ONNX graph: {error}") from error
    kinds = onnx.TensorProto
    counted = {kinds.FLOAT, kinds.FLOAT16, kinds.BFLOAT16, kinds.INT8, kinds.UINT8}
    weights = (tensor for tensor in model.graph.initializer if tensor.data_type in counted)
    return sum(int(np.prod(tensor.dims)) for tensor in weights)
