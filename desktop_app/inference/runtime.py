"""ONNX Runtime sessions: which execution provider was asked for, and which was obtained."""

from __future__ import annotations

import ctypes
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from desktop_app.errors import ModelMismatch, ProviderUnavailable
from desktop_app.settings import Provider

log = logging.getLogger(__name__)

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"
CUDA_HINT = (
    "An NVIDIA driver for CUDA 13 and cuDNN 9 are needed: "
    "pip install 'onnxruntime-gpu[cuda,cudnn]', or set the provider to cpu."
)


@dataclass(frozen=True)
class RuntimeOptions:
    """How to run a graph."""

    provider: Provider = "auto"
    threads: int = 0
    """Threads of one run; 0 = ONNX Runtime's choice (one per core)."""


class Session:
    """One loaded graph. Thread safe: ``run`` may be called from several threads."""

    def __init__(self, graph: Path, options: RuntimeOptions) -> None:
        """Load a graph.

        Raises:
            ModelMismatch: the graph cannot be loaded.
            ProviderUnavailable: CUDA was asked for explicitly and cannot be had.
        """
        self.asked = _providers_to_ask(options.provider)
        session_options = ort.SessionOptions()
        session_options.intra_op_num_threads = options.threads
        # Threads that spin while waiting would steal the cores from the photo decoders.
        session_options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # ONNX Runtime prints a red page when CUDA's libraries are missing; the outcome is
        # checked below and said in a sentence instead.
        session_options.log_severity_level = 4
        ort.set_default_logger_severity(4)
        if CUDA in self.asked and hasattr(ort, "preload_dlls"):
            ort.preload_dlls(directory="")
        try:
            self._session = ort.InferenceSession(
                str(graph), session_options, providers=list(self.asked)
            )
        except Exception as error:  # ONNX Runtime's exceptions share no public base class
            raise ModelMismatch(
                f"The model graph {graph.name} cannot be loaded: {error}.", "Reinstall VisITA."
            ) from error
        self.obtained: tuple[str, ...] = tuple(self._session.get_providers())
        log.debug("%s: asked %s, obtained %s", graph.name, self.asked, self.obtained)
        if CUDA in self.asked and CUDA not in self.obtained:
            if options.provider == "cuda":
                raise ProviderUnavailable("CUDA was asked for but cannot be had.", CUDA_HINT)
            log.info("a GPU is present but CUDA cannot be had, the CPU is used. %s", CUDA_HINT)

    def run(self, output: str, inputs: dict[str, NDArray[np.generic]]) -> NDArray[np.float32]:
        """Run the graph and return one output."""
        result = self._session.run([output], inputs)[0]
        return np.asarray(result, dtype=np.float32)


def _providers_to_ask(provider: Provider) -> tuple[str, ...]:
    if provider == "cpu":
        return (CPU,)
    has_cuda_build = CUDA in ort.get_available_providers()
    if provider == "cuda":
        if not has_cuda_build:
            raise ProviderUnavailable(
                "This ONNX Runtime was built without CUDA.", "Install onnxruntime-gpu."
            )
        return (CUDA, CPU)
    return (CUDA, CPU) if has_cuda_build and _nvidia_driver_is_present() else (CPU,)


def _nvidia_driver_is_present() -> bool:
    # get_available_providers() names CUDA on every machine; the driver's library does not lie.
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True
