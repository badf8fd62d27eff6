"""ONNX Runtime sessions: which execution provider was asked for, and which was obtained."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from desktop_app.errors import ModelMismatch, ProviderUnavailable
from desktop_app.inference.cuda import nvidia_driver_is_present, why_cuda_is_not_had
from desktop_app.settings import Provider

log = logging.getLogger(__name__)

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"


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
        # An arena keeps what the longest text and the most pairs ever took, and is no quicker.
        session_options.enable_cpu_mem_arena = False
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
            self._refuse_or_go_on(options.provider)

    def run(self, output: str, inputs: Mapping[str, NDArray[np.generic]]) -> NDArray[np.float32]:
        """Run the graph and return one output."""
        return self.run_all([output], inputs)[0]

    def run_all(
        self, outputs: Sequence[str], inputs: Mapping[str, NDArray[np.generic]]
    ) -> list[NDArray[np.float32]]:
        """Run the graph and return several outputs, in the order of their names.

        Raises:
            ModelMismatch: the graph has no such input or output, or fails on these numbers.
        """
        try:
            if CUDA in self.obtained:
                found = self.run_bound(outputs, inputs, "cuda")
            else:
                found = self._session.run(list(outputs), dict(inputs))
        except Exception as error:  # as above
            raise ModelMismatch(
                f"The model graph does not run: {error}.",
                "Reinstall VisITA or choose another model bundle.",
            ) from error
        return [np.asarray(result, dtype=np.float32) for result in found]

    def run_bound(
        self, outputs: Sequence[str], inputs: Mapping[str, NDArray[np.generic]], device: str
    ) -> list[NDArray[np.generic]]:
        """Run with inputs and outputs bound to a device's memory (IO binding).

        Each array crosses the bus once, as one block, instead of node by node as the graph asks
        for it; what the graph hands from one GPU node to the next never leaves the GPU.

        Args:
            outputs: their names.
            inputs: by name.
            device: ``cuda`` or ``cpu``.

        Returns:
            one array per output, in the computer's memory.
        """
        binding = self._session.io_binding()
        held = {
            name: ort.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(array), device, 0)
            for name, array in inputs.items()
        }  # they must outlive the run
        for name, value in held.items():
            binding.bind_ortvalue_input(name, value)
        for name in outputs:
            binding.bind_output(name, device, 0)
        self._session.run_with_iobinding(binding)
        found: list[NDArray[np.generic]] = binding.copy_outputs_to_cpu()
        return found

    def _refuse_or_go_on(self, provider: Provider) -> None:
        libraries = Path(ort.__file__).parent / "capi"
        reason, hint = why_cuda_is_not_had(libraries, ort.cuda_version)
        if provider == "cuda":
            raise ProviderUnavailable(reason, hint)
        log.info("the CPU is used. %s %s", reason, hint)


def _providers_to_ask(provider: Provider) -> tuple[str, ...]:
    if provider == "cpu":
        return (CPU,)
    has_cuda_build = CUDA in ort.get_available_providers()
    if provider == "cuda":
        if not has_cuda_build:
            raise ProviderUnavailable(
                "CUDA was asked for, but this ONNX Runtime was built without it.",
                "pip uninstall onnxruntime, then pip install 'onnxruntime-gpu[cuda,cudnn]'.",
            )
        return (CUDA, CPU)
    return (CUDA, CPU) if has_cuda_build and nvidia_driver_is_present() else (CPU,)
