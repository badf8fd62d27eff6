"""Making a bundle of a model of the hub, in a child process.

The app knows neither torch nor a network; ``model_export.hub`` does, where it is installed. Its
standard output is JSON lines, its standard error the progress of downloads.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.errors import ModelError, ModelMissing

log = logging.getLogger(__name__)

_NEEDED = ("model_export", "torch", "transformers", "onnx", "onnxscript", "huggingface_hub")
INSTALL = "pip install 'visita[hub]'"


@dataclass(frozen=True)
class HubRequest:
    """What is to be made of which checkpoint."""

    source: str
    """A name of the hub, or a folder."""
    revision: str = ""
    precision: str = "half"
    captioner: str = ""
    """BLIP: the checkpoint that writes captions."""
    with_heads: bool = True
    title: str = ""


@dataclass(frozen=True)
class HubFacts:
    """What is known of a checkpoint before it is fetched."""

    name: str
    revision: str
    family: str
    licence: str
    languages: tuple[str, ...]
    size_bytes: int
    to_fetch_bytes: int


class HubExport:
    """Looks checkpoints up and makes bundles of them. Any thread may use one."""

    def __init__(self, python: Sequence[str] = (sys.executable,)) -> None:
        """Choose the interpreter that has the extra packages."""
        self._python = tuple(python)

    def require_packages(self) -> None:
        """Refuse where the extra packages are not installed.

        Raises:
            ModelMissing: they are not; the hint says how to install them.
        """
        if getattr(sys, "frozen", False):
            raise ModelMissing(
                "This build of VisITA cannot make bundles of models.",
                "Make one where VisITA was installed with pip, and `visita model import` it here.",
            )
        missing = [name for name in _NEEDED if not _is_there(name)]
        if missing:
            raise ModelMissing(
                f"Adding models of the hub needs packages that are not installed: "
                f"{', '.join(missing)}.",
                f"{INSTALL} installs them; `visita model import` needs none.",
            )

    def facts(self, request: HubRequest) -> HubFacts:
        """Ask what a checkpoint is; nothing large is fetched.

        Raises:
            ModelError: there is none, it cannot be reached, or cannot be made a bundle of.
        """
        for event in self._events([*_arguments(request), "--facts"]):
            if event["type"] == "facts":
                del event["type"]
                return HubFacts(**{**event, "languages": tuple(event["languages"])})
        raise ModelError("The model's facts were not told.")

    def make(self, request: HubRequest, folder: Path) -> Iterator[str]:
        """Fetch a checkpoint and make a bundle of it, telling each step.

        Yields:
            ``fetch``, ``load``, ``image``, ``text``, perhaps ``matcher`` and ``captioner``, and
            ``parity``, when each begins.

        Raises:
            ModelError: it cannot be done; ``folder`` is as it was.
        """
        arguments = [*_arguments(request), "--output", str(folder)]
        arguments += ["--precision", request.precision, "--title", request.title]
        for event in self._events(arguments):
            if event["type"] == "step":
                yield event["step"]

    def _events(self, arguments: Sequence[str]) -> Iterator[dict[str, Any]]:
        command = [*self._python, "-m", "model_export.hub", *arguments]
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8"
        ) as child:
            error: ModelError | None = None
            try:
                assert child.stdout is not None
                for line in child.stdout:
                    event = _event(line)
                    if event["type"] == "error":
                        error = ModelError(event["message"], event["hint"])
                    elif event["type"] != "noise":
                        yield event
            finally:
                if child.poll() is None and sys.exc_info()[0] is not None:
                    child.terminate()  # whoever asked gave up; what was downloaded is kept
        if error is not None:
            raise error
        if child.returncode != 0:
            raise ModelError(
                f"Making the bundle ended unexpectedly (exit code {child.returncode}).",
                f"`{' '.join(command[1:])}` says more.",
            )


def _arguments(request: HubRequest) -> list[str]:
    arguments = [request.source]
    if request.revision:
        arguments += ["--revision", request.revision]
    if request.captioner:
        arguments += ["--captioner", request.captioner]
    if not request.with_heads:
        arguments.append("--without-heads")
    return arguments


def _event(line: str) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError:
        event = None
    if not isinstance(event, dict) or "type" not in event:
        log.debug("model_export.hub: %s", line.rstrip())  # a library that prints
        return {"type": "noise"}
    return event


def _is_there(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except ImportError:
        return False
