"""Why CUDA cannot be had, in words: ONNX Runtime itself falls back to the CPU without a reason."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

DRIVER = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
_PROVIDER = (
    "onnxruntime_providers_cuda.dll"
    if sys.platform == "win32"
    else "libonnxruntime_providers_cuda.so"
)


def nvidia_driver_is_present() -> bool:
    """Whether the driver's own library loads; ONNX Runtime names CUDA on every machine."""
    return _load_problem(DRIVER) is None


def why_cuda_is_not_had(libraries: Path, cuda_version: str) -> tuple[str, str]:
    """The reason and what to do, after a session was refused CUDA.

    Args:
        libraries: folder of ONNX Runtime's own libraries.
        cuda_version: the CUDA that it was built for, such as ``13.0``.

    Returns:
        a sentence and a hint, as an ``AppError`` takes them.
    """
    major = cuda_version.partition(".")[0]
    to_cpu = "or set the provider to cpu."
    problem = _load_problem(DRIVER)
    if problem is not None:
        return (
            f"CUDA was asked for, but there is no NVIDIA driver: {problem}.",
            f"Install an NVIDIA driver for CUDA {major}, {to_cpu}",
        )
    # ONNX Runtime tried the same load a moment ago: it either fails here for the same missing
    # library, or the library is in the process already.
    problem = _load_problem(str(libraries / _PROVIDER))
    if problem is not None:
        return (
            f"CUDA was asked for, but its libraries cannot be loaded: {problem}.",
            f"CUDA {major} and cuDNN 9 are needed: "
            f"pip install 'onnxruntime-gpu[cuda,cudnn]', {to_cpu}",
        )
    return (
        "CUDA was asked for, but it does not start: no GPU is visible, or the driver is too old "
        f"for CUDA {major}.",
        f"Look what nvidia-smi says, install a driver for CUDA {major}, {to_cpu}",
    )


def _load_problem(library: str) -> str | None:
    """What the operating system says about loading a library; None when it loads."""
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return None
