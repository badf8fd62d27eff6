"""The kernels of a model in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

_WIDE = 0.75
"""A Gaussian kernel of this bandwidth and more, on unit vectors, forgives a lot."""


@dataclass(frozen=True)
class KernelWords:
    """What a kernel looks at."""

    title: str
    meaning: str


def kernel_words(name: str) -> KernelWords:
    """Words for a kernel that the bundle calls so; an unknown one keeps its name."""
    kind, _, rest = name.partition(" ")
    if kind == "linear":
        return KernelWords(
            _tr("In common"),
            _tr("How much query and photo share as a whole: each feature counts by itself."),
        )
    if kind == "polynomial":
        return KernelWords(
            _tr("In combination"),
            _tr("Features that must come together count: red and car, not red or car."),
        )
    if kind == "gaussian":
        bandwidth = _number(rest)
        if bandwidth is None or bandwidth >= _WIDE:
            return KernelWords(
                _tr("Alike"),
                _tr("Near in meaning: grows evenly, the more alike query and photo are."),
            )
        return KernelWords(
            _tr("Very much alike"),
            _tr("Only what is very near in meaning counts; small differences cost a lot."),
        )
    return KernelWords(name, _tr("A kernel of this model that has no description."))


def _number(text: str) -> float | None:
    try:
        return float(text.partition(" ")[0])
    except ValueError:
        return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("kernels", text)
